/* SPDX-License-Identifier: MIT */
/* errors.c - the error catalogue: each code of base/err.h is provoked over a real socket by a real
 * request or a real fault. The exchange is kept in tests/golden/errors and compared; code, status,
 * title and retry hint are what table and document say; the words of each language speak of nothing
 * that the reply does not tell. A code needs a line in `provocations`, or the test fails. */
#include "../lib/exchange.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "../lib/serve.h"
#include "api/operation.h"
#include "api/route.h"
#include "auth/private.h"
#include "db/engine.h"
#include "domain/identity/session.h"
#include "domain/people/employee.h"
#include "domain/site/counter.h"
#include "http/path.h"
#include "http/router.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FOLDER "tests/golden/errors/"

enum { MINUTES = 60 * 1000, REQUEST_CAP = 1 << 15, FILE_CAP = 1 << 20, PATH_CAP = 128 };

static struct ff_fixture fx;
static struct ff_serve serve, counting;
static struct ff_raw_reply reply;
static int port;

/* ---- the canteen: what is made first keeps its id, so add at the end ---- */

enum { ANNA = 1, MARA, BELA, CSILLA, DORA, ELEMER }; /* employees */
enum { SOUP = 1, CAKE, STEW };                       /* products */

enum who {
    NOBODY,
    AS_ADMIN,
    AS_MARA,
    AS_ANNA,
    AS_KIOSK,
    AS_EXPIRED,
    AS_ENDED,
    AS_STALE,
    AS_OPERATOR,
    N_WHO
};

/* Of the server's start: what makes a request the command line's. */
#define OPERATORS_SECRET "the-secret-of-this-start-0123456789abcdef"

static const char *tokens[N_WHO];
static const char *spent_refresh;

static int64_t person(const char *number, const char *name, int64_t opening)
{
    int64_t id = ff_fixture_person(&fx, number, name, opening);
    ff_fixture_again(&fx);
    return id;
}

static const char *account(const char *email, const char *role, int64_t employee_id)
{
    ff_test_user(&fx, email, role, employee_id);
    ff_fixture_again(&fx);
    return ff_test_sign_in(&fx, email).access;
}

static int64_t bought(int64_t employee, const char *key)
{
    struct ff_purchase p;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, employee, SOUP, 1, key, &p), FF_OK);
    return p.id;
}

static void make_people(void)
{
    struct ff_department kitchen;
    ck_assert_int_eq(ff_department_create(
                         &fx.cx, &(struct ff_department_in){.set = 1, .name = "Kitchen"}, &kitchen),
                     FF_OK);
    person("E-1", "Anna Nagy", 100000);
    person("E-2", "Mara Kis", 100000);
    person("E-3", "Béla Left", 100000);
    person("E-4", "Csilla Poor", 100);
    person("E-5", "Dóra Careful", 100000);
    person("E-6", "Elemér Rich", 100000000);
    person("E-7", "Flóra New", 0);
    ff_test_change(&fx, "UPDATE employee SET department_id = 1");
    ff_test_change(&fx, "UPDATE employee SET is_active = 0 WHERE id = 3");
    ff_test_change(&fx, "UPDATE employee SET monthly_limit_minor = 500 WHERE id = 5");
    ff_test_change(&fx, "UPDATE employee SET purchase_limit_minor = 1000, daily_limit_minor = 1000 "
                        "WHERE id = 2");
    ff_fixture_product(&fx, "Soup", 350);
    ff_fixture_product(&fx, "Cake", 200);
    ff_fixture_product(&fx, "Stew", 450);
    ff_fixture_product(&fx, "Goulash", 500);
    ff_test_change(&fx, "UPDATE product SET is_menu_only = 1 WHERE id = 4");
    ff_test_change(&fx, "INSERT INTO serving_window (name, name_fold, from_min, to_min, weekdays) "
                        "VALUES ('Lunch', 'lunch', 690, 840, 127)");
    ff_test_change(&fx, "INSERT INTO menu_entry VALUES ('2026-03-03', 1, 4)");
    ff_test_change(&fx, "UPDATE product SET is_available = 0 WHERE id = 2");
    ff_test_change(&fx, "UPDATE product SET is_archived = 1 WHERE id = 3");
}

static int64_t old_purchase, undone_purchase, refunded_purchase, maras_purchase;

/* Sessions that are over in each way. Time goes on, so they come before those that are good. */
static void make_ended(void)
{
    struct ff_signed_in in;
    tokens[AS_EXPIRED] = account("early@example.com", "employee", 0);
    old_purchase = bought(ANNA, "errors-the-old-purchase");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 12 * MINUTES));
    tokens[AS_STALE] = account("stale@example.com", "admin", 0);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 20 * MINUTES));
    struct ff_test_tokens ended = ff_test_sign_in(&fx, "early@example.com");
    tokens[AS_ENDED] = ended.access;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_session_logout(&fx.cx, ended.refresh), FF_OK);
    spent_refresh = ff_test_sign_in(&fx, "early@example.com").refresh;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_session_refresh(&fx.cx, spent_refresh, &in), FF_OK);
    ck_assert_int_eq(ff_session_refresh(&fx.cx, in.refresh_token, &in), FF_OK);
}

static void make_purchases(void)
{
    struct ff_undo undo;
    (void)bought(ANNA, "errors-first-purchase");
    undone_purchase = bought(ANNA, "errors-undone-purchase");
    refunded_purchase = bought(ANNA, "errors-refunded-purchase");
    ck_assert_int_eq(ff_test_undo(&fx.cx, undone_purchase, "errors-undo-number-1", &undo), FF_OK);
    ck_assert_int_eq(ff_test_refund(&fx.cx, refunded_purchase, "errors-refund-number-1"), FF_OK);
    maras_purchase = bought(MARA, "errors-maras-purchase");
    ff_test_change(&fx,
                   "INSERT INTO approval (id, kind, employee_id, amount_minor, source, asked_by, "
                   "asked_at_ms, idem_scope, idem_key, request_fp, state) VALUES (1, 'topup', 1, "
                   "5000, 'cash', 1, 1, -1, 'errors-the-approval-1', zeroblob(16), 'expired')");
    ff_test_change(&fx,
                   "INSERT INTO till_session (id, name, account_id, state, float_minor, "
                   "opened_at_ms, after_journal_id, idem_scope, idem_key, request_fp, "
                   "closed_at_ms, expected_minor, counted_minor, count_scope, count_key) VALUES "
                   "(1, 'Counter', 1, 'closed', 0, 1, 0, 0, 'errors-the-till-0001', "
                   "zeroblob(16), 2, 0, 0, 0, 'errors-the-count-001')");
}

#define TRAY(product, quantity)                                                                    \
    "{\"items\":[{\"productId\":" #product ",\"quantity\":" #quantity "}]}"
#define TRAY_FOR(employee, product, quantity)                                                      \
    "{\"employeeId\":" #employee ",\"items\":[{\"productId\":" #product ",\"quantity\":" #quantity \
    "}]}"

#define OPENINGS "POST /api/v1/ledger/openings/import?amounts=minor"

/* ---- faults ---- */

static atomic_int syncs_to_fail, write_errno;

int fdatasync(int fd)
{
    if (atomic_load(&syncs_to_fail) > 0) {
        atomic_fetch_sub(&syncs_to_fail, 1);
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static ssize_t failing_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    if (atomic_load(&write_errno)) {
        errno = atomic_load(&write_errno);
        return -1;
    }
    return pwrite(fd, bytes, n, at);
}

static void watch_writes(void)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)failing_pwrite);
    vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)failing_pwrite);
}

static void fill_disk(bool on)
{
    atomic_store(&write_errno, on ? ENOSPC : 0);
}

static void break_disk(bool on)
{
    atomic_store(&syncs_to_fail, on ? 1 : 0);
}

static void lose_table(bool on)
{
    ff_test_change(&fx, on ? "ALTER TABLE category RENAME TO category_lost"
                           : "ALTER TABLE category_lost RENAME TO category");
}

static void stop_server(bool on)
{
    atomic_store(&serve.health.stopping, on);
}

/* Somebody with the file writes over what the log says. */
static void alter_audit(bool on)
{
    if (on)
        ff_test_unguard(&fx, "UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 3");
}

/* As many wait for a password's slot as may. */
static void crowd_slots(bool on)
{
    struct ff_slots *slots = &fx.auth->passwords;
    static int unused;
    pthread_mutex_lock(&slots->lock);
    if (on)
        unused = slots->unused;
    slots->unused = on ? 0 : unused;
    slots->waiting = on ? slots->waiting_max : 0;
    pthread_mutex_unlock(&slots->lock);
}

/* The first purchase under the key that the row will send. */
/* Users 2 and 3 are administrators; now the second is the only one. */
static void leave_one_admin(bool on)
{
    ff_test_change(&fx, on ? "UPDATE user_account SET is_active = 0 WHERE id = 2"
                           : "UPDATE user_account SET is_active = 1 WHERE id = 2");
}

static void block_rich(bool on)
{
    ff_test_change(&fx, on ? "UPDATE employee SET blocked_at_ms = 1 WHERE id = 6"
                           : "UPDATE employee SET blocked_at_ms = NULL WHERE id = 6");
}

static void ban_soup(bool on)
{
    ff_test_change(&fx, on ? "INSERT INTO product_ban (employee_id, product_id, reason, "
                             "created_at_ms) VALUES (5, 1, 'wishes it', 1)"
                           : "DELETE FROM product_ban");
}

static void cap_soup(bool on)
{
    ff_test_change(&fx, on ? "INSERT INTO product_cap (product_id, max_per_purchase) VALUES (1, 2)"
                           : "DELETE FROM product_cap");
}

/* A month before the first booking, closed, in which nobody owed anything; and a profile. */
static void close_month(bool on)
{
    if (!on)
        return;
    ff_test_change(&fx, "INSERT INTO period (starts_on, ends_on) VALUES ('2026-02-01', "
                        "'2026-02-28')");
    ff_test_change(&fx, "UPDATE period SET state = 'closed', first_journal_id = 1, "
                        "last_journal_id = 0, closed_at_ms = 1, closed_journal_id = 1, closed_hash "
                        "= (SELECT hash FROM journal WHERE id = 1) WHERE starts_on = '2026-02-01'");
    ff_test_change(&fx, "INSERT INTO payroll_profile (id, name, name_fold, layout) VALUES (1, 'P', "
                        "'p', 'header=1' || char(10))");
}

static void buy_first(bool on)
{
    char text[2048];
    (void)snprintf(text, sizeof text,
                   "POST /api/v1/purchases HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                   "%s\r\nIdempotency-Key: errors-key-for-IDEMPOTENCY_KEY_REUSED\r\nContent-Type: "
                   "application/json\r\nContent-Length: %zu\r\n\r\n" TRAY(1, 1),
                   tokens[AS_ANNA], sizeof TRAY(1, 1) - 1);
    ck_assert(!on || ff_raw_ask(port, text, &reply) == 201);
}

static void stop_selling(bool on)
{
    ff_fixture_again(&fx);
    ck_assert_int_eq(on ? ff_counter_stop(&fx.cx, "Fire drill, back at 12:30.")
                        : ff_counter_start(&fx.cx),
                     FF_OK);
}

static void close_today(bool on)
{
    struct ff_closed_day day;
    ff_fixture_again(&fx);
    ck_assert_int_eq(on ? ff_closed_day_put(&fx.cx, "2026-03-02", "Inventory", &day)
                        : ff_closed_day_delete(&fx.cx, "2026-03-02"),
                     FF_OK);
}

static void open_first(bool on)
{
    static const char csv[] = "number,amount\nE-7,100\n";
    char text[2048];
    (void)snprintf(text, sizeof text,
                   OPENINGS " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                            "Content-Type: text/csv\r\nContent-Length: %zu\r\n\r\n%s",
                   tokens[AS_ADMIN], sizeof csv - 1, csv);
    ck_assert(!on || ff_raw_ask(port, text, &reply) == 200);
}

static void sign_in_wrongly(bool on)
{
    static const char wrong[] = "{\"email\":\"guessed@example.com\",\"password\":\"Guess1234\"}";
    char text[512];
    (void)snprintf(text, sizeof text,
                   "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                   "application/json\r\nContent-Length: %zu\r\n\r\n%s",
                   sizeof wrong - 1, wrong);
    for (int i = 0; on && i < 5; i++)
        ck_assert_int_eq(ff_raw_ask(port, text, &reply), 401);
}

/* A second server over the same canteen, which counts. */
static void use_up_requests(bool on)
{
    static const struct ff_server_options options = {
        .threads = 4, .per_loopback = 64, .rate_factor = 1};
    if (!on) {
        ff_serve_stop(&counting);
        port = serve.port;
        return;
    }
    ff_serve_canteen(&counting, &fx, &options);
    port = counting.port;
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(ff_raw_ask(port,
                                    "GET /api/v1/site HTTP/1.1\r\nHost: localhost\r\n"
                                    "Connection: close\r\n\r\n",
                                    &reply),
                         401);
}

/* ---- the provocations, in the order of the table; what ends the canteen comes last ---- */

struct provocation {
    enum ff_rc rc;
    enum who who;
    const char *line; /* method and address */
    const char *body; /* NULL: none */
    const char *more; /* header lines; they stand in for ours of the same name */
    void (*fault)(bool on);
};

static char long_address[4096] = "GET /api/", many_headers[8192], spent_body[4096], old_line[64],
            undone_line[64], refunded_line[64], own_line[64];

/* A body that is announced by the headers of its row. */
#define NO_LENGTH "X-Content-Length: none\r\n"
#define BUY       "POST /api/v1/purchases"
#define LOGIN     "POST /api/v1/auth/login"
#define CSV       "Content-Type: text/csv\r\n"

/* clang-format off */
static const struct provocation provocations[] = {
    { FF_BAD_REQUEST, NOBODY, "GET /api//v1", NULL, NULL, NULL },
    { FF_MALFORMED_JSON, NOBODY, LOGIN, "{\"email\":", NULL, NULL },
    { FF_VALIDATION, NOBODY, LOGIN, "{\"email\":\"nobody\"}", NULL, NULL },
    { FF_UNKNOWN_FIELD, AS_ANNA, BUY, "{\"items\":[{\"productId\":1,\"quantity\":1,\"price\":1}]}", NULL, NULL },
    { FF_INVALID_ID, AS_ADMIN, "GET /api/v1/products/1.5", NULL, NULL, NULL },
    { FF_MONEY_FORMAT, AS_ADMIN, "POST /api/v1/products", "{\"name\":\"Pie\",\"price\":3.5,\"category\":\"food\"}", NULL, NULL },
    { FF_AMOUNT_OUT_OF_RANGE, AS_ADMIN, "POST /api/v1/employees/1/topups", "{\"amount\":0,\"source\":\"cash\"}", NULL, NULL },
    { FF_KEY_REQUIRED, AS_ANNA, BUY, TRAY(1, 1), "Idempotency-Key: short\r\n", NULL },
    { FF_IMPORT_ROWS, AS_ADMIN, "POST /api/v1/products/import?amounts=minor", "name,price,category\nPie,free,food\n", CSV, NULL },
    { FF_PASSWORD_TOO_WEAK, AS_ADMIN, "POST /api/v1/users", "{\"email\":\"z@example.com\",\"name\":\"Z\",\"role\":\"employee\",\"password\":\"lunchtime\"}", NULL, NULL },
    { FF_PASSWORD_TOO_COMMON, AS_ADMIN, "POST /api/v1/users", "{\"email\":\"z@example.com\",\"name\":\"Z\",\"role\":\"employee\",\"password\":\"Password1\"}", NULL, NULL },
    { FF_CODE_INVALID, AS_KIOSK, "POST /api/v1/kiosk/badges", "{\"code\":\"ABCD-EFGH-JKMN\",\"badge\":\"FF-0777\"}", NULL, NULL },
    { FF_UNAUTHENTICATED, NOBODY, "GET /api/v1/site", NULL, NULL, NULL },
    { FF_TOKEN_INVALID, NOBODY, "GET /api/v1/site", NULL, "Authorization: Bearer a.b.c\r\n", NULL },
    { FF_TOKEN_EXPIRED, AS_EXPIRED, "GET /api/v1/auth/me", NULL, NULL, NULL },
    { FF_TOKEN_REVOKED, AS_ENDED, "GET /api/v1/auth/me", NULL, NULL, NULL },
    { FF_REFRESH_REUSED, NOBODY, "POST /api/v1/auth/refresh", spent_body, NULL, NULL },
    { FF_INVALID_CREDENTIALS, NOBODY, LOGIN, "{\"email\":\"anna@example.com\",\"password\":\"Wrong1234\"}", NULL, NULL },
    { FF_PIN_INVALID, AS_KIOSK, "POST /api/v1/kiosk/identify", "{\"number\":\"E-1\",\"pin\":\"2580\"}", NULL, NULL },
    { FF_BADGE_UNKNOWN, AS_KIOSK, "POST /api/v1/kiosk/identify", "{\"badge\":\"FF-9999\"}", NULL, NULL },
    { FF_DEVICE_UNKNOWN, NOBODY, "GET /api/v1/kiosk/catalogue", NULL, "Cookie: ff_device=nobody-paired-this\r\n", NULL },
    { FF_FORBIDDEN, AS_ANNA, "GET /api/v1/site", NULL, NULL, NULL },
    { FF_CSRF, AS_KIOSK, "POST /api/v1/kiosk/identify", "{\"badge\":\"FF-0001\"}", "X-FF-Request: 0\r\n", NULL },
    { FF_LAST_ADMIN, AS_OPERATOR, "POST /api/v1/users/3/deactivate", NULL, NULL, leave_one_admin },
    { FF_REFUND_OWN, AS_MARA, own_line, "{\"reason\":\"spoilt\"}", NULL, NULL },
    { FF_SELF_ACTION, AS_MARA, "POST /api/v1/employees/2/topups", "{\"amount\":100,\"source\":\"cash\"}", NULL, NULL },
    { FF_STEP_UP_REQUIRED, AS_STALE, "PATCH /api/v1/site", "{\"siteName\":\"Ours\"}", NULL, NULL },
    { FF_EMPLOYEE_INACTIVE, AS_ADMIN, BUY, TRAY_FOR(3, 1, 1), NULL, NULL },
    { FF_NOT_FOUND, AS_ADMIN, "GET /api/v1/employees/99", NULL, NULL, NULL },
    { FF_METHOD_NOT_ALLOWED, AS_ADMIN, "DELETE /api/v1/purchases/1", NULL, NULL, NULL },
    { FF_NOT_ACCEPTABLE, AS_ADMIN, "GET /api/v1/products", NULL, "Accept: image/png\r\n", NULL },
    { FF_REQUEST_TIMEOUT, NOBODY, LOGIN, "{\"email\":", "Content-Length: 100\r\n", NULL },
    { FF_INSUFFICIENT_BALANCE, AS_ADMIN, BUY, TRAY_FOR(4, 1, 1), NULL, NULL },
    { FF_EMPLOYEE_BLOCKED, AS_ADMIN, BUY, TRAY_FOR(6, 1, 1), NULL, block_rich },
    { FF_PRODUCT_BANNED, AS_ADMIN, BUY, TRAY_FOR(5, 1, 1), NULL, ban_soup },
    { FF_QUANTITY_CAP, AS_ADMIN, BUY, TRAY_FOR(6, 1, 3), NULL, cap_soup },
    { FF_PURCHASE_LIMIT, AS_ADMIN, BUY, TRAY_FOR(2, 1, 3), NULL, NULL },
    { FF_DAILY_LIMIT, AS_ADMIN, BUY, TRAY_FOR(2, 1, 2), NULL, NULL },
    { FF_MONTHLY_LIMIT, AS_ADMIN, BUY, TRAY_FOR(5, 1, 2), NULL, NULL },
    { FF_BALANCE_LIMIT, AS_ADMIN, "POST /api/v1/employees/6/topups", "{\"amount\":1,\"source\":\"cash\"}", NULL, NULL },
    { FF_OUT_OF_STOCK, AS_ANNA, BUY, TRAY(2, 1), NULL, NULL },
    { FF_NOT_SERVED_NOW, AS_ANNA, BUY, TRAY(4, 1), NULL, NULL },
    { FF_PRODUCT_INACTIVE, AS_ANNA, BUY, TRAY(3, 1), NULL, NULL },
    { FF_SELLING_STOPPED, AS_ANNA, BUY, TRAY(1, 1), NULL, stop_selling },
    { FF_CLOSED_DAY, AS_ANNA, BUY, TRAY(1, 1), NULL, close_today },
    { FF_PRICE_CHANGED, AS_ANNA, BUY, "{\"items\":[{\"productId\":1,\"quantity\":1}],\"expectedTotal\":300}", NULL, NULL },
    { FF_KEY_REUSED, AS_ANNA, BUY, TRAY(1, 2), NULL, buy_first },
    { FF_UNDO_WINDOW, AS_ANNA, old_line, NULL, NULL, NULL },
    { FF_ALREADY_UNDONE, AS_ANNA, undone_line, NULL, NULL, NULL },
    { FF_ALREADY_REFUNDED, AS_ANNA, refunded_line, NULL, NULL, NULL },
    { FF_PERIOD_OPEN, AS_ADMIN, "POST /api/v1/ledger/periods/2026-03/close", NULL, NULL, NULL },
    { FF_PAYROLL_STATE, AS_ADMIN, "POST /api/v1/payroll/batches", "{\"period\":\"2026-02\",\"profileId\":1}", NULL, close_month },
    { FF_ALREADY_EXISTS, AS_ADMIN, "POST /api/v1/products", "{\"name\":\"Soup\",\"price\":350,\"category\":\"food\"}", NULL, NULL },
    { FF_IN_USE, AS_ADMIN, "DELETE /api/v1/departments/1", NULL, "If-Match: \"v1\"\r\n", NULL },
    { FF_APPROVAL_DECIDED, AS_ADMIN, "POST /api/v1/approvals/1/approve", NULL, NULL, NULL },
    { FF_TILL_CLOSED, AS_ADMIN, "POST /api/v1/tills/1/count", "{\"counted\":0}", NULL, NULL },
    { FF_OPENING_BOOKED, AS_ADMIN, OPENINGS, "number,amount\nE-7,100\n", CSV, open_first },
    { FF_ERASURE_BALANCE, AS_ADMIN, "POST /api/v1/employees/1/erase", "{\"reason\":\"left the company\"}", NULL, NULL },
    { FF_AUDIT_CHAIN_BROKEN, AS_ADMIN, "POST /api/v1/audit/verify", NULL, NULL, alter_audit },
    { FF_LENGTH_REQUIRED, NOBODY, LOGIN, NULL, NO_LENGTH, NULL },
    { FF_VERSION_CONFLICT, AS_ADMIN, "PATCH /api/v1/products/1", "{\"price\":400}", "If-Match: \"v9\"\r\n", NULL },
    { FF_BODY_TOO_LARGE, NOBODY, LOGIN, NULL, "Content-Length: 65537\r\n", NULL },
    { FF_URI_TOO_LONG, NOBODY, long_address, NULL, NULL, NULL },
    { FF_UNSUPPORTED_MEDIA, NOBODY, LOGIN, "email=anna", "Content-Type: application/x-www-form-urlencoded\r\n", NULL },
    { FF_MISDIRECTED, NOBODY, "GET /api/v1/public", NULL, "Host: canteen.example\r\n", NULL },
    { FF_ACCOUNT_LOCKED, NOBODY, LOGIN, "{\"email\":\"guessed@example.com\",\"password\":\"Guess1234\"}", NULL, sign_in_wrongly },
    { FF_PRECONDITION_REQUIRED, AS_ADMIN, "PATCH /api/v1/products/1", "{\"price\":400}", NULL, NULL },
    { FF_RATE_LIMITED, NOBODY, "GET /api/v1/site", NULL, NULL, use_up_requests },
    { FF_HEADERS_TOO_LARGE, NOBODY, "GET /api/v1/public", NULL, many_headers, NULL },
    { FF_INTERNAL, AS_ADMIN, "GET /api/v1/categories", NULL, NULL, lose_table },
    { FF_TRANSFER_ENCODING, NOBODY, LOGIN, "{}", "Transfer-Encoding: chunked\r\n", NULL },
    { FF_BUSY, NOBODY, LOGIN, "{\"email\":\"anna@example.com\",\"password\":\"Lunch2026\"}", NULL, crowd_slots },
    { FF_SHUTTING_DOWN, AS_ANNA, BUY, TRAY(1, 1), NULL, stop_server },
    { FF_STORAGE_FULL, AS_ANNA, BUY, TRAY(1, 1), NULL, fill_disk },
    { FF_STORAGE_FAULT, AS_ANNA, BUY, TRAY(1, 1), NULL, break_disk },
};
/* clang-format on */

enum { N_PROVOCATIONS = sizeof provocations / sizeof provocations[0] };

/* Texts that hold an id or a length. */
static void fill_texts(void)
{
    memset(long_address + strlen(long_address), 'a', 2100);
    for (int i = 0; i < 50; i++)
        (void)snprintf(many_headers + strlen(many_headers), 32, "X-Header-%d: 1\r\n", i);
    (void)snprintf(spent_body, sizeof spent_body, "{\"refreshToken\":\"%s\"}", spent_refresh);
    (void)snprintf(old_line, sizeof old_line, BUY "/%lld/undo", (long long)old_purchase);
    (void)snprintf(undone_line, sizeof undone_line, BUY "/%lld/undo", (long long)undone_purchase);
    (void)snprintf(own_line, sizeof own_line, BUY "/%lld/refunds", (long long)maras_purchase);
    (void)snprintf(refunded_line, sizeof refunded_line, BUY "/%lld/undo",
                   (long long)refunded_purchase);
}

static void start(void)
{
    ff_fixture_open(&fx);
    make_people();
    make_ended();
    tokens[AS_ADMIN] = account("admin@example.com", "admin", 0);
    tokens[AS_MARA] = account("mara@example.com", "manager", MARA);
    tokens[AS_ANNA] = account("anna@example.com", "employee", ANNA);
    tokens[AS_KIOSK] = ff_test_kiosk(&fx, "Canteen kiosk");
    make_purchases();
    ff_fixture_again(&fx);
    fill_texts();
    const struct ff_server_options options = {.threads = 8,
                                              .per_address = 64,
                                              .per_loopback = 64,
                                              .request_timeout_ms = 1000,
                                              .secret = OPERATORS_SECRET};
    ff_serve_canteen(&serve, &fx, &options);
    port = serve.port;
}

/* ---- one exchange ---- */

static const char *code_of(enum ff_rc rc)
{
    return ff_err_info(rc)->code + strlen("ERR_");
}

/* A header of ours, unless the row brings its own. */
static void header(struct ff_buf *out, const struct provocation *p, const char *name,
                   const char *value)
{
    if (!p->more || !strstr(p->more, name))
        ff_buf_printf(out, "%s: %s\r\n", name, value);
}

static void put_caller(struct ff_buf *out, const struct provocation *p)
{
    if (p->who == AS_KIOSK) {
        ff_buf_printf(out, "Cookie: ff_device=%s\r\n", tokens[AS_KIOSK]);
        header(out, p, "X-FF-Request", "1");
        header(out, p, "Sec-Fetch-Site", "same-origin");
    } else if (p->who == AS_OPERATOR) {
        ff_buf_printf(out, FF_SECRET_HEADER ": " OPERATORS_SECRET "\r\n");
    } else if (p->who != NOBODY) {
        ff_buf_printf(out, "Authorization: Bearer %s\r\n", tokens[p->who]);
    }
}

static void put_request(struct ff_buf *out, const struct provocation *p)
{
    char number[24];
    bool is_post = !strncmp(p->line, "POST ", 5);
    ff_buf_printf(out, "%s HTTP/1.1\r\n", p->line);
    header(out, p, "Host", "localhost");
    put_caller(out, p);
    if (is_post && p->who != NOBODY)
        header(out, p, "Idempotency-Key",
               ff_arena_printf(fx.arena, "errors-key-for-%s", code_of(p->rc)));
    if (p->body)
        header(out, p, "Content-Type", "application/json");
    (void)snprintf(number, sizeof number, "%zu", p->body ? strlen(p->body) : 0);
    if (p->body || is_post)
        header(out, p, "Content-Length", number);
    ff_buf_printf(out, "%s\r\n%s", p->more ? p->more : "", p->body ? p->body : "");
}

static const struct ff_route *route_of(const char *line)
{
    struct ff_ctx cx;
    struct ff_path path;
    struct ff_match match;
    char method[16], target[128];
    if (sscanf(line, "%15s %127s", method, target) != 2)
        return NULL;
    ff_ctx_init(&cx, fx.arena, fx.clock);
    if (ff_path_split(&cx, target, &path) ||
        ff_router_find(&cx, ff_router_default(), method, &path, 0, &match))
        return NULL;
    return match.route;
}

/* What is refused before a row is asked, of whatever row. */
static bool is_before_rows(enum ff_rc rc)
{
    return rc == FF_BAD_REQUEST || rc == FF_URI_TOO_LONG || rc == FF_HEADERS_TOO_LARGE ||
           rc == FF_MISDIRECTED || rc == FF_TRANSFER_ENCODING || rc == FF_METHOD_NOT_ALLOWED ||
           rc == FF_INVALID_ID;
}

static void check_reply(const struct provocation *p, const char *text)
{
    const struct ff_err_info *info = ff_err_info(p->rc);
    const char *const wanted[] = {
        ff_arena_printf(fx.arena, "\"code\":\"%s\"", info->code),
        ff_arena_printf(fx.arena, "\"title\":\"%s\"", info->title),
        ff_arena_printf(fx.arena, "\"status\":%d", info->status),
        ff_arena_printf(fx.arena, "\"retry\":\"%s\"", info->retry),
        ff_arena_printf(fx.arena, "\"type\":\"%s\"", info->type),
    };
    ck_assert_msg(reply.status == info->status, "%s: %d\n%s\n%s%s", info->code, reply.status, text,
                  reply.head, reply.body);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        ck_assert_msg(strstr(reply.body, wanted[i]) != NULL, "%s: no %s in\n%s\n%s", info->code,
                      wanted[i], text, reply.body);
    bool says_after = ff_raw_header(&reply, "Retry-After") != NULL;
    bool must = info->status == 503 || !strcmp(info->retry, "after");
    ck_assert_msg(says_after || !must, "%s: no Retry-After\n%s", info->code, reply.head);
}

/* The document promises the code for the row that gave it. */
static void check_document(const struct provocation *p)
{
    bool codes[FF_RC_COUNT];
    const struct ff_route *route = route_of(p->line);
    if (!route) {
        ck_assert_msg(is_before_rows(p->rc), "%s: %s is no row", code_of(p->rc), p->line);
        return;
    }
    ff_operation_failures(route, codes);
    ck_assert_msg(codes[p->rc] || is_before_rows(p->rc), "%s: the document does not say so of %s",
                  code_of(p->rc), route->operation);
}

START_TEST(each_code_is_what_its_row_says)
{
    const struct provocation *p = &provocations[_i];
    char path[PATH_CAP];
    struct ff_buf request, got;
    ff_buf_init(&request, REQUEST_CAP);
    ff_buf_init(&got, REQUEST_CAP * 2);
    ff_fixture_again(&fx);
    put_request(&request, p);
    if (p->fault)
        p->fault(true);
    (void)ff_raw_ask(port, request.data, &reply);
    if (p->fault)
        p->fault(false);
    check_reply(p, request.data);
    check_document(p);
    const char *const secrets[] = {
        tokens[AS_ADMIN], tokens[AS_MARA],  tokens[AS_ANNA], tokens[AS_KIOSK], tokens[AS_EXPIRED],
        tokens[AS_ENDED], tokens[AS_STALE], spent_refresh,   OPERATORS_SECRET, NULL};
    ff_exchange_write(&got, request.data, &reply, secrets);
    (void)snprintf(path, sizeof path, FOLDER "%s.http", code_of(p->rc));
    ff_exchange_compare(path, &got);
    ff_buf_free(&request);
    ff_buf_free(&got);
}
END_TEST

/* ---- the catalogue as a whole ---- */

START_TEST(each_code_is_provoked_and_kept)
{
    for (int rc = 1; rc < FF_RC_COUNT; rc++) {
        size_t i = 0;
        while (i < N_PROVOCATIONS && provocations[i].rc != (enum ff_rc)rc)
            i++;
        ck_assert_msg(i < N_PROVOCATIONS, "%s: no line in `provocations`",
                      ff_err_info((enum ff_rc)rc)->code);
    }
    DIR *dir = opendir(FOLDER);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *e; (e = readdir(dir));) {
        bool known = e->d_name[0] == '.';
        for (int rc = 1; rc < FF_RC_COUNT && !known; rc++) {
            size_t n = strlen(code_of((enum ff_rc)rc));
            known =
                !strncmp(e->d_name, code_of((enum ff_rc)rc), n) && !strcmp(e->d_name + n, ".http");
        }
        ck_assert_msg(known, FOLDER "%s: no such code", e->d_name);
    }
    closedir(dir);
}
END_TEST

static char *file_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, FILE_CAP);
    ck_assert_msg(file && text, "%s: run the tests from the top of the repository", path);
    size_t n = fread(text, 1, FILE_CAP - 1, file);
    ck_assert_uint_lt(n, FILE_CAP - 1);
    (void)fclose(file);
    return text;
}

START_TEST(the_document_tells_the_catalogue)
{
    char row[256];
    char *document = file_text("tests/golden/openapi.json");
    for (int rc = 1; rc < FF_RC_COUNT; rc++) {
        const struct ff_err_info *info = ff_err_info((enum ff_rc)rc);
        (void)snprintf(row, sizeof row, "\"%s\":{\"status\":%d,\"title\":\"%s\",\"retry\":\"%s\"}",
                       info->code, info->status, info->title, info->retry);
        ck_assert_msg(strstr(document, row) != NULL, "not in tests/golden/openapi.json: %s", row);
    }
    free(document);
}
END_TEST

/* Each {name} of the words is a parameter of the exchange that was kept. */
static void check_words(const char *words, const char *exchange, const char *code,
                        const char *language)
{
    char member[64];
    const char *params = strstr(exchange, "\"params\":{"), *end = strchr(words, '\n');
    ck_assert_msg(params != NULL, "%s", exchange);
    for (const char *at = words; (at = strchr(at, '{')) && at < end; at++) {
        size_t n = strcspn(at + 1, "}");
        (void)snprintf(member, sizeof member, "\"%.*s\":", (int)n, at + 1);
        const char *found = strstr(params, member);
        ck_assert_msg(found && found < strchr(params, '}'),
                      "%s in %s speaks of {%.*s}, the reply does not:\n%s", code, language, (int)n,
                      at + 1, params);
    }
}

static const char *const languages[] = {"en", "hu", "de"};

/* What buyers meet, and behind it what only the office does. */
static char *words_of(const char *language)
{
    char path[PATH_CAP];
    (void)snprintf(path, sizeof path, "web/i18n/%s.ts", language);
    char *words = file_text(path);
    (void)snprintf(path, sizeof path, "web/i18n/office/%s.ts", language);
    char *office = file_text(path);
    words = realloc(words, strlen(words) + strlen(office) + 1);
    ck_assert_ptr_nonnull(words);
    memcpy(words + strlen(words), office, strlen(office) + 1);
    free(office);
    return words;
}

START_TEST(each_language_has_words_for_each_code)
{
    char path[PATH_CAP], key[64];
    char *words = words_of(languages[_i]);
    for (int rc = 1; rc < FF_RC_COUNT; rc++) {
        (void)snprintf(key, sizeof key, " ERR_%s: '", code_of((enum ff_rc)rc));
        const char *found = strstr(words, key);
        ck_assert_msg(found && found[strlen(key)] != '\'', "%s: no words for ERR_%s", languages[_i],
                      code_of((enum ff_rc)rc));
        (void)snprintf(path, sizeof path, FOLDER "%s.http", code_of((enum ff_rc)rc));
        char *exchange = file_text(path);
        check_words(found + 1, exchange, code_of((enum ff_rc)rc), languages[_i]);
        free(exchange);
    }
    for (const char *at = words; (at = strstr(at, " ERR_")); at++) {
        bool known = false;
        size_t n = strcspn(at + 1, ":");
        for (int rc = 1; rc < FF_RC_COUNT && !known; rc++)
            known = strlen(ff_err_info((enum ff_rc)rc)->code) == n &&
                    !strncmp(ff_err_info((enum ff_rc)rc)->code, at + 1, n);
        ck_assert_msg(known, "%s: words for a code that is not there: %.*s", languages[_i], (int)n,
                      at + 1);
    }
    free(words);
}
END_TEST

static void stop(void)
{
    ff_serve_stop(&serve);
    ff_fixture_close(&fx);
}

static Suite *suite(void)
{
    Suite *s = suite_create("errors");
    TCase *t = tcase_create("provoked");
    tcase_add_unchecked_fixture(t, start, stop);
    tcase_add_loop_test(t, each_code_is_what_its_row_says, 0, N_PROVOCATIONS);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    t = tcase_create("catalogue");
    tcase_add_test(t, each_code_is_provoked_and_kept);
    tcase_add_test(t, the_document_tells_the_catalogue);
    tcase_add_loop_test(t, each_language_has_words_for_each_code, 0, 3);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    watch_writes();
    SRunner *runner = srunner_create(suite());
    /* The server's threads do not survive a fork. */
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
