/* SPDX-License-Identifier: MIT */
/* list_total.c - how many purchases a list has in all: from the sums of days and months, and one by
 * one only what is in none. */
#include <stdio.h>

#include "domain/common/range.h"
#include "domain/purchase/list_parts.h"

const char *ff_listing_from(const struct ff_listing *l)
{
    return l->f->from ? l->f->from : FF_RANGE_BEGIN;
}

const char *ff_listing_to(const struct ff_listing *l)
{
    return l->f->to ? l->f->to : FF_RANGE_END;
}

bool ff_listing_is_of_one(const struct ff_listing *l)
{
    return l->f->employee_id != FF_NULL_INT;
}

bool ff_listing_is_dated(const struct ff_listing *l)
{
    return l->f->from || l->f->to;
}

#define SAME_COUNT(NAME)                                                                           \
    ((int)FF_P_PURCHASE_COUNT_NEAR_##NAME == (int)FF_P_PURCHASE_COUNT_OF_##NAME)
_Static_assert(SAME_COUNT(LOW) && SAME_COUNT(HIGH) && SAME_COUNT(FROM) && SAME_COUNT(TO) &&
                   SAME_COUNT(FIRST) && SAME_COUNT(LAST) && SAME_COUNT(BEFORE) &&
                   SAME_COUNT(BEHIND),
               "one way to bind them");
#define SAME_TOTAL(QUERY)                                                                          \
    ((int)FF_C_PURCHASE_COUNT_##QUERY##_TOTAL == (int)FF_C_PURCHASE_COUNT_OF_TOTAL)
_Static_assert(SAME_TOTAL(EVER_OF) && SAME_TOTAL(NEAR) && SAME_TOTAL(EVERY) && SAME_TOTAL(DAYS),
               "one way to read them");

/* Whole months from their sums, the days around them and what is not summed up one by one. */
static enum ff_rc bind_months(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt *st)
{
    char first[FF_DATE_CAP], last[FF_DATE_CAP];
    ff_range_months(ff_listing_from(l), ff_listing_to(l), first, last);
    const char *kept_first = ff_strdup(cx, first), *kept_last = ff_strdup(cx, last);
    if (!kept_first || !kept_last)
        return cx->err.rc;
    ff_db_int(st, FF_P_PURCHASE_COUNT_OF_LOW, l->low);
    ff_db_int(st, FF_P_PURCHASE_COUNT_OF_HIGH, l->high);
    ff_db_text(st, FF_P_PURCHASE_COUNT_OF_FROM, ff_listing_from(l));
    ff_db_text(st, FF_P_PURCHASE_COUNT_OF_TO, ff_listing_to(l));
    ff_db_text(st, FF_P_PURCHASE_COUNT_OF_FIRST, kept_first);
    ff_db_text(st, FF_P_PURCHASE_COUNT_OF_LAST, kept_last);
    ff_db_int(st, FF_P_PURCHASE_COUNT_OF_BEFORE, ff_range_until(first));
    ff_db_int(st, FF_P_PURCHASE_COUNT_OF_BEHIND, ff_range_since(last));
    return FF_OK;
}

static enum ff_rc count_ever_of(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_COUNT_EVER_OF, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_COUNT_EVER_OF_ACCOUNT, l->account);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_EVER_OF_EMPLOYEE, l->f->employee_id);
    return FF_OK;
}

static enum ff_rc count_of_one(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    if (!ff_listing_is_dated(l))
        return count_ever_of(cx, l, st);
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_COUNT_OF, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_COUNT_OF_EMPLOYEE, l->f->employee_id);
    return bind_months(cx, l, *st);
}

static enum ff_rc count_near(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_COUNT_NEAR, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_COUNT_NEAR_SELF, l->reach.self);
    ff_db_opt_int(*st, FF_P_PURCHASE_COUNT_NEAR_DEPARTMENT, l->reach.department);
    return bind_months(cx, l, *st);
}

static enum ff_rc count_all(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    if (!ff_listing_is_dated(l))
        return ff_db_query(cx, FF_Q_PURCHASE_COUNT_EVERY, st);
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_COUNT_DAYS, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_COUNT_DAYS_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_DAYS_HIGH, l->high);
    ff_db_text(*st, FF_P_PURCHASE_COUNT_DAYS_FROM, ff_listing_from(l));
    ff_db_text(*st, FF_P_PURCHASE_COUNT_DAYS_TO, ff_listing_to(l));
    return FF_OK;
}

enum ff_rc ff_listing_total(struct ff_ctx *cx, const struct ff_listing *l, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_listing_is_of_one(l) ? count_of_one(cx, l, &st)
                    : l->reach.all          ? count_all(cx, l, &st)
                                            : count_near(cx, l, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_PURCHASE_COUNT_OF_TOTAL);
    return FF_OK;
}
