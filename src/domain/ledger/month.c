/* SPDX-License-Identifier: MIT */
/* month.c - months as they are: found, listed, with the range of their journals. */
#include "domain/ledger/month_parts.h"

#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "domain/common/range.h"

enum { DAY_MS = 86400000, HASH_BYTES = 32 };

bool ff_month_read(const char *text, char first[FF_DATE_CAP])
{
    if (!text || strlen(text) != FF_MONTH_CAP - 1)
        return false;
    snprintf(first, FF_DATE_CAP, "%s-01", text);
    return ff_date_valid(first);
}

const char *ff_month_next_day(struct ff_ctx *cx, const char *date)
{
    char text[FF_INSTANT_CAP];
    int64_t ms = 0;
    snprintf(text, sizeof text, "%sT00:00:00Z", date);
    (void)ff_instant_parse(text, &ms);
    ff_instant_format(ms + DAY_MS, text);
    text[FF_DATE_CAP - 1] = '\0';
    return ff_strdup(cx, text);
}

/* ---- rows ---- */

_Static_assert((int)FF_C_PERIOD_GET_CLOSING_MINOR == (int)FF_C_PERIOD_LIST_CLOSING_MINOR,
               "one reader for both");

static enum ff_rc read_head(struct ff_ctx *cx, struct ff_stmt *st, struct ff_month *m)
{
    unsigned char hash[HASH_BYTES];
    char *hex = ff_alloc(cx, 2 * HASH_BYTES + 1);
    if (!hex)
        return cx->err.rc;
    if (!ff_db_col_blob(st, FF_C_PERIOD_GET_CLOSED_HASH, hash, sizeof hash))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "A closed month has no hash.");
    ff_hex(hash, sizeof hash, hex);
    m->head_hash = hex;
    m->head_id = ff_db_col_int(st, FF_C_PERIOD_GET_CLOSED_JOURNAL_ID);
    m->closed_at = ff_db_col_int(st, FF_C_PERIOD_GET_CLOSED_AT_MS);
    m->people = ff_db_col_int(st, FF_C_PERIOD_GET_PEOPLE);
    m->opening = ff_db_col_int(st, FF_C_PERIOD_GET_OPENING_MINOR);
    m->debits = ff_db_col_int(st, FF_C_PERIOD_GET_DEBIT_MINOR);
    m->credits = ff_db_col_int(st, FF_C_PERIOD_GET_CREDIT_MINOR);
    m->closing = ff_db_col_int(st, FF_C_PERIOD_GET_CLOSING_MINOR);
    return FF_OK;
}

static enum ff_rc read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_month_row_read *out)
{
    struct ff_month *m = &out->view;
    *out = (struct ff_month_row_read){
        .id = ff_db_col_int(st, FF_C_PERIOD_GET_ID),
        .first_journal_id = ff_db_col_opt_int(st, FF_C_PERIOD_GET_FIRST_JOURNAL_ID),
        .last_journal_id = ff_db_col_opt_int(st, FF_C_PERIOD_GET_LAST_JOURNAL_ID)};
    *m = (struct ff_month){.starts_on = ff_db_col_text(cx, st, FF_C_PERIOD_GET_STARTS_ON),
                           .ends_on = ff_db_col_text(cx, st, FF_C_PERIOD_GET_ENDS_ON),
                           .state = ff_db_col_text(cx, st, FF_C_PERIOD_GET_STATE),
                           .people = FF_NULL_INT,
                           .opening = FF_NULL_INT,
                           .closing = FF_NULL_INT,
                           .closed_at = FF_NULL_INT,
                           .head_id = FF_NULL_INT};
    if (!m->starts_on || !m->ends_on || !m->state)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    m->month = ff_arena_strndup(cx->arena, m->starts_on, FF_MONTH_CAP - 1);
    out->is_closed = strcmp(m->state, "closed") == 0;
    if (!m->month)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    return out->is_closed ? read_head(cx, st, m) : FF_OK;
}

enum ff_rc ff_month_find(struct ff_ctx *cx, const char *first, struct ff_month_row_read *out,
                         bool *found)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PERIOD_GET, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PERIOD_GET_STARTS_ON, first);
    rc = ff_db_row(cx, st, found);
    return rc || !*found ? rc : read_row(cx, st, out);
}

/* ---- the journals of a month ---- */

static enum ff_rc read_before(struct ff_ctx *cx, const char *first, struct ff_month_range *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PERIOD_BEFORE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PERIOD_BEFORE_STARTS_ON, first);
    rc = ff_db_row(cx, st, &row);
    out->before = !rc && row ? ff_db_col_int(st, FF_C_PERIOD_BEFORE_ID) : FF_NULL_INT;
    out->begin = !rc && row ? ff_db_col_int(st, FF_C_PERIOD_BEFORE_LAST_JOURNAL_ID) + 1 : 1;
    return rc;
}

/* Business dates never go back, so the journals of a month have no foreign one among them. */
enum ff_rc ff_month_range(struct ff_ctx *cx, const struct ff_month_row_read *m,
                          struct ff_month_range *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    if (m->is_closed) {
        *out = (struct ff_month_range){
            .before = FF_NULL_INT, .first = m->first_journal_id, .last = m->last_journal_id};
        return FF_OK;
    }
    enum ff_rc rc = read_before(cx, m->view.starts_on, out);
    if (rc || (rc = ff_db_query(cx, FF_Q_PERIOD_JOURNALS, &st)))
        return rc;
    ff_db_int(st, FF_P_PERIOD_JOURNALS_FIRST, out->begin);
    ff_db_int(st, FF_P_PERIOD_JOURNALS_UNTIL, ff_range_until(m->view.ends_on));
    ff_db_int(st, FF_P_PERIOD_JOURNALS_PERIOD, m->id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    const int64_t n = ff_db_col_int(st, FF_C_PERIOD_JOURNALS_N);
    out->last = ff_db_col_int(st, FF_C_PERIOD_JOURNALS_LAST);
    out->first = out->last - n + 1;
    return FF_OK;
}

/* ---- as others see it ---- */

static enum ff_rc add_live(struct ff_ctx *cx, const struct ff_month_range *range,
                           struct ff_month *m)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PERIOD_LIVE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PERIOD_LIVE_FIRST, range->first);
    ff_db_int(st, FF_P_PERIOD_LIVE_LAST, range->last);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    m->debits = ff_db_col_int(st, FF_C_PERIOD_LIVE_DEBIT_MINOR);
    m->credits = ff_db_col_int(st, FF_C_PERIOD_LIVE_CREDIT_MINOR);
    return FF_OK;
}

/* How many journals it has, and what moved in an open one. */
static enum ff_rc complete(struct ff_ctx *cx, struct ff_month_row_read *m)
{
    struct ff_month_range range;
    enum ff_rc rc = ff_month_range(cx, m, &range);
    if (rc)
        return rc;
    m->view.journals = range.last - range.first + 1;
    return m->is_closed ? FF_OK : add_live(cx, &range, &m->view);
}

static enum ff_rc read_total(struct ff_ctx *cx, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PERIOD_COUNT, &st);
    if (!rc && !(rc = ff_db_row(cx, st, &row)))
        *total = ff_db_col_int(st, FF_C_PERIOD_COUNT_TOTAL);
    return rc;
}

static enum ff_rc read_page(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_rows *rows)
{
    const struct ff_window w = ff_window_of(page, limit);
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PERIOD_LIST, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PERIOD_LIST_LIMIT, w.limit);
    ff_db_int(st, FF_P_PERIOD_LIST_OFFSET, w.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_month_row_read *m = ff_rows_add(cx, rows, sizeof *m);
        if (!m || read_row(cx, st, m))
            return cx->err.rc;
    }
    return rc;
}

enum ff_rc ff_month_list(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out,
                         int64_t *total)
{
    struct ff_rows rows = {0}, views = {0};
    enum ff_rc rc = read_total(cx, total);
    if (rc || (rc = read_page(cx, page, limit, &rows)))
        return rc;
    struct ff_month_row_read *m = rows.list.items;
    for (size_t i = 0; i < rows.list.n; i++) {
        struct ff_month *view = ff_rows_add(cx, &views, sizeof *view);
        if (!view || complete(cx, &m[i]))
            return cx->err.rc;
        *view = m[i].view;
    }
    *out = views.list;
    return FF_OK;
}

enum ff_rc ff_month_get(struct ff_ctx *cx, const char *month, struct ff_month *out)
{
    struct ff_month_row_read m;
    char first[FF_DATE_CAP];
    bool found = false;
    enum ff_rc rc = ff_month_read(month, first) ? ff_month_find(cx, first, &m, &found) : FF_OK;
    if (rc)
        return rc;
    if (!found)
        return FF_FAIL(cx, FF_NOT_FOUND, "Nothing was booked in %.20s.", month);
    rc = complete(cx, &m);
    *out = m.view;
    return rc;
}

enum ff_rc ff_month_closed(struct ff_ctx *cx, const char *month, struct ff_closed_month *out)
{
    struct ff_month_row_read m;
    char first[FF_DATE_CAP];
    bool found = false;
    enum ff_rc rc = ff_month_read(month, first) ? ff_month_find(cx, first, &m, &found) : FF_OK;
    if (rc)
        return rc;
    if (!found)
        return FF_FAIL(cx, FF_NOT_FOUND, "Nothing was booked in %.20s.", month);
    if (!m.is_closed)
        return FF_FAIL(cx, FF_PERIOD_OPEN, "Close the month %s first.", month);
    *out = (struct ff_closed_month){.period_id = m.id,
                                    .last_journal_id = m.last_journal_id,
                                    .month = m.view.month,
                                    .starts_on = m.view.starts_on,
                                    .ends_on = m.view.ends_on};
    return FF_OK;
}
