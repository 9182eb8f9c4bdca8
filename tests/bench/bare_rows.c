/* SPDX-License-Identifier: MIT */
/* bare_rows.c - the engine's own limit: rows like those of a purchase of two lines, durable before
 * their caller goes on, and nothing else.
 *   bare_rows [THREADS [SECONDS [DIR]]]     (64, 3, TMPDIR)
 * Same file settings, same group commit (one writer takes all that wait), same rows and the indexes
 * that lists need; no checks, keys, triggers, hashes, savepoints or HTTP.  Prints one line. */
#include <inttypes.h>
#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MAX_THREADS = 256, MAX_SAMPLES = 1 << 20, PEOPLE = 300, IDLE_FRAMES = 16384 };

static const char setup[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
    "PRAGMA cache_size=-16384; PRAGMA secure_delete=1; PRAGMA journal_size_limit=67108864;"
    "CREATE TABLE wallet (id INTEGER PRIMARY KEY, floor INT, balance INT, last INT, day TEXT,"
    "  day_spent INT, month TEXT, month_spent INT);"
    "CREATE TABLE journal (id INTEGER PRIMARY KEY, kind TEXT, recorded INT, occurred INT,"
    "  business_date TEXT, period INT, actor INT, device INT, scope INT, key TEXT, fp BLOB,"
    "  reverses INT, reason TEXT, enforce INT, prev_hash BLOB, hash BLOB);"
    "CREATE INDEX journal_time ON journal(recorded);"
    "CREATE TABLE entry (journal INT, account INT, amount INT, balance_after INT,"
    "  PRIMARY KEY (journal, account)) WITHOUT ROWID;"
    "CREATE INDEX entry_wallet ON entry(account, journal, balance_after)"
    "  WHERE balance_after IS NOT NULL;"
    "CREATE TABLE purchase (journal INTEGER PRIMARY KEY, employee INT, gross INT, wallet INT,"
    "  allowance INT, subsidy INT, department INT);"
    "CREATE TABLE line (journal INT, line_no INT, product INT, name TEXT, qty INT, price INT,"
    "  gross INT, tax_rate INT, tax INT, subsidy INT, allowance INT, wallet INT,"
    "  PRIMARY KEY (journal, line_no)) WITHOUT ROWID;"
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, at INT, action TEXT, entity TEXT, entity_id INT,"
    "  user INT, employee INT, device INT, cli INT, address TEXT, request TEXT, reason TEXT,"
    "  subject_kind INT, subject INT, detail BLOB, hash BLOB);";

/* ?1: the journal, ?2: the wallet. */
static const char *const rows[] = {
    "BEGIN IMMEDIATE",
    "COMMIT",
    "UPDATE wallet SET balance = balance - 250, last = ?1, day_spent = day_spent + 250,"
    " month_spent = month_spent + 250 WHERE id = ?2",
    "INSERT INTO entry VALUES (?1, ?2, -250, 1000), (?1, 1000, 250, NULL)",
    "INSERT INTO purchase VALUES (?1, ?2, 250, 250, 0, 0, 1)",
    "INSERT INTO line VALUES (?1, 1, 7, 'Dish number 7', 1, 125, 125, 0, 0, 0, 0, 125),"
    " (?1, 2, 9, 'Dish number 9', 1, 125, 125, 0, 0, 0, 0, 125)",
    "INSERT INTO journal VALUES (?1, 'purchase', 1764000000000 + ?1, 1764000000000 + ?1,"
    " '2026-11-26', 1, ?2, NULL, ?2, printf('key-of-purchase-%016d', ?1), zeroblob(16), NULL, NULL,"
    " 1, zeroblob(32), zeroblob(32))",
    "INSERT INTO audit VALUES (?1, 1764000000000 + ?1, 'purchase.create', 'purchase', ?1, ?2, ?2,"
    " NULL, NULL, '127.0.0.1', printf('%026d', ?1), NULL, 1, ?2, zeroblob(64), zeroblob(32))",
};
enum { BEGIN, COMMIT, FIRST_ROW, N_ROWS = sizeof rows / sizeof *rows };

struct caller {
    struct caller *next;
    sem_t done;
    int64_t wallet;
};

static struct caller callers[MAX_THREADS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards waiting, is_idle */
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static struct caller *waiting;
static bool is_idle;
static atomic_bool over;
static sqlite3 *sq;
static sqlite3_stmt *st[N_ROWS];
static int64_t next_id = 1, n_commits;
static int32_t *samples_us;
static atomic_int n_samples;

static int64_t now_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void must(int rc)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE)
        return;
    fprintf(stderr, "bare_rows: %s\n", sqlite3_errmsg(sq));
    exit(1);
}

static void step(int i)
{
    must(sqlite3_step(st[i]));
    must(sqlite3_reset(st[i]));
}

static void book(int64_t wallet)
{
    for (int i = FIRST_ROW; i < N_ROWS; i++) {
        must(sqlite3_bind_int64(st[i], 1, next_id));
        if (sqlite3_bind_parameter_count(st[i]) > 1)
            must(sqlite3_bind_int64(st[i], 2, wallet));
        step(i);
    }
    next_id++;
}

static int after_commit(void *arg, sqlite3 *db, const char *name, int frames)
{
    (void)arg, (void)name;
    if (frames > IDLE_FRAMES)
        must(sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL));
    return SQLITE_OK;
}

static void *writer(void *arg)
{
    (void)arg;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (!waiting && !atomic_load(&over)) {
            is_idle = true;
            pthread_cond_wait(&work, &lock);
        }
        struct caller *batch = waiting;
        waiting = NULL;
        is_idle = false;
        pthread_mutex_unlock(&lock);
        if (!batch)
            return NULL;
        step(BEGIN);
        for (struct caller *c = batch; c; c = c->next)
            book(c->wallet);
        step(COMMIT);
        n_commits++;
        for (struct caller *next; batch; batch = next) {
            next = batch->next;
            sem_post(&batch->done);
        }
    }
}

static void *customer(void *arg)
{
    struct caller *c = arg;
    while (!atomic_load(&over)) {
        int64_t began = now_us();
        c->wallet = 1 + (c->wallet + MAX_THREADS - 1) % PEOPLE;
        pthread_mutex_lock(&lock);
        c->next = waiting;
        waiting = c;
        bool wake = is_idle;
        is_idle = false;
        pthread_mutex_unlock(&lock);
        if (wake)
            pthread_cond_signal(&work);
        while (sem_wait(&c->done))
            ;
        int i = atomic_fetch_add(&n_samples, 1);
        if (i < MAX_SAMPLES)
            samples_us[i] = (int32_t)(now_us() - began);
    }
    return NULL;
}

static void open_file(const char *path)
{
    must(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0));
    must(sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    must(sqlite3_exec(sq, setup, NULL, NULL, NULL));
    for (int i = 0; i < N_ROWS; i++)
        must(sqlite3_prepare_v3(sq, rows[i], -1, SQLITE_PREPARE_PERSISTENT, &st[i], NULL));
    must(sqlite3_exec(sq,
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300)"
                      " INSERT INTO wallet SELECT i, 0, 90000000, 0, '', 0, '', 0 FROM n",
                      NULL, NULL, NULL));
    (void)sqlite3_wal_hook(sq, after_commit, NULL);
}

static int ascending(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void report(int threads, int64_t us)
{
    int64_t n = atomic_load(&n_samples), kept = n < MAX_SAMPLES ? n : MAX_SAMPLES;
    qsort(samples_us, (size_t)kept, sizeof *samples_us, ascending);
    printf("threads=%d per_s=%" PRId64 " commits_per_s=%" PRId64 " p50_us=%d p99_us=%d\n", threads,
           n * 1000000 / us, n_commits * 1000000 / us, samples_us[kept / 2],
           samples_us[kept * 99 / 100]);
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 64;
    int seconds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 3;
    const char *dir = argc > 3 ? argv[3] : getenv("TMPDIR");
    char path[512];
    pthread_t id[MAX_THREADS], writer_id;
    if (threads < 1 || threads > MAX_THREADS || seconds < 1)
        return 64;
    snprintf(path, sizeof path, "%s/bare-rows-XXXXXX", dir ? dir : "/tmp");
    int fd = mkstemp(path);
    samples_us = calloc(MAX_SAMPLES, sizeof *samples_us);
    if (fd < 0 || !samples_us)
        return 73;
    close(fd);
    open_file(path);
    int64_t began = now_us();
    pthread_create(&writer_id, NULL, writer, NULL);
    for (int i = 0; i < threads; i++) {
        sem_init(&callers[i].done, 0, 0);
        callers[i].wallet = i;
        pthread_create(&id[i], NULL, customer, &callers[i]);
    }
    nanosleep(&(struct timespec){.tv_sec = seconds}, NULL);
    atomic_store(&over, true);
    for (int i = 0; i < threads; i++)
        pthread_join(id[i], NULL);
    int64_t us = now_us() - began;
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&work);
    pthread_mutex_unlock(&lock);
    pthread_join(writer_id, NULL);
    report(threads, us);
    for (int i = 0; i < N_ROWS; i++)
        sqlite3_finalize(st[i]);
    sqlite3_close(sq); /* takes the WAL with it */
    (void)unlink(path);
    free(samples_us);
    return 0;
}
