/* SPDX-License-Identifier: MIT */
/* report.c - how long reports take over a long time, before and after its days are summed up, and
 * what summing up costs the writer. Not a test: `make build/tests/bench/report &&
 * build/tests/bench/report`. Arguments: purchases in all (200000), days (365), people (2000). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../lib/money.h"
#include "domain/ledger/verify.h"
#include "domain/report/people.h"
#include "domain/report/report.h"
#include "domain/report/rollup.h"

enum { PRODUCTS = 60, DEPARTMENTS = 10, BATCH = 64, DAY_MS = 86400000, LUNCH_MS = 4 * 3600000 };

static struct ff_fixture fx;
static int64_t first_person, first_product, next_purchase;
static long n_purchases = 200000, n_days = 365, n_people = 2000;
static unsigned seed = 1;

static double seconds(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void furnish(void)
{
    char text[160];
    for (int i = 1; i <= DEPARTMENTS; i++) {
        snprintf(text, sizeof text,
                 "INSERT INTO department (id, name, name_fold) VALUES (%d, "
                 "'D%d', 'd%d')",
                 i, i, i);
        ff_test_change(&fx, text);
    }
    for (int i = 0; i < n_people; i++) {
        snprintf(text, sizeof text, "B%05d", i);
        const int64_t id = ff_fixture_person(&fx, text, "Customer", 50000000);
        ff_fixture_again(&fx);
        first_person = i ? first_person : id;
    }
    for (int i = 0; i < PRODUCTS; i++) {
        snprintf(text, sizeof text, "Dish %d", i);
        const int64_t id = ff_fixture_product(&fx, text, 100 + i);
        first_product = i ? first_product : id;
    }
    ff_test_change(&fx, "UPDATE employee SET department_id = 1 + id % 10");
}

static enum ff_rc batch(struct ff_ctx *cx, void *arg)
{
    enum ff_rc rc = FF_OK;
    const long *n = arg;
    for (long i = 0; i < *n && !rc; i++) {
        const struct ff_purchase_item tray[] = {{first_product + rand_r(&seed) % (PRODUCTS / 2), 1},
                                                {first_product + PRODUCTS / 2, 1}};
        struct ff_purchase p;
        rc = ff_test_buy_tray(cx, first_person + rand_r(&seed) % n_people, tray, 2,
                              ff_test_key(next_purchase++), &p);
        ff_arena_reset(cx->arena);
    }
    return rc;
}

/* Lunch of every day: a quarter of an hour a sixteenth of the day's purchases. */
static void fill(void)
{
    for (long day = 0; day < n_days; day++) {
        const int64_t morning = FF_TEST_NOW + day * DAY_MS;
        const long of_day = n_purchases * (day + 1) / n_days - next_purchase;
        long done = 0;
        for (int quarter = 0; quarter < 16; quarter++) {
            const long upto = of_day * (quarter + 1) / 16;
            ck_assert(ff_clock_advance_to(fx.clock, morning + quarter * (LUNCH_MS / 16)));
            while (done < upto) {
                long n = upto - done < BATCH ? upto - done : BATCH;
                ff_fixture_again(&fx);
                ck_assert_int_eq(ff_db_write(&fx.cx, batch, &n), FF_OK);
                done += n;
            }
        }
    }
}

static void measure_reports(const char *when, const char *from, const char *to)
{
    struct ff_report r;
    for (size_t k = 0; ff_report_keys[k]; k++) {
        ff_fixture_again(&fx);
        double wall = seconds();
        const enum ff_rc rc = ff_report_sales(&fx.cx, from, to, ff_report_keys[k], &r);
        wall = seconds() - wall;
        if (rc)
            printf("%s: by %-10s refused: %s\n", when, ff_report_keys[k], fx.cx.err.detail);
        else
            printf("%s: by %-10s %7.1f ms, %5zu rows, %lld\n", when, ff_report_keys[k], wall * 1e3,
                   r.rows.n, (long long)r.gross);
    }
}

static void measure_people(const char *month)
{
    const struct ff_consumption_filter f = {.list = {.page = 1, .limit = 100}, .month = month};
    struct ff_list rows;
    int64_t total;
    ff_fixture_again(&fx);
    double wall = seconds();
    ck_assert_int_eq(ff_report_consumption(&fx.cx, &f, &rows, &total), FF_OK);
    printf("consumption of a month: %.1f ms, %lld people\n", (seconds() - wall) * 1e3,
           (long long)total);
}

static void roll(void)
{
    double wall = seconds(), longest = 0;
    long steps = 0;
    for (bool more = true; more; steps++) {
        const double began = seconds();
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
        const double took = seconds() - began;
        longest = took > longest ? took : longest;
    }
    wall = seconds() - wall;
    printf("summed up: %ld jobs in %.2f s, %.1f ms each, the longest %.1f ms\n", steps, wall,
           wall * 1e3 / (double)steps, longest * 1e3);
    printf("rows: %lld by product, %lld by quarter, %lld by month and person\n",
           (long long)ff_test_number(&fx, "SELECT COUNT(*) FROM sales_product"),
           (long long)ff_test_number(&fx, "SELECT COUNT(*) FROM sales_quarter"),
           (long long)ff_test_number(&fx, "SELECT COUNT(*) FROM spend_counter"));
}

START_TEST(measure)
{
    struct ff_verify_report report;
    char from[FF_INSTANT_CAP], to[FF_INSTANT_CAP];
    ff_fixture_open(&fx);
    furnish();
    double wall = seconds();
    fill();
    printf("%lld purchases of %ld days in %.1f s\n", (long long)next_purchase, n_days,
           seconds() - wall);
    ff_instant_format(FF_TEST_NOW, from);
    ff_instant_format(FF_TEST_NOW + n_days * DAY_MS, to);
    from[FF_DATE_CAP - 1] = to[FF_DATE_CAP - 1] = '\0';
    measure_reports("line by line", from, to);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + (n_days + 1) * DAY_MS));
    roll();
    measure_reports("from sums", from, to);
    measure_people("2026-05");
    ff_fixture_again(&fx);
    wall = seconds();
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &report), FF_OK);
    printf("verify: %s in %.2f s\n", report.ok ? "ok" : report.finding, seconds() - wall);
    ff_fixture_close(&fx);
}
END_TEST

int main(int argc, char **argv)
{
    long *args[] = {&n_purchases, &n_days, &n_people};
    for (int i = 1; i < argc && i <= 3; i++)
        *args[i - 1] = strtol(argv[i], NULL, 10);
    Suite *s = suite_create("report");
    TCase *t = tcase_create("bench");
    tcase_set_timeout(t, 0);
    tcase_add_test(t, measure);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
