/* SPDX-License-Identifier: MIT */
/* books.c - the slow rows of the check table, beside the people who buy. */
#include "app/books.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/audit/verify.h"

struct ff_books {
    struct ff_app *app;
    const struct ff_options *options;
    pthread_t thread;
};

/* An audit log that does not hold is said aloud and recorded, but nobody goes hungry for it: the
 * books are sound, and selling on makes nothing worse. */
static void prove_audit(struct ff_ctx *cx)
{
    struct ff_audit_report report;
    enum ff_rc rc = ff_audit_verify(cx, NULL, &report);
    if (rc || report.ok)
        return;
    const struct ff_audit_value values[] = {{"entry", NULL, report.seq},
                                            {"finding", report.finding, 0}};
    ff_logf(FF_LOG_ERROR, NULL, "the audit log does not hold at entry %lld: %s",
            (long long)report.seq, report.finding);
    ff_audit_note(cx, &(struct ff_audit){.action = "audit.broken",
                                         .entity = "audit",
                                         .after = values,
                                         .n_after = sizeof values / sizeof values[0]});
}

/* A look that found no reader free has found nothing: after a moment it is taken again. */
static bool may_try_again(const struct ff_books *books, struct ff_ctx *cx)
{
    static const struct timespec moment = {.tv_nsec = 200000000};
    if (cx->err.rc != FF_BUSY || atomic_load(&books->app->health.stopping))
        return false;
    ff_err_clear(cx);
    (void)nanosleep(&moment, NULL);
    return true;
}

static void look(struct ff_books *books, const struct ff_check *row, struct ff_check_env *env,
                 struct ff_finding *f)
{
    do {
        ff_check_run(row, env, f);
        ff_db_release(env->cx); /* each takes long: no snapshot outlives it */
    } while (f->level == FF_CHECK_ERROR && may_try_again(books, env->cx));
}

static enum ff_ledger_state check(struct ff_books *books, struct ff_ctx *cx)
{
    struct ff_check_env env = ff_check_env_of(books->app, books->options);
    struct ff_finding f = {.level = FF_CHECK_OK};
    env.cx = cx;
    for (size_t i = 0; i < ff_n_checks && f.level != FF_CHECK_ERROR; i++) {
        if (ff_checks[i].when & FF_AT_BOOKS)
            look(books, &ff_checks[i], &env, &f);
    }
    if (atomic_load(&books->app->health.stopping))
        return FF_LEDGER_CHECKING;
    if (f.level != FF_CHECK_ERROR) {
        prove_audit(cx);
        ff_log(ff_app_news_level(), NULL, "books checked",
               &(struct ff_log_kv){"finding", f.text, 0}, 1);
        return FF_LEDGER_OK;
    }
    ff_logf(FF_LOG_ERROR, NULL, "the books are not sound, nothing is booked any more: %s", f.text);
    return FF_LEDGER_FAILED;
}

/* Behind everybody who buys: whoever waits for the first answer does not wait for this. The number
 * 0 is the thread that calls; where the system does not allow it, it is as fast as the rest. */
static void step_back(void)
{
    enum { LAST = 19 };
    (void)setpriority(PRIO_PROCESS, 0, LAST);
}

static void *run(void *arg)
{
    struct ff_books *books = arg;
    step_back();
    struct ff_arena *arena = ff_arena_new(8 << 20);
    struct ff_ctx cx;
    enum ff_ledger_state state = FF_LEDGER_FAILED;
    if (arena) {
        ff_app_ctx(books->app, arena, &cx);
        cx.is_unhurried = true; /* on a slow disk too: unproven is not unsound */
        state = check(books, &cx);
        ff_db_release(&cx);
    }
    ff_arena_free(arena);
    atomic_store(&books->app->health.ledger, (int)state);
    ff_app_shrink(books->app);
    return NULL;
}

struct ff_books *ff_books_start(struct ff_app *app, const struct ff_options *options)
{
    struct ff_books *books = calloc(1, sizeof *books);
    atomic_store(&app->health.ledger, FF_LEDGER_CHECKING);
    if (!books)
        return NULL;
    books->app = app;
    books->options = options;
    if (pthread_create(&books->thread, NULL, run, books) == 0)
        return books;
    free(books);
    return NULL;
}

void ff_books_join(struct ff_books *books)
{
    if (!books)
        return;
    pthread_join(books->thread, NULL);
    free(books);
}
