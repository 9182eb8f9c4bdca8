/* SPDX-License-Identifier: MIT */
/* verify_rollup.c - the sums that reports read, against the entries and lines they are made of: one
 * month of business dates after the other, each with the days since the month before, so that no
 * row hides between them. */
#include <stdio.h>

#include "domain/common/range.h"
#include "domain/ledger/verify_parts.h"

/* After every text that is a date. */
#define END_OF_DAYS "~"

enum { DAY_MS = 86400000 };

struct block {
    char after[FF_DATE_CAP], until[FF_DATE_CAP], starts_on[FF_DATE_CAP];
    int64_t low, high, rolled;
};

#define SAME(QUERY)                                                                                \
    ((int)FF_C_##QUERY##_REF == (int)FF_C_VERIFY_SALES_PRODUCT_REF &&                              \
     (int)FF_C_##QUERY##_TAX == (int)FF_C_VERIFY_SALES_PRODUCT_TAX)
_Static_assert(SAME(VERIFY_SALES_QUARTER) && SAME(VERIFY_ACCOUNT_DAY) && SAME(VERIFY_SPEND_COUNTER),
               "one reader for all");

static enum ff_rc check(struct ff_verify *v, enum ff_query query, const char *table,
                        const struct block *b)
{
    FF_STMT *st = NULL;
    bool row = false;
    const char *day;
    enum ff_rc rc = ff_db_query(v->cx, query, &st);
    if (rc)
        return rc;
    ff_db_text(st, ff_db_parameter(st, "after"), b->after);
    ff_db_text(st, ff_db_parameter(st, "until"), b->until);
    ff_db_int(st, ff_db_parameter(st, "low"), b->low);
    ff_db_int(st, ff_db_parameter(st, "high"), b->high);
    if (query == FF_Q_VERIFY_SPEND_COUNTER)
        ff_db_int(st, FF_P_VERIFY_SPEND_COUNTER_ROLLED, b->rolled);
    if ((rc = ff_db_row(v->cx, st, &row)) || !row ||
        (rc = ff_verify_text(v, st, FF_C_VERIFY_SALES_PRODUCT_DAY, &day)))
        return rc;
    return ff_verify_bad(v, table, ff_db_col_int(st, FF_C_VERIFY_SALES_PRODUCT_REF),
                         "of %s: the sums differ from the journals by %lld pieces, %lld, tax %lld",
                         day, (long long)ff_db_col_int(st, FF_C_VERIFY_SALES_PRODUCT_PIECES),
                         (long long)ff_db_col_int(st, FF_C_VERIFY_SALES_PRODUCT_GROSS),
                         (long long)ff_db_col_int(st, FF_C_VERIFY_SALES_PRODUCT_TAX));
}

static enum ff_rc check_block(struct ff_verify *v, const struct block *b)
{
    static const struct {
        enum ff_query query;
        const char *table;
    } tables[] = {{FF_Q_VERIFY_ACCOUNT_DAY, "account_day"},
                  {FF_Q_VERIFY_SALES_PRODUCT, "sales_product"},
                  {FF_Q_VERIFY_SALES_QUARTER, "sales_quarter"},
                  {FF_Q_VERIFY_SPEND_COUNTER, "spend_counter"}};
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0] && !rc; i++)
        rc = check(v, tables[i].query, tables[i].table, b);
    return rc;
}

/* The journals that can be of the block's dates and are in the sums. */
static enum ff_rc find_journals(struct ff_verify *v, const char *ends_on, struct block *b)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_REPORT_BOUND, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_REPORT_BOUND_SINCE, *b->starts_on ? ff_range_since(b->starts_on) : 0);
    ff_db_int(st, FF_P_REPORT_BOUND_UNTIL, ff_range_until(ends_on) + DAY_MS);
    if ((rc = ff_db_row(v->cx, st, &row)))
        return rc;
    b->rolled = ff_db_col_int(st, FF_C_REPORT_BOUND_ROLLED);
    b->low = ff_db_col_null(st, FF_C_REPORT_BOUND_LOW) ? INT64_MAX
                                                       : ff_db_col_int(st, FF_C_REPORT_BOUND_LOW);
    b->high = ff_db_col_int(st, FF_C_REPORT_BOUND_HIGH);
    if (b->high > b->rolled)
        b->high = b->rolled;
    return FF_OK;
}

/* The month after `b`; *more false: there is none, and b is what lies behind the last one. */
static enum ff_rc next_block(struct ff_verify *v, struct block *b, char ends_on[FF_DATE_CAP],
                             bool *more)
{
    FF_STMT *st = NULL;
    const char *first, *last;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_ROLLUP_PERIOD_NEXT, &st);
    if (rc)
        return rc;
    snprintf(b->after, sizeof b->after, "%s", b->until);
    ff_db_text(st, FF_P_ROLLUP_PERIOD_NEXT_STARTS_ON, b->starts_on);
    if ((rc = ff_db_row(v->cx, st, more)) || !*more) {
        snprintf(b->until, sizeof b->until, "%s", END_OF_DAYS);
        return rc;
    }
    if ((rc = ff_verify_text(v, st, FF_C_ROLLUP_PERIOD_NEXT_STARTS_ON, &first)) ||
        (rc = ff_verify_text(v, st, FF_C_ROLLUP_PERIOD_NEXT_ENDS_ON, &last)))
        return rc;
    snprintf(b->starts_on, sizeof b->starts_on, "%s", first);
    snprintf(b->until, sizeof b->until, "%s", last);
    snprintf(ends_on, FF_DATE_CAP, "%s", last);
    return FF_OK;
}

enum ff_rc ff_verify_rollups(struct ff_verify *v)
{
    struct block b = {.after = ""};
    char ends_on[FF_DATE_CAP] = "1970-01-01";
    bool more = true;
    enum ff_rc rc = FF_OK;
    while (more && !rc) {
        ff_arena_reset(v->cx->arena);
        if ((rc = next_block(v, &b, ends_on, &more)) || (rc = find_journals(v, ends_on, &b)))
            return rc;
        if (b.rolled > v->id)
            return ff_verify_bad(v, "rollup_state", b.rolled, "there is no journal %lld",
                                 (long long)b.rolled);
        rc = check_block(v, &b);
    }
    return rc;
}
