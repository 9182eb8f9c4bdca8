/* SPDX-License-Identifier: MIT */
/* price_due.c - planned prices that begin. When the next one does is kept in memory, so that a
 * purchase asks the database only on a day on which one may begin. Invariant: what is kept is never
 * later than the truth. It is learnt only by a look that found nothing due, and forgotten by every
 * job that plans, takes back or begins one, even if that job is taken back itself. */
#include <stdlib.h>

#include "domain/catalog/price_repo.h"
#include "domain/site/site.h"

enum { AHEAD_MS = 14 * 3600000 };

/* "2026-11-27" as 20261127. */
static int64_t number_of(const char *date)
{
    int64_t number = 0;
    for (; *date; date++)
        if (*date != '-')
            number = number * 10 + (*date - '0');
    return number;
}

static enum ff_rc learn(struct ff_ctx *cx)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRICE_NEXT, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    const char *day = row ? ff_db_col_text(cx, st, FF_C_PRICE_NEXT_VALID_FROM) : NULL;
    ff_site_set_next_day(cx, day ? number_of(day) : row ? FF_SITE_NOT_KNOWN : INT64_MAX);
    return cx->err.rc;
}

void ff_price_watch(struct ff_ctx *cx)
{
    if (learn(cx)) /* then the first purchase looks */
        ff_err_clear(cx);
    ff_db_release(cx);
}

struct due {
    int64_t id, product_id, price, user_id;
};

static enum ff_rc read_due(struct ff_ctx *cx, const char *today, struct ff_list *out)
{
    FF_STMT *st = NULL;
    bool row;
    struct ff_rows rows = {0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRICE_DUE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PRICE_DUE_TODAY, today);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct due *d = ff_rows_add(cx, &rows, sizeof *d);
        if (!d)
            return cx->err.rc;
        *d = (struct due){
            ff_db_col_int(st, FF_C_PRICE_DUE_ID), ff_db_col_int(st, FF_C_PRICE_DUE_PRODUCT_ID),
            ff_db_col_int(st, FF_C_PRICE_DUE_PRICE), ff_db_col_int(st, FF_C_PRICE_DUE_USER)};
    }
    *out = rows.list;
    return rc;
}

static enum ff_rc mark(struct ff_ctx *cx, int64_t id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRICE_APPLIED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRICE_APPLIED_ID, id);
    ff_db_int(st, FF_P_PRICE_APPLIED_NOW, ff_clock_now_ms(cx->clock));
    return ff_db_run(cx, st);
}

static enum ff_rc begin_one(struct ff_ctx *cx, const struct due *d)
{
    struct ff_product before, after;
    enum ff_rc rc = ff_product_read(cx, d->product_id, 1, &before);
    if (rc || (rc = mark(cx, d->id)) || before.price == d->price)
        return rc;
    after = before;
    after.price = d->price;
    rc = ff_product_write(cx, &after);
    return rc ? rc : ff_product_record(cx, "product.price", &before, &after);
}

/* Whoever buys first that day has nothing to do with it. */
static enum ff_rc begin_for(struct ff_ctx *cx, const struct due *d)
{
    const struct ff_actor caller = cx->who;
    const char *address = cx->address;
    cx->who = (struct ff_actor){
        .role = FF_ROLE_ADMIN, .scope = FF_ALL, .is_cli = !d->user_id, .user_id = d->user_id};
    cx->address = NULL;
    enum ff_rc rc = begin_one(cx, d);
    cx->who = caller;
    cx->address = address;
    return rc;
}

enum ff_rc ff_price_begin(struct ff_ctx *cx, const char *today)
{
    struct ff_list due = {0};
    int64_t next = ff_site_next_day(cx);
    if (next == INT64_MAX || (next != FF_SITE_NOT_KNOWN && number_of(today) < next))
        return FF_OK;
    enum ff_rc rc = read_due(cx, today, &due);
    if (rc || !due.n)
        return rc ? rc : learn(cx);
    ff_site_set_next_day(cx, FF_SITE_NOT_KNOWN);
    const struct due *all = due.items;
    for (size_t i = 0; !rc && i < due.n; i++)
        rc = begin_for(cx, &all[i]);
    return rc;
}

/* No business date of now is later than this one: no zone is more than 14 hours ahead. Every list
 * from the cache asks, and the C library tells of the zone under one lock for all threads. */
static int64_t latest_today(struct ff_ctx *cx)
{
    char text[FF_INSTANT_CAP];
    ff_instant_format(ff_clock_now_ms(cx->clock) + AHEAD_MS, text);
    text[FF_DATE_CAP - 1] = '\0';
    return number_of(text);
}

bool ff_price_is_due(struct ff_ctx *cx)
{
    char today[FF_DATE_CAP];
    int64_t next = ff_site_next_day(cx);
    if (next == INT64_MAX || next == FF_SITE_NOT_KNOWN)
        return next == FF_SITE_NOT_KNOWN;
    if (latest_today(cx) < next)
        return false;
    ff_price_today(cx, today);
    return number_of(today) >= next;
}

static enum ff_rc tend(struct ff_ctx *cx, void *arg)
{
    char today[FF_DATE_CAP];
    (void)arg;
    ff_price_today(cx, today);
    return ff_price_begin(cx, today);
}

enum ff_rc ff_price_tend(struct ff_ctx *cx)
{
    return ff_price_is_due(cx) ? ff_db_write(cx, tend, NULL) : FF_OK;
}
