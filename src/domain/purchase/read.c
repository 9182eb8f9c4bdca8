/* SPDX-License-Identifier: MIT */
/* read.c - one purchase by id or by key, and what a person buys most. */
#include "domain/purchase/record.h"

enum { USUALS_MAX = 8, USUALS_DAYS = 60, DAY_MS = 86400000 };

enum ff_rc ff_purchase_get(struct ff_ctx *cx, int64_t id, struct ff_purchase *out)
{
    struct ff_reach reach = ff_reach_of(&cx->who);
    *out = (struct ff_purchase){0};
    return ff_purchase_load(cx, id, &reach, out);
}

struct by_key {
    const char *key;
    struct ff_purchase *out;
};

static enum ff_rc by_key(struct ff_ctx *cx, void *arg)
{
    const struct by_key *b = arg;
    struct ff_reach reach = ff_reach_of(&cx->who);
    int64_t id = 0;
    *b->out = (struct ff_purchase){0};
    enum ff_rc rc = ff_ledger_key_journal(cx, b->key, &id);
    if (rc)
        return rc;
    return id ? ff_purchase_load(cx, id, &reach, b->out)
              : FF_FAIL(cx, FF_NOT_FOUND, "No purchase was booked under this key.");
}

enum ff_rc ff_purchase_by_key(struct ff_ctx *cx, const char *key, struct ff_purchase *out)
{
    struct by_key b = {key, out};
    return ff_db_write(cx, by_key, &b);
}

enum ff_rc ff_purchase_usuals(struct ff_ctx *cx, int64_t employee_id, struct ff_list *ids)
{
    FF_STMT *st = NULL;
    bool row = true;
    int64_t since = ff_clock_now_ms(cx->clock) - USUALS_DAYS * (int64_t)DAY_MS;
    int64_t *id = ff_alloc(cx, USUALS_MAX * sizeof *id);
    if (!id)
        return cx->err.rc;
    *ids = (struct ff_list){.items = id};
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_USUALS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_USUALS_EMPLOYEE, employee_id);
    ff_db_int(st, FF_P_PURCHASE_USUALS_SINCE, since);
    while (!(rc = ff_db_row(cx, st, &row)) && row && ids->n < USUALS_MAX)
        id[ids->n++] = ff_db_col_int(st, FF_C_PURCHASE_USUALS_PRODUCT_ID);
    return rc;
}
