/* SPDX-License-Identifier: MIT */
/* counter.c - the switch, the notice, and asking for a sale; the days are changed in closed_day.c.
 * After a change everything is read again under the lock: of two changes at once the later stays.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/site/counter_parts.h"
#include "domain/site/site_parts.h"

enum { TEXT_CAP = 4 * FF_COUNTER_TEXT_CHARS + 1, NAME_CAP = 4 * FF_CLOSED_NAME_CHARS + 1 };

struct closed {
    char date[FF_DATE_CAP], name[NAME_CAP];
};

struct ff_counter_now {
    bool is_stopped;
    int64_t stopped_at, notice_until;
    char stop_message[TEXT_CAP], notice[TEXT_CAP];
    struct closed *days; /* the newest FF_CLOSED_DAYS_MAX, newest first */
    size_t n_days;
};

/* ---- into memory ---- */

static void copy(struct ff_ctx *cx, struct ff_stmt *st, int column, char *out, size_t cap)
{
    const char *text = ff_db_col_text(cx, st, column);
    (void)snprintf(out, cap, "%s", text ? text : "");
}

static enum ff_rc read_switch(struct ff_ctx *cx, struct ff_counter_now *now)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_COUNTER_GET, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    now->stopped_at = ff_db_col_opt_int(st, FF_C_COUNTER_GET_STOPPED_AT_MS);
    now->is_stopped = now->stopped_at != FF_NULL_INT;
    now->notice_until = ff_db_col_opt_int(st, FF_C_COUNTER_GET_NOTICE_UNTIL_MS);
    copy(cx, st, FF_C_COUNTER_GET_STOP_MESSAGE, now->stop_message, sizeof now->stop_message);
    copy(cx, st, FF_C_COUNTER_GET_NOTICE, now->notice, sizeof now->notice);
    return cx->err.rc;
}

static enum ff_rc read_days(struct ff_ctx *cx, struct ff_counter_now *now)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CLOSED_DAY_NEWEST, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CLOSED_DAY_NEWEST_LIMIT, FF_CLOSED_DAYS_MAX);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct closed *more = realloc(now->days, (now->n_days + 1) * sizeof *more);
        if (!more)
            return FF_FAIL(cx, FF_INTERNAL, "There is no memory for the closed days.");
        now->days = more;
        copy(cx, st, FF_C_CLOSED_DAY_NEWEST_DATE, more[now->n_days].date, FF_DATE_CAP);
        copy(cx, st, FF_C_CLOSED_DAY_NEWEST_NAME, more[now->n_days].name, NAME_CAP);
        now->n_days++;
    }
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_counter_read(struct ff_ctx *cx, struct ff_counter_now **out)
{
    struct ff_counter_now *now = calloc(1, sizeof *now);
    if (!now)
        return FF_FAIL(cx, FF_INTERNAL, "There is no memory for the rules of the counter.");
    now->stopped_at = now->notice_until = FF_NULL_INT;
    enum ff_rc rc = read_switch(cx, now);
    if (rc || (rc = read_days(cx, now))) {
        ff_counter_free(now);
        return rc;
    }
    *out = now;
    return FF_OK;
}

void ff_counter_free(struct ff_counter_now *now)
{
    if (!now)
        return;
    free(now->days);
    free(now);
}

enum ff_rc ff_counter_again(struct ff_ctx *cx)
{
    struct ff_counter_now *fresh = NULL;
    ff_db_release(cx);
    (void)pthread_rwlock_wrlock(&cx->site->lock);
    enum ff_rc rc = ff_counter_read(cx, &fresh);
    if (!rc) {
        ff_counter_free(cx->site->counter);
        cx->site->counter = fresh;
    }
    (void)pthread_rwlock_unlock(&cx->site->lock);
    return rc;
}

/* ---- asking ---- */

static const struct closed *closed_on(const struct ff_counter_now *now, const char *date)
{
    for (size_t i = 0; i < now->n_days; i++)
        if (strcmp(now->days[i].date, date) == 0)
            return &now->days[i];
    return NULL;
}

static const char *text_or_null(struct ff_ctx *cx, const char *text)
{
    return *text ? ff_strdup(cx, text) : NULL;
}

static void fill(struct ff_ctx *cx, const struct ff_counter_now *now, const char *today,
                 int64_t now_ms, struct ff_counter *out)
{
    const struct closed *closed = closed_on(now, today);
    const bool has_notice =
        *now->notice && (now->notice_until == FF_NULL_INT || now_ms < now->notice_until);
    *out = (struct ff_counter){
        .selling = !now->is_stopped,
        .stop_message = now->is_stopped ? text_or_null(cx, now->stop_message) : NULL,
        .stopped_at = now->stopped_at,
        .notice = has_notice ? ff_strdup(cx, now->notice) : NULL,
        .notice_until = has_notice ? now->notice_until : FF_NULL_INT,
        .closed_today = closed ? ff_strdup(cx, closed->name) : NULL,
    };
}

enum ff_rc ff_counter_get(struct ff_ctx *cx, struct ff_counter *out)
{
    char today[FF_DATE_CAP];
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    ff_business_date(now_ms, (int)ff_site_get(cx).day_start_min, today);
    (void)pthread_rwlock_rdlock(&cx->site->lock);
    fill(cx, cx->site->counter, today, now_ms, out);
    (void)pthread_rwlock_unlock(&cx->site->lock);
    return cx->err.rc;
}

static enum ff_rc stopped(struct ff_ctx *cx, const char *message)
{
    const char *text = text_or_null(cx, message);
    enum ff_rc rc =
        FF_FAIL(cx, FF_SELLING_STOPPED, "%s", text ? text : "Nothing is sold at the moment.");
    ff_err_text(cx, "message", text);
    return rc;
}

static enum ff_rc closed_day(struct ff_ctx *cx, const struct closed *day)
{
    const char *date = ff_strdup(cx, day->date), *name = ff_strdup(cx, day->name);
    enum ff_rc rc = FF_FAIL(cx, FF_CLOSED_DAY, "Nothing is sold on %s: %s.", day->date, day->name);
    ff_err_text(cx, "date", date);
    ff_err_text(cx, "name", name);
    return rc;
}

enum ff_rc ff_counter_check_sale(struct ff_ctx *cx, const char *business_date, bool on_behalf)
{
    enum ff_rc rc = FF_OK;
    (void)pthread_rwlock_rdlock(&cx->site->lock);
    const struct ff_counter_now *now = cx->site->counter;
    const struct closed *day = on_behalf ? NULL : closed_on(now, business_date);
    if (now->is_stopped)
        rc = stopped(cx, now->stop_message);
    else if (day)
        rc = closed_day(cx, day);
    (void)pthread_rwlock_unlock(&cx->site->lock);
    return rc;
}

/* ---- changing ---- */

struct change {
    const char *action, *text; /* "selling.stop" */
    int64_t at;                /* stopped at, or notice until */
    bool is_notice;
};

static enum ff_rc record(struct ff_ctx *cx, const struct change *c)
{
    const struct ff_audit_value is[] = {{"text", c->text, FF_NULL_INT},
                                        {"until", NULL, c->is_notice ? c->at : FF_NULL_INT}};
    return ff_audit(cx, &(struct ff_audit){
                            .action = c->action, .entity = "counter", .after = is, .n_after = 2});
}

static enum ff_rc put_switch(struct ff_ctx *cx, const struct change *c)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_COUNTER_SWITCH, &st);
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_COUNTER_SWITCH_STOPPED_AT, c->at);
    ff_db_text(st, FF_P_COUNTER_SWITCH_MESSAGE, c->text);
    return ff_db_run(cx, st);
}

static enum ff_rc put_notice(struct ff_ctx *cx, const struct change *c)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_COUNTER_NOTICE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_COUNTER_NOTICE_NOTICE, c->text);
    ff_db_opt_int(st, FF_P_COUNTER_NOTICE_UNTIL, c->at);
    return ff_db_run(cx, st);
}

static enum ff_rc put(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    enum ff_rc rc = c->is_notice ? put_notice(cx, c) : put_switch(cx, c);
    return rc ? rc : record(cx, c);
}

static enum ff_rc run(struct ff_ctx *cx, struct change *c)
{
    enum ff_rc rc = ff_db_write(cx, put, c);
    return rc ? rc : ff_counter_again(cx);
}

static enum ff_rc check_text(struct ff_ctx *cx, const char *pointer, const char *text)
{
    const size_t n = text ? ff_utf8_length(text) : 1;
    return n >= 1 && n <= FF_COUNTER_TEXT_CHARS
               ? FF_OK
               : ff_field_range(cx, pointer, "LENGTH", 1, FF_COUNTER_TEXT_CHARS);
}

enum ff_rc ff_counter_stop(struct ff_ctx *cx, const char *message)
{
    struct change c = {.action = "selling.stop", .text = message, .at = ff_clock_now_ms(cx->clock)};
    enum ff_rc rc = check_text(cx, "/message", message);
    return rc ? rc : run(cx, &c);
}

enum ff_rc ff_counter_start(struct ff_ctx *cx)
{
    struct change c = {.action = "selling.start", .at = FF_NULL_INT};
    return run(cx, &c);
}

enum ff_rc ff_counter_notice(struct ff_ctx *cx, const char *text, int64_t until)
{
    struct change c = {.action = "notice.change",
                       .text = text,
                       .at = text ? until : FF_NULL_INT,
                       .is_notice = true};
    enum ff_rc rc = check_text(cx, "/text", text);
    if (!rc && c.at != FF_NULL_INT && c.at <= ff_clock_now_ms(cx->clock))
        rc = ff_field_fail(cx, "/until", "VALUE", "an instant to come");
    return rc ? rc : run(cx, &c);
}
