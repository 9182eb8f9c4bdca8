/* SPDX-License-Identifier: MIT */
/* purchase_kept.c - what the writer keeps of products, months and accounts: it saves statements and
 * is never older than the job before, whether that was in an earlier batch, in the same one, or
 * undone. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../lib/gate.h"
#include "../lib/money.h"
#include "db/engine.h"
#include "domain/catalog/price.h"
#include "domain/ledger/ledger.h"
#include "domain/limits/limits.h"
#include "domain/subsidy/rule.h"

static struct ff_fixture fx;
static int64_t anna, soup, roll, next_key;

static void open_all(void)
{
    ff_fixture_open(&fx);
    next_key = 1;
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 50000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    roll = ff_fixture_product(&fx, "Roll", 60);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc attempt(struct ff_purchase *p)
{
    ff_fixture_again(&fx);
    return ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(next_key++), p);
}

static struct ff_purchase buy(void)
{
    struct ff_purchase p = {0};
    ck_assert_int_eq(attempt(&p), FF_OK);
    return p;
}

/* Twice: the first makes accounts and the month, so that only the second keeps them. */
static void warm(void)
{
    (void)buy();
    (void)buy();
}

static const struct ff_purchase_line *line_of(const struct ff_purchase *p)
{
    return p->items.items;
}

/* ---- the jobs that change something ---- */

struct change {
    struct ff_product_in in;
    int64_t version;
    enum ff_rc end_with; /* what the job returns after it */
};

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct ff_product out;
    enum ff_rc rc = ff_product_change(cx, soup, c->version, &c->in, &out);
    if (rc || !c->end_with)
        return rc;
    return FF_FAIL(cx, c->end_with, "as the test wants it");
}

static struct change to_price(int64_t price)
{
    return (struct change){.in = {.set = 1u << FF_PRODUCT_PRICE, .price = price}, .version = 1};
}

static struct change to_tax(int64_t ppm)
{
    return (struct change){.in = {.set = 1u << FF_PRODUCT_TAX_RATE, .tax_rate = ppm}, .version = 1};
}

static struct change to_sold_out(void)
{
    return (struct change){.in = {.set = 1u << FF_PRODUCT_AVAILABLE, .available = 0}, .version = 1};
}

static enum ff_rc apply(struct change c)
{
    ff_fixture_again(&fx);
    return ff_db_write(&fx.cx, change, &c);
}

/* ---- several jobs in one batch ---- */

static void start(struct ff_caller *c, ff_db_job fn, void *arg)
{
    ff_test_caller(&fx, &c->cx);
    c->write = NULL;
    ff_caller_start(c, fn, arg);
}

static enum ff_rc finish(struct ff_caller *c)
{
    pthread_join(c->thread, NULL);
    return c->rc;
}

struct job {
    ff_db_job fn;
    void *arg;
    enum ff_rc rc;
    int64_t commit; /* how many there were when it ran */
};

enum { JOBS_MAX = 4 };
static struct ff_caller callers[JOBS_MAX];

static enum ff_rc run_job(struct ff_ctx *cx, void *arg)
{
    struct job *job = arg;
    job->commit = atomic_load(&cx->db->writer.commits);
    return job->fn(cx, job->arg);
}

/* Runs them in one batch, in this order, after a job that holds the writer until all wait and until
 * its own batch is over. False when the machine was too slow for one batch. */
static bool run_together(struct job *jobs, int n)
{
    struct ff_gate gate = FF_GATE_INIT;
    static struct ff_caller first;
    bool is_one = true;
    start(&first, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    for (int i = 0; i < n; i++) {
        start(&callers[i], run_job, &jobs[i]);
        ff_wait_for_queue(fx.db, i + 1);
    }
    nanosleep(&(struct timespec){.tv_nsec = (FF_BATCH_MAX_MS + 1) * 1000000}, NULL);
    ff_gate_open(&gate);
    ck_assert_int_eq(finish(&first), FF_OK);
    for (int i = 0; i < n; i++) {
        jobs[i].rc = finish(&callers[i]);
        is_one = is_one && jobs[i].commit == jobs[0].commit;
    }
    ff_test_no_caller(&first.cx);
    return is_one;
}

static void forget(int n)
{
    for (int i = 0; i < n; i++)
        ff_test_no_caller(&callers[i].cx);
}

struct sale {
    struct ff_purchase p;
    int64_t key;
    unsigned statements;
};

static enum ff_rc sell(struct ff_ctx *cx, void *arg)
{
    struct sale *s = arg;
    enum ff_rc rc = ff_test_buy(cx, anna, soup, 1, ff_test_key(s->key), &s->p);
    s->statements = cx->statements;
    return rc;
}

static struct sale a_sale(void)
{
    return (struct sale){.key = next_key++};
}

/* As a full disk in the middle of a batch: the engine ends the transaction by itself. */
static enum ff_rc fill_the_disk(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    ck_assert_int_eq(ff_conn_control(cx->conn, FF_CTL_ROLLBACK), SQLITE_OK);
    return FF_FAIL(cx, FF_STORAGE_FULL, "as the test wants it");
}

/* ---- what it saves ---- */

START_TEST(a_second_sale_asks_for_no_product_month_or_account)
{
    const struct ff_purchase_item tray[] = {{soup, 1}, {roll, 1}};
    struct ff_purchase p = {0};
    (void)buy();
    const unsigned first = fx.cx.statements;
    (void)buy();
    (void)buy();
    const unsigned third = fx.cx.statements;
    ck_assert_uint_ge(first, third + 3);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(next_key++), &p), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, third + 2); /* the roll, and its line */
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(next_key++), &p), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, third + 1); /* its line */
    ck_assert_str_eq(line_of(&p)[1].name, "Roll");
    ck_assert_int_eq(line_of(&p)[1].unit_price, 60);
    ff_test_books(&fx);
}
END_TEST

/* ---- what was written is seen ---- */

START_TEST(a_change_is_seen_by_the_next_sale)
{
    warm();
    ck_assert_int_eq(apply(to_price(410)), FF_OK);
    ck_assert_int_eq(buy().total, 410);
    struct change c = to_tax(200000);
    c.version = 2;
    ck_assert_int_eq(apply(c), FF_OK);
    const struct ff_purchase p = buy();
    ck_assert_int_eq(line_of(&p)->tax_rate, 200000);
    ck_assert_int_eq(line_of(&p)->tax, 68);
    c = to_sold_out();
    c.version = 3;
    ck_assert_int_eq(apply(c), FF_OK);
    struct ff_purchase none;
    ck_assert_int_eq(attempt(&none), FF_OUT_OF_STOCK);
    ff_test_books(&fx);
}
END_TEST

START_TEST(an_archived_product_is_not_sold_again)
{
    struct ff_purchase none;
    warm();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_archive(&fx.cx, soup, 1), FF_OK);
    ck_assert_int_eq(attempt(&none), FF_PRODUCT_INACTIVE);
}
END_TEST

START_TEST(what_is_counted_from_now_on_is_counted)
{
    struct ff_purchase none;
    char sql[160];
    warm();
    snprintf(sql, sizeof sql,
             "INSERT INTO product_cap (product_id, max_per_purchase)"
             " VALUES (%lld, 1)",
             (long long)soup);
    ff_test_change(&fx, sql);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(next_key++), &none),
                     FF_QUANTITY_CAP);
    ff_fixture_again(&fx); /* and again: a cap is never kept */
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(next_key++), &none),
                     FF_QUANTITY_CAP);
    ck_assert_int_eq(buy().total, 350);
}
END_TEST

/* What a sale of the product takes, as statements. */
static unsigned statements_of(int64_t product)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, product, 1, ff_test_key(next_key++), &p), FF_OK);
    return fx.cx.statements;
}

/* Stock is asked in a statement of its own: the catalogue's words stay kept while levels move. */
START_TEST(a_sale_of_what_is_counted_leaves_the_others_kept)
{
    warm();
    (void)statements_of(roll);
    const unsigned free = statements_of(roll);
    char sql[160];
    snprintf(sql, sizeof sql,
             "INSERT INTO portion_day (product_id, business_date) VALUES (%lld, '2026-03-02')",
             (long long)soup);
    ff_test_change(&fx, sql);
    (void)statements_of(roll);
    ck_assert_uint_eq(statements_of(roll), free + 1); /* not counted, but something is */
    (void)statements_of(soup);
    const unsigned counted = statements_of(soup);
    ck_assert_uint_eq(counted, free + 2);             /* its level, and the move of it */
    ck_assert_uint_eq(statements_of(roll), free + 2); /* whether anything is, asked anew */
    ck_assert_uint_eq(statements_of(roll), free + 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT remaining FROM portion_day WHERE planned = 0"),
                     -2);
}
END_TEST

START_TEST(a_planned_price_begins_with_its_day)
{
    struct ff_price planned;
    enum { DAY_MS = 24 * 3600000 };
    warm();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_price_set(&fx.cx, soup, 500, "2026-03-03", &planned), FF_OK);
    ck_assert_int_eq(buy().total, 350);
    ck_assert_int_eq(buy().total, 350);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + DAY_MS));
    ck_assert_int_eq(buy().total, 500);
    ck_assert_int_eq(buy().total, 500);
}
END_TEST

/* ---- in one batch ---- */

START_TEST(a_change_is_seen_by_a_later_job_of_its_batch)
{
    struct change c = to_price(410);
    struct sale before = a_sale(), after = a_sale(), again = a_sale();
    struct job jobs[] = {{.fn = sell, .arg = &before},
                         {.fn = change, .arg = &c},
                         {.fn = sell, .arg = &after},
                         {.fn = sell, .arg = &again}};
    warm();
    const bool is_one = run_together(jobs, 4);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(jobs[i].rc, FF_OK);
    ck_assert_int_eq(before.p.total, 350);
    ck_assert_int_eq(after.p.total, 410);
    ck_assert_int_eq(again.p.total, 410);
    if (is_one) /* nothing is kept of it yet */
        ck_assert_uint_eq(again.statements, before.statements + 1);
    forget(4);
    ck_assert_int_eq(buy().total, 410);
    ff_test_books(&fx);
}
END_TEST

START_TEST(sold_out_is_seen_by_a_later_job_of_its_batch)
{
    struct change c = to_sold_out();
    struct sale s = a_sale();
    struct job jobs[] = {{.fn = change, .arg = &c}, {.fn = sell, .arg = &s}};
    warm();
    (void)run_together(jobs, 2);
    ck_assert_int_eq(jobs[0].rc, FF_OK);
    ck_assert_int_eq(jobs[1].rc, FF_OUT_OF_STOCK);
    forget(2);
}
END_TEST

START_TEST(a_change_that_was_undone_is_not_kept)
{
    struct change c = to_price(410);
    struct sale s = a_sale();
    struct job jobs[] = {{.fn = change, .arg = &c}, {.fn = sell, .arg = &s}};
    warm();
    c.end_with = FF_NOT_FOUND;
    (void)run_together(jobs, 2);
    ck_assert_int_eq(jobs[0].rc, FF_NOT_FOUND);
    ck_assert_int_eq(jobs[1].rc, FF_OK);
    ck_assert_int_eq(s.p.total, 350);
    forget(2);
    ck_assert_int_eq(buy().total, 350);
}
END_TEST

/* A change and a sale that saw it, undone as one. */
static enum ff_rc change_and_sell(struct ff_ctx *cx, void *arg)
{
    struct change c = to_price(410);
    struct sale *s = arg;
    enum ff_rc rc = change(cx, &c);
    if (rc || (rc = sell(cx, s)))
        return rc;
    return FF_FAIL(cx, FF_NOT_FOUND, "as the test wants it");
}

START_TEST(a_job_that_saw_its_own_change_and_failed_leaves_nothing)
{
    struct sale s = a_sale();
    warm();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_db_write(&fx.cx, change_and_sell, &s), FF_NOT_FOUND);
    ck_assert_int_eq(s.p.total, 410);
    ck_assert_int_eq(buy().total, 350);
    ff_test_books(&fx);
}
END_TEST

START_TEST(a_batch_that_was_rolled_back_leaves_nothing)
{
    struct change c = to_price(410);
    struct sale s;
    struct job jobs[] = {{.fn = change, .arg = &c}, {.fn = sell, .arg = &s}, {.fn = fill_the_disk}};
    for (;;) { /* until the machine is fast enough, or Check's patience ends */
        warm();
        s = a_sale();
        const bool is_one = run_together(jobs, 3);
        forget(3);
        if (is_one)
            break;
        close_all();
        open_all();
    }
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(jobs[i].rc, FF_STORAGE_FULL);
    ck_assert_int_eq(s.p.total, 410); /* what the job saw; nobody was told */
    ck_assert_int_eq(buy().total, 350);
    ck_assert_int_eq(buy().total, 350);
    ff_test_books(&fx);
}
END_TEST

/* ---- months and accounts ---- */

/* As the close of a month does it, without its proof; April is open. */
static enum ff_rc close_march(struct ff_ctx *cx, void *arg)
{
    const struct ff_chain_head *head = ff_db_ledger_head(cx);
    FF_STMT *april = NULL, *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_PERIOD_MAKE, &april);
    if (rc || (rc = ff_db_query(cx, FF_Q_PERIOD_CLOSE, &st)))
        return rc;
    ff_db_text(april, FF_P_LEDGER_PERIOD_MAKE_STARTS_ON, "2026-04-01");
    ff_db_text(april, FF_P_LEDGER_PERIOD_MAKE_ENDS_ON, "2026-04-30");
    if ((rc = ff_db_row(cx, april, &row)))
        return rc;
    ff_db_int(st, FF_P_PERIOD_CLOSE_ID, *(int64_t *)arg);
    ff_db_int(st, FF_P_PERIOD_CLOSE_FIRST, 1);
    ff_db_int(st, FF_P_PERIOD_CLOSE_LAST, head->id);
    ff_db_int(st, FF_P_PERIOD_CLOSE_HEAD, head->id);
    ff_db_blob(st, FF_P_PERIOD_CLOSE_HASH, head->hash, sizeof head->hash);
    ff_db_int(st, FF_P_PERIOD_CLOSE_NOW, ff_clock_now_ms(cx->clock));
    return ff_db_run(cx, st);
}

static int64_t march(void)
{
    return ff_test_number(&fx, "SELECT id FROM period WHERE starts_on = '2026-03-01'");
}

START_TEST(a_closed_month_takes_no_later_sale)
{
    warm();
    int64_t id = march();
    ck_assert_str_eq(buy().business_date, "2026-03-02");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_db_write(&fx.cx, close_march, &id), FF_OK);
    ck_assert_str_eq(buy().business_date, "2026-04-01");
    ck_assert_str_eq(buy().business_date, "2026-04-01");
}
END_TEST

START_TEST(a_closed_month_takes_no_later_sale_of_its_batch)
{
    struct sale before = a_sale(), after = a_sale();
    warm();
    int64_t id = march();
    struct job jobs[] = {
        {.fn = sell, .arg = &before}, {.fn = close_march, .arg = &id}, {.fn = sell, .arg = &after}};
    (void)run_together(jobs, 3);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(jobs[i].rc, FF_OK);
    ck_assert_str_eq(before.p.business_date, "2026-03-02");
    ck_assert_str_eq(after.p.business_date, "2026-04-01");
    forget(3);
}
END_TEST

static enum ff_rc sell_and_fail(struct ff_ctx *cx, void *arg)
{
    enum ff_rc rc = sell(cx, arg);
    return rc ? rc : FF_FAIL(cx, FF_NOT_FOUND, "as the test wants it");
}

START_TEST(an_account_whose_making_was_undone_is_made_again)
{
    struct sale undone = a_sale(), first = a_sale(), second = a_sale();
    struct job jobs[] = {{.fn = sell_and_fail, .arg = &undone},
                         {.fn = sell, .arg = &first},
                         {.fn = sell, .arg = &second}};
    (void)run_together(jobs, 3);
    ck_assert_int_eq(jobs[0].rc, FF_NOT_FOUND);
    ck_assert_int_eq(jobs[1].rc, FF_OK);
    ck_assert_int_eq(jobs[2].rc, FF_OK);
    forget(3);
    warm();
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM account"
                                         " WHERE code = 'revenue:sales'"),
                     1);
    ff_test_books(&fx);
}
END_TEST

/* ---- what is set up for anybody ---- */

static enum ff_rc ban_soup(struct ff_ctx *cx, void *arg)
{
    const struct ff_ban ban = {
        .product_id = soup, .category_id = FF_NULL_INT, .reason = "does not bear it"};
    struct ff_ban out;
    (void)arg;
    return ff_ban_add(cx, anna, &ban, &out);
}

START_TEST(the_first_ban_holds_at_once)
{
    struct sale before = a_sale(), after = a_sale();
    struct job jobs[] = {
        {.fn = sell, .arg = &before}, {.fn = ban_soup}, {.fn = sell, .arg = &after}};
    struct ff_purchase none;
    warm();
    (void)run_together(jobs, 3);
    ck_assert_int_eq(jobs[0].rc, FF_OK);
    ck_assert_int_eq(jobs[1].rc, FF_OK);
    ck_assert_int_eq(jobs[2].rc, FF_PRODUCT_BANNED);
    forget(3);
    ck_assert_int_eq(attempt(&none), FF_PRODUCT_BANNED);
    ck_assert_int_eq(attempt(&none), FF_PRODUCT_BANNED);
}
END_TEST

static enum ff_rc add_rule(struct ff_ctx *cx, void *arg)
{
    const struct ff_subsidy_rule_in in = {.set = 1u << FF_SUBSIDY_NAME | 1u << FF_SUBSIDY_KIND |
                                                 1u << FF_SUBSIDY_VALUE,
                                          .rule = {.name = "Lunch", .kind = "fixed", .value = 150}};
    struct ff_subsidy_rule out;
    (void)arg;
    return ff_subsidy_rule_create(cx, &in, &out);
}

START_TEST(the_first_rule_of_the_employer_holds_at_once)
{
    struct sale before = a_sale(), after = a_sale();
    struct job jobs[] = {
        {.fn = sell, .arg = &before}, {.fn = add_rule}, {.fn = sell, .arg = &after}};
    warm();
    (void)run_together(jobs, 3);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(jobs[i].rc, FF_OK);
    ck_assert_int_eq(before.p.subsidy, 0);
    ck_assert_int_eq(after.p.subsidy, 150);
    forget(3);
    ff_test_books(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("purchase_kept");
    TCase *t = tcase_create("kept");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, a_second_sale_asks_for_no_product_month_or_account);
    tcase_add_test(t, a_change_is_seen_by_the_next_sale);
    tcase_add_test(t, an_archived_product_is_not_sold_again);
    tcase_add_test(t, what_is_counted_from_now_on_is_counted);
    tcase_add_test(t, a_sale_of_what_is_counted_leaves_the_others_kept);
    tcase_add_test(t, a_planned_price_begins_with_its_day);
    tcase_add_test(t, a_change_is_seen_by_a_later_job_of_its_batch);
    tcase_add_test(t, sold_out_is_seen_by_a_later_job_of_its_batch);
    tcase_add_test(t, a_change_that_was_undone_is_not_kept);
    tcase_add_test(t, a_job_that_saw_its_own_change_and_failed_leaves_nothing);
    tcase_add_test(t, a_batch_that_was_rolled_back_leaves_nothing);
    tcase_add_test(t, a_closed_month_takes_no_later_sale);
    tcase_add_test(t, a_closed_month_takes_no_later_sale_of_its_batch);
    tcase_add_test(t, an_account_whose_making_was_undone_is_made_again);
    tcase_add_test(t, the_first_ban_holds_at_once);
    tcase_add_test(t, the_first_rule_of_the_employer_holds_at_once);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
