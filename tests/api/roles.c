/* SPDX-License-Identifier: MIT */
/* roles.c - every route of the table times every kind of caller. What must come out is read from
 * the row: who may not come at all is told so, who may come but not so far finds nothing, and who
 * may gets an answer. A new route needs a line in `samples`, or the test fails. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "api/route.h"
#include "auth/keyring.h"
#include "auth/pairing.h"
#include "domain/code/one_time_code.h"
#include "domain/identity/invite.h"
#include "domain/people/badge.h"
#include "domain/people/employee.h"
#include "domain/site/site.h"
#include "domain/stock/stock.h"

static struct ff_fixture fx;

/* ---- the callers: the target person is Tamás of department 1 ---- */

struct caller {
    const char *name;
    enum ff_role role;
    bool is_disabled, is_cli, is_site_wide;
    bool is_self;           /* is the target person */
    bool shares_department; /* is in the target's department */
    const char *bearer, *device;
};

enum {
    NOBODY,
    DISABLED,
    DEVICE,
    OTHER_PERSON,
    OTHER_EMPLOYEE,
    OTHER_MANAGER,
    SAME_PERSON,
    SAME_EMPLOYEE,
    SAME_MANAGER,
    SITE_MANAGER,
    ADMIN,
    OPERATOR,
    N_CALLERS
};

static struct caller callers[N_CALLERS] = {
    [NOBODY] = {.name = "nobody", .role = FF_ROLE_ANON},
    [DISABLED] = {.name = "a disabled admin", .role = FF_ROLE_ADMIN, .is_disabled = true},
    [DEVICE] = {.name = "the device", .role = FF_ROLE_DEVICE},
    [OTHER_PERSON] = {.name = "a colleague at the kiosk",
                      .role = FF_ROLE_PERSON,
                      .shares_department = true},
    [OTHER_EMPLOYEE] = {.name = "a colleague", .role = FF_ROLE_EMPLOYEE, .shares_department = true},
    [OTHER_MANAGER] = {.name = "another department's manager", .role = FF_ROLE_MANAGER},
    [SAME_PERSON] = {.name = "the person at the kiosk",
                     .role = FF_ROLE_PERSON,
                     .is_self = true,
                     .shares_department = true},
    [SAME_EMPLOYEE] = {.name = "the person",
                       .role = FF_ROLE_EMPLOYEE,
                       .is_self = true,
                       .shares_department = true},
    [SAME_MANAGER] = {.name = "the department's manager",
                      .role = FF_ROLE_MANAGER,
                      .shares_department = true},
    [SITE_MANAGER] = {.name = "the canteen's manager",
                      .role = FF_ROLE_MANAGER,
                      .shares_department = true,
                      .is_site_wide = true},
    [ADMIN] = {.name = "an admin", .role = FF_ROLE_ADMIN},
    [OPERATOR] = {.name = "the command line", .role = FF_ROLE_ADMIN, .is_cli = true},
};

/* ---- what is sent: one good request for each row ---- */

enum whose { NOBODYS, PERSONS, DEPARTMENTS, KEYS, ACCOUNTS };

struct sample {
    const char *operation;
    const char *target; /* path and query */
    enum whose whose;   /* what the request is about */
    const char *body;
    const char *type;
};

#define PRODUCTS_CSV "name,price,category,description,available\nStew,450,food,,true\n"
#define PEOPLE_CSV                                                                                 \
    "employeeNumber,name,email,department,monthlyLimit,openingBalance\nEMP900,Zoltán Tóth,,,,\n"

/* Ids are those that `arrange` makes. */
static const struct sample samples[] = {
    {"getHealth", "/health", NOBODYS, NULL, NULL},
    {"getLiveness", "/health/live", NOBODYS, NULL, NULL},
    {"getReadiness", "/health/ready", NOBODYS, NULL, NULL},
    {"getMetrics", "/metrics", NOBODYS, NULL, NULL},
    {"getCacheStatistics", "/api/v1/admin/cache", NOBODYS, NULL, NULL},
    {"flushCache", "/api/v1/admin/cache", NOBODYS, NULL, NULL},
    {"getOpenApi", "/api/v1/openapi.json", NOBODYS, NULL, NULL},
    {"getPublicSite", "/api/v1/public", NOBODYS, NULL, NULL},
    {"getSite", "/api/v1/site", NOBODYS, NULL, NULL},
    {"changeSite", "/api/v1/site", NOBODYS, "{\"siteName\":\"Test canteen\"}", NULL},
    {"getUndosReport", "/api/v1/reports/undos", NOBODYS, NULL, NULL},
    {"getCounter", "/api/v1/counter", NOBODYS, NULL, NULL},
    {"stopSelling", "/api/v1/counter/stop", NOBODYS, "{\"message\":\"Fire drill\"}", NULL},
    {"startSelling", "/api/v1/counter/start", NOBODYS, NULL, NULL},
    {"setNotice", "/api/v1/counter/notice", NOBODYS, "{\"text\":\"Soup is late\"}", NULL},
    {"listClosedDays", "/api/v1/closed-days", NOBODYS, NULL, NULL},
    {"closeDay", "/api/v1/closed-days/2026-12-24", NOBODYS, "{\"name\":\"Christmas Eve\"}", NULL},
    {"openDay", "/api/v1/closed-days/2026-12-24", NOBODYS, NULL, NULL},
    {"login", "/api/v1/auth/login", NOBODYS,
     "{\"email\":\"admin@example.com\",\"password\":\"" FF_TEST_PASSWORD "\"}", NULL},
    {"refresh", "/api/v1/auth/refresh", NOBODYS, "{\"refreshToken\":\"$REFRESH\"}", NULL},
    {"logout", "/api/v1/auth/logout", NOBODYS, NULL, NULL},
    {"changePassword", "/api/v1/auth/password", ACCOUNTS,
     "{\"currentPassword\":\"" FF_TEST_PASSWORD "\",\"newPassword\":\"" FF_TEST_PASSWORD "\"}",
     NULL},
    {"forgotPassword", "/api/v1/auth/forgot-password", NOBODYS, "{\"email\":\"admin@example.com\"}",
     NULL},
    {"resetPassword", "/api/v1/auth/reset-password", NOBODYS,
     "{\"token\":\"$RESET\",\"password\":\"" FF_TEST_PASSWORD "\"}", NULL},
    {"register", "/api/v1/auth/register", NOBODYS, "{\"email\":\"admin@example.com\"}", NULL},
    {"getMe", "/api/v1/auth/me", ACCOUNTS, NULL, NULL},
    {"stepUp", "/api/v1/auth/step-up", ACCOUNTS, "{\"password\":\"" FF_TEST_PASSWORD "\"}", NULL},
    {"listSessions", "/api/v1/auth/sessions", ACCOUNTS, NULL, NULL},
    {"endSession", "/api/v1/auth/sessions/$SESSION", KEYS, NULL, NULL},
    {"logoutAll", "/api/v1/auth/logout-all", ACCOUNTS, "{\"keepCurrent\":true}", NULL},
    {"getCatalogue", "/api/v1/kiosk/catalogue", NOBODYS, NULL, NULL},
    {"listKioskNames", "/api/v1/kiosk/people", NOBODYS, NULL, NULL},
    {"pairKiosk", "/api/v1/kiosk/pair", NOBODYS, "{\"code\":\"0011-ABCD-EFGH\"}", NULL},
    {"requestPairing", "/api/v1/kiosk/pair-requests", NOBODYS, NULL, NULL},
    {"claimPairing", "/api/v1/kiosk/pair-requests/claim", NOBODYS, "{\"secret\":\"unknown\"}",
     NULL},
    {"identify", "/api/v1/kiosk/identify", NOBODYS, "{\"badge\":\"FF-0001\"}", NULL},
    {"getVisit", "/api/v1/kiosk/me", NOBODYS, NULL, NULL},
    {"leave", "/api/v1/kiosk/leave", NOBODYS, NULL, NULL},
    {"listCategories", "/api/v1/categories", NOBODYS, NULL, NULL},
    {"createCategory", "/api/v1/categories", NOBODYS, "{\"name\":\"pastry\",\"glaze\":\"bake\"}",
     NULL},
    {"getCategory", "/api/v1/categories/1", NOBODYS, NULL, NULL},
    {"changeCategory", "/api/v1/categories/1", NOBODYS, "{\"sort\":11}", NULL},
    {"deleteCategory", "/api/v1/categories/9", NOBODYS, NULL, NULL},
    {"listProducts", "/api/v1/products", NOBODYS, NULL, NULL},
    {"createProduct", "/api/v1/products", NOBODYS,
     "{\"name\":\"Goulash\",\"price\":590,\"category\":\"food\"}", NULL},
    {"importProducts", "/api/v1/products/import?amounts=minor&dryRun=true", NOBODYS, PRODUCTS_CSV,
     "text/csv"},
    {"getProduct", "/api/v1/products/1", NOBODYS, NULL, NULL},
    {"changeProduct", "/api/v1/products/1", NOBODYS, "{\"price\":120}", NULL},
    {"archiveProduct", "/api/v1/products/2", NOBODYS, NULL, NULL},
    {"switchProduct", "/api/v1/products/1/available", NOBODYS, "{\"available\":false}", NULL},
    {"getProductByBarcode", "/api/v1/products/by-barcode/A1", NOBODYS, NULL, NULL},
    {"listBarcodes", "/api/v1/products/1/barcodes", NOBODYS, NULL, NULL},
    {"addBarcode", "/api/v1/products/1/barcodes", NOBODYS, "{\"code\":\"5901234123457\"}", NULL},
    {"putImage", "/api/v1/products/3/image", NOBODYS, FF_TEST_WEBP, "image/webp"},
    {"getImage", "/api/v1/images/" FF_TEST_WEBP_HASH, NOBODYS, NULL, NULL},
    {"removeImage", "/api/v1/products/3/image", NOBODYS, NULL, NULL},
    {"getPriceHistory", "/api/v1/products/3/price-history", NOBODYS, NULL, NULL},
    {"setPrice", "/api/v1/products/3/prices", NOBODYS,
     "{\"price\":60,\"validFrom\":\"2026-05-01\"}", NULL},
    {"cancelPrice", "/api/v1/products/3/prices/900", NOBODYS, NULL, NULL},
    {"changePrices", "/api/v1/products/price-changes", NOBODYS,
     "{\"percentPpm\":50000,\"dryRun\":true}", NULL},
    {"removeBarcode", "/api/v1/products/3/barcodes/A1", NOBODYS, NULL, NULL},
    {"listStock", "/api/v1/stock", NOBODYS, NULL, NULL},
    {"importStock", "/api/v1/stock/import?dryRun=true", NOBODYS,
     "product,kind,quantity,lowWater\nSoup,shelf,5,1\n", "text/csv"},
    {"getStock", "/api/v1/stock/3", NOBODYS, NULL, NULL},
    {"changeStock", "/api/v1/stock/3", NOBODYS, "{\"lowWater\":2}", NULL},
    {"listStockMoves", "/api/v1/stock/3/moves", NOBODYS, NULL, NULL},
    {"receiveStock", "/api/v1/stock/3/receive", NOBODYS, "{\"quantity\":2}", NULL},
    {"countStock", "/api/v1/stock/3/count", NOBODYS, "{\"quantity\":7}", NULL},
    {"shrinkStock", "/api/v1/stock/3/shrinkage", NOBODYS, "{\"quantity\":1,\"reason\":\"rotten\"}",
     NULL},
    {"setPortions", "/api/v1/products/1/portions", NOBODYS,
     "{\"date\":\"2026-03-09\",\"quantity\":40}", NULL},
    {"listPortions", "/api/v1/kiosk/portions", NOBODYS, NULL, NULL},
    {"listWindows", "/api/v1/windows", NOBODYS, NULL, NULL},
    {"createWindow", "/api/v1/windows", NOBODYS,
     "{\"name\":\"Dinner\",\"from\":\"18:00\",\"to\":\"20:00\"}", NULL},
    {"getWindow", "/api/v1/windows/1", NOBODYS, NULL, NULL},
    {"changeWindow", "/api/v1/windows/1", NOBODYS, "{\"to\":\"14:30\"}", NULL},
    {"deleteWindow", "/api/v1/windows/2", NOBODYS, NULL, NULL},
    {"getMenu", "/api/v1/menu", NOBODYS, NULL, NULL},
    {"setMenu", "/api/v1/menu/2026-03-09", NOBODYS,
     "{\"entries\":[{\"windowId\":1,\"productId\":1}]}", NULL},
    {"copyMenu", "/api/v1/menu/copy", NOBODYS, "{\"from\":\"2026-03-02\",\"to\":\"2026-03-09\"}",
     NULL},
    {"importMenu", "/api/v1/menu/import?dryRun=true", NOBODYS,
     "date,window,product,portions\n2026-03-09,Lunch,Soup,\n", "text/csv"},
    {"listDepartments", "/api/v1/departments", NOBODYS, NULL, NULL},
    {"createDepartment", "/api/v1/departments", NOBODYS, "{\"name\":\"Warehouse\"}", NULL},
    {"getDepartment", "/api/v1/departments/1", DEPARTMENTS, NULL, NULL},
    {"changeDepartment", "/api/v1/departments/1", DEPARTMENTS, "{\"name\":\"Kitchens\"}", NULL},
    {"deleteDepartment", "/api/v1/departments/9", NOBODYS, NULL, NULL},
    {"listCostCentres", "/api/v1/cost-centres", NOBODYS, NULL, NULL},
    {"createCostCentre", "/api/v1/cost-centres", NOBODYS, "{\"code\":\"4711\",\"name\":\"Works\"}",
     NULL},
    {"getCostCentre", "/api/v1/cost-centres/1", NOBODYS, NULL, NULL},
    {"changeCostCentre", "/api/v1/cost-centres/1", NOBODYS, "{\"name\":\"Canteen\"}", NULL},
    {"deleteCostCentre", "/api/v1/cost-centres/9", NOBODYS, NULL, NULL},
    {"listSubsidyRules", "/api/v1/subsidy-rules", NOBODYS, NULL, NULL},
    {"createSubsidyRule", "/api/v1/subsidy-rules", NOBODYS,
     "{\"name\":\"Lunch\",\"kind\":\"fixed\",\"value\":1,\"validTo\":\"2020-01-01\"}", NULL},
    {"getSubsidyRule", "/api/v1/subsidy-rules/1", NOBODYS, NULL, NULL},
    {"changeSubsidyRule", "/api/v1/subsidy-rules/1", NOBODYS, "{\"value\":2}", NULL},
    {"deleteSubsidyRule", "/api/v1/subsidy-rules/9", NOBODYS, NULL, NULL},
    {"giveAllowance", "/api/v1/allowances", NOBODYS,
     "{\"amount\":1,\"expiresOn\":\"2026-12-31\",\"all\":true}", NULL},
    {"listAllowances", "/api/v1/allowances", NOBODYS, NULL, NULL},
    {"getSubsidyReport", "/api/v1/reports/subsidy", NOBODYS, NULL, NULL},
    {"quotePurchase", "/api/v1/purchases/quote", PERSONS,
     "{\"items\":[{\"productId\":3,\"quantity\":1}],\"employeeId\":1}", NULL},
    {"blockEmployee", "/api/v1/employees/1/block", PERSONS, "{\"reason\":\"card lost\"}", NULL},
    {"unblockEmployee", "/api/v1/employees/1/unblock", PERSONS, NULL, NULL},
    {"getOwnLimits", "/api/v1/employees/1/own-limits", PERSONS, NULL, NULL},
    {"setOwnLimits", "/api/v1/employees/1/own-limits", PERSONS, "{}", NULL},
    {"listBans", "/api/v1/employees/1/bans", PERSONS, NULL, NULL},
    {"addBan", "/api/v1/employees/1/bans", PERSONS, "{\"categoryId\":3,\"reason\":\"wishes it\"}",
     NULL},
    {"removeBan", "/api/v1/employees/1/bans/70", PERSONS, NULL, NULL},
    {"getProductCaps", "/api/v1/products/1/caps", NOBODYS, NULL, NULL},
    {"setProductCaps", "/api/v1/products/1/caps", NOBODYS, "{\"maxPerPurchase\":9}", NULL},
    {"listGroups", "/api/v1/groups", NOBODYS, NULL, NULL},
    {"createGroup", "/api/v1/groups", NOBODYS, "{\"name\":\"Guests\",\"overdraft\":0}", NULL},
    {"getGroup", "/api/v1/groups/1", NOBODYS, NULL, NULL},
    {"changeGroup", "/api/v1/groups/1", NOBODYS, "{\"name\":\"Trainees\"}", NULL},
    {"deleteGroup", "/api/v1/groups/9", NOBODYS, NULL, NULL},
    {"listEmployees", "/api/v1/employees", NOBODYS, NULL, NULL},
    {"createEmployee", "/api/v1/employees", NOBODYS,
     "{\"number\":\"EMP800\",\"name\":\"Zsófia Kiss\"}", NULL},
    {"importDepartments", "/api/v1/departments/import?dryRun=true", NOBODYS, "name\nNew one\n",
     "text/csv"},
    {"importEmployees", "/api/v1/employees/import?amounts=minor&dryRun=true", NOBODYS, PEOPLE_CSV,
     "text/csv"},
    {"getEmployee", "/api/v1/employees/1", PERSONS, NULL, NULL},
    {"changeEmployee", "/api/v1/employees/1", PERSONS, "{\"name\":\"Tamás Nagy\"}", NULL},
    {"setPin", "/api/v1/employees/1/pin", PERSONS, "{\"pin\":\"2580\"}", NULL},
    {"listBadges", "/api/v1/employees/1/badges", PERSONS, NULL, NULL},
    {"addBadge", "/api/v1/employees/1/badges", PERSONS, "{\"badge\":\"FF-0900\"}", NULL},
    {"exportMe", "/api/v1/me/export", ACCOUNTS, NULL, NULL},
    {"exportEmployee", "/api/v1/employees/1/export", PERSONS, NULL, NULL},
    {"eraseEmployee", "/api/v1/employees/5/erase", NOBODYS,
     "{\"reason\":\"left the company\",\"settle\":\"payout\"}", NULL},
    {"printCards", "/api/v1/employees/cards?employeeId=1", PERSONS, NULL, NULL},
    {"printPins", "/api/v1/employees/pins?employeeId=1", PERSONS, NULL, NULL},
    {"blockBadge", "/api/v1/employees/1/badges/50/block", PERSONS, NULL, NULL},
    {"unblockBadge", "/api/v1/employees/1/badges/50/unblock", PERSONS, NULL, NULL},
    {"removeBadge", "/api/v1/employees/1/badges/50", PERSONS, NULL, NULL},
    {"createBadgeCode", "/api/v1/employees/1/badge-code", PERSONS, NULL, NULL},
    {"linkBadge", "/api/v1/kiosk/badges", NOBODYS, "{\"code\":\"$LINK\",\"badge\":\"FF-0901\"}",
     NULL},
    {"listDayCards", "/api/v1/day-cards", NOBODYS, NULL, NULL},
    {"addDayCard", "/api/v1/day-cards", NOBODYS, "{\"label\":\"8\",\"badge\":\"DAY-8\"}", NULL},
    {"lendDayCard", "/api/v1/day-cards/60/lend", PERSONS, "{\"employeeId\":1}", NULL},
    {"returnDayCard", "/api/v1/day-cards/60/return", NOBODYS, NULL, NULL},
    {"removeDayCard", "/api/v1/day-cards/60", NOBODYS, NULL, NULL},
    {"getBalance", "/api/v1/employees/1/balance", PERSONS, NULL, NULL},
    {"createTopup", "/api/v1/employees/1/topups", PERSONS, "{\"amount\":100,\"source\":\"cash\"}",
     NULL},
    {"getStatement", "/api/v1/employees/1/statement", PERSONS, NULL, NULL},
    {"listStatements", "/api/v1/employees/1/statements", PERSONS, NULL, NULL},
    {"listPeriods", "/api/v1/ledger/periods", NOBODYS, NULL, NULL},
    {"getPeriod", "/api/v1/ledger/periods/2026-03", NOBODYS, NULL, NULL},
    {"closePeriod", "/api/v1/ledger/periods/2026-02/close", NOBODYS, NULL, NULL},
    {"exportPeriod", "/api/v1/ledger/periods/2026-03/export", NOBODYS, NULL, NULL},
    {"getAccountMap", "/api/v1/ledger/account-map", NOBODYS, NULL, NULL},
    {"putAccountMap", "/api/v1/ledger/account-map", NOBODYS,
     "{\"rows\":[{\"code\":\"wallet:*\",\"number\":\"1755\"}]}", NULL},
    {"listAccounts", "/api/v1/ledger/accounts", NOBODYS, NULL, NULL},
    {"getTrialBalance", "/api/v1/ledger/trial-balance", NOBODYS, NULL, NULL},
    {"listJournals", "/api/v1/ledger/journals", NOBODYS, NULL, NULL},
    {"getLedgerHead", "/api/v1/ledger/head", NOBODYS, NULL, NULL},
    {"verifyLedger", "/api/v1/ledger/verify", NOBODYS, NULL, NULL},
    {"listPayrollProfiles", "/api/v1/payroll/profiles", NOBODYS, NULL, NULL},
    {"createPayrollProfile", "/api/v1/payroll/profiles", NOBODYS,
     "{\"name\":\"Second\",\"columns\":[{\"field\":\"number\"},{\"field\":\"amount\"}]}", NULL},
    {"getPayrollProfile", "/api/v1/payroll/profiles/1", NOBODYS, NULL, NULL},
    {"putPayrollProfile", "/api/v1/payroll/profiles/1", NOBODYS,
     "{\"name\":\"First\",\"columns\":[{\"field\":\"number\"},{\"field\":\"amount\"}]}", NULL},
    {"deletePayrollProfile", "/api/v1/payroll/profiles/2", NOBODYS, NULL, NULL},
    {"listPayrollBatches", "/api/v1/payroll/batches", NOBODYS, NULL, NULL},
    {"createPayrollBatch", "/api/v1/payroll/batches", NOBODYS,
     "{\"period\":\"2026-02\",\"profileId\":1}", NULL},
    {"getPayrollBatch", "/api/v1/payroll/batches/1", NOBODYS, NULL, NULL},
    {"getPayrollFile", "/api/v1/payroll/batches/1/file", NOBODYS, NULL, NULL},
    {"rejectPayrollLines", "/api/v1/payroll/batches/1/rejections", NOBODYS,
     "{\"items\":[{\"employeeNumber\":\"EMP003\",\"reason\":\"left\"}]}", NULL},
    {"confirmPayrollBatch", "/api/v1/payroll/batches/1/confirm", NOBODYS, "{\"amount\":1000}",
     NULL},
    {"createPayout", "/api/v1/employees/1/payouts", PERSONS,
     "{\"amount\":100,\"destination\":\"cash\"}", NULL},
    {"createAdjustment", "/api/v1/employees/1/adjustments", PERSONS,
     "{\"amount\":-5,\"reason\":\"correction\",\"note\":\"counted again\"}", NULL},
    {"voidMovement", "/api/v1/ledger/journals/$TOPUP/void", PERSONS,
     "{\"reason\":\"booked_twice\"}", NULL},
    {"listTills", "/api/v1/tills", NOBODYS, NULL, NULL},
    {"openTill", "/api/v1/tills", NOBODYS, "{\"name\":\"Counter 2\",\"float\":5000}", NULL},
    {"getTill", "/api/v1/tills/1", NOBODYS, NULL, NULL},
    {"countTill", "/api/v1/tills/1/count", NOBODYS, "{\"counted\":0}", NULL},
    {"importOpenings", "/api/v1/ledger/openings/import?amounts=minor&dryRun=true", NOBODYS,
     "number,amount\nEMP008,500\n", "text/csv"},
    {"listApprovals", "/api/v1/approvals?state=pending", NOBODYS, NULL, NULL},
    {"getApproval", "/api/v1/approvals/1", PERSONS, NULL, NULL},
    {"approve", "/api/v1/approvals/1/approve", PERSONS, NULL, NULL},
    {"reject", "/api/v1/approvals/2/reject", PERSONS, "{\"reason\":\"no receipt\"}", NULL},
    {"createPurchase", "/api/v1/purchases", PERSONS,
     "{\"items\":[{\"productId\":3,\"quantity\":1}],\"employeeId\":1}", NULL},
    {"listPurchases", "/api/v1/purchases", NOBODYS, NULL, NULL},
    {"getPurchase", "/api/v1/purchases/$PURCHASE", PERSONS, NULL, NULL},
    {"getPurchaseByKey", "/api/v1/purchases/by-key/roles-the-purchase-1", KEYS, NULL, NULL},
    {"undoPurchase", "/api/v1/purchases/$PURCHASE/undo", PERSONS, NULL, NULL},
    {"createRefund", "/api/v1/purchases/$SPOILT/refunds", PERSONS, "{\"reason\":\"spoilt\"}", NULL},
    {"getProductionList", "/api/v1/reports/production", NOBODYS, NULL, NULL},
    {"getSalesReport", "/api/v1/reports/sales", NOBODYS, NULL, NULL},
    {"getEmployeesReport", "/api/v1/reports/employees", NOBODYS, NULL, NULL},
    {"getPopularReport", "/api/v1/reports/popular", NOBODYS, NULL, NULL},
    {"getLowBalanceReport", "/api/v1/reports/low-balance", NOBODYS, NULL, NULL},
    {"getDebtsReport", "/api/v1/reports/debts", NOBODYS, NULL, NULL},
    {"getProductStats", "/api/v1/products/3/stats", NOBODYS, NULL, NULL},
    {"getEmployeeStats", "/api/v1/employees/1/stats", PERSONS, NULL, NULL},
    {"listPopularProducts", "/api/v1/products/popular", NOBODYS, NULL, NULL},
    {"listUsers", "/api/v1/users", NOBODYS, NULL, NULL},
    {"createUser", "/api/v1/users", NOBODYS,
     "{\"email\":\"zsofia@example.com\",\"name\":\"Zsófia\",\"role\":\"employee\","
     "\"password\":\"" FF_TEST_PASSWORD "\"}",
     NULL},
    {"getUser", "/api/v1/users/$SPARE", NOBODYS, NULL, NULL},
    {"changeUser", "/api/v1/users/$SPARE", NOBODYS, "{\"name\":\"Somebody\"}", NULL},
    {"deactivateUser", "/api/v1/users/$SPARE/deactivate", NOBODYS, NULL, NULL},
    {"activateUser", "/api/v1/users/$SPARE/activate", NOBODYS, NULL, NULL},
    {"unlockUser", "/api/v1/users/$SPARE/unlock", NOBODYS, NULL, NULL},
    {"setUserPassword", "/api/v1/users/$SPARE/password", NOBODYS,
     "{\"password\":\"" FF_TEST_PASSWORD "\"}", NULL},
    {"createUserOtp", "/api/v1/users/$SPARE/otp", NOBODYS, NULL, NULL},
    {"listMail", "/api/v1/mail", NOBODYS, NULL, NULL},
    {"listKiosks", "/api/v1/kiosks", NOBODYS, NULL, NULL},
    {"createKiosk", "/api/v1/kiosks", NOBODYS, "{\"name\":\"South\"}", NULL},
    {"inviteUser", "/api/v1/users/invitations", NOBODYS, "{\"employeeId\":6}", NULL},
    {"printInvitations", "/api/v1/users/invitations/sheet", NOBODYS, NULL, NULL},
    {"importInvitations", "/api/v1/users/invitations/import", NOBODYS, "employeeNumber\nEMP002\n",
     "text/csv"},
    {"lookAtInvitation", "/api/v1/auth/invitation", NOBODYS, "{\"code\":\"$WELCOME\"}", NULL},
    {"acceptInvitation", "/api/v1/auth/accept", NOBODYS,
     "{\"code\":\"$WELCOME\",\"password\":\"Lunch2026-mine\",\"email\":\"dora@example.com\"}",
     NULL},
    {"confirmPairing", "/api/v1/kiosks/pairings", NOBODYS, "{\"code\":\"$PAIR\",\"name\":\"West\"}",
     NULL},
    {"getKiosk", "/api/v1/kiosks/1", NOBODYS, NULL, NULL},
    {"renameKiosk", "/api/v1/kiosks/1", NOBODYS, "{\"name\":\"Canteen kiosk\"}", NULL},
    {"newKioskCode", "/api/v1/kiosks/1/code", NOBODYS, NULL, NULL},
    {"revokeKiosk", "/api/v1/kiosks/2/revoke", NOBODYS, NULL, NULL},
    {"listAudit", "/api/v1/audit", NOBODYS, NULL, NULL},
    {"getAuditEntry", "/api/v1/audit/$AUDIT", PERSONS, NULL, NULL},
    {"verifyAudit", "/api/v1/audit/verify", NOBODYS, NULL, NULL},
    {"listUserSessions", "/api/v1/users/1/sessions", NOBODYS, NULL, NULL},
    {"endUserSessions", "/api/v1/users/$AWAY/sessions/end", NOBODYS, NULL, NULL},
    {"listKeys", "/api/v1/admin/keys", NOBODYS, NULL, NULL},
    {"rotateKeys", "/api/v1/admin/keys", NOBODYS, NULL, NULL},
    {"revokeKey", "/api/v1/admin/keys/$KID", NOBODYS, NULL, NULL},
    {"createBackup", "/api/v1/admin/backups", NOBODYS, "{}", NULL},
    {"createExport", "/api/v1/admin/exports", NOBODYS, "{}", NULL},
    {"moveTestClock", "/api/v1/test/clock", NOBODYS, "{\"now\":\"2026-03-02T11:45:00Z\"}", NULL},
};

static const struct sample *sample_of(const struct ff_route *route)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        if (strcmp(samples[i].operation, route->operation) == 0)
            return &samples[i];
    }
    ck_abort_msg("no sample of %s %s (%s)", route->method, route->path, route->operation);
    return NULL;
}

/* ---- the canteen they meet in ---- */

static struct ff_code reset_code;
static int64_t spare_id;
static const char *refresh_token;
static char pair_code[FF_SHOWN_SHORT_CAP], link_code[FF_SHOWN_CODE_CAP];
static char welcome_code[FF_SHOWN_CODE_CAP];
static int64_t purchase_id, topup_id, spoilt_id, entry_id, session_id, away_id;
static char old_kid[FF_KID_CAP];

static const char *fill(const char *text)
{
    const char *at = strchr(text, '$');
    if (!at)
        return text;
    if (strncmp(at, "$PAIR", 5) == 0)
        return ff_arena_printf(fx.arena, "%.*s%s%s", (int)(at - text), text, pair_code, at + 5);
    if (strncmp(at, "$WELCOME", 8) == 0)
        return ff_arena_printf(fx.arena, "%.*s%s%s", (int)(at - text), text, welcome_code, at + 8);
    if (strncmp(at, "$LINK", 5) == 0)
        return ff_arena_printf(fx.arena, "%.*s%s%s", (int)(at - text), text, link_code, at + 5);
    if (strncmp(at, "$SPARE", 6) == 0)
        return ff_arena_printf(fx.arena, "%.*s%" PRId64 "%s", (int)(at - text), text, spare_id,
                               at + 6);
    if (strncmp(at, "$RESET", 6) == 0)
        return ff_arena_printf(fx.arena, "%.*s%s%s", (int)(at - text), text, reset_code.text,
                               at + 6);
    if (strncmp(at, "$REFRESH", 8) == 0)
        return ff_arena_printf(fx.arena, "%.*s%s%s", (int)(at - text), text, refresh_token, at + 8);
    if (strncmp(at, "$SPOILT", 7) == 0)
        return ff_arena_printf(fx.arena, "%.*s%" PRId64 "%s", (int)(at - text), text, spoilt_id,
                               at + 7);
    if (strncmp(at, "$TOPUP", 6) == 0)
        return ff_arena_printf(fx.arena, "%.*s%" PRId64 "%s", (int)(at - text), text, topup_id,
                               at + 6);
    if (strncmp(at, "$AUDIT", 6) == 0)
        return ff_arena_printf(fx.arena, "%.*s%" PRId64 "%s", (int)(at - text), text, entry_id,
                               at + 6);
    if (strncmp(at, "$KID", 4) == 0)
        return ff_arena_printf(fx.arena, "%.*s%s%s", (int)(at - text), text, old_kid, at + 4);
    if (strncmp(at, "$SESSION", 8) == 0)
        return ff_arena_printf(fx.arena, "%.*s%" PRId64 "%s", (int)(at - text), text, session_id,
                               at + 8);
    if (strncmp(at, "$AWAY", 5) == 0)
        return ff_arena_printf(fx.arena, "%.*s%" PRId64 "%s", (int)(at - text), text, away_id,
                               at + 5);
    return ff_arena_printf(fx.arena, "%.*s%" PRId64 "%s", (int)(at - text), text, purchase_id,
                           at + strlen("$PURCHASE"));
}

static int64_t person(const char *number, const char *name, const char *badge)
{
    const int64_t id = ff_fixture_person(&fx, number, name, 100000);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_add(&fx.cx, id, badge, NULL, NULL), FF_OK);
    return id;
}

static const char *account(const char *email, const char *role, int64_t employee_id)
{
    ff_test_user(&fx, email, role, employee_id);
    ff_fixture_again(&fx);
    return ff_test_sign_in(&fx, email).access;
}

/* A code that is good for all callers of the pairing route. */
static void open_pairing(void)
{
    unsigned char hash[32];
    char hex[65];
    ff_auth_token_hash("0011ABCDEFGH", hash);
    ff_hex(hash, sizeof hash, hex);
    ff_test_change(&fx, ff_arena_printf(fx.arena,
                                        "UPDATE device SET pair_hash = x'%s', pair_uses_left = 99, "
                                        "pair_expires_at_ms = %" PRId64 " WHERE id = 1",
                                        hex, FF_TEST_NOW + 86400000));
}

/* A badge to be blocked, a day card, and a code to link a badge by: 50 and 60. */
static void open_badges(int64_t colleague)
{
    struct ff_badge_code code;
    struct ff_day_card card;
    ck_assert_int_eq(ff_badge_add(&fx.cx, 1, "FF-0500", "lost", NULL), FF_OK);
    ck_assert_int_eq(ff_day_card_add(&fx.cx, "7", "DAY-7", &card), FF_OK);
    ck_assert_int_eq(ff_badge_code(&fx.cx, colleague, &code), FF_OK);
    ff_test_change(&fx, "UPDATE badge SET id = CASE label WHEN '7' THEN 60 ELSE 50 END WHERE label "
                        "IN ('7', 'lost')");
    snprintf(link_code, sizeof link_code, "%s", code.code);
}

static void open_invitation(int64_t person_id)
{
    struct ff_invitation invitation;
    ck_assert_int_eq(ff_invite_one(&fx.cx, person_id, false, &invitation), FF_OK);
    snprintf(welcome_code, sizeof welcome_code, "%s", invitation.code);
}

/* A closed month before the first booking, at whose end one person is said to owe; a batch of it
 * that has been fetched, and a month of which the next can be made. */
static void open_payroll(void)
{
    static const char body[] = "{\"period\":\"2026-02\",\"profileId\":1,\"cap\":1000}";
    static const char profile[] =
        "{\"name\":\"First\",\"columns\":[{\"field\":\"number\"},{\"field\":\"amount\"}]}";
    static const char other[] =
        "{\"name\":\"Third\",\"columns\":[{\"field\":\"number\"},{\"field\":\"amount\"}]}";
    ff_test_change(&fx, "INSERT INTO statement SELECT p.id, a.id, 0, 3000, 0, -3000 FROM period p "
                        "JOIN account a ON a.code IN ('wallet:2', 'wallet:3') "
                        "WHERE p.starts_on = '2026-02-01'");
    ff_test_change(&fx, "UPDATE period SET state = 'closed', first_journal_id = 1, "
                        "last_journal_id = 0, closed_at_ms = 1, closed_journal_id = 1, closed_hash "
                        "= (SELECT hash FROM journal WHERE id = 1) WHERE starts_on = '2026-02-01'");
    struct ff_call call = {.method = "POST",
                           .target = "/api/v1/payroll/profiles",
                           .body = profile,
                           .key = "roles-payroll-batch-1",
                           .cli = true};
    ck_assert_int_eq(ff_call(&fx, &call).status, 201);
    call.body = other;
    ck_assert_int_eq(ff_call(&fx, &call).status, 201);
    call.target = "/api/v1/payroll/batches";
    call.body = body;
    ck_assert_int_eq(ff_call(&fx, &call).status, 201);
    call =
        (struct ff_call){.method = "GET", .target = "/api/v1/payroll/batches/1/file", .cli = true};
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
}

static void arrange(void)
{
    struct ff_signing_key made;
    ff_fixture_open(&fx);
    ff_keyring_kid(&fx.cx, old_kid);
    ck_assert_int_eq(ff_keyring_rotate(&fx.cx, &made), FF_OK);
    person("EMP001", "Tamás Nagy", "FF-0001");
    const int64_t colleague = person("EMP002", "Anna Kovács", "FF-0002");
    const int64_t boss = person("EMP003", "Béla Szabó", "FF-0003");
    const int64_t stranger = person("EMP004", "Cecília Tóth", "FF-0004");
    person("EMP005", "Dóra Kiss", "FF-0005");
    person("EMP006", "Ernő Balog", "FF-0006");
    person("EMP007", "Flóra Vass", "FF-0007");
    ff_fixture_person(&fx, "EMP008", "Gábor Új", 0); /* without an opening balance */
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (1, 'Kitchen', "
                        "'kitchen'), (2, 'Finance', 'finance'), (9, 'Empty', 'empty')");
    ff_test_change(&fx, "INSERT INTO cost_centre (id, code, name, name_fold) VALUES "
                        "(9, '9', 'Nobody', 'nobody')");
    ff_test_change(&fx, "INSERT INTO subsidy_rule (id, name, name_fold, kind, value, valid_to) "
                        "VALUES (1, 'Old', 'old', 'fixed', 1, '2020-01-01'), "
                        "(9, 'Never', 'never', 'fixed', 1, '2020-01-01')");
    ff_test_change(&fx, "INSERT INTO customer_group (id, name, name_fold) VALUES (1, 'Staff', "
                        "'staff'), (9, 'Nobody', 'nobody')");
    ff_test_change(&fx, "INSERT INTO category (id, name, name_fold) VALUES (9, 'empty', 'empty')");
    ff_test_change(&fx, "UPDATE employee SET department_id = CASE id WHEN 4 THEN 2 ELSE 1 END");
    ff_test_change(&fx, "INSERT INTO period (starts_on, ends_on) VALUES ('2026-02-01', "
                        "'2026-02-28')");
    ff_fixture_product(&fx, "Soup", 100);
    ff_fixture_product(&fx, "Withdrawn stew", 100);
    ff_fixture_product(&fx, "Tea", 50);
    ff_test_change(&fx,
                   "INSERT INTO product_ban (id, employee_id, product_id, reason, created_at_ms) "
                   "VALUES (70, 1, 2, 'wishes it', 1)");
    ff_test_change(&fx, "INSERT INTO product_barcode (code, product_id) VALUES ('A1', 3)");
    ff_test_change(&fx, "INSERT INTO product_price (id, product_id, price_minor, valid_from, "
                        "recorded_at_ms) VALUES (900, 3, 55, '2026-04-01', 0)");
    ff_fixture_again(&fx);
    ff_test_change(&fx, "INSERT INTO serving_window (name, name_fold, from_min, to_min, weekdays) "
                        "VALUES ('Lunch', 'lunch', 690, 840, 127), ('Tea', 'tea', 900, 960, 127)");
    const struct ff_stock_in counted = {.set = 1, .kind = "shelf"};
    struct ff_stock stock;
    ck_assert_int_eq(ff_stock_change(&fx.cx, 3, &counted, &stock), FF_OK);
    ff_fixture_again(&fx);
    const char *device = ff_test_kiosk(&fx, "Canteen kiosk");
    ff_test_kiosk(&fx, "To be revoked");
    open_badges(colleague);
    open_invitation(7);
    open_pairing();
    char secret[FF_SECRET_CAP];
    ck_assert(ff_pairing_begin(fx.auth, "10.0.0.1", ff_clock_mono_ms(fx.clock), pair_code, secret));
    callers[DEVICE].device = device;
    callers[OTHER_PERSON].device = callers[SAME_PERSON].device = device;
    callers[OTHER_EMPLOYEE].bearer = account("anna@example.com", "employee", colleague);
    callers[SAME_EMPLOYEE].bearer = account("tamas@example.com", "employee", 1);
    callers[SAME_MANAGER].bearer = account("bela@example.com", "manager", boss);
    callers[OTHER_MANAGER].bearer = account("cecilia@example.com", "manager", stranger);
    callers[SITE_MANAGER].bearer = account("canteen@example.com", "manager", 0);
    ff_test_change(&fx, "UPDATE user_account SET is_site_wide = 1 WHERE email = "
                        "'canteen@example.com'");
    callers[ADMIN].bearer = account("admin@example.com", "admin", 0);
    callers[DISABLED].bearer = account("gone@example.com", "admin", 0);
    ff_test_change(&fx, "UPDATE user_account SET is_active = 0 WHERE email = 'gone@example.com'");
    account("away@example.com", "employee", 0);
    away_id = ff_test_number(&fx, "SELECT MAX(id) FROM user_account");
    ff_test_sign_in(&fx, "tamas@example.com");
    session_id = ff_test_number(&fx, "SELECT MAX(id) FROM session");
    spare_id = ff_test_user(&fx, "spare@example.com", "employee", 0);
    const struct ff_code_new code = {
        .holder = {.user_id = spare_id}, .purpose = FF_CODE_RESET, .valid_ms = 86400000};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_code_issue(&fx.cx, &code, &reset_code), FF_OK);
    open_payroll();
    ff_site_set_run(fx.site, (struct ff_run_flags){.registration = true});
    refresh_token = ff_test_sign_in(&fx, "admin@example.com").refresh;
}

static struct ff_answer send(const struct ff_route *route, const struct sample *sample,
                             const struct caller *caller, size_t nth)
{
    const struct ff_call call = {
        .method = route->method,
        .target = fill(sample->target),
        .bearer = caller->bearer,
        .device = caller->device,
        .cli = caller->is_cli,
        .body = sample->body ? fill(sample->body) : NULL,
        .body_len = route->flags & FF_R_IMAGE_BODY ? FF_TEST_WEBP_BYTES : 0,
        .type = sample->type,
        .if_match = route->flags & FF_R_IF_MATCH ? "\"v1\"" : NULL,
        .key = route->flags & FF_R_KEYED
                   ? ff_arena_printf(fx.arena, "roles-%s-%zu-key", route->operation, nth)
                   : NULL};
    return ff_call(&fx, &call);
}

/* The people at the kiosk come anew for each route: they may have left. And there is something to
 * undo. */
static void come_in(void)
{
    ff_fixture_again(&fx);
    callers[OTHER_PERSON].bearer = ff_test_visit(&fx, callers[DEVICE].device, "FF-0002");
    callers[SAME_PERSON].bearer = ff_test_visit(&fx, callers[DEVICE].device, "FF-0001");
}

static int64_t buy(const char *key)
{
    const struct ff_call call = {.method = "POST",
                                 .target = "/api/v1/purchases",
                                 .bearer = callers[SAME_EMPLOYEE].bearer,
                                 .key = key,
                                 .body = "{\"items\":[{\"productId\":1,\"quantity\":1}]}"};
    const struct ff_answer a = ff_call(&fx, &call);
    ck_assert_msg(a.status == 201, "%s", a.body);
    return ff_answer_int(&fx, &a, "id");
}

static void top_up(void)
{
    const struct ff_call call = {.method = "POST",
                                 .target = "/api/v1/employees/1/topups",
                                 .bearer = callers[ADMIN].bearer,
                                 .key = "roles-the-topup-0001",
                                 .body = "{\"amount\":100,\"source\":\"cash\"}"};
    const struct ff_answer a = ff_call(&fx, &call);
    ck_assert_msg(a.status == 201, "%s", a.body);
    topup_id = ff_answer_int(&fx, &a, "id");
}

static void open_till(void)
{
    ff_test_change(&fx, "INSERT INTO account (code, kind) VALUES ('cash:counter', 'cash')");
    ff_test_change(&fx,
                   "INSERT INTO till_session (id, name, account_id, float_minor, opened_at_ms, "
                   "after_journal_id, idem_scope, idem_key, request_fp) SELECT 1, 'Counter', "
                   "id, 0, 1, 0, 0, 'roles-the-till-0001', zeroblob(16) FROM account WHERE "
                   "code = 'cash:counter'");
}

/* Two bookings on Tamás's wallet that wait for a second person: 1 and 2. */
static void ask_approvals(void)
{
    ff_test_change(
        &fx, ff_arena_printf(fx.arena,
                             "INSERT INTO approval (id, kind, employee_id, amount_minor, source, "
                             "asked_by, asked_at_ms, idem_scope, idem_key, request_fp) VALUES "
                             "(1, 'topup', 1, 5000, 'cash', %" PRId64 ", %" PRId64
                             ", -99, 'roles-the-approval-1', zeroblob(16)), "
                             "(2, 'topup', 1, 5000, 'cash', %" PRId64 ", %" PRId64
                             ", -99, 'roles-the-approval-2', zeroblob(16))",
                             spare_id, FF_TEST_NOW, spare_id, FF_TEST_NOW));
}

/* ---- what must come out ---- */

enum verdict { ANSWERED, UNKNOWN_CALLER, DISABLED_CALLER, FORBIDDEN, NOT_THERE };

static bool is_in_scope(enum ff_scope scope, const struct sample *sample,
                        const struct caller *caller)
{
    if (sample->whose == KEYS)
        return caller == &callers[SAME_EMPLOYEE]; /* whose key it is */
    if (sample->whose == ACCOUNTS)
        return !caller->is_cli; /* the command line has none */
    if (sample->whose == NOBODYS || scope == FF_ALL)
        return true;
    return scope == FF_DEPT ? caller->shares_department : caller->is_self;
}

static enum verdict expected(const struct ff_route *route, const struct sample *sample,
                             const struct caller *caller)
{
    if (route->flags & FF_R_TEST)
        return NOT_THERE;
    if (route->flags & FF_R_OPEN)
        return ANSWERED;
    if (caller->role == FF_ROLE_ANON)
        return UNKNOWN_CALLER;
    if (caller->is_disabled)
        return DISABLED_CALLER;
    const enum ff_scope scope = route->scope[caller->role];
    if (scope == FF_NONE || ((route->flags & FF_R_CLI) && !caller->is_cli))
        return FORBIDDEN;
    if (scope == FF_DEPT && (route->flags & FF_R_SITE_WIDE) && !caller->is_site_wide)
        return FORBIDDEN;
    return is_in_scope(scope, sample, caller) ? ANSWERED : NOT_THERE;
}

static bool is_code(const struct ff_answer *a, int status, const char *code)
{
    return a->status == status && strcmp(ff_answer_member(&fx, a, "code"), code) == 0;
}

/* Its sample is the password the callers have, which is refused: a new one would end their
 * sessions. */
static bool changes_own_password(const struct ff_route *route)
{
    return strcmp(route->operation, "changePassword") == 0;
}

/* An answer is a success, or a conflict with what an earlier caller of the same route did. Open
 * routes judge what is sent, so they may refuse it - but never the caller. */
static bool is_answer(const struct ff_route *route, const struct ff_answer *a)
{
    if (changes_own_password(route))
        return is_code(a, 400, "ERR_VALIDATION");
    if (a->status < 300 || a->status == 409 || a->status == 412)
        return true;
    return (route->flags & FF_R_OPEN) && !is_code(a, 401, "ERR_UNAUTHENTICATED") &&
           a->status != 403 && a->status != 404;
}

static bool fits(const struct ff_route *route, enum verdict verdict, const struct ff_answer *a)
{
    switch (verdict) {
    case UNKNOWN_CALLER:
        return is_code(a, 401, "ERR_UNAUTHENTICATED");
    case DISABLED_CALLER:
        return is_code(a, 403, "ERR_EMPLOYEE_INACTIVE");
    case FORBIDDEN:
        return is_code(a, 403, "ERR_FORBIDDEN");
    case NOT_THERE:
        return is_code(a, 404, "ERR_NOT_FOUND");
    case ANSWERED:
        break;
    }
    return is_answer(route, a);
}

/* One row and all callers, from those who may least to those who may most. What is wrong is added
 * to `wrong`. */
static void ask_all(const struct ff_route *route, struct ff_buf *wrong)
{
    const struct sample *sample = sample_of(route);
    bool succeeded = route->flags & FF_R_TEST || changes_own_password(route);
    come_in();
    for (size_t c = 0; c < N_CALLERS; c++) {
        const struct ff_answer a = send(route, sample, &callers[c], c);
        const bool is_gone = succeeded && a.status == 404 && strcmp(route->method, "DELETE") == 0;
        if (!is_gone && !fits(route, expected(route, sample, &callers[c]), &a))
            ff_buf_printf(wrong, "%s %s as %s: %d %s\n", route->method, route->path,
                          callers[c].name, a.status, ff_answer_member(&fx, &a, "code"));
        succeeded |= a.status < 300;
        ff_fixture_again(&fx);
    }
    if (!succeeded)
        ff_buf_printf(wrong, "%s: its sample succeeds for nobody\n", route->operation);
}

START_TEST(every_route_answers_every_caller_as_its_row_says)
{
    struct ff_buf wrong;
    ff_buf_init(&wrong, 1 << 20);
    arrange();
    purchase_id = buy("roles-the-purchase-1");
    spoilt_id = buy("roles-the-purchase-2");
    entry_id = ff_test_number(&fx, "SELECT MIN(seq) FROM audit WHERE subject_kind = 1 AND "
                                   "subject_id = 1 AND user_id IS NULL");
    top_up();
    ask_approvals();
    open_till();
    for (size_t i = 0; i < ff_n_routes; i++)
        ask_all(&ff_routes[i], &wrong);
    ck_assert_msg(wrong.len == 0, "\n%s", wrong.data);
    ff_buf_free(&wrong);
    ff_fixture_close(&fx);
}
END_TEST

START_TEST(each_row_is_complete_and_each_sample_has_a_row)
{
    for (size_t i = 0; i < ff_n_routes; i++) {
        const struct ff_route *r = &ff_routes[i];
        ck_assert_msg(r->handle && r->operation && r->summary, "%s %s", r->method, r->path);
        bool reachable = r->flags & (FF_R_OPEN | FF_R_TEST);
        for (size_t role = 0; role < FF_ROLE_COLUMNS; role++)
            reachable |= r->scope[role] != FF_NONE;
        ck_assert_msg(reachable, "nobody may call %s", r->operation);
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(r->operation, ff_routes[j].operation);
    }
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        bool found = false;
        for (size_t j = 0; j < ff_n_routes; j++)
            found |= strcmp(samples[i].operation, ff_routes[j].operation) == 0;
        ck_assert_msg(found, "no route %s", samples[i].operation);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("roles");
    TCase *cases = tcase_create("roles");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, every_route_answers_every_caller_as_its_row_says);
    tcase_add_test(cases, each_row_is_complete_and_each_sample_has_a_row);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
