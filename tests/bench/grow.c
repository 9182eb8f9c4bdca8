/* SPDX-License-Identifier: MIT */
/* grow.c - a canteen's file as it is after years, and what the same work costs in it.
 * grow [--keep DIR | --measure DIR | --in DIR] purchases people products days: fills (tests/lib/
 * filling.h) up to each power of ten from 10,000 on and measures there, request by request; with
 * --keep it only fills and keeps the directory, and goes on where an earlier one stopped; --measure
 * only measures; --in does all of it in a directory that stays. `days` are those of all the
 * purchases. Prints a line of CSV for each figure: purchases,what,p50_us,p99_us,best_us,
 * processor_us (of all threads, on average). */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../lib/ask.h"
#include "../lib/filling.h"
#include "../lib/money.h"
#include "db/backup.h"
#include "domain/identity/session.h"
#include "domain/ledger/verify.h"
#include "domain/report/report.h"

enum { ROUNDS = 200, FEW = 5, BUYERS = 64, BOUGHT = 4000, US = 1000, FIRST = 10000, KEY_CAP = 48 };
enum { DAY_MS = 86400000, PATIENCE_MS = 600000 };

static struct ff_fixture fx;
static struct ff_asker asker;
static long n_purchases = 1000000, n_people = 5000, n_products = 500, n_days = 1825;
static long size; /* purchases in the file that is measured */
static const char *admin, *buyer;
static int64_t first_ms; /* of the first journal */

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

/* Of the whole process, in microseconds. */
static int64_t processor_us(void)
{
    struct rusage use;
    ck_assert_int_eq(getrusage(RUSAGE_SELF, &use), 0);
    return (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * INT64_C(1000000) + use.ru_utime.tv_usec +
           use.ru_stime.tv_usec;
}

static void measure(const char *what, void (*work)(int i), int rounds)
{
    static int64_t took[ROUNDS];
    const int64_t used = processor_us();
    for (int i = 0; i < rounds; i++) {
        int64_t began = now_ns();
        work(i);
        took[i] = now_ns() - began;
        ff_fixture_again(&fx);
    }
    const long long processor = (processor_us() - used) / rounds;
    qsort(took, (size_t)rounds, sizeof *took, by_size);
    printf("%ld,%s,%lld,%lld,%lld,%lld\n", size, what, (long long)(took[rounds / 2] / US),
           (long long)(took[rounds - 1 - rounds / 100] / US), (long long)(took[0] / US), processor);
    fflush(stdout);
}

static void ask(const char *bearer, const char *target)
{
    int status = ff_ask(&asker, &(struct ff_ask){.target = target, .bearer = bearer});
    ck_assert_msg(status == 200, "%s: %d %.300s", target, status, asker.rp.body.data);
}

/* A key that falls anywhere among those of the file, as a client's random one does. */
static void make_key(int i, char key[KEY_CAP])
{
    snprintf(key, KEY_CAP, "grown-%012ld-%08x-%d", random() % size, (unsigned)random(), i);
}

static void buy_by(struct ff_asker *a, int i)
{
    char body[160], key[KEY_CAP];
    make_key(i, key);
    snprintf(body, sizeof body,
             "{\"employeeId\":%ld,\"items\":[{\"productId\":%ld,\"quantity\":1},"
             "{\"productId\":%ld,\"quantity\":2}]}",
             1 + random() % n_people, 1 + i % n_products, 1 + (i + 7) % n_products);
    int status = ff_ask(a, &(struct ff_ask){.method = "POST",
                                            .target = "/api/v1/purchases",
                                            .bearer = admin,
                                            .body = body,
                                            .key = key});
    ck_assert_msg(status == 201, "%d %.300s", status, a->rp.body.data);
}

static void buy(int i)
{
    buy_by(&asker, i);
}

static void *buy_many(void *arg)
{
    struct ff_asker a;
    ff_asker_open(&a, &fx);
    for (int i = 0; i < BOUGHT / BUYERS; i++)
        buy_by(&a, i);
    ff_asker_close(&a);
    return arg;
}

/* What the processor does for one does not depend on who else is on the machine. */
static void saturate(void)
{
    pthread_t threads[BUYERS];
    const int64_t began = now_ns(), used = processor_us();
    for (int i = 0; i < BUYERS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, buy_many, NULL), 0);
    for (int i = 0; i < BUYERS; i++)
        pthread_join(threads[i], NULL);
    printf("%ld,purchases a second by %d,%lld,,,\n", size, BUYERS,
           (long long)(BOUGHT * INT64_C(1000000000) / (now_ns() - began)));
    printf("%ld,one of them,,,,%lld\n", size, (long long)((processor_us() - used) / BOUGHT));
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
             n_people + size / 2 + i);
    ask(admin, target);
}

/* The days that the file covers. */
static long days(void)
{
    return (long)((ff_clock_now_ms(fx.clock) - first_ms) / DAY_MS);
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
    snprintf(target, sizeof target, "/api/v1/employees/1/%s?from=%s&to=%s", rest, first, last);
    ask(buyer, target);
}

static void statement(int i)
{
    person("statement", 400 + i % 7, 370 + i % 7);
}

static void past_balance(int i)
{
    char target[120], at[FF_DATE_CAP];
    day(days() / 2 + i % 5, at);
    snprintf(target, sizeof target, "/api/v1/employees/1/balance?at=%sT12:00:00Z", at);
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

static const char *division; /* of the reports */

static void month_report(int i)
{
    report(division, 60 + i, 30 + i);
}

/* What was sold today is read line by line. */
static void last_month_report(int i)
{
    report(division, 30 + i, -1);
}

static void year_report(int i)
{
    report(division, 400 + i, 35 + i);
}

static void five_years_by_product(int i)
{
    report("product", 1824 - i, -1);
}

static void measure_reports(const char *range, void (*work)(int i))
{
    char what[64];
    for (size_t i = 0; ff_report_keys[i]; i++) {
        division = ff_report_keys[i];
        snprintf(what, sizeof what, "report of %s by %s", range, division);
        measure(what, work, FEW);
    }
}

/* A page with its total, from `from` days ago on. */
static void dated_list(const char *bearer, long from, long to)
{
    char target[120], first[FF_DATE_CAP], last[FF_DATE_CAP];
    day(from, first);
    day(to, last);
    snprintf(target, sizeof target, "/api/v1/purchases?page=1&limit=20&from=%s&to=%s", first, last);
    ask(bearer, target);
}

static void all_of_a_year(int i)
{
    dated_list(admin, 400 + i, 35 + i);
}

static void own_of_a_year(int i)
{
    dated_list(buyer, 400 + i, 35 + i);
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

static void start(int i)
{
    (void)i;
    ff_fixture_park(&fx);
    ff_fixture_resume(&fx);
}

static void file_size(void)
{
    char path[256];
    struct stat st;
    snprintf(path, sizeof path, "%s/feastfrenzy.db", fx.dir);
    ck_assert_int_eq(stat(path, &st), 0);
    printf("%ld,bytes a purchase,%lld,,,\n", size, (long long)st.st_size / size);
}

static const char *sign_in(const char *email)
{
    struct ff_signed_in in;
    ck_assert_int_eq(ff_session_login(&fx.cx, email, FF_FILLING_PASSWORD, &in), FF_OK);
    const char *token = ff_test_keep(in.access_token);
    ff_fixture_again(&fx);
    return token;
}

static void measure_start(const char *dir)
{
    ff_fixture_open_in(&fx, dir, 0, (struct ff_db_options){0});
    ff_filling_settle(&fx);
    size = ff_filling_count(&fx);
    n_people = ff_test_number(&fx, "SELECT COUNT(*) FROM employee");
    first_ms = ff_test_number(&fx, "SELECT MIN(recorded_at_ms) FROM journal");
    measure("opening the file", start, FEW);
    file_size();
    ff_fixture_leave(&fx);
}

static void measure_all(const char *dir)
{
    const struct ff_db_options patient = {.queue_wait_ms = PATIENCE_MS,
                                          .statement_ms = PATIENCE_MS};
    measure_start(dir);
    ff_fixture_open_in(&fx, dir, 0, patient); /* on a busy machine too */
    ff_asker_open(&asker, &fx);
    admin = sign_in(FF_FILLING_ADMIN);
    buyer = sign_in(FF_FILLING_BUYER);
    measure("purchase", buy, ROUNDS);
    saturate();
    measure("own purchases, first page", own_first_page, ROUNDS);
    measure("all purchases, first page", all_first_page, ROUNDS);
    measure("all purchases, deep page", all_deep_page, ROUNDS);
    measure("statement of a month", statement, ROUNDS);
    measure("balance at a past instant", past_balance, ROUNDS);
    measure("all purchases of a year, with their total", all_of_a_year, FEW);
    measure("own purchases of a year, with their total", own_of_a_year, FEW);
    measure_reports("a month", month_report);
    measure_reports("the last month", last_month_report);
    measure_reports("a year", year_report);
    measure("report of five years by product", five_years_by_product, FEW);
    measure("backup", backup, 1);
    measure("verify", verify, 1);
    ff_asker_close(&asker);
    ff_fixture_leave(&fx);
}

static void fill_to(const char *dir, int64_t purchases)
{
    struct ff_filling f = {.people = n_people,
                           .products = n_products,
                           .step_ms = n_days * INT64_C(86400000) / n_purchases};
    int64_t began = now_ns();
    ff_filling_open(&f, &fx, dir, n_days);
    const int64_t before = f.made;
    ff_filling_to(&f, purchases);
    ff_filling_close(&f);
    printf("%lld,filled %lld in seconds,%lld,,,\n", (long long)purchases,
           (long long)(purchases - before), (long long)((now_ns() - began) / 1000000000));
    fflush(stdout);
}

enum mode { IN_TEMP, IN_DIR, ONLY_FILL, ONLY_MEASURE };
static enum mode mode;
static char dir[64];

START_TEST(grow)
{
    const char *tmp = getenv("TMPDIR");
    if (mode == IN_TEMP) {
        snprintf(dir, sizeof dir, "%s/ff-grow-XXXXXX", tmp && *tmp ? tmp : "/tmp");
        ck_assert_ptr_nonnull(mkdtemp(dir));
    }
    for (long n = FIRST < n_purchases ? FIRST : n_purchases;
         n < n_purchases && (mode == IN_TEMP || mode == IN_DIR); n *= 10) {
        fill_to(dir, n);
        measure_all(dir);
    }
    if (mode != ONLY_MEASURE)
        fill_to(dir, n_purchases);
    if (mode != ONLY_FILL)
        measure_all(dir);
    if (mode == IN_TEMP)
        ff_remove_tree(dir);
}
END_TEST

/* Takes the option from the arguments; how many words it was. */
static int read_mode(int argc, char **argv)
{
    static const char *const names[] = {"", "--in", "--keep", "--measure"};
    for (int i = IN_DIR; argc > 2 && i <= ONLY_MEASURE; i++) {
        if (strcmp(argv[1], names[i]) == 0) {
            mode = (enum mode)i;
            snprintf(dir, sizeof dir, "%s", argv[2]);
            return 2;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    long *args[] = {&n_purchases, &n_people, &n_products, &n_days};
    srandom((unsigned)time(NULL)); /* other keys than an earlier run on the file */
    int options = read_mode(argc, argv);
    for (int i = 1; i <= 4 && options + i < argc; i++)
        *args[i - 1] = strtol(argv[options + i], NULL, 10);
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
