/* SPDX-License-Identifier: MIT */
/* db_writer.c - how many jobs a second the writer makes durable.
 *   db_writer [THREADS [SECONDS [DIR]]]
 * Each job inserts three rows of a small table and waits for its commit, as a purchase does; the
 * settings are those of the product (WAL, synchronous FULL).  Prints one line. */
#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../lib/store.h"

enum { MAX_THREADS = 256, MAX_SAMPLES = 1 << 20 };

static struct ff_store store;
static atomic_bool over;
static atomic_int_least64_t next_id = 1000, done;
static int32_t *samples_us;
static atomic_int n_samples;

static int64_t now_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static enum ff_rc three_rows(struct ff_ctx *cx, void *arg)
{
    int64_t first = *(int64_t *)arg;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MIGRATION_ADD, &st);
    for (int64_t id = first; !rc && id < first + 3; id++) {
        ff_db_int(st, FF_P_MIGRATION_ADD_VERSION, id);
        ff_db_text(st, FF_P_MIGRATION_ADD_NAME, "a row of the size of an entry");
        ff_db_text(st, FF_P_MIGRATION_ADD_CHECKSUM,
                   "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        ff_db_int(st, FF_P_MIGRATION_ADD_NOW, id);
        rc = ff_db_run(cx, st);
    }
    return rc;
}

static void *caller(void *arg)
{
    struct ff_ctx cx;
    (void)arg;
    ff_store_caller(&store, &cx);
    while (!atomic_load(&over)) {
        int64_t id = atomic_fetch_add(&next_id, 3), began = now_us();
        if (ff_db_write(&cx, three_rows, &id)) {
            fprintf(stderr, "%s\n", cx.err.detail);
            exit(1);
        }
        int i = atomic_fetch_add(&n_samples, 1);
        if (i < MAX_SAMPLES)
            samples_us[i] = (int32_t)(now_us() - began);
        atomic_fetch_add(&done, 1);
    }
    ff_store_no_caller(&cx);
    return NULL;
}

static int ascending(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 64;
    int seconds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 3;
    pthread_t id[MAX_THREADS];
    if (threads < 1 || threads > MAX_THREADS)
        return 64;
    if (argc > 3)
        setenv("TMPDIR", argv[3], 1);
    samples_us = calloc(MAX_SAMPLES, sizeof *samples_us);
    ff_store_open(&store);
    int64_t began = now_us();
    for (int i = 0; i < threads; i++)
        pthread_create(&id[i], NULL, caller, NULL);
    nanosleep(&(struct timespec){.tv_sec = seconds}, NULL);
    atomic_store(&over, true);
    for (int i = 0; i < threads; i++)
        pthread_join(id[i], NULL);
    int64_t us = now_us() - began, n = atomic_load(&n_samples);
    struct ff_db_stats s;
    ff_db_get_stats(store.db, &s);
    n = n > MAX_SAMPLES ? MAX_SAMPLES : n;
    qsort(samples_us, (size_t)n, sizeof *samples_us, ascending);
    printf("threads=%d jobs_per_s=%" PRId64 " commits_per_s=%" PRId64 " jobs_per_commit=%" PRId64
           " p50_us=%d p99_us=%d checkpoints=%" PRId64 "\n",
           threads, s.jobs * 1000000 / us, s.commits * 1000000 / us, s.jobs / s.commits,
           samples_us[n / 2], samples_us[n * 99 / 100], s.checkpoints);
    ff_store_close(&store);
    free(samples_us);
    return 0;
}
