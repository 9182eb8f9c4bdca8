/* SPDX-License-Identifier: MIT */
/* day_card.c - cards that the canteen keeps and lends to who forgot their badge.
 * A loan ends by itself when the business day does: nothing has to be cleaned up, since a card
 * whose time is over is nobody's. */
#include <string.h>

#include "domain/audit/audit.h"
#include "domain/people/badge.h"
#include "domain/people/badge_repo.h"
#include "domain/site/site.h"

#define MS_PER_HOUR INT64_C(3600000)

static void read_card(struct ff_ctx *cx, struct ff_stmt *st, struct ff_day_card *out)
{
    *out = (struct ff_day_card){
        .id = ff_db_col_int(st, FF_C_DAY_CARD_GET_ID),
        .label = ff_db_col_text(cx, st, FF_C_DAY_CARD_GET_LABEL),
        .lent = ff_db_col_int(st, FF_C_DAY_CARD_GET_LENT),
        .employee_id = ff_db_col_opt_int(st, FF_C_DAY_CARD_GET_EMPLOYEE_ID),
        .employee = ff_db_col_text(cx, st, FF_C_DAY_CARD_GET_EMPLOYEE),
        .expires_at = ff_db_col_opt_int(st, FF_C_DAY_CARD_GET_EXPIRES_AT_MS),
        .used_at = ff_db_col_opt_int(st, FF_C_DAY_CARD_GET_USED_AT_MS),
    };
}

static enum ff_rc get(struct ff_ctx *cx, int64_t id, struct ff_day_card *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DAY_CARD_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DAY_CARD_GET_ID, id);
    ff_db_int(st, FF_P_DAY_CARD_GET_NOW, ff_clock_now_ms(cx->clock));
    ff_db_opt_int(st, FF_P_DAY_CARD_GET_DEPARTMENT, ff_people_border(cx));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such day card.");
    read_card(cx, st, out);
    return cx->err.rc;
}

static enum ff_rc audit(struct ff_ctx *cx, const char *action, const struct ff_day_card *card,
                        int64_t employee_id)
{
    const struct ff_audit_value after[] = {{"label", card->label, 0},
                                           {"employeeId", NULL, employee_id}};
    const struct ff_audit event = {.action = action,
                                   .entity = "day_card",
                                   .entity_id = card->id,
                                   .subject = employee_id ? FF_AUDIT_EMPLOYEE : FF_AUDIT_NOBODY,
                                   .subject_id = employee_id,
                                   .after = after,
                                   .n_after = employee_id ? 2 : 1};
    return ff_audit(cx, &event);
}

/* ---- the drawer ---- */

struct card {
    struct ff_badge_key key;
    const char *label;
    int64_t id, employee_id;
    struct ff_day_card *out;
};

static enum ff_rc check_label(struct ff_ctx *cx, const char *label)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DAY_CARD_BY_LABEL, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_DAY_CARD_BY_LABEL_LABEL, label);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? ff_badge_taken(cx, "label", "There is a day card of this name already.") : FF_OK;
}

static enum ff_rc add(struct ff_ctx *cx, void *arg)
{
    struct card *c = arg;
    FF_STMT *st = NULL;
    bool row;
    ff_err_clear(cx);
    enum ff_rc rc = check_label(cx, c->label);
    if (rc || (rc = ff_db_query(cx, FF_Q_DAY_CARD_INSERT, &st)))
        return rc;
    ff_db_blob(st, FF_P_DAY_CARD_INSERT_BADGE_HASH, c->key.hash, sizeof c->key.hash);
    ff_db_text(st, FF_P_DAY_CARD_INSERT_LABEL, c->label);
    ff_db_int(st, FF_P_DAY_CARD_INSERT_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, &row))) {
        if (rc == FF_ALREADY_EXISTS)
            ff_err_text(cx, "field", "badge");
        return rc;
    }
    c->id = ff_db_col_int(st, FF_C_DAY_CARD_INSERT_ID);
    rc = get(cx, c->id, c->out);
    return rc ? rc : audit(cx, "day_card.add", c->out, 0);
}

enum ff_rc ff_day_card_add(struct ff_ctx *cx, const char *label, const char *badge,
                           struct ff_day_card *out)
{
    struct card c = {.label = label, .out = out};
    ff_auth_badge_hash(cx->auth, badge, c.key.hash);
    return ff_db_write(cx, add, &c);
}

static enum ff_rc count(struct ff_ctx *cx, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DAY_CARD_COUNT, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_DAY_CARD_COUNT_TOTAL);
    return FF_OK;
}

_Static_assert((int)FF_C_DAY_CARD_GET_USED_AT_MS == (int)FF_C_DAY_CARD_LIST_USED_AT_MS,
               "both give the same columns");

static enum ff_rc read_page(struct ff_ctx *cx, struct ff_window window, struct ff_list *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DAY_CARD_LIST, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DAY_CARD_LIST_NOW, ff_clock_now_ms(cx->clock));
    ff_db_opt_int(st, FF_P_DAY_CARD_LIST_DEPARTMENT, ff_people_border(cx));
    ff_db_int(st, FF_P_DAY_CARD_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_DAY_CARD_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_day_card *card = ff_rows_add(cx, &rows, sizeof *card);
        if (!card)
            return cx->err.rc;
        read_card(cx, st, card);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_day_card_list(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out,
                            int64_t *total)
{
    enum ff_rc rc = count(cx, total);
    return rc ? rc : read_page(cx, ff_window_of(page, limit), out);
}

/* ---- lending ---- */

/* The first millisecond of the next business day: halved out of the 26 hours in which it lies, so
 * that days of 23 and 25 hours need no thought. */
static int64_t end_of_day(struct ff_ctx *cx, int64_t now_ms)
{
    const struct ff_site_settings site = ff_site_get(cx);
    char today[FF_DATE_CAP], date[FF_DATE_CAP];
    int64_t inside = now_ms, after = now_ms + 26 * MS_PER_HOUR;
    ff_business_date(now_ms, (int)site.day_start_min, today);
    while (after - inside > 1) {
        const int64_t middle = inside + (after - inside) / 2;
        ff_business_date(middle, (int)site.day_start_min, date);
        if (strcmp(date, today) == 0)
            inside = middle;
        else
            after = middle;
    }
    return after;
}

/* FF_IN_USE when somebody else has it. */
static enum ff_rc check_free(struct ff_ctx *cx, int64_t id, int64_t employee_id, int64_t now_ms)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DAY_CARD_HOLDER, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DAY_CARD_HOLDER_ID, id);
    ff_db_int(st, FF_P_DAY_CARD_HOLDER_NOW, now_ms);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (row && ff_db_col_int(st, FF_C_DAY_CARD_HOLDER_EMPLOYEE_ID) != employee_id)
        return FF_FAIL(cx, FF_IN_USE, "Somebody else has this card today.");
    return FF_OK;
}

/* A foreign person is not there. */
static enum ff_rc check_person(struct ff_ctx *cx, int64_t employee_id)
{
    struct ff_employee e;
    enum ff_rc rc = ff_employee_get(cx, employee_id, &e);
    if (rc)
        return rc;
    return e.active ? FF_OK : FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
}

static enum ff_rc lend(struct ff_ctx *cx, void *arg)
{
    const struct card *c = arg;
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = get(cx, c->id, c->out);
    if (rc || (rc = check_person(cx, c->employee_id)) ||
        (rc = check_free(cx, c->id, c->employee_id, now_ms)) ||
        (rc = ff_db_query(cx, FF_Q_DAY_CARD_LEND, &st)))
        return rc;
    ff_db_int(st, FF_P_DAY_CARD_LEND_ID, c->id);
    ff_db_int(st, FF_P_DAY_CARD_LEND_EMPLOYEE_ID, c->employee_id);
    ff_db_int(st, FF_P_DAY_CARD_LEND_EXPIRES_AT, end_of_day(cx, now_ms));
    if ((rc = ff_db_run(cx, st)) || (rc = audit(cx, "day_card.lend", c->out, c->employee_id)))
        return rc;
    return get(cx, c->id, c->out);
}

enum ff_rc ff_day_card_lend(struct ff_ctx *cx, int64_t id, int64_t employee_id,
                            struct ff_day_card *out)
{
    struct card c = {.id = id, .employee_id = employee_id, .out = out};
    return ff_db_write(cx, lend, &c);
}

static enum ff_rc give_back(struct ff_ctx *cx, void *arg)
{
    const int64_t *id = arg;
    struct ff_day_card card;
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = get(cx, *id, &card);
    if (rc || (rc = ff_db_query(cx, FF_Q_DAY_CARD_RETURN, &st)))
        return rc;
    ff_db_int(st, FF_P_DAY_CARD_RETURN_ID, *id);
    rc = ff_db_run(cx, st);
    return rc ? rc : audit(cx, "day_card.return", &card, 0);
}

enum ff_rc ff_day_card_return(struct ff_ctx *cx, int64_t id)
{
    return ff_db_write(cx, give_back, &id);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    const int64_t *id = arg;
    struct ff_day_card card;
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = get(cx, *id, &card);
    if (rc || (rc = ff_db_query(cx, FF_Q_DAY_CARD_DELETE, &st)))
        return rc;
    ff_db_int(st, FF_P_DAY_CARD_DELETE_ID, *id);
    rc = ff_db_run(cx, st);
    return rc ? rc : audit(cx, "day_card.remove", &card, 0);
}

enum ff_rc ff_day_card_remove(struct ff_ctx *cx, int64_t id)
{
    return ff_db_write(cx, remove_it, &id);
}
