/* SPDX-License-Identifier: MIT */
/* ledger_torture.c - every query, every step and every allocation of the money code is made to fail
 * once, one at a time. Each time the failure is reported, nothing is half done, and the books
 * prove. The linker gives us the calls (--wrap). */
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/identity.h"
#include "../lib/money.h"
#include "base/log.h"
#include "domain/ledger/approval.h"
#include "domain/ledger/book.h"
#include "domain/ledger/month.h"
#include "domain/ledger/statement.h"
#include "domain/ledger/till.h"
#include "domain/ledger/verify.h"
#include "domain/site/site.h"

#define DAY INT64_C(86400000)

/* ---- failing the n-th call ---- */

static atomic_int left; /* calls until one fails; 0: none will */

static bool is_due(void)
{
    return atomic_load(&left) > 0 && atomic_fetch_sub(&left, 1) == 1;
}

/* clang-format off */
#define WRAP(type, name, parameters, arguments, failure) \
    type __real_##name parameters; \
    type __wrap_##name parameters; \
    type __wrap_##name parameters \
    { return is_due() ? (failure) : __real_##name arguments; }

WRAP(void *, realloc, (void *p, size_t n), (p, n), NULL)
WRAP(struct ff_arena *, ff_arena_new, (size_t cap), (cap), NULL)
WRAP(void *, ff_arena_alloc, (struct ff_arena *arena, size_t n), (arena, n), NULL)
WRAP(char *, ff_arena_strndup, (struct ff_arena *arena, const char *text, size_t n), (arena, text, n), NULL)
WRAP(enum ff_rc, ff_db_query, (struct ff_ctx *cx, enum ff_query q, struct ff_stmt **st), (cx, q, st),
     FF_FAIL(cx, FF_STORAGE_FAULT, "made to fail"))
WRAP(enum ff_rc, ff_db_row, (struct ff_ctx *cx, struct ff_stmt *st, bool *row), (cx, st, row),
     FF_FAIL(cx, FF_STORAGE_FAULT, "made to fail"))
WRAP(enum ff_rc, ff_db_run, (struct ff_ctx *cx, struct ff_stmt *st), (cx, st),
     FF_FAIL(cx, FF_STORAGE_FAULT, "made to fail"))
/* clang-format on */

char *__wrap_ff_arena_printf(struct ff_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *__wrap_ff_arena_printf(struct ff_arena *arena, const char *format, ...)
{
    char text[256];
    va_list args;
    if (is_due())
        return NULL;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return __real_ff_arena_strndup(arena, text, (size_t)n);
}

/* ---- what is tried ---- */

static struct ff_fixture fx;
static int64_t anna, bela, soup, roll, undoable;

static enum ff_rc buy(int n)
{
    const struct ff_purchase_item tray[] = {{soup, 1}, {roll, 1}, {soup, 1}};
    struct ff_purchase p;
    return ff_test_buy_tray(&fx.cx, anna, tray, 3, ff_test_key(n), &p);
}

static enum ff_rc buy_again(int n)
{
    (void)n;
    return buy(1);
}

static enum ff_rc undo(int n)
{
    struct ff_undo u;
    return ff_test_undo(&fx.cx, undoable, ff_test_key(n), &u);
}

static enum ff_rc undo_again(int n)
{
    struct ff_undo u;
    (void)n;
    return ff_test_undo(&fx.cx, 4, ff_test_key(2), &u);
}

static enum ff_rc topup(int n)
{
    struct ff_movement t;
    return ff_test_topup(&fx.cx, anna, 100, ff_test_key(n), &t);
}

static enum ff_rc topup_again(int n)
{
    struct ff_movement t;
    (void)n;
    return ff_test_topup(&fx.cx, anna, 100, ff_test_key(3), &t);
}

static enum ff_rc opening(int n)
{
    return ff_test_opening(&fx.cx, anna, 100, ff_test_key(n));
}

/* Three entries go in one by one, their balances are looked up. */
struct split {
    struct ff_idem idem;
    int64_t wallets[2];
};

static enum ff_rc post_split(struct ff_ctx *cx, void *arg)
{
    const struct split *s = arg;
    struct ff_posting p = {.kind = "transfer", .idem = &s->idem, .enforce_floor = true};
    int64_t other = 0;
    enum ff_rc rc = ff_ledger_account(cx, "adjust:correction", "adjust", &other);
    if (rc)
        return rc;
    p.entries[p.n_entries++] = (struct ff_entry){.account_id = s->wallets[0], .amount = -3};
    p.entries[p.n_entries++] = (struct ff_entry){.account_id = s->wallets[1], .amount = 2};
    p.entries[p.n_entries++] = (struct ff_entry){.account_id = other, .amount = 1};
    return ff_ledger_post(cx, &p);
}

static enum ff_rc transfer(int n)
{
    struct split s;
    struct ff_wallet a, b;
    enum ff_rc rc;
    ff_idem_make(&fx.cx, ff_test_key(n), "split", 0, 0, NULL, 0, &s.idem);
    if ((rc = ff_wallet_get(&fx.cx, anna, &a)) || (rc = ff_wallet_get(&fx.cx, bela, &b)))
        return rc;
    s.wallets[0] = a.account_id;
    s.wallets[1] = b.account_id;
    return ff_db_write(&fx.cx, post_split, &s);
}

static enum ff_rc person(struct ff_ctx *cx, void *arg)
{
    return ff_wallet_create(cx, *(int64_t *)arg);
}

static int64_t newcomer;
static enum ff_rc wallet_create(int n)
{
    (void)n;
    return ff_db_write(&fx.cx, person, &newcomer);
}

static enum ff_rc get(int n)
{
    struct ff_purchase p;
    (void)n;
    return ff_purchase_get(&fx.cx, 3, &p);
}

static enum ff_rc by_key(int n)
{
    struct ff_purchase p;
    (void)n;
    return ff_purchase_by_key(&fx.cx, ff_test_key(1), &p);
}

static enum ff_rc list(const struct ff_purchase_filter *f)
{
    struct ff_list rows;
    int64_t total;
    const char *next;
    return ff_purchase_list(&fx.cx, f, &rows, &total, &next);
}

static enum ff_rc list_all(int n)
{
    (void)n;
    return list(&(struct ff_purchase_filter){
        .employee_id = FF_NULL_INT, .page = 1, .limit = 5, .from = "2026-03-01"});
}

static enum ff_rc list_every(int n)
{
    (void)n;
    return list(&(struct ff_purchase_filter){.employee_id = FF_NULL_INT, .page = 1, .limit = 5});
}

static enum ff_rc list_one(int n)
{
    (void)n;
    return list(&(struct ff_purchase_filter){.employee_id = anna, .page = 1, .limit = 5});
}

static enum ff_rc list_cursor(int n)
{
    (void)n;
    return list(&(struct ff_purchase_filter){
        .employee_id = anna, .page = 1, .limit = 1, .by_cursor = true});
}

static enum ff_rc usuals(int n)
{
    struct ff_list ids;
    (void)n;
    return ff_purchase_usuals(&fx.cx, anna, &ids);
}

static enum ff_rc view(int n)
{
    struct ff_balance b;
    (void)n;
    return ff_wallet_view(&fx.cx, anna, FF_TEST_NOW + 1, &b);
}

static enum ff_rc verify(int n)
{
    struct ff_verify_report r;
    (void)n;
    enum ff_rc rc = ff_ledger_verify(&fx.cx, &r);
    ck_assert_msg(r.ok, "a failed read was taken for damage: %s %s", r.table, r.finding);
    return rc;
}

static enum ff_rc verify_tail(int n)
{
    struct ff_verify_report r;
    (void)n;
    enum ff_rc rc = ff_ledger_verify_tail(&fx.cx, &r);
    ck_assert_msg(r.ok, "a failed read was taken for damage: %s %s", r.table, r.finding);
    return rc;
}

/* ---- the books as a treasurer reads and closes them ---- */

static enum ff_rc accounts(int n)
{
    struct ff_list rows;
    int64_t total;
    (void)n;
    enum ff_rc rc = ff_book_accounts(&fx.cx, NULL, NULL, 1, 20, &rows, &total);
    return rc ? rc : ff_book_accounts(&fx.cx, "2026-03-02", "wallet", 1, 20, &rows, &total);
}

static enum ff_rc trial_balance(int n)
{
    struct ff_trial t;
    (void)n;
    enum ff_rc rc = ff_book_trial(&fx.cx, NULL, &t);
    return rc ? rc : ff_book_trial(&fx.cx, "2026-03-02", &t);
}

static enum ff_rc journals(int n)
{
    const struct ff_journal_filter all = {
        .account_id = FF_NULL_INT, .after = FF_NULL_INT, .limit = 5};
    const struct ff_journal_filter some = {.kind = "topup",
                                           .account_id = 1,
                                           .from = "2026-03-01",
                                           .to = "2026-04-01",
                                           .after = 100,
                                           .limit = 5};
    struct ff_list rows;
    const char *next;
    (void)n;
    enum ff_rc rc = ff_book_journals(&fx.cx, &all, &rows, &next);
    return rc ? rc : ff_book_journals(&fx.cx, &some, &rows, &next);
}

static enum ff_rc head(int n)
{
    struct ff_book_head h;
    (void)n;
    return ff_book_head(&fx.cx, &h);
}

static enum ff_rc account_map(int n)
{
    struct ff_account_map_row rows[] = {{"wallet:*", "1700", "People"}, {"bank", "1800", NULL}};
    const struct ff_account_map in = {.rows = {.items = rows, .n = 2}};
    struct ff_account_map out;
    (void)n;
    enum ff_rc rc = ff_account_map_put(&fx.cx, &in, &out);
    return rc ? rc : ff_account_map_get(&fx.cx, &out);
}

static enum ff_rc export_month(int n)
{
    struct ff_text text;
    (void)n;
    enum ff_rc rc = ff_book_export(&fx.cx, "2026-03", false, 2, &text);
    return rc ? rc : ff_book_export(&fx.cx, "2026-03", true, 0, &text);
}

static enum ff_rc statement(int n)
{
    struct ff_statement s;
    (void)n;
    struct ff_text text;
    enum ff_rc rc = ff_wallet_statement(&fx.cx, anna, "2026-03-01", "2026-04-01", &s);
    if (rc || (rc = ff_statement_csv(&fx.cx, &s, 2, &text)))
        return rc;
    return ff_statement_page(&fx.cx, &s, &text);
}

static enum ff_rc months(int n)
{
    struct ff_month m;
    struct ff_list rows;
    int64_t total;
    (void)n;
    enum ff_rc rc = ff_month_list(&fx.cx, 1, 10, &rows, &total);
    return rc ? rc : ff_month_get(&fx.cx, "2026-03", &m);
}

static enum ff_rc close_month(int n)
{
    struct ff_month m;
    (void)n;
    return ff_month_close(&fx.cx, "2026-03", &m);
}

/* Does what must go well before what is tried. */
static void quietly(enum ff_rc (*work)(int n), int n)
{
    const int due = atomic_exchange(&left, 0);
    ck_assert_msg(work(n) == FF_OK, "%s", fx.cx.err.detail);
    ff_fixture_again(&fx);
    atomic_store(&left, due);
}

static enum ff_rc closed_month(int n)
{
    struct ff_list rows;
    struct ff_statement s;
    struct ff_month m;
    int64_t total;
    quietly(close_month, n);
    enum ff_rc rc = ff_month_rows(&fx.cx, anna, 1, 10, &rows, &total);
    if (rc || (rc = ff_month_statement(&fx.cx, anna, "2026-03", &s)))
        return rc;
    return ff_month_get(&fx.cx, "2026-03", &m);
}

static enum ff_rc verify_closed(int n)
{
    quietly(close_month, n);
    return verify(n);
}

/* ---- drawers ---- */

static int64_t drawer;

static enum ff_rc open_till(int n)
{
    struct ff_till t = {0};
    struct ff_idem idem;
    char name[24];
    snprintf(name, sizeof name, "Till %d", n);
    ff_idem_make(&fx.cx, ff_test_key(n), "till", 0, 0, NULL, 0, &idem);
    enum ff_rc rc = ff_till_open(&fx.cx, name, 500, &idem, &t);
    drawer = t.id;
    return rc;
}

static enum ff_rc tills(int n)
{
    struct ff_till t;
    struct ff_list rows;
    int64_t total;
    (void)n;
    enum ff_rc rc = ff_till_list(&fx.cx, NULL, 1, 10, &rows, &total);
    return rc ? rc : ff_till_get(&fx.cx, 1, &t);
}

static enum ff_rc count_till(int n)
{
    struct ff_till t;
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(n), "count", 1, 0, NULL, 0, &idem);
    return ff_till_count(&fx.cx, 1, 490, "a coin is missing", &idem, &t);
}

/* ---- four eyes ---- */

static enum ff_rc approvals(int n)
{
    const struct ff_approval_filter f = {.page = 1, .limit = 10};
    struct ff_approval a;
    struct ff_list rows;
    int64_t total, expired;
    (void)n;
    enum ff_rc rc = ff_approval_list(&fx.cx, &f, &rows, &total);
    if (rc || (rc = ff_approval_get(&fx.cx, 1, &a)))
        return rc;
    return ff_approval_expire(&fx.cx, &expired);
}

static enum ff_rc ask(int n)
{
    struct ff_movement m;
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(n), "ask", bela, 0, NULL, 0, &idem);
    const struct ff_actor was = fx.cx.who;
    fx.cx.who.is_cli = false;
    fx.cx.who.user_id = 1;
    enum ff_rc rc = ff_ledger_topup(&fx.cx, bela, 900000, "bank", "a lot", &idem, &m);
    fx.cx.who = was;
    return rc;
}

/* One that has not expired. */
static int64_t fresh(int n)
{
    quietly(ask, n);
    return ff_test_number(&fx, "SELECT MAX(id) FROM approval");
}

static enum ff_rc approve(int n)
{
    struct ff_approval a;
    return ff_approval_approve(&fx.cx, fresh(n), &a);
}

static enum ff_rc reject(int n)
{
    struct ff_approval a;
    return ff_approval_reject(&fx.cx, fresh(n), "not this time", &a);
}

static const struct trial {
    const char *name;
    enum ff_rc (*run)(int n);
    int journals; /* what one success adds */
} trials[] = {
    {"buy", buy, 1},
    {"buy again", buy_again, 0},
    {"undo", undo, 1},
    {"undo again", undo_again, 0},
    {"top-up", topup, 1},
    {"top-up again", topup_again, 0},
    {"opening", opening, 1},
    {"transfer", transfer, 1},
    {"wallet", wallet_create, 0},
    {"get", get, 0},
    {"by key", by_key, 0},
    {"list all", list_all, 0},
    {"list every", list_every, 0},
    {"list one", list_one, 0},
    {"list by cursor", list_cursor, 0},
    {"usuals", usuals, 0},
    {"view", view, 0},
    {"verify", verify, 0},
    {"verify tail", verify_tail, 0},
    {"accounts", accounts, 0},
    {"trial balance", trial_balance, 0},
    {"journals", journals, 0},
    {"head", head, 0},
    {"account map", account_map, 0},
    {"export of a month", export_month, 0},
    {"statement", statement, 0},
    {"months", months, 0},
    {"close a month", close_month, 0},
    {"a closed month", closed_month, 0},
    {"verify with a closed month", verify_closed, 0},
    {"tills", tills, 0},
    {"open a till", open_till, 1},
    {"count a till", count_till, 2},
    {"approvals", approvals, 0},
    {"ask", ask, 0},
    {"approve", approve, 1},
    {"reject", reject, 0},
};

/* ---- the state in which they are tried ---- */

static enum ff_rc fill_more(struct ff_ctx *cx, void *arg)
{
    struct ff_movement t;
    enum ff_rc rc = FF_OK;
    for (int i = 0; i < *(int *)arg && !rc; i++)
        rc = ff_test_topup(cx, bela, 1, ff_test_key(5000 + i), &t);
    return rc;
}

/* Journals: two openings, a purchase at a kiosk, an undone one, a forced transfer, top-ups. The
 * next month has no period yet. */
static void fill(void)
{
    int more = 120;
    struct ff_purchase p;
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 50000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 50000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    roll = ff_fixture_product(&fx, "Roll", 60);
    ff_test_change(&fx, "INSERT INTO device (id, name, created_at_ms) VALUES (3,'Canteen',0);"
                        "INSERT INTO employee (id, number, name, name_fold, created_at_ms, "
                        "updated_at_ms) VALUES (90,'E9','New','new',0,0)");
    newcomer = 90;
    fx.cx.who.device_id = 3;
    ck_assert_int_eq(buy(1), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, "test-key-undone-01", &p), FF_OK);
    ck_assert_int_eq(p.id, 4);
    ck_assert_int_eq(undo_again(0), FF_OK);
    ck_assert_int_eq(topup_again(0), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, "test-key-undoable", &p), FF_OK);
    undoable = p.id;
    ff_fixture_again(&fx);
    ck_assert_int_eq(open_till(7), FF_OK);
    ck_assert_int_eq(drawer, 1);
    ff_fixture_again(&fx);
    (void)ff_test_user(&fx, "asker@x.example", "admin", 0);
    const struct ff_site_patch above = {.set = 1u << FF_SITE_APPROVAL_ABOVE,
                                        .approval_above = 800000};
    ck_assert_int_eq(ff_site_change(&fx.cx, &above), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ask(8), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_db_write(&fx.cx, fill_more, &more), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 40 * DAY));
}

static int64_t reruns(void)
{
    struct ff_db_stats stats;
    ff_db_get_stats(fx.db, &stats);
    return stats.reruns;
}

/* A sale that failed after a change is undone and run again, and what fails once goes well then. */
static bool went_well_the_second_time(enum ff_rc rc, int64_t reruns_before)
{
    return rc == FF_OK && reruns() > reruns_before;
}

START_TEST(each_failure_is_told_and_leaves_nothing)
{
    const struct trial *t = &trials[_i];
    int n = 0;
    enum ff_rc rc;
    ff_log_setup(FF_LOG_ERROR, FF_LOG_TEXT);
    ff_fixture_open(&fx);
    fill();
    int64_t before = ff_test_books(&fx), balance = ff_fixture_balance(&fx, anna);
    for (;;) {
        ff_fixture_again(&fx);
        ck_assert_int_lt(++n, 2000);
        const int64_t reruns_before = reruns();
        atomic_store(&left, n);
        rc = t->run(1000 + n);
        if (atomic_exchange(&left, 0) > 0)
            break; /* it had no n-th call: all went well */
        if (went_well_the_second_time(rc, reruns_before)) {
            ck_assert_int_eq(ff_test_books(&fx), before + t->journals);
            before += t->journals;
            balance = ff_fixture_balance(&fx, anna);
            continue;
        }
        ck_assert_msg(rc != FF_OK, "%s: failure %d was not told", t->name, n);
        ck_assert_int_eq(fx.cx.err.rc, rc);
        ck_assert_int_eq(ff_test_number(&fx, "SELECT MAX(id) FROM journal"), before);
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_fixture_balance(&fx, anna), balance);
    }
    ck_assert_msg(rc == FF_OK, "%s: %s", t->name, fx.cx.err.detail);
    ck_assert_int_gt(n, 1);
    ck_assert_int_eq(ff_test_books(&fx), before + t->journals);
    ff_fixture_close(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ledger_torture");
    TCase *t = tcase_create("torture");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, each_failure_is_told_and_leaves_nothing, 0,
                        (int)(sizeof trials / sizeof trials[0]));
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
