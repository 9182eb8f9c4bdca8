/* SPDX-License-Identifier: MIT */
/* scopes.c - the matrix of roles (tests/golden/roles.txt) against the route table, and what each
 * caller sees of two departments: exact counts in every list, no name of anybody else's, and a
 * foreign id answered like one that nobody has, byte for byte. Source: security.md S28-S30. */
#include <ctype.h>

#include "../lib/body.h"
#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "api/route.h"
#include "domain/people/badge.h"
#include "domain/stock/stock.h"

static struct ff_fixture fx;

/* ---- the matrix ---- */

enum { COLUMNS = 7, NAME_CAP = 64 };

struct matrix_row {
    char operation[NAME_CAP];
    char cell[COLUMNS][2]; /* anon device person employee manager site admin */
};

static struct matrix_row matrix[256];
static size_t n_matrix;

static void read_matrix(void)
{
    size_t n;
    char *text = ff_test_file("tests/golden/roles.txt", &n);
    n_matrix = 0;
    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        struct matrix_row *r = &matrix[n_matrix];
        if (*line == '#' || *line == '\n')
            continue;
        int got = sscanf(line, "%63s %1s %1s %1s %1s %1s %1s %1s", r->operation, r->cell[0],
                         r->cell[1], r->cell[2], r->cell[3], r->cell[4], r->cell[5], r->cell[6]);
        ck_assert_msg(got == 1 + COLUMNS, "tests/golden/roles.txt: %s", line);
        ck_assert_uint_lt(++n_matrix, sizeof matrix / sizeof matrix[0]);
    }
    free(text);
}

static char letter(const struct ff_route *r, enum ff_role role)
{
    static const char letters[] = {
        [FF_NONE] = '-', [FF_SELF] = 'O', [FF_DEPT] = 'D', [FF_ALL] = 'A'};
    return letters[r->scope[role]];
}

/* A row of the table in the words of the matrix. */
static void describe(const struct ff_route *r, struct matrix_row *out)
{
    bool open = r->flags & FF_R_OPEN, cli = r->flags & FF_R_CLI;
    char manager = letter(r, FF_ROLE_MANAGER), site = manager == 'D' ? 'A' : manager;
    if (r->flags & FF_R_SITE_WIDE)
        manager = '-';
    const char cells[COLUMNS] = {open ? 'A' : '-',
                                 open ? 'A' : letter(r, FF_ROLE_DEVICE),
                                 open ? 'A' : letter(r, FF_ROLE_PERSON),
                                 open ? 'A' : letter(r, FF_ROLE_EMPLOYEE),
                                 open ? 'A' : manager,
                                 open ? 'A' : site,
                                 cli    ? 'C'
                                 : open ? 'A'
                                        : letter(r, FF_ROLE_ADMIN)};
    for (size_t i = 0; i < COLUMNS; i++)
        out->cell[i][0] = cells[i];
}

START_TEST(the_table_is_the_matrix)
{
    read_matrix();
    for (size_t i = 0; i < ff_n_routes; i++) {
        struct matrix_row is = {0};
        size_t k = 0;
        while (k < n_matrix && strcmp(matrix[k].operation, ff_routes[i].operation) != 0)
            k++;
        ck_assert_msg(k < n_matrix, "tests/golden/roles.txt has no line for %s",
                      ff_routes[i].operation);
        describe(&ff_routes[i], &is);
        for (size_t c = 0; c < COLUMNS; c++)
            ck_assert_msg(matrix[k].cell[c][0] == is.cell[c][0],
                          "%s, column %zu: the matrix says %c, the table %c",
                          ff_routes[i].operation, c + 1, matrix[k].cell[c][0], is.cell[c][0]);
    }
}
END_TEST

START_TEST(the_matrix_speaks_of_no_other_routes)
{
    read_matrix();
    for (size_t k = 0; k < n_matrix; k++) {
        size_t i = 0;
        while (i < ff_n_routes && strcmp(matrix[k].operation, ff_routes[i].operation) != 0)
            i++;
        ck_assert_msg(i < ff_n_routes, "no route %s", matrix[k].operation);
        for (size_t j = 0; j < k; j++)
            ck_assert_str_ne(matrix[k].operation, matrix[j].operation);
    }
}
END_TEST

/* ---- two departments, and one who is in none ---- */

enum { ANNA = 1, BELA, CECILIA, DENES, EMIL };

static const struct {
    const char *number, *name, *badge, *department; /* NULL: none */
    int purchases;
} people[] = {
    [ANNA] = {"S-1", "Anna Almási", "FF-0001", "1", 2},
    [BELA] = {"S-2", "Béla Barta", "FF-0002", "1", 1},
    [CECILIA] = {"S-3", "Cecília Cseh", "FF-0003", "2", 3},
    [DENES] = {"S-4", "Dénes Dobos", "FF-0004", "2", 1},
    [EMIL] = {"S-5", "Emil Egyed", "FF-0005", NULL, 1},
};

enum who { AS_DEVICE, AS_PERSON, AS_EMPLOYEE, AS_MANAGER, AS_LOST, AS_SITE, AS_ADMIN, N_WHO };

static struct {
    const char *name;
    enum ff_role role;
    const char *bearer, *device;
} callers[N_WHO] = {
    [AS_DEVICE] = {"the kiosk", FF_ROLE_DEVICE, NULL, NULL},
    [AS_PERSON] = {"Anna at the kiosk", FF_ROLE_PERSON, NULL, NULL},
    [AS_EMPLOYEE] = {"Anna", FF_ROLE_EMPLOYEE, NULL, NULL},
    [AS_MANAGER] = {"Béla, manager of Anna's department", FF_ROLE_MANAGER, NULL, NULL},
    [AS_LOST] = {"a manager of no department", FF_ROLE_MANAGER, NULL, NULL},
    [AS_SITE] = {"the canteen's manager", FF_ROLE_MANAGER, NULL, NULL},
    [AS_ADMIN] = {"an admin", FF_ROLE_ADMIN, NULL, NULL},
};

static int64_t foreign_purchase;
#define FOREIGN_KEY "scopes-purchase-3-1"
#define NO_KEY      "scopes-purchase-3-9"

static const char *account(const char *email, const char *role, int64_t employee_id)
{
    ff_test_user(&fx, email, role, employee_id);
    ff_fixture_again(&fx);
    return ff_test_sign_in(&fx, email).access;
}

/* Purchases are made by the person, so that the keys are the person's own. */
static void buy(int64_t employee, int n)
{
    char key[FF_IDEM_KEY_CAP];
    struct ff_purchase p;
    for (int i = 1; i <= n; i++) {
        (void)snprintf(key, sizeof key, "scopes-purchase-%d-%d", (int)employee, i);
        ff_fixture_again(&fx);
        ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, employee);
        ck_assert_int_eq(ff_test_buy(&fx.cx, employee, 1, 1, key, &p), FF_OK);
        if (employee == CECILIA)
            foreign_purchase = p.id;
    }
}

static void make_people(void)
{
    struct ff_actor operator= fx.cx.who;
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES "
                        "(1, 'Kitchen', 'kitchen'), (2, 'Finance', 'finance')");
    ff_test_change(&fx, "INSERT INTO customer_group (id, name, name_fold) VALUES "
                        "(1, 'Staff', 'staff')");
    ff_fixture_product(&fx, "Soup", 100);
    ff_fixture_again(&fx);
    const struct ff_stock_in counted = {.set = 1, .kind = "shelf"};
    struct ff_stock stock;
    ck_assert_int_eq(ff_stock_change(&fx.cx, 1, &counted, &stock), FF_OK);
    ff_fixture_again(&fx);
    for (int64_t id = ANNA; id <= EMIL; id++) {
        ck_assert_int_eq(ff_fixture_person(&fx, people[id].number, people[id].name, 10000), id);
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_badge_add(&fx.cx, id, people[id].badge, NULL, NULL), FF_OK);
        if (people[id].department)
            ff_test_change(&fx, ff_arena_printf(fx.arena,
                                                "UPDATE employee SET department_id = %s WHERE id = "
                                                "%d",
                                                people[id].department, (int)id));
    }
    for (int64_t id = ANNA; id <= EMIL; id++)
        buy(id, people[id].purchases);
    fx.cx.who = operator;
    ff_fixture_again(&fx);
}

static void learn_places(void);

/* One day card, which Cecília has. */
static void lend_card(void)
{
    struct ff_day_card card;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_day_card_add(&fx.cx, "7", "DAY-7", &card), FF_OK);
    ck_assert_int_eq(ff_day_card_lend(&fx.cx, card.id, CECILIA, &card), FF_OK);
}

/* One booking for Anna and one for Cecília wait for a second person. */
static void ask_approvals(void)
{
    ff_test_change(&fx, "INSERT INTO approval (kind, employee_id, amount_minor, source, asked_by, "
                        "asked_at_ms, idem_scope, idem_key, request_fp) VALUES "
                        "('topup', 1, 5000, 'cash', 1, 1, -1, 'scopes-approval-1', zeroblob(16)), "
                        "('topup', 3, 5000, 'cash', 1, 1, -1, 'scopes-approval-2', zeroblob(16))");
}

static void start(void)
{
    ff_fixture_open(&fx);
    make_people();
    callers[AS_DEVICE].device = callers[AS_PERSON].device = ff_test_kiosk(&fx, "Canteen kiosk");
    callers[AS_PERSON].bearer = ff_test_visit(&fx, callers[AS_DEVICE].device, "FF-0001");
    callers[AS_EMPLOYEE].bearer = account("anna@example.com", "employee", ANNA);
    callers[AS_MANAGER].bearer = account("bela@example.com", "manager", BELA);
    callers[AS_LOST].bearer = account("lost@example.com", "manager", 0);
    callers[AS_SITE].bearer = account("canteen@example.com", "manager", 0);
    callers[AS_ADMIN].bearer = account("admin@example.com", "admin", 0);
    ff_test_change(&fx, "UPDATE user_account SET is_site_wide = 1 WHERE email = "
                        "'canteen@example.com'");
    lend_card();
    ask_approvals();
    learn_places();
}

static void stop(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer ask(enum who who, const char *method, const char *target, const char *body,
                            const char *key, const char *accept)
{
    return ff_call(&fx, &(struct ff_call){.method = method,
                                          .target = target,
                                          .bearer = callers[who].bearer,
                                          .device = callers[who].device,
                                          .body = body,
                                          .key = key,
                                          .accept = accept,
                                          .if_match = strcmp(method, "GET") ? "\"v1\"" : NULL});
}

/* ---- lists: how many rows each sees ---- */

enum { NO = -1, ANY = -2, NONE = -3 }; /* not at all; some, none about others; not there */

struct expected_rows {
    const char *operation, *target;
    int rows[N_WHO]; /* device person employee manager lost site admin */
};

static const struct expected_rows lists[] = {
    {"listKioskNames", "/api/v1/kiosk/people", {5, NO, NO, NO, NO, NO, NO}},
    {"listCategories", "/api/v1/categories", {3, 3, 3, 3, 3, 3, 3}},
    {"listProducts", "/api/v1/products", {1, 1, 1, 1, 1, 1, 1}},
    {"getPriceHistory", "/api/v1/products/1/price-history", {NO, NO, NO, 1, 1, 1, 1}},
    {"listBarcodes", "/api/v1/products/1/barcodes", {0, 0, 0, 0, 0, 0, 0}},
    {"listWindows", "/api/v1/windows", {0, 0, 0, 0, 0, 0, 0}},
    {"listStock", "/api/v1/stock", {NO, NO, NO, 1, 1, 1, 1}},
    {"listStockMoves", "/api/v1/stock/1/moves", {NO, NO, NO, 8, 8, 8, 8}},
    {"listDepartments", "/api/v1/departments", {NO, NO, NO, 1, 0, 2, 2}},
    {"listCostCentres", "/api/v1/cost-centres", {NO, NO, NO, 1, 1, 1, 1}},
    {"listSubsidyRules", "/api/v1/subsidy-rules", {NO, NO, NO, 0, 0, 0, 0}},
    {"listAllowances", "/api/v1/allowances", {NO, NO, NO, NO, NO, NO, 0}},
    {"listBans", "/api/v1/employees/1/bans", {NO, NO, 0, 0, NONE, 0, 0}},
    {"listGroups", "/api/v1/groups", {NO, NO, NO, 1, 1, 1, 1}},
    {"listEmployees", "/api/v1/employees", {NO, NO, NO, 2, 0, 5, 5}},
    {"listPurchases", "/api/v1/purchases", {NO, 2, 2, 3, 0, 8, 8}},
    {"listUsers", "/api/v1/users", {NO, NO, NO, NO, NO, NO, 5}},
    {"listKiosks", "/api/v1/kiosks", {NO, NO, NO, NO, NO, 1, 1}},
    {"listSessions", "/api/v1/auth/sessions", {NO, NO, 1, 1, 1, 1, 1}},
    {"listUserSessions", "/api/v1/users/1/sessions", {NO, NO, NO, NO, NO, NO, 1}},
    {"listBadges", "/api/v1/employees/1/badges", {NO, NO, 1, 1, NONE, 1, 1}},
    {"listDayCards", "/api/v1/day-cards", {NO, NO, NO, 1, 1, 1, 1}},
    {"listStatements", "/api/v1/employees/1/statements", {NO, NO, 0, 0, NONE, 0, 0}},
    {"listAccounts", "/api/v1/ledger/accounts?kind=wallet", {NO, NO, NO, NO, NO, NO, 5}},
    {"listJournals", "/api/v1/ledger/journals", {NO, NO, NO, NO, NO, NO, ANY}},
    {"listPayrollProfiles", "/api/v1/payroll/profiles", {NO, NO, NO, NO, NO, 0, 0}},
    {"listPayrollBatches", "/api/v1/payroll/batches", {NO, NO, NO, NO, NO, 0, 0}},
    {"listPeriods", "/api/v1/ledger/periods", {NO, NO, NO, NO, NO, 1, 1}},
    {"listAudit", "/api/v1/audit", {NO, NO, ANY, NO, NO, NO, ANY}},
    {"listMail", "/api/v1/mail", {NO, NO, NO, NO, NO, NO, 0}},
    {"listApprovals", "/api/v1/approvals", {NO, NO, NO, 1, 0, 2, 2}},
    {"listClosedDays", "/api/v1/closed-days", {0, 0, 0, 0, 0, 0, 0}},
    {"listTills", "/api/v1/tills", {NO, NO, NO, 0, 0, 0, 0}},
    {"getEmployeesReport", "/api/v1/reports/employees", {NO, NO, NO, 2, 0, 5, 5}},
    {"getLowBalanceReport", "/api/v1/reports/low-balance?below=10000000", {NO, NO, NO, 2, 0, 5, 5}},
    {"getDebtsReport", "/api/v1/reports/debts", {NO, NO, NO, 0, 0, 0, 0}},
    {"listKeys", "/api/v1/admin/keys", {NO, NO, NO, NO, NO, NO, NO}},
    /* a filter narrows, it never opens */
    {NULL, "/api/v1/employees?departmentId=2", {NO, NO, NO, 0, 0, 2, 2}},
    {NULL, "/api/v1/employees?q=csilia", {NO, NO, NO, 0, 0, 0, 0}},
    {NULL, "/api/v1/employees?q=cecilia", {NO, NO, NO, 0, 0, 1, 1}},
    {NULL, "/api/v1/employees?q=e&sort=-department", {NO, NO, NO, 1, 0, 4, 4}},
    {NULL, "/api/v1/departments?q=finance", {NO, NO, NO, 0, 0, 1, 1}},
    {NULL, "/api/v1/purchases?employeeId=3", {NO, 0, 0, 0, 0, 3, 3}},
    {NULL, "/api/v1/purchases?employeeId=1", {NO, 2, 2, 2, 0, 2, 2}},
    {NULL, "/api/v1/purchases?from=2026-03-01", {NO, 2, 2, 3, 0, 8, 8}},
};

enum { N_LISTS = sizeof lists / sizeof lists[0] };

/* May this caller see the name? */
static bool may_see(enum who who, int64_t employee)
{
    switch (who) {
    case AS_PERSON:
    case AS_EMPLOYEE:
        return employee == ANNA;
    case AS_MANAGER:
        return employee == ANNA || employee == BELA;
    case AS_LOST:
        return false;
    default:
        return true;
    }
}

static void check_names(enum who who, const char *target, const struct ff_answer *a)
{
    for (int64_t id = ANNA; id <= EMIL; id++)
        ck_assert_msg(may_see(who, id) || !strstr(a->body, people[id].name), "%s sees %s in %s\n%s",
                      callers[who].name, people[id].name, target, a->body);
}

/* The total of a page; rows have totals of their own before it. */
static int total_of(const struct ff_answer *a)
{
    int total = -1;
    const char *at = strstr(a->body, "\"pagination\":{"),
               *found = at ? strstr(at, "\"total\":") : NULL;
    ck_assert_msg(found && sscanf(found, "\"total\":%d", &total) == 1, "%s", a->body);
    return total;
}

static void check_list(const struct expected_rows *list, enum who who)
{
    ff_fixture_again(&fx);
    struct ff_answer a = ask(who, "GET", list->target, NULL, NULL, NULL);
    int rows = list->rows[who];
    ck_assert_msg(a.status == (rows == NO     ? 403
                               : rows == NONE ? 404
                                              : 200),
                  "%s as %s: %d\n%s", list->target, callers[who].name, a.status, a.body);
    check_names(who, list->target, &a);
    if (rows >= 0)
        ck_assert_msg(total_of(&a) == rows, "%s as %s: not %d rows\n%s", list->target,
                      callers[who].name, rows, a.body);
}

START_TEST(each_list_has_the_caller_s_rows_and_no_more)
{
    for (enum who who = 0; who < N_WHO; who++)
        check_list(&lists[_i], who);
}
END_TEST

static const struct ff_route *route_named(const char *operation)
{
    for (size_t i = 0; i < ff_n_routes; i++)
        if (!strcmp(ff_routes[i].operation, operation))
            return &ff_routes[i];
    return NULL;
}

START_TEST(no_list_is_left_out)
{
    for (size_t i = 0; i < ff_n_routes; i++) {
        size_t k = 0;
        while (k < N_LISTS &&
               (!lists[k].operation || strcmp(lists[k].operation, ff_routes[i].operation) != 0))
            k++;
        ck_assert_msg(!(ff_routes[i].flags & FF_R_LIST) || k < N_LISTS, "%s has no line in `lists`",
                      ff_routes[i].operation);
    }
    for (size_t k = 0; k < N_LISTS; k++)
        ck_assert(!lists[k].operation || route_named(lists[k].operation));
}
END_TEST

static int count_lines(const char *text)
{
    int n = 0;
    for (; (text = strchr(text, '\n')); text++)
        n++;
    return n;
}

/* The same rows as a file. */
START_TEST(a_file_has_the_rows_of_the_list)
{
    for (size_t k = 0; k < N_LISTS; k++) {
        const struct ff_route *route = lists[k].operation ? route_named(lists[k].operation) : NULL;
        for (enum who who = 0; route && (route->flags & FF_R_CSV_REPLY) && who < N_WHO; who++) {
            int rows = lists[k].rows[who];
            if (rows == NO || rows == NONE)
                continue;
            ff_fixture_again(&fx);
            struct ff_answer a = ask(who, "GET", lists[k].target, NULL, NULL, "text/csv");
            ck_assert_int_eq(a.status, 200);
            check_names(who, lists[k].target, &a);
            ck_assert_msg(rows == ANY || count_lines(a.body) == 1 + rows, "%s as %s\n%s",
                          lists[k].target, callers[who].name, a.body);
        }
    }
}
END_TEST

/* ---- a foreign id and one that nobody has ---- */

/* An id that nobody has, with as many digits: the length of the reply must not tell either. */
static int64_t nobodys_like(int64_t id)
{
    return id < 10 ? 9 : 99;
}

static const char *number(int64_t id)
{
    return ff_arena_printf(fx.arena, "%lld", (long long)id);
}

struct place {
    const char *path; /* what stands before the id */
    int64_t foreign;  /* Cecília's, or the admin's; 0: these are nobody's, or an admin's alone */
    bool is_own;      /* only one's own, whatever the scope */
};

static struct place places[] = {
    {"/api/v1/employees/", CECILIA, false},
    {"/api/v1/departments/", 2, false},
    {"/api/v1/purchases/", 0, false},
    {"/api/v1/purchases/by-key/", 1, false},
    {"/api/v1/ledger/journals/", 0, false},
    {"/api/v1/auth/sessions/", 0, true},
    {"/api/v1/audit/", 0, false},
    {"/api/v1/products/", 0, false},
    {"/api/v1/categories/", 0, false},
    {"/api/v1/kiosks/", 0, false},
    {"/api/v1/day-cards/", 0, false},
    {"/api/v1/users/", 0, false},
    {"/api/v1/admin/keys/", 0, false},
    {"/api/v1/groups/", 0, false},
    {"/api/v1/cost-centres/", 0, false},
    {"/api/v1/subsidy-rules/", 0, false},
    {"/api/v1/admin/keys/", 0, false},
    {"/api/v1/products/by-barcode/", 0, false},
    {"/api/v1/admin/keys/", 0, false},
    {"/api/v1/approvals/", 2, false},
    {"/api/v1/admin/keys/", 0, false},
    {"/api/v1/ledger/periods/", 0, false},
    {"/api/v1/payroll/profiles/", 0, false},
    {"/api/v1/payroll/batches/", 0, false},
    {"/api/v1/admin/keys/", 0, false},
    {"/api/v1/stock/", 0, false},
    {"/api/v1/tills/", 0, false},
    {"/api/v1/windows/", 0, false},
    {"/api/v1/menu/", 0, false},
    {"/api/v1/closed-days/", 0, false},
    {"/api/v1/images/", 0, false},
};

static struct place *place_at(const char *path, size_t n)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (strlen(places[i].path) == n && !strncmp(places[i].path, path, n))
            return &places[i];
    ck_abort_msg("whose are the ids of %s? Add a line to `places`", path);
    return NULL;
}

static void set_place(const char *path, int64_t foreign)
{
    ck_assert_int_gt(foreign, 0);
    place_at(path, strlen(path))->foreign = foreign;
}

static void learn_places(void)
{
    struct ff_movement topup;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, CECILIA, 100, "scopes-topup-number-1", &topup), FF_OK);
    set_place("/api/v1/purchases/", foreign_purchase);
    set_place("/api/v1/ledger/journals/", topup.id);
    set_place("/api/v1/auth/sessions/", ff_test_number(&fx, "SELECT max(id) FROM session"));
    set_place("/api/v1/audit/", ff_test_number(&fx, "SELECT max(seq) FROM audit WHERE subject_kind "
                                                    "= 1 AND subject_id = 3"));
}

/* Bodies that a schema alone does not make good. */
static const char *body_of(const struct ff_route *route)
{
    static const char *const bodies[][2] = {
        {"setPin", "{\"pin\":\"2580\"}"},
        {"changeEmployee", "{\"name\":\"Somebody\"}"},
    };
    struct ff_buf buf;
    if (!route->in)
        return NULL;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (!strcmp(bodies[i][0], route->operation))
            return bodies[i][1];
    ff_buf_init(&buf, 1 << 16);
    ff_test_body(&buf, route->in, NULL);
    const char *body = ff_arena_strndup(fx.arena, buf.data, buf.len);
    ff_buf_free(&buf);
    return body;
}

/* The path with its first id, and with a second one where it has two. */
static const char *target_of(const struct ff_route *route, const char *id, const char *second)
{
    const char *text = route->path;
    for (const char *brace; (brace = strchr(text, '{')); id = second) {
        const char *end = strchr(brace, '}');
        text = ff_arena_printf(fx.arena, "%.*s%s%s", (int)(brace - text), text, id, end + 1);
    }
    return text;
}

/* The value of a member, cut out: what differs by itself. */
static const char *without(const char *body, const char *member)
{
    const char *at = strstr(body, member);
    if (!at)
        return body;
    const char *end = strchr(at + strlen(member), '"');
    return ff_arena_printf(fx.arena, "%.*s%s", (int)(at - body), body, end);
}

/* The body but for what the caller said: the id, and the address that it stands in. */
static const char *bare(const struct ff_answer *a, const char *id)
{
    const char *rest = without(without(a->body, "\"requestId\":\""), "\"instance\":\""), *at;
    const char *text = "";
    while ((at = strstr(rest, id))) {
        const char *end = at + strlen(id);
        const bool is_whole = !isdigit((unsigned char)at[-1]) && !isdigit((unsigned char)*end);
        text = ff_arena_printf(fx.arena, "%s%.*s%s", text, (int)(at - rest), rest,
                               is_whole ? "#" : id); /* 40 is in 404 too */
        rest = end;
    }
    return ff_arena_printf(fx.arena, "%s%s", text, rest);
}

static const char *bare_head(const struct ff_answer *a)
{
    const char *at = strstr(a->head, "X-Request-Id:");
    return ff_arena_printf(fx.arena, "%.*s%s", (int)(at - a->head), a->head, strstr(at, "\r\n"));
}

static void expect_same(enum who who, const char *what, const struct ff_answer *foreign,
                        const char *foreign_id, const struct ff_answer *missing,
                        const char *missing_id)
{
    ck_assert_msg(foreign->status == missing->status &&
                      !strcmp(bare(foreign, foreign_id), bare(missing, missing_id)) &&
                      !strcmp(bare_head(foreign), bare_head(missing)),
                  "%s, %s: what is not theirs\n%s%s\nand what is not there\n%s%s",
                  callers[who].name, what, foreign->head, foreign->body, missing->head,
                  missing->body);
}

#define BADGE    "3" /* Cecília's */
#define NO_BADGE "9"

/* Somebody else's badge under one's own id. */
static void ask_nested(const struct ff_route *route, enum who who)
{
    static const char key[] = "scopes-nested-key-01";
    struct ff_answer foreign =
        ask(who, route->method, target_of(route, "1", BADGE), body_of(route), key, NULL);
    struct ff_answer missing =
        ask(who, route->method, target_of(route, "1", NO_BADGE), body_of(route), key, NULL);
    ck_assert_msg(foreign.status == 404, "%s as %s: %d\n%s", route->operation, callers[who].name,
                  foreign.status, foreign.body);
    expect_same(who, route->operation, &foreign, BADGE, &missing, NO_BADGE);
}

static void ask_both(const struct ff_route *route, const struct place *place, enum who who)
{
    static const char key[] = "scopes-foreign-key-1";
    bool by_key = strstr(route->path, "{key}") != NULL;
    const char *theirs = by_key ? FOREIGN_KEY : number(place->foreign);
    const char *nobodys = by_key ? NO_KEY : number(nobodys_like(place->foreign));
    struct ff_answer foreign =
        ask(who, route->method, target_of(route, theirs, BADGE), body_of(route), key, NULL);
    struct ff_answer missing =
        ask(who, route->method, target_of(route, nobodys, BADGE), body_of(route), key, NULL);
    ck_assert_msg(foreign.status == 404, "%s as %s: %d\n%s", route->operation, callers[who].name,
                  foreign.status, foreign.body);
    expect_same(who, route->operation, &foreign, theirs, &missing, nobodys);
}

/* Does the caller come as far as the row, but not to what is Cecília's? */
static bool is_outside(const struct ff_route *route, enum who who)
{
    enum ff_scope scope = route->scope[callers[who].role];
    if (place_at(route->path, strcspn(route->path, "{"))->is_own)
        return scope != FF_NONE && who != AS_ADMIN;
    if ((route->flags & FF_R_SITE_WIDE) || who == AS_SITE)
        return false;
    return scope == FF_SELF || scope == FF_DEPT;
}

START_TEST(what_is_not_theirs_is_not_there)
{
    const struct ff_route *route = &ff_routes[_i];
    if (!strchr(route->path, '{'))
        return;
    const struct place *place = place_at(route->path, strcspn(route->path, "{"));
    for (enum who who = 0; place->foreign && who < N_WHO; who++) {
        if (!is_outside(route, who))
            continue;
        ff_fixture_again(&fx);
        ask_both(route, place, who);
        if (strchr(strchr(route->path, '{') + 1, '{') && who != AS_LOST)
            ask_nested(route, who);
    }
}
END_TEST

/* ---- ids inside bodies and queries ---- */

struct inside {
    const char *method, *target, *body; /* %lld is the id */
    int64_t foreign;
    enum who from, to; /* callers */
};

static const struct inside insides[] = {
    {"POST", "/api/v1/purchases",
     "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":%lld}", CECILIA, AS_PERSON,
     AS_LOST},
    {"GET", "/api/v1/purchases?employeeId=%lld", NULL, CECILIA, AS_PERSON, AS_LOST},
    {"GET", "/api/v1/employees?departmentId=%lld", NULL, 2, AS_MANAGER, AS_LOST},
    {"POST", "/api/v1/employees", "{\"number\":\"N-1\",\"name\":\"New\",\"departmentId\":%lld}", 2,
     AS_MANAGER, AS_LOST},
    {"POST", "/api/v1/day-cards/6/lend", "{\"employeeId\":%lld}", CECILIA, AS_MANAGER, AS_LOST},
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static const char *with_id(const char *text, int64_t id)
{
    return text ? ff_arena_printf(fx.arena, text, (long long)id) : NULL;
}
#pragma GCC diagnostic pop

START_TEST(an_id_inside_gives_nothing_away)
{
    const struct inside *in = &insides[_i];
    for (enum who who = in->from; who <= in->to; who++) {
        ff_fixture_again(&fx);
        const char *keys[] = {"scopes-inside-key-1", "scopes-inside-key-2"};
        struct ff_answer foreign = ask(who, in->method, with_id(in->target, in->foreign),
                                       with_id(in->body, in->foreign), keys[0], NULL);
        int64_t nobodys = nobodys_like(in->foreign);
        struct ff_answer missing = ask(who, in->method, with_id(in->target, nobodys),
                                       with_id(in->body, nobodys), keys[1], NULL);
        expect_same(who, in->target, &foreign, number(in->foreign), &missing, number(nobodys));
        ck_assert_msg(foreign.status != 201, "%s %s: %s", callers[who].name, in->target,
                      foreign.body);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scopes");
    TCase *cases = tcase_create("matrix");
    tcase_add_test(cases, the_table_is_the_matrix);
    tcase_add_test(cases, the_matrix_speaks_of_no_other_routes);
    suite_add_tcase(suite, cases);
    cases = tcase_create("rows");
    tcase_set_timeout(cases, 60);
    tcase_add_unchecked_fixture(cases, start, stop);
    tcase_add_loop_test(cases, each_list_has_the_caller_s_rows_and_no_more, 0, N_LISTS);
    tcase_add_test(cases, no_list_is_left_out);
    tcase_add_test(cases, a_file_has_the_rows_of_the_list);
    tcase_add_loop_test(cases, what_is_not_theirs_is_not_there, 0, (int)ff_n_routes);
    tcase_add_loop_test(cases, an_id_inside_gives_nothing_away, 0, FF_ROWS(insides));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK); /* one canteen serves all */
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
