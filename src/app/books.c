/* SPDX-License-Identifier: MIT */
/* books.c - quick_check, references, then every journal, beside the people who buy. */
#include "app/books.h"

#include <pthread.h>
#include <stdlib.h>

#include "db/db.h"
#include "domain/ledger/verify.h"

struct ff_books {
    struct ff_app *app;
    pthread_t thread;
};

static enum ff_ledger_state check(struct ff_books *books, struct ff_ctx *cx)
{
    struct ff_verify_report report = {.ok = true};
    enum ff_rc rc = ff_db_check(cx);
    if (!rc)
        rc = ff_ledger_verify(cx, &report);
    if (atomic_load(&books->app->health.stopping))
        return FF_LEDGER_CHECKING;
    if (rc == FF_OK && report.ok) {
        ff_log(ff_app_news_level(), NULL, "books checked",
               &(struct ff_log_kv){"journals", NULL, report.journals}, 1);
        return FF_LEDGER_OK;
    }
    ff_logf(FF_LOG_ERROR, NULL, "the books are not sound, nothing is booked any more: %s",
            rc ? cx->err.detail : report.finding);
    return FF_LEDGER_FAILED;
}

static void *run(void *arg)
{
    struct ff_books *books = arg;
    struct ff_arena *arena = ff_arena_new(8 << 20);
    struct ff_ctx cx;
    enum ff_ledger_state state = FF_LEDGER_FAILED;
    if (arena) {
        ff_app_ctx(books->app, arena, &cx);
        state = check(books, &cx);
        ff_db_release(&cx);
    }
    ff_arena_free(arena);
    atomic_store(&books->app->health.ledger, (int)state);
    return NULL;
}

struct ff_books *ff_books_start(struct ff_app *app)
{
    struct ff_books *books = calloc(1, sizeof *books);
    atomic_store(&app->health.ledger, FF_LEDGER_CHECKING);
    if (!books)
        return NULL;
    books->app = app;
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
