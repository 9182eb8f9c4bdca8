/* SPDX-License-Identifier: MIT */
/* grow.c - a canteen's file as it is after years, and what the same work costs in it. Fills the
 * file through the program's own bookings, in jobs of many, then measures request by request.
 * Arguments: purchases (10000), people (5000), products (500), days (1825). Prints a line of CSV
 * for each figure: purchases,what,p50_us,p99_us. The file lies under TMPDIR. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "../lib/ask.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "db/backup.h"
#include "domain/ledger/verify.h"
#include "domain/report/rollup.h"

enum { BATCH = 400, ROUNDS = 200, FEW = 5, DAY_MS = 86400000, US = 1000 };

static struct ff_fixture fx;
static struct ff_asker asker;
static long n_purchases = 10000, n_people = 5000, n_products = 500, n_days = 1825;
static long made;
static int64_t first_person, first_product, step_ms;
static const char *admin, *buyer;

/* ---- filling ---- */

static void furnish(void)
{
    ff_fixture_open(&fx);
    ff_asker_open(&asker, &fx);
    for (long i = 0; i < n_products; i++) {
        char name[32];
        snprintf(name, sizeof name, "Dish %03ld", i);
        int64_t id = ff_fixture_product(&fx, name, 100 + i);
        first_product = i ? first_product : id;
        ff_fixture_again(&fx);
    }
    for (long i = 0; i < n_people; i++) {
        char number[32];
        snprintf(number, sizeof number, "B%05ld", i);
        int64_t id = ff_fixture_person(&fx, number, "Customer", 90000000);
        first_person = i ? first_person : id;
        ff_fixture_again(&fx);
    }
    (void)ff_test_user(&fx, "boss@x.example", "admin", 0);
    (void)ff_test_user(&fx, "buyer@x.example", "employee", first_person);
    step_ms = n_days * DAY_MS / n_purchases;
}

static enum ff_rc book(struct ff_ctx *cx, void *arg)
{
    static unsigned seed = 1;
    char key[40];
    struct ff_purchase p;
    (void)arg;
    for (int i = 0; i < BATCH && made < n_purchases; i++, made++) {
        const struct ff_purchase_item tray[] = {
            {first_product + rand_r(&seed) % n_products, 1},
            {first_product + rand_r(&seed) % n_products, 1 + rand_r(&seed) % 3}};
        snprintf(key, sizeof key, "grown-%012ld", made);
        ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + step_ms));
        enum ff_rc rc = ff_test_buy_tray(cx, first_person + rand_r(&seed) % n_people, tray,
                                         tray[0].product_id == tray[1].product_id ? 1 : 2, key, &p);
        if (rc)
            return rc;
    }
    return FF_OK;
}

static void sum_up(void)
{
    for (bool more = true; more; ff_fixture_again(&fx))
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
}

static void fill(void)
{
    while (made < n_purchases) {
        ck_assert_msg(ff_db_write(&fx.cx, book, NULL) == FF_OK, "%s", fx.cx.err.detail);
        ff_fixture_again(&fx);
        if (made % (64 * BATCH) == 0 || made == n_purchases)
            sum_up();
    }
}

/* ---- measuring ---- */

static int64_t now_ns(void)
{
    return ff_clock_machine_ns();
}

static int by_size(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void measure(const char *what, void (*work)(int i), int rounds)
{
    static int64_t took[ROUNDS];
    for (int i = 0; i < rounds; i++) {
        int64_t began = now_ns();
        work(i);
        took[i] = now_ns() - began;
        ff_fixture_again(&fx);
    }
    qsort(took, (size_t)rounds, sizeof *took, by_size);
    printf("%ld,%s,%lld,%lld\n", n_purchases, what, (long long)(took[rounds / 2] / US),
           (long long)(took[rounds - 1 - rounds / 100] / US));
    fflush(stdout);
}

static void ask(const char *bearer, const char *target)
{
    int status = ff_ask(&asker, &(struct ff_ask){.target = target, .bearer = bearer});
    ck_assert_msg(status == 200, "%s: %d %.300s", target, status, asker.rp.body.data);
}

static void buy(int i)
{
    char body[120];
    snprintf(
        body, sizeof body,
        "{\"items\":[{\"productId\":%lld,\"quantity\":1},{\"productId\":%lld,\"quantity\":2}]}",
        (long long)(first_product + i % n_products),
        (long long)(first_product + (i + 7) % n_products));
    ck_assert_int_eq(ff_ask(&asker, &(struct ff_ask){.method = "POST",
                                                     .target = "/api/v1/purchases",
                                                     .bearer = buyer,
                                                     .body = body,
                                                     .keyed = true}),
                     201);
}

static void own_first_page(int i)
{
    (void)i;
    ask(buyer, "/api/v1/purchases?limit=20");
}

static void all_first_page(int i)
{
    (void)i;
    ask(admin, "/api/v1/purchases?limit=20");
}

static void all_deep_page(int i)
{
    char target[80];
    snprintf(target, sizeof target, "/api/v1/purchases?limit=20&after=%ld",
             n_people + n_purchases / 2 + i);
    ask(admin, target);
}

/* `back` days before now, as a date. */
static void day(long back, char out[FF_DATE_CAP])
{
    ff_business_date(ff_clock_now_ms(fx.clock) - back * DAY_MS, 0, out);
}

static void person(const char *rest, long from, long to)
{
    char target[160], first[FF_DATE_CAP], last[FF_DATE_CAP];
    day(from, first);
    day(to, last);
    snprintf(target, sizeof target, "/api/v1/employees/%lld/%s?from=%s&to=%s",
             (long long)first_person, rest, first, last);
    ask(buyer, target);
}

static void statement(int i)
{
    person("statement", 400 + i % 7, 370 + i % 7);
}

static void past_balance(int i)
{
    char target[120], at[FF_DATE_CAP];
    day(n_days / 2 + i % 100, at);
    snprintf(target, sizeof target, "/api/v1/employees/%lld/balance?at=%sT12:00:00Z",
             (long long)first_person, at);
    ask(buyer, target);
}

static void report(const char *by, long from, long to)
{
    char target[120], first[FF_DATE_CAP], last[FF_DATE_CAP];
    day(from, first);
    day(to, last);
    snprintf(target, sizeof target, "/api/v1/reports/sales?by=%s&from=%s&to=%s", by, first, last);
    ask(admin, target);
}

static void month_report(int i)
{
    report("day", 60 + i, 30 + i);
}

static void month_report_by_product(int i)
{
    report("product", 60 + i, 30 + i);
}

static void year_report(int i)
{
    report("day", 400 + i, 35 + i);
}

static void year_report_by_product(int i)
{
    report("product", 400 + i, 35 + i);
}

static void verify(int i)
{
    struct ff_verify_report r;
    (void)i;
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert(r.ok);
}

static void backup(int i)
{
    struct ff_backup_info info;
    (void)i;
    ck_assert_msg(ff_backup_create(&fx.cx, NULL, &info) == FF_OK, "%s", fx.cx.err.detail);
}

static void file_size(void)
{
    char path[256];
    struct stat st;
    snprintf(path, sizeof path, "%s/feastfrenzy.db", fx.dir);
    ck_assert_int_eq(stat(path, &st), 0);
    printf("%ld,bytes a purchase,%lld,\n", n_purchases, (long long)st.st_size / n_purchases);
}

START_TEST(grow)
{
    furnish();
    int64_t began = now_ns();
    fill();
    printf("%ld,filled in seconds,%lld,\n", n_purchases,
           (long long)((now_ns() - began) / 1000000000));
    admin = ff_test_keep(ff_test_sign_in(&fx, "boss@x.example").access);
    buyer = ff_test_keep(ff_test_sign_in(&fx, "buyer@x.example").access);
    measure("purchase", buy, ROUNDS);
    measure("own purchases, first page", own_first_page, ROUNDS);
    measure("all purchases, first page", all_first_page, ROUNDS);
    measure("all purchases, deep page", all_deep_page, ROUNDS);
    measure("statement of a month", statement, ROUNDS);
    measure("balance at a past instant", past_balance, ROUNDS);
    measure("report of a month by day", month_report, FEW);
    measure("report of a month by product", month_report_by_product, FEW);
    measure("report of a year by day", year_report, FEW);
    measure("report of a year by product", year_report_by_product, FEW);
    measure("verify", verify, 1);
    measure("backup", backup, 1);
    file_size();
    ff_asker_close(&asker);
    ff_fixture_close(&fx);
}
END_TEST

int main(int argc, char **argv)
{
    long *args[] = {&n_purchases, &n_people, &n_products, &n_days};
    for (int i = 1; i < argc && i <= 4; i++)
        *args[i - 1] = strtol(argv[i], NULL, 10);
    Suite *s = suite_create("grow");
    TCase *t = tcase_create("bench");
    tcase_set_timeout(t, 0);
    tcase_add_test(t, grow);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    if (failed)
        srunner_print(runner, CK_NORMAL);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
