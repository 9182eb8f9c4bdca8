/* SPDX-License-Identifier: MIT */
/* audit_keeper.c - one thread beside the server. The mark of the log's head is written without
 * waiting for the disk while people buy, and durably at start, once a day and at the stop, which is
 * also when the head goes to the server's log: whoever keeps that elsewhere can prove by it that
 * nothing was cut off. */
#include "app/audit_keeper.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/version.h"
#include "db/db.h"
#include "domain/audit/queue.h"
#include "domain/audit/verify.h"

enum { LOOK_MS = 500, DAY_MS = 86400000 };

struct ff_audit_keeper {
    struct ff_app *app;
    struct ff_arena *arena;
    pthread_t thread;
    pthread_mutex_t lock; /* guards is_ending */
    pthread_cond_t end;
    bool is_ending, is_failing, is_broken;
    uint64_t seen;   /* generation of the table at the last look */
    int64_t said_ms; /* monotonic: when the head was last in the server's log */
};

static void say(const struct ff_mark *head, const char *when)
{
    char hash[2 * sizeof head->hash + 1];
    ff_hex(head->hash, sizeof head->hash, hash);
    ff_log(ff_app_news_level(), NULL, "audit head",
           (struct ff_log_kv[]){{"seq", NULL, head->seq}, {"hash", hash, 0}, {"at", when, 0}}, 3);
}

/* One word of it in the log is enough, until it works again. */
static void complain(struct ff_audit_keeper *k, const struct ff_ctx *cx, enum ff_rc rc)
{
    if (rc && !k->is_failing)
        ff_logf(FF_LOG_ERROR, NULL, "audit log: %s", cx->err.detail);
    k->is_failing = rc != FF_OK;
}

/* It is in the log from here on, whatever becomes of the mark. */
static void note_broken(struct ff_ctx *cx, const struct ff_mark *head)
{
    const struct ff_audit_value values[] = {{"headSeq", NULL, head->seq},
                                            {"finding", cx->err.detail, 0}};
    ff_audit_note(cx, &(struct ff_audit){.action = "audit.broken",
                                         .entity = "audit",
                                         .after = values,
                                         .n_after = sizeof values / sizeof values[0]});
}

static enum ff_rc mark(struct ff_audit_keeper *k, struct ff_ctx *cx, const char *when)
{
    struct ff_mark head = {0};
    enum ff_rc rc = ff_audit_mark(cx, when != NULL, &head);
    ff_db_release(cx);
    if (when && head.seq)
        say(&head, when);
    if (rc == FF_STORAGE_FAULT && !k->is_broken)
        note_broken(cx, &head);
    k->is_broken = rc == FF_STORAGE_FAULT;
    return rc;
}

/* A restored database lacks what was recorded after its copy was made: that is recorded too. */
static enum ff_rc record_restore(struct ff_audit_keeper *k, struct ff_ctx *cx)
{
    struct ff_mark before, head;
    bool found = false;
    enum ff_rc rc = ff_mark_read_aside(cx, k->app->dir, &before, &found);
    if (!found || rc || (rc = ff_audit_head(cx, &head)))
        return rc;
    const struct ff_audit_value was = {"auditSeq", NULL, before.seq},
                                is = {"auditSeq", NULL, head.seq};
    ff_audit_note(cx, &(struct ff_audit){.action = "backup.restore",
                                         .entity = "backup",
                                         .before = &was,
                                         .n_before = 1,
                                         .after = &is,
                                         .n_after = 1});
    if (!(rc = ff_audit_flush(cx)))
        ff_mark_drop_aside(k->app->dir);
    return rc;
}

/* `when` NULL: nothing special. */
static void look(struct ff_audit_keeper *k, const char *when)
{
    struct ff_ctx cx;
    ff_arena_reset(k->arena);
    ff_app_ctx(k->app, k->arena, &cx);
    enum ff_rc rc = ff_audit_flush(&cx);
    const uint64_t now = ff_db_generation(k->app->db, FF_TABLE_AUDIT);
    if (!rc && (when || now != k->seen)) {
        k->seen = now;
        rc = mark(k, &cx, when);
    }
    complain(k, &cx, rc);
    ff_db_release(&cx);
}

static bool wait(struct ff_audit_keeper *k)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_MS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&k->lock);
    while (!k->is_ending && pthread_cond_timedwait(&k->end, &k->lock, &until) == 0)
        ;
    bool goes_on = !k->is_ending;
    pthread_mutex_unlock(&k->lock);
    return goes_on;
}

static void *run(void *arg)
{
    struct ff_audit_keeper *k = arg;
    while (wait(k)) {
        const int64_t now_ms = ff_clock_mono_ms(k->app->clock);
        const bool is_daily = now_ms - k->said_ms >= DAY_MS;
        look(k, is_daily ? "daily" : NULL);
        if (is_daily)
            k->said_ms = now_ms;
    }
    return NULL;
}

static void note_start(struct ff_ctx *cx)
{
    const struct ff_audit_value is[] = {{"version", ff_version(), 0},
                                        {"schemaVersion", NULL, ff_db_schema_version()}};
    ff_audit_note(cx, &(struct ff_audit){.action = "server.start",
                                         .entity = "server",
                                         .after = is,
                                         .n_after = sizeof is / sizeof is[0]});
}

static void start(struct ff_audit_keeper *k)
{
    struct ff_ctx cx;
    ff_app_ctx(k->app, k->arena, &cx);
    note_start(&cx);
    complain(k, &cx, record_restore(k, &cx));
    ff_db_release(&cx);
    look(k, "start");
    k->said_ms = ff_clock_mono_ms(k->app->clock);
}

static void note_stop(struct ff_audit_keeper *k)
{
    struct ff_ctx cx;
    ff_arena_reset(k->arena);
    ff_app_ctx(k->app, k->arena, &cx);
    ff_audit_note(&cx, &(struct ff_audit){.action = "server.stop", .entity = "server"});
}

static void free_keeper(struct ff_audit_keeper *k)
{
    ff_arena_free(k->arena);
    pthread_cond_destroy(&k->end);
    pthread_mutex_destroy(&k->lock);
    free(k);
}

struct ff_audit_keeper *ff_audit_keeper_start(struct ff_app *app)
{
    struct ff_audit_keeper *k = calloc(1, sizeof *k);
    pthread_condattr_t attr;
    if (!k)
        return NULL;
    k->app = app;
    k->arena = ff_arena_new(0);
    pthread_mutex_init(&k->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&k->end, &attr);
    pthread_condattr_destroy(&attr);
    if (k->arena)
        start(k);
    if (k->arena && pthread_create(&k->thread, NULL, run, k) == 0)
        return k;
    free_keeper(k);
    return NULL;
}

void ff_audit_keeper_stop(struct ff_audit_keeper *k)
{
    if (!k)
        return;
    pthread_mutex_lock(&k->lock);
    k->is_ending = true;
    pthread_cond_signal(&k->end);
    pthread_mutex_unlock(&k->lock);
    pthread_join(k->thread, NULL);
    note_stop(k);
    look(k, "stop");
    free_keeper(k);
}
