/* SPDX-License-Identifier: MIT */
/* closed_day.c - business dates on which nothing is sold: list, close, open again. */
#include <string.h>

#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/common/list.h"
#include "domain/site/counter.h"
#include "domain/site/counter_parts.h"

struct change {
    const char *date, *name;
};

static enum ff_rc count(struct ff_ctx *cx, const char *from, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CLOSED_DAY_COUNT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_CLOSED_DAY_COUNT_FROM, from ? from : "");
    rc = ff_db_row(cx, st, &row);
    *total = !rc && row ? ff_db_col_int(st, FF_C_CLOSED_DAY_COUNT_TOTAL) : 0;
    return rc;
}

enum ff_rc ff_closed_day_list(struct ff_ctx *cx, const char *from, int64_t page, int64_t limit,
                              struct ff_list *out, int64_t *total)
{
    const struct ff_window window = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = count(cx, from, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_CLOSED_DAY_LIST, &st)))
        return rc;
    ff_db_text(st, FF_P_CLOSED_DAY_LIST_FROM, from ? from : "");
    ff_db_int(st, FF_P_CLOSED_DAY_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_CLOSED_DAY_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_closed_day *d = ff_rows_add(cx, &rows, sizeof *d);
        if (!d)
            return cx->err.rc;
        d->date = ff_db_col_text(cx, st, FF_C_CLOSED_DAY_LIST_DATE);
        d->name = ff_db_col_text(cx, st, FF_C_CLOSED_DAY_LIST_NAME);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

/* The name that a closed day has now; NULL: it is none. */
static enum ff_rc find(struct ff_ctx *cx, const char *date, const char **name)
{
    FF_STMT *st = NULL;
    bool row = false;
    *name = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CLOSED_DAY_GET, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_CLOSED_DAY_GET_DATE, date);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    *name = ff_db_col_text(cx, st, FF_C_CLOSED_DAY_GET_NAME);
    return cx->err.rc;
}

static enum ff_rc record(struct ff_ctx *cx, const char *action, const char *date, const char *was,
                         const char *is)
{
    const struct ff_audit_value before[] = {{"date", NULL, FF_NULL_INT},
                                            {"name", was, FF_NULL_INT}},
                                after[] = {{"date", date, FF_NULL_INT}, {"name", is, FF_NULL_INT}};
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "closed_day",
                                           .before = before,
                                           .n_before = 2,
                                           .after = after,
                                           .n_after = 2});
}

static enum ff_rc put(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    FF_STMT *st = NULL;
    const char *was;
    int64_t total;
    enum ff_rc rc = find(cx, c->date, &was);
    if (rc || (rc = count(cx, NULL, &total)))
        return rc;
    if (!was && total >= FF_CLOSED_DAYS_MAX)
        return FF_FAIL(cx, FF_IN_USE, "There are %d closed days; delete some that are over.",
                       (int)FF_CLOSED_DAYS_MAX);
    if ((rc = ff_db_query(cx, FF_Q_CLOSED_DAY_PUT, &st)))
        return rc;
    ff_db_text(st, FF_P_CLOSED_DAY_PUT_DATE, c->date);
    ff_db_text(st, FF_P_CLOSED_DAY_PUT_NAME, c->name);
    return (rc = ff_db_run(cx, st)) ? rc : record(cx, "closed_day.put", c->date, was, c->name);
}

enum ff_rc ff_closed_day_put(struct ff_ctx *cx, const char *date, const char *name,
                             struct ff_closed_day *out)
{
    struct change c = {date, name};
    if (!ff_date_valid(date))
        return ff_field_fail(cx, "/date", "PATTERN", "a date like 2026-12-24");
    enum ff_rc rc = ff_db_write(cx, put, &c);
    *out = (struct ff_closed_day){date, name};
    return rc ? rc : ff_counter_again(cx);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    FF_STMT *st = NULL;
    const char *was;
    enum ff_rc rc = find(cx, c->date, &was);
    if (!rc && !was)
        rc = FF_FAIL(cx, FF_NOT_FOUND, "%s is no closed day.", c->date);
    if (rc || (rc = ff_db_query(cx, FF_Q_CLOSED_DAY_DELETE, &st)))
        return rc;
    ff_db_text(st, FF_P_CLOSED_DAY_DELETE_DATE, c->date);
    return (rc = ff_db_run(cx, st)) ? rc : record(cx, "closed_day.delete", c->date, was, NULL);
}

enum ff_rc ff_closed_day_delete(struct ff_ctx *cx, const char *date)
{
    struct change c = {.date = date};
    enum ff_rc rc = ff_db_write(cx, remove_it, &c);
    return rc ? rc : ff_counter_again(cx);
}
