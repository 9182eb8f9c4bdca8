/* SPDX-License-Identifier: MIT */
/* purchase.c - how many durable purchases a second the service books without HTTP, and what one
 * costs the writer. Not a test: `make build/tests/bench/purchase && build/tests/bench/purchase`.
 * Arguments: threads (64), purchases in all (50000), lines each (2), people (2000). With 0 threads
 * batches of 64 run back to back in one job each: the writer's own cost without waiting. */
#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../lib/money.h"
#include "domain/ledger/verify.h"

enum { PRODUCTS = 60, THREADS_MAX = 256, LINES_MAX = 10, BATCH = 64 };

static struct ff_fixture fx;
static int64_t first_person, first_product;
static long n_threads = 64, n_purchases = 50000, n_lines = 2, n_people = 2000;
static atomic_long next_purchase;

static double seconds(clockid_t clock)
{
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static enum ff_rc buy_one(struct ff_ctx *cx, long i, unsigned *seed)
{
    struct ff_purchase_item tray[LINES_MAX];
    struct ff_purchase p;
    for (long k = 0; k < n_lines; k++)
        tray[k] = (struct ff_purchase_item){first_product + (rand_r(seed) + k) % PRODUCTS, 1};
    int64_t person = first_person + rand_r(seed) % n_people;
    enum ff_rc rc = ff_test_buy_tray(cx, person, tray, (size_t)n_lines, ff_test_key(i), &p);
    if (rc) {
        fprintf(stderr, "%s\n", cx->err.detail);
        exit(1);
    }
    ff_arena_reset(cx->arena);
    return rc;
}

static void *customer(void *arg)
{
    struct ff_ctx cx;
    unsigned seed = (unsigned)(uintptr_t)arg;
    ff_test_caller(&fx, &cx);
    for (long i; (i = atomic_fetch_add(&next_purchase, 1)) < n_purchases;)
        (void)buy_one(&cx, i, &seed);
    ff_test_no_caller(&cx);
    return NULL;
}

static enum ff_rc batch(struct ff_ctx *cx, void *arg)
{
    for (int k = 0; k < BATCH; k++)
        (void)buy_one(cx, atomic_fetch_add(&next_purchase, 1), arg);
    return FF_OK;
}

static void run_batches(void)
{
    unsigned seed = 1;
    n_purchases -= n_purchases % BATCH;
    while (atomic_load(&next_purchase) < n_purchases) {
        ff_fixture_again(&fx);
        if (ff_db_write(&fx.cx, batch, &seed))
            exit(1);
    }
}

static void furnish(void)
{
    for (int i = 0; i < n_people; i++) {
        char number[16];
        snprintf(number, sizeof number, "B%05d", i);
        int64_t id = ff_fixture_person(&fx, number, "Customer", 50000000);
        ff_fixture_again(&fx);
        first_person = i ? first_person : id;
    }
    for (int i = 0; i < PRODUCTS; i++) {
        char name[16];
        snprintf(name, sizeof name, "Dish %d", i);
        int64_t id = ff_fixture_product(&fx, name, 100 + i);
        first_product = i ? first_product : id;
    }
}

/* CPU seconds of the busiest thread but this one: the writer. */
static double writer_seconds(void)
{
    double most = 0;
    DIR *dir = opendir("/proc/self/task");
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char path[300];
        unsigned long long ns = 0;
        snprintf(path, sizeof path, "/proc/self/task/%s/schedstat", e->d_name);
        FILE *f = fopen(path, "r");
        if (!f)
            continue;
        if (fscanf(f, "%llu", &ns) == 1 && (double)ns / 1e9 > most)
            most = (double)ns / 1e9;
        fclose(f);
    }
    if (dir)
        closedir(dir);
    return most;
}

static void measure_verify(void)
{
    struct ff_verify_report report;
    ff_fixture_again(&fx);
    double wall = seconds(CLOCK_MONOTONIC);
    enum ff_rc rc = ff_ledger_verify(&fx.cx, &report);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    printf("verify: %s, %lld journals in %.3f s\n", rc || !report.ok ? "FAILED" : "ok",
           (long long)report.journals, wall);
}

/* The fixture speaks through Check, so this runs as one of its tests. */
START_TEST(measure)
{
    static pthread_t threads[THREADS_MAX];
    struct ff_db_stats stats;
    ff_fixture_open(&fx);
    furnish();
    ff_db_get_stats(fx.db, &stats);
    int64_t commits = stats.commits;
    double wall = seconds(CLOCK_MONOTONIC), before = writer_seconds();
    if (n_threads == 0)
        run_batches();
    for (long i = 0; i < n_threads; i++)
        pthread_create(&threads[i], NULL, customer, (void *)(uintptr_t)(i + 1));
    for (long i = 0; i < n_threads; i++)
        pthread_join(threads[i], NULL);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    double writer = writer_seconds() - before;
    ff_db_get_stats(fx.db, &stats);
    printf("%ld purchases of %ld lines, %ld threads: %.0f/s, writer %.1f us each, %.1f a commit\n",
           n_purchases, n_lines, n_threads, (double)n_purchases / wall,
           writer * 1e6 / (double)n_purchases,
           (double)n_purchases / (double)(stats.commits - commits));
    measure_verify();
    ff_fixture_close(&fx);
}
END_TEST

int main(int argc, char **argv)
{
    long *args[] = {&n_threads, &n_purchases, &n_lines, &n_people};
    for (int i = 1; i < argc && i <= 4; i++)
        *args[i - 1] = strtol(argv[i], NULL, 10);
    if (n_threads > THREADS_MAX || n_lines > LINES_MAX)
        return 2;
    Suite *s = suite_create("purchase");
    TCase *t = tcase_create("bench");
    tcase_set_timeout(t, 0);
    tcase_add_test(t, measure);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
