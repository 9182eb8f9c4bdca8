/* SPDX-License-Identifier: MIT */
/* verify_rollup.c - the sums that reports read, against the entries and lines they are made of: a
 * few business dates after the others, without a gap between them in which a row could hide. */
#include <stdio.h>
#include <string.h>

#include "domain/common/range.h"
#include "domain/ledger/verify_parts.h"

/* After every text that is a date. */
#define END_OF_DAYS "~"

enum { DAY_MS = 86400000, SPAN_DAYS = 7 };

/* Business dates after one and up to another, and the journals in the sums that can be of them. */
struct span {
    char after[FF_DATE_CAP], until[FF_DATE_CAP];
    int64_t low, high, rolled;
};

#define SAME(QUERY)                                                                                \
    ((int)FF_C_##QUERY##_REF == (int)FF_C_VERIFY_SALES_PRODUCT_REF &&                              \
     (int)FF_C_##QUERY##_TAX == (int)FF_C_VERIFY_SALES_PRODUCT_TAX)
_Static_assert(SAME(VERIFY_SALES_QUARTER) && SAME(VERIFY_SALES_KIOSK) && SAME(VERIFY_ACCOUNT_DAY) &&
                   SAME(VERIFY_SPEND_COUNTER) && SAME(VERIFY_SALES_MONTH) &&
                   SAME(VERIFY_PURCHASE_DAY),
               "one reader for all");

static enum ff_rc check(struct ff_verify *v, enum ff_query query, const char *table,
                        const struct span *b)
{
    FF_STMT *st = NULL;
    bool row = false;
    const char *day;
    enum ff_rc rc = ff_db_query(v->cx, query, &st);
    if (rc)
        return rc;
    ff_db_text(st, ff_db_parameter(st, "after"), b->after);
    ff_db_text(st, ff_db_parameter(st, "until"), b->until);
    if (query != FF_Q_VERIFY_SALES_MONTH) {
        ff_db_int(st, ff_db_parameter(st, "low"), b->low);
        ff_db_int(st, ff_db_parameter(st, "high"), b->high);
    }
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

static enum ff_rc check_days(struct ff_verify *v, const struct span *b)
{
    static const struct {
        enum ff_query query;
        const char *table;
    } tables[] = {{FF_Q_VERIFY_ACCOUNT_DAY, "account_day"},
                  {FF_Q_VERIFY_SALES_PRODUCT, "sales_product"},
                  {FF_Q_VERIFY_SALES_QUARTER, "sales_quarter"},
                  {FF_Q_VERIFY_SALES_KIOSK, "sales_kiosk"},
                  {FF_Q_VERIFY_PURCHASE_DAY, "purchase_day"}};
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0] && !rc; i++)
        rc = check(v, tables[i].query, tables[i].table, b);
    return rc;
}

/* `b`: whole months. Their days were proved before. */
static enum ff_rc check_months(struct ff_verify *v, const struct span *b)
{
    enum ff_rc rc = check(v, FF_Q_VERIFY_SALES_MONTH, "sales_month", b);
    return rc ? rc : check(v, FF_Q_VERIFY_SPEND_COUNTER, "spend_counter", b);
}

/* Fills the journals of the dates `from` to b->until. */
static enum ff_rc find_journals(struct ff_verify *v, const char *from, struct span *b)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_REPORT_BOUND, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_REPORT_BOUND_SINCE, ff_range_since(from));
    ff_db_int(st, FF_P_REPORT_BOUND_UNTIL, ff_range_until(b->until) + DAY_MS);
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

/* `days` after a date, but not after `last`. */
static void later(const char *date, int days, const char *last, char out[FF_DATE_CAP])
{
    char text[FF_INSTANT_CAP];
    int64_t ms = 0;
    snprintf(text, sizeof text, "%.10sT00:00:00Z", date);
    if (ff_instant_parse(text, &ms))
        ff_instant_format(ms + days * (int64_t)DAY_MS, text);
    snprintf(out, FF_DATE_CAP, "%.10s", strcmp(text, last) < 0 ? text : last);
}

/* A month with the days between it and the one before, a few days a statement, so that none runs
 * long. */
static enum ff_rc check_month(struct ff_verify *v, const char *before, const char *first,
                              const char *last)
{
    struct span month, b;
    char from[FF_DATE_CAP];
    snprintf(month.after, sizeof month.after, "%s", before);
    snprintf(month.until, sizeof month.until, "%s", last);
    snprintf(from, sizeof from, "%s", first);
    enum ff_rc rc = find_journals(v, from, &month);
    b = month;
    for (bool is_end = false; !is_end && !rc;) {
        later(from, SPAN_DAYS - 1, last, b.until);
        if (!(rc = find_journals(v, from, &b)))
            rc = check_days(v, &b);
        is_end = strcmp(b.until, last) >= 0;
        snprintf(b.after, sizeof b.after, "%s", b.until);
        later(b.until, 1, last, from);
    }
    return rc ? rc : check_months(v, &month);
}

/* Up to where the sums go: a journal that is there, with as many purchases as are said. */
static enum ff_rc check_state(struct ff_verify *v)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_ROLLUP_COUNTED, &st);
    if (rc || (rc = ff_db_row(v->cx, st, &row)) || !row)
        return rc;
    const int64_t rolled = ff_db_col_int(st, FF_C_ROLLUP_COUNTED_JOURNAL_ID);
    const int64_t said = ff_db_col_int(st, FF_C_ROLLUP_COUNTED_PURCHASES);
    const int64_t counted = ff_db_col_int(st, FF_C_ROLLUP_COUNTED_COUNTED);
    if (rolled > v->id)
        return ff_verify_bad(v, "rollup_state", rolled, "there is no journal %lld",
                             (long long)rolled);
    return said == counted
               ? FF_OK
               : ff_verify_bad(v, "rollup_state", rolled, "it says %lld purchases, there are %lld",
                               (long long)said, (long long)counted);
}

/* What lies behind the last month is of no journal. */
static enum ff_rc check_rest(struct ff_verify *v, const char *before)
{
    struct span b = {.until = END_OF_DAYS, .low = 1};
    enum ff_rc rc = check_state(v);
    if (rc)
        return rc;
    snprintf(b.after, sizeof b.after, "%s", before);
    rc = check_days(v, &b);
    return rc ? rc : check_months(v, &b);
}

/* The first and last day of the month after the one that begins at `first`. */
static enum ff_rc next_month(struct ff_verify *v, char first[FF_DATE_CAP], char last[FF_DATE_CAP],
                             bool *more)
{
    FF_STMT *st = NULL;
    const char *starts_on, *ends_on;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_ROLLUP_PERIOD_NEXT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_ROLLUP_PERIOD_NEXT_STARTS_ON, first);
    if ((rc = ff_db_row(v->cx, st, more)) || !*more)
        return rc;
    if ((rc = ff_verify_text(v, st, FF_C_ROLLUP_PERIOD_NEXT_STARTS_ON, &starts_on)) ||
        (rc = ff_verify_text(v, st, FF_C_ROLLUP_PERIOD_NEXT_ENDS_ON, &ends_on)))
        return rc;
    snprintf(first, FF_DATE_CAP, "%s", starts_on);
    snprintf(last, FF_DATE_CAP, "%s", ends_on);
    return FF_OK;
}

enum ff_rc ff_verify_rollups(struct ff_verify *v)
{
    char first[FF_DATE_CAP], last[FF_DATE_CAP] = "";
    bool more = true;
    enum ff_rc rc;
    snprintf(first, sizeof first, "%s", v->summed_from);
    while (!(rc = next_month(v, first, last, &more)) && more) {
        ff_arena_reset(v->cx->arena);
        if ((rc = check_month(v, v->summed_to, first, last)))
            return rc;
        snprintf(v->summed_from, sizeof v->summed_from, "%s", first);
        snprintf(v->summed_to, sizeof v->summed_to, "%s", last);
        if (v->in_moments)
            ff_db_release(v->cx);
    }
    return rc;
}

enum ff_rc ff_verify_rollups_end(struct ff_verify *v)
{
    return check_rest(v, v->summed_to);
}
