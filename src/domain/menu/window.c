/* SPDX-License-Identifier: MIT */
/* window.c - serving windows: list, change, delete while no menu names one. */
#include <assert.h>

#include "domain/audit/audit.h"
#include "domain/common/named.h"
#include "domain/menu/hours.h"
#include "domain/site/site.h"

static const char *const sorts[] = {"from", "name", "id", NULL};

const char *const ff_weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                   "friday", "saturday", "sunday",    NULL};

_Static_assert((int)FF_C_WINDOW_LIST_VERSION == (int)FF_C_WINDOW_GET_VERSION,
               "the window queries give the same columns");
_Static_assert(FF_C_WINDOW_COUNT_TOTAL == 0 && FF_C_WINDOW_BY_FOLD_ID == 0,
               "as struct ff_named says");

static void set_times(struct ff_ctx *cx, struct ff_serving_window *w)
{
    char from[FF_TIME_CAP], to[FF_TIME_CAP];
    ff_time_write(w->from_min, from);
    ff_time_write(w->to_min, to);
    w->from = ff_strdup(cx, from);
    w->to = ff_strdup(cx, to);
}

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, void *out)
{
    struct ff_serving_window *w = out;
    *w = (struct ff_serving_window){
        .id = ff_db_col_int(st, FF_C_WINDOW_LIST_ID),
        .name = ff_db_col_text(cx, st, FF_C_WINDOW_LIST_NAME),
        .from_min = ff_db_col_int(st, FF_C_WINDOW_LIST_FROM_MIN),
        .to_min = ff_db_col_int(st, FF_C_WINDOW_LIST_TO_MIN),
        .weekdays = ff_db_col_int(st, FF_C_WINDOW_LIST_WEEKDAYS),
        .version = ff_db_col_int(st, FF_C_WINDOW_LIST_VERSION),
    };
    set_times(cx, w);
}

/* clang-format off */
static const struct ff_named windows = {
    .noun = "window", .users = "Menus", .sorts = sorts, .order = "from,name",
    .size = sizeof(struct ff_serving_window), .read_row = read_row,
    .list = { .query = FF_Q_WINDOW_LIST,
              .at = { FF_WORD_PARAMS(WINDOW_LIST), FF_ORDER_PARAMS(WINDOW_LIST),
                      FF_PAGE_PARAMS(WINDOW_LIST) } },
    .count = { .query = FF_Q_WINDOW_COUNT, .at = { FF_WORD_PARAMS(WINDOW_COUNT) } },
    .get = { .query = FF_Q_WINDOW_GET, .id = FF_P_WINDOW_GET_ID },
    .find = { .query = FF_Q_WINDOW_BY_FOLD, .fold = FF_P_WINDOW_BY_FOLD_NAME_FOLD },
    .remove = { .query = FF_Q_WINDOW_DELETE, .id = FF_P_WINDOW_DELETE_ID,
                .version = FF_P_WINDOW_DELETE_VERSION },
};
/* clang-format on */

enum ff_rc ff_window_list(struct ff_ctx *cx, const struct ff_list_filter *f, struct ff_list *out,
                          int64_t *total)
{
    return ff_named_list(cx, &windows, f, out, total);
}

enum ff_rc ff_window_get(struct ff_ctx *cx, int64_t id, struct ff_serving_window *out)
{
    return ff_named_get(cx, &windows, id, out);
}

enum ff_rc ff_window_find(struct ff_ctx *cx, const char *name, int64_t *id)
{
    return ff_named_find(cx, &windows, name, id);
}

/* ---- changing ---- */

struct change {
    int64_t id, version;
    const struct ff_window_in *in;
    struct ff_serving_window *out;
};

static enum ff_rc insert(struct ff_ctx *cx, struct ff_serving_window *w)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, w->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_WINDOW_INSERT, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_WINDOW_INSERT_NAME, w->name);
    ff_db_text(st, FF_P_WINDOW_INSERT_NAME_FOLD, fold);
    ff_db_int(st, FF_P_WINDOW_INSERT_FROM_MIN, w->from_min);
    ff_db_int(st, FF_P_WINDOW_INSERT_TO_MIN, w->to_min);
    ff_db_int(st, FF_P_WINDOW_INSERT_WEEKDAYS, w->weekdays);
    if ((rc = ff_db_row(cx, st, &row)))
        return ff_named_taken(cx, &windows, rc, w->name);
    w->id = ff_db_col_int(st, FF_C_WINDOW_INSERT_ID);
    return FF_OK;
}

static enum ff_rc update(struct ff_ctx *cx, const struct ff_serving_window *w)
{
    FF_STMT *st = NULL;
    const char *fold = ff_fold(cx, w->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_WINDOW_UPDATE, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_WINDOW_UPDATE_ID, w->id);
    ff_db_int(st, FF_P_WINDOW_UPDATE_VERSION, w->version);
    ff_db_text(st, FF_P_WINDOW_UPDATE_NAME, w->name);
    ff_db_text(st, FF_P_WINDOW_UPDATE_NAME_FOLD, fold);
    ff_db_int(st, FF_P_WINDOW_UPDATE_FROM_MIN, w->from_min);
    ff_db_int(st, FF_P_WINDOW_UPDATE_TO_MIN, w->to_min);
    ff_db_int(st, FF_P_WINDOW_UPDATE_WEEKDAYS, w->weekdays);
    return ff_named_taken(cx, &windows, ff_db_run(cx, st), w->name);
}

static enum ff_rc apply(struct ff_ctx *cx, const struct ff_window_in *in,
                        struct ff_serving_window *w)
{
    const int day_start = (int)ff_site_get(cx).day_start_min;
    if (in->set >> FF_WINDOW_NAME & 1)
        w->name = in->name;
    if (in->set >> FF_WINDOW_WEEKDAYS & 1)
        w->weekdays = in->weekdays;
    if (in->set >> FF_WINDOW_FROM & 1 && !ff_time_read(in->from, &w->from_min))
        return ff_field_fail(cx, "/from", "VALUE", "A time looks like 11:30.");
    if (in->set >> FF_WINDOW_TO & 1 && !ff_time_read(in->to, &w->to_min))
        return ff_field_fail(cx, "/to", "VALUE", "A time looks like 14:00.");
    if (!w->weekdays)
        return ff_field_fail(cx, "/weekdays", "VALUE", "Name at least one day.");
    const struct ff_hours hours = ff_hours_of(w->from_min, w->to_min, day_start);
    if (hours.from < hours.to)
        return FF_OK;
    return ff_field_fail(cx, "/to", "VALUE",
                         "A window ends after it begins, within one business day.");
}

enum { VALUES = 4 };

/* `w` NULL: no values. */
static size_t list_values(const struct ff_serving_window *w, struct ff_audit_value out[VALUES])
{
    if (!w)
        return 0;
    out[0] = (struct ff_audit_value){"name", w->name, 0};
    out[1] = (struct ff_audit_value){"from", w->from, 0};
    out[2] = (struct ff_audit_value){"to", w->to, 0};
    out[3] = (struct ff_audit_value){"weekdays", NULL, w->weekdays};
    return VALUES;
}

/* `before` NULL: it is new; `after` NULL: it is gone. */
static enum ff_rc record(struct ff_ctx *cx, const char *action,
                         const struct ff_serving_window *before,
                         const struct ff_serving_window *after)
{
    struct ff_audit_value was[VALUES], is[VALUES];
    const struct ff_serving_window *one = after ? after : before;
    assert(one);
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "window",
                                           .entity_id = one->id,
                                           .before = was,
                                           .n_before = list_values(before, was),
                                           .after = is,
                                           .n_after = list_values(after, is)});
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_serving_window w = {.weekdays = FF_EVERY_DAY};
    enum ff_rc rc = apply(cx, c->in, &w);
    if (rc || (rc = insert(cx, &w)) || (rc = ff_window_get(cx, w.id, c->out)))
        return rc;
    return record(cx, "window.create", NULL, c->out);
}

enum ff_rc ff_window_create(struct ff_ctx *cx, const struct ff_window_in *in,
                            struct ff_serving_window *out)
{
    struct change c = {.in = in, .out = out};
    return ff_db_write(cx, create, &c);
}

/* The window as it is now, if it is still the caller's version. */
static enum ff_rc read_version(struct ff_ctx *cx, const struct change *c,
                               struct ff_serving_window *out)
{
    enum ff_rc rc = ff_window_get(cx, c->id, out);
    return rc ? rc : ff_version_check(cx, out->version, c->version);
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_serving_window w;
    enum ff_rc rc = read_version(cx, c, &w);
    if (rc)
        return rc;
    const struct ff_serving_window before = w;
    if ((rc = apply(cx, c->in, &w)) || (rc = update(cx, &w)) ||
        (rc = ff_window_get(cx, c->id, c->out)))
        return rc;
    return record(cx, "window.change", &before, c->out);
}

enum ff_rc ff_window_change(struct ff_ctx *cx, int64_t id, int64_t version,
                            const struct ff_window_in *in, struct ff_serving_window *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    return ff_db_write(cx, change, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_serving_window w;
    enum ff_rc rc = read_version(cx, c, &w);
    if (rc || (rc = ff_named_remove(cx, &windows, c->id, c->version, w.name)))
        return rc;
    return record(cx, "window.delete", &w, NULL);
}

enum ff_rc ff_window_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, remove_it, &c);
}
