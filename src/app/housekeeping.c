/* SPDX-License-Identifier: MIT */
/* housekeeping.c - purges what is past its time, renews the keys of tokens and sums up the days
 * that have ended, books back allowances that ran out, once an hour of the application's clock
 * (which a test moves), looking at that clock every second. First of all, the catalogue is made for
 * the cache. */
#include "app/housekeeping.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "db/db.h"
#include "domain/audit/purge.h"
#include "domain/catalog/image.h"
#include "domain/catalog/price.h"
#include "domain/identity/signing_key.h"
#include "domain/ledger/approval.h"
#include "domain/privacy/privacy.h"
#include "domain/report/rollup.h"
#include "domain/subsidy/allowance.h"
#include "http/warm.h"

enum { HOUR_MS = 3600000 };

struct ff_housekeeping {
    struct ff_app *app;
    struct ff_purge_watch watch;
    pthread_t thread;
    pthread_mutex_t lock; /* guards is_ending */
    pthread_cond_t end;
    bool is_ending;
};

/* The audit log has a time of its own, which the site sets. */
static void purge_audit(struct ff_ctx *cx)
{
    int64_t rows = 0;
    ff_err_clear(cx);
    if (ff_audit_purge(cx, ff_site_get(cx).audit_days, &rows))
        ff_logf(FF_LOG_WARN, NULL, "housekeeping: audit log: %s", cx->err.detail);
    else if (rows)
        ff_log(ff_app_news_level(), NULL, "housekeeping",
               &(struct ff_log_kv){"auditPurged", NULL, rows}, 1);
}

/* What nobody agreed to in time. */
static void expire_approvals(struct ff_ctx *cx)
{
    int64_t n = 0;
    if (ff_approval_expire(cx, &n)) {
        ff_logf(FF_LOG_WARN, NULL, "housekeeping: approvals: %s", cx->err.detail);
        ff_err_clear(cx);
    } else if (n) {
        ff_log(ff_app_news_level(), NULL, "housekeeping",
               &(struct ff_log_kv){"approvalsExpired", NULL, n}, 1);
    }
}

static bool is_ending(struct ff_housekeeping *h)
{
    pthread_mutex_lock(&h->lock);
    const bool ends = h->is_ending;
    pthread_mutex_unlock(&h->lock);
    return ends;
}

/* Small jobs, one after the other: those who buy come in between. After a long time without the
 * server there are many. */
static void sum_up(struct ff_housekeeping *h, struct ff_ctx *cx)
{
    int64_t before = 0, after = 0;
    bool more = true;
    ff_err_clear(cx);
    enum ff_rc rc = ff_rollup_last(cx, &before);
    while (more && !rc && !is_ending(h)) {
        ff_arena_reset(cx->arena);
        rc = ff_rollup_step(cx, &more);
    }
    if (rc || ff_rollup_last(cx, &after))
        ff_logf(FF_LOG_WARN, NULL, "housekeeping: sums of days: %s", cx->err.detail);
    else if (after != before)
        ff_log(ff_app_news_level(), NULL, "housekeeping",
               &(struct ff_log_kv){"summedUpTo", NULL, after}, 1);
}

/* What was not spent by its last day goes back to the employer. */
static void expire_allowances(struct ff_ctx *cx)
{
    int64_t people = 0;
    if (ff_allowance_expire(cx, &people)) {
        ff_logf(FF_LOG_WARN, NULL, "housekeeping: allowances: %s", cx->err.detail);
        ff_err_clear(cx);
    } else if (people)
        ff_log(ff_app_news_level(), NULL, "housekeeping",
               &(struct ff_log_kv){"allowancesExpired", NULL, people}, 1);
}

/* Pictures that no product has any more. */
static void forget_pictures(struct ff_ctx *cx)
{
    int64_t n = 0;
    ff_err_clear(cx);
    if (ff_image_purge(cx, &n))
        ff_logf(FF_LOG_WARN, NULL, "housekeeping: pictures: %s", cx->err.detail);
    else if (n)
        ff_log(ff_app_news_level(), NULL, "housekeeping",
               &(struct ff_log_kv){"picturesForgotten", NULL, n}, 1);
}

static void pass(struct ff_housekeeping *h)
{
    struct ff_arena *arena = ff_arena_new(0);
    struct ff_purge_report report = {0};
    struct ff_ctx cx;
    if (!arena)
        return;
    ff_app_ctx(h->app, arena, &cx);
    if (ff_key_tend(&cx)) {
        ff_logf(FF_LOG_WARN, NULL, "housekeeping: %s", cx.err.detail);
        ff_err_clear(&cx);
    }
    expire_approvals(&cx);
    expire_allowances(&cx);
    if (ff_privacy_purge(&cx, &h->watch, &report))
        ff_logf(FF_LOG_WARN, NULL, "housekeeping: %s", cx.err.detail);
    else if (report.rows)
        ff_log(ff_app_news_level(), NULL, "housekeeping",
               &(struct ff_log_kv){"purged", NULL, report.rows}, 1);
    if (!cx.err.rc && !report.is_suspended)
        purge_audit(&cx);
    if (!report.is_suspended)
        forget_pictures(&cx);
    sum_up(h, &cx);
    ff_db_release(&cx);
    ff_arena_free(arena);
}

/* At the beginning of a business day, whoever comes first. */
static void begin_prices(struct ff_housekeeping *h)
{
    struct ff_arena *arena = ff_arena_new(0);
    struct ff_ctx cx;
    if (!arena)
        return;
    ff_app_ctx(h->app, arena, &cx);
    if (ff_price_tend(&cx))
        ff_logf(FF_LOG_WARN, NULL, "housekeeping: planned prices: %s", cx.err.detail);
    ff_db_release(&cx);
    ff_arena_free(arena);
}

/* The first visitor finds the catalogue made. */
static void warm(struct ff_housekeeping *h)
{
    struct ff_arena *arena = ff_arena_new(0);
    struct ff_ctx cx;
    if (!arena)
        return;
    ff_app_ctx(h->app, arena, &cx);
    ff_warm(&cx);
    ff_arena_free(arena);
    ff_app_shrink(h->app);
}

/* A second, or until the end. False at the end. */
static bool wait_a_second(struct ff_housekeeping *h)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    pthread_mutex_lock(&h->lock);
    while (!h->is_ending && pthread_cond_timedwait(&h->end, &h->lock, &until) == 0)
        ;
    bool goes_on = !h->is_ending;
    pthread_mutex_unlock(&h->lock);
    return goes_on;
}

/* Books that do not add up are left as they are, for whoever looks into it. */
static bool may_write(const struct ff_app *app)
{
    return atomic_load(&app->health.ledger) != FF_LEDGER_FAILED;
}

static void *run(void *arg)
{
    struct ff_housekeeping *h = arg;
    int64_t due_ms = ff_clock_mono_ms(h->app->clock);
    warm(h);
    while (wait_a_second(h)) {
        int64_t now_ms = ff_clock_mono_ms(h->app->clock);
        if (may_write(h->app))
            begin_prices(h);
        if (now_ms < due_ms || !may_write(h->app))
            continue;
        pass(h);
        ff_app_shrink(h->app);
        due_ms = now_ms + HOUR_MS;
    }
    return NULL;
}

struct ff_housekeeping *ff_housekeeping_start(struct ff_app *app)
{
    struct ff_housekeeping *h = calloc(1, sizeof *h);
    pthread_condattr_t attr;
    if (!h)
        return NULL;
    h->app = app;
    pthread_mutex_init(&h->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&h->end, &attr);
    pthread_condattr_destroy(&attr);
    if (pthread_create(&h->thread, NULL, run, h) == 0)
        return h;
    free(h);
    return NULL;
}

void ff_housekeeping_stop(struct ff_housekeeping *h)
{
    if (!h)
        return;
    pthread_mutex_lock(&h->lock);
    h->is_ending = true;
    pthread_cond_signal(&h->end);
    pthread_mutex_unlock(&h->lock);
    pthread_join(h->thread, NULL);
    pthread_cond_destroy(&h->end);
    pthread_mutex_destroy(&h->lock);
    free(h);
}
