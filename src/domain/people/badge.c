/* SPDX-License-Identifier: MIT */
/* badge.c - the badges of a person: given, listed, blocked, removed; and whose a badge is.
 * Day cards are in day_card.c, one-time codes in badge_link.c. */
#include "domain/people/badge.h"

#include <string.h>

#include "auth/visit.h"
#include "domain/audit/audit.h"
#include "domain/people/badge_repo.h"

#define USED_EVERY_MS INT64_C(3600000)

enum ff_rc ff_badge_audit(struct ff_ctx *cx, const char *action, int64_t id, int64_t employee_id,
                          const char *label)
{
    const struct ff_audit_value after[] = {{"employeeId", NULL, employee_id},
                                           {"label", label, FF_NULL_INT}};
    const struct ff_audit event = {.action = action,
                                   .entity = "badge",
                                   .entity_id = id,
                                   .subject = FF_AUDIT_EMPLOYEE,
                                   .subject_id = employee_id,
                                   .after = after,
                                   .n_after = label ? 2 : 1};
    return ff_audit(cx, &event);
}

enum ff_rc ff_badge_taken(struct ff_ctx *cx, const char *field, const char *detail)
{
    enum ff_rc rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "%s", detail);
    ff_err_text(cx, "field", field);
    return rc;
}

/* ---- giving ---- */

enum ff_rc ff_badge_claim(struct ff_ctx *cx, const struct ff_badge_key *key, int64_t employee_id,
                          int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    *id = 0;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BADGE_FIND, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_BADGE_FIND_BADGE_HASH, key->hash, sizeof key->hash);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    const char *kind = ff_db_col_text(cx, st, FF_C_BADGE_FIND_KIND);
    const char *state = ff_db_col_text(cx, st, FF_C_BADGE_FIND_STATE);
    if (!kind || !state)
        return cx->err.rc;
    if (strcmp(kind, "day") == 0)
        return ff_badge_taken(cx, "badge", "This is a day card.");
    if (ff_db_col_int(st, FF_C_BADGE_FIND_EMPLOYEE_ID) != employee_id)
        return ff_badge_taken(cx, "badge", "This badge is someone else's.");
    if (strcmp(state, "blocked") == 0)
        return ff_badge_taken(cx, "badge", "This badge is blocked; unblock it instead.");
    *id = ff_db_col_int(st, FF_C_BADGE_FIND_ID);
    return FF_OK;
}

enum ff_rc ff_badge_insert(struct ff_ctx *cx, const struct ff_badge_key *key, int64_t employee_id,
                           const char *label, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_badge_claim(cx, key, employee_id, id);
    if (rc || *id || (rc = ff_db_query(cx, FF_Q_BADGE_INSERT, &st)))
        return rc;
    ff_db_blob(st, FF_P_BADGE_INSERT_BADGE_HASH, key->hash, sizeof key->hash);
    ff_db_int(st, FF_P_BADGE_INSERT_EMPLOYEE_ID, employee_id);
    ff_db_text(st, FF_P_BADGE_INSERT_LABEL, label ? label : "");
    ff_db_int(st, FF_P_BADGE_INSERT_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = ff_db_col_int(st, FF_C_BADGE_INSERT_ID);
    return ff_badge_audit(cx, "badge.add", *id, employee_id, label);
}

/* ---- reading ---- */

_Static_assert((int)FF_C_BADGE_GET_EXPIRES_AT_MS == (int)FF_C_BADGE_LIST_EXPIRES_AT_MS,
               "both give the same columns");

static enum ff_rc read_badge(struct ff_ctx *cx, struct ff_stmt *st, struct ff_badge *out)
{
    *out = (struct ff_badge){
        .id = ff_db_col_int(st, FF_C_BADGE_GET_ID),
        .employee_id = ff_db_col_int(st, FF_C_BADGE_GET_EMPLOYEE_ID),
        .label = ff_db_col_text(cx, st, FF_C_BADGE_GET_LABEL),
        .kind = ff_db_col_text(cx, st, FF_C_BADGE_GET_KIND),
        .state = ff_db_col_text(cx, st, FF_C_BADGE_GET_STATE),
        .created_at = ff_db_col_int(st, FF_C_BADGE_GET_CREATED_AT_MS),
        .used_at = ff_db_col_opt_int(st, FF_C_BADGE_GET_USED_AT_MS),
        .expires_at = ff_db_col_opt_int(st, FF_C_BADGE_GET_EXPIRES_AT_MS),
    };
    return out->label && out->kind && out->state ? FF_OK : cx->err.rc;
}

/* One of a person within the caller's scope. */
static enum ff_rc get(struct ff_ctx *cx, int64_t employee_id, int64_t id, struct ff_badge *out)
{
    struct ff_employee e;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_employee_get(cx, employee_id, &e);
    if (rc || (rc = ff_db_query(cx, FF_Q_BADGE_GET, &st)))
        return rc;
    ff_db_int(st, FF_P_BADGE_GET_ID, id);
    ff_db_int(st, FF_P_BADGE_GET_EMPLOYEE_ID, employee_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? read_badge(cx, st, out) : FF_FAIL(cx, FF_NOT_FOUND, "There is no such badge.");
}

static enum ff_rc count(struct ff_ctx *cx, int64_t employee_id, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BADGE_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BADGE_COUNT_EMPLOYEE_ID, employee_id);
    ff_db_int(st, FF_P_BADGE_COUNT_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_BADGE_COUNT_TOTAL);
    return FF_OK;
}

static enum ff_rc read_page(struct ff_ctx *cx, int64_t employee_id, struct ff_window window,
                            struct ff_list *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BADGE_LIST, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BADGE_LIST_EMPLOYEE_ID, employee_id);
    ff_db_int(st, FF_P_BADGE_LIST_NOW, ff_clock_now_ms(cx->clock));
    ff_db_int(st, FF_P_BADGE_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_BADGE_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_badge *badge = ff_rows_add(cx, &rows, sizeof *badge);
        if (!badge)
            return cx->err.rc;
        if ((rc = read_badge(cx, st, badge)))
            return rc;
    }
    *out = rows.list;
    return rc;
}

enum ff_rc ff_badge_list(struct ff_ctx *cx, int64_t employee_id, int64_t page, int64_t limit,
                         struct ff_list *out, int64_t *total)
{
    struct ff_employee e;
    enum ff_rc rc = ff_employee_get(cx, employee_id, &e);
    if (rc || (rc = count(cx, employee_id, total)))
        return rc;
    return read_page(cx, employee_id, ff_window_of(page, limit), out);
}

/* ---- changing ---- */

struct change {
    int64_t employee_id, id;
    struct ff_badge_key key;
    const char *label;
    bool is_blocked;
    struct ff_badge *out;
};

static enum ff_rc add(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_employee e;
    ff_err_clear(cx);
    enum ff_rc rc = ff_employee_get(cx, c->employee_id, &e);
    if (rc || (rc = ff_badge_insert(cx, &c->key, c->employee_id, c->label, &c->id)))
        return rc;
    return get(cx, c->employee_id, c->id, c->out);
}

enum ff_rc ff_badge_add(struct ff_ctx *cx, int64_t employee_id, const char *badge,
                        const char *label, struct ff_badge *out)
{
    struct ff_badge unwanted = {0};
    struct change c = {.employee_id = employee_id, .label = label, .out = out ? out : &unwanted};
    ff_auth_badge_hash(cx->auth, badge, c.key.hash);
    return ff_db_write(cx, add, &c);
}

static enum ff_rc set_state(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = get(cx, c->employee_id, c->id, c->out);
    if (rc || (rc = ff_db_query(cx, FF_Q_BADGE_SET_STATE, &st)))
        return rc;
    c->out->state = c->is_blocked ? "blocked" : "active";
    ff_db_int(st, FF_P_BADGE_SET_STATE_ID, c->id);
    ff_db_int(st, FF_P_BADGE_SET_STATE_EMPLOYEE_ID, c->employee_id);
    ff_db_text(st, FF_P_BADGE_SET_STATE_STATE, c->out->state);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    return ff_badge_audit(cx, c->is_blocked ? "badge.block" : "badge.unblock", c->id,
                          c->employee_id, c->out->label);
}

enum ff_rc ff_badge_block(struct ff_ctx *cx, int64_t employee_id, int64_t id, bool is_blocked,
                          struct ff_badge *out)
{
    struct change c = {.employee_id = employee_id, .id = id, .is_blocked = is_blocked, .out = out};
    enum ff_rc rc = ff_db_write(cx, set_state, &c);
    if (!rc && is_blocked)
        ff_visit_end_all(cx->auth, 0, employee_id);
    return rc;
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct ff_badge badge;
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = get(cx, c->employee_id, c->id, &badge);
    if (rc || (rc = ff_db_query(cx, FF_Q_BADGE_DELETE, &st)))
        return rc;
    ff_db_int(st, FF_P_BADGE_DELETE_ID, c->id);
    ff_db_int(st, FF_P_BADGE_DELETE_EMPLOYEE_ID, c->employee_id);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    return ff_badge_audit(cx, "badge.remove", c->id, c->employee_id, badge.label);
}

enum ff_rc ff_badge_remove(struct ff_ctx *cx, int64_t employee_id, int64_t id)
{
    struct change c = {.employee_id = employee_id, .id = id};
    enum ff_rc rc = ff_db_write(cx, remove_it, &c);
    if (!rc)
        ff_visit_end_all(cx->auth, 0, employee_id);
    return rc;
}

/* ---- whose is it? ---- */

struct use {
    int64_t badge_id, now_ms;
};

static enum ff_rc used(struct ff_ctx *cx, void *arg)
{
    const struct use *use = arg;
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = ff_db_query(cx, FF_Q_BADGE_USED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BADGE_USED_ID, use->badge_id);
    ff_db_int(st, FF_P_BADGE_USED_NOW, use->now_ms);
    return ff_db_run(cx, st);
}

/* A note that cannot be written is left out. */
static void note_use(struct ff_ctx *cx, int64_t badge_id, int64_t last_ms)
{
    struct use use = {.badge_id = badge_id, .now_ms = ff_clock_now_ms(cx->clock)};
    if (last_ms != FF_NULL_INT && use.now_ms - last_ms < USED_EVERY_MS)
        return;
    if (ff_db_write(cx, used, &use))
        ff_err_clear(cx);
}

struct found {
    int64_t id, active, badge_id, used_at;
    bool is_blocked;
};

static enum ff_rc find(struct ff_ctx *cx, const char *badge, struct found *out)
{
    struct ff_badge_key key;
    FF_STMT *st = NULL;
    bool row;
    ff_auth_badge_hash(cx->auth, badge, key.hash);
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_BY_BADGE, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_EMPLOYEE_BY_BADGE_BADGE_HASH, key.hash, sizeof key.hash);
    ff_db_int(st, FF_P_EMPLOYEE_BY_BADGE_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    const char *state = ff_db_col_text(cx, st, FF_C_EMPLOYEE_BY_BADGE_STATE);
    *out = (struct found){.id = ff_db_col_int(st, FF_C_EMPLOYEE_BY_BADGE_ID),
                          .active = ff_db_col_int(st, FF_C_EMPLOYEE_BY_BADGE_ACTIVE),
                          .badge_id = ff_db_col_int(st, FF_C_EMPLOYEE_BY_BADGE_BADGE_ID),
                          .used_at = ff_db_col_opt_int(st, FF_C_EMPLOYEE_BY_BADGE_USED_AT_MS),
                          .is_blocked = state && strcmp(state, "blocked") == 0};
    return cx->err.rc;
}

/* Somebody holds a lost badge to the reader: worth knowing. */
static void note_blocked(struct ff_ctx *cx, const struct found *found)
{
    const struct ff_audit event = {.action = "badge.blocked_use",
                                   .entity = "badge",
                                   .entity_id = found->badge_id,
                                   .subject = FF_AUDIT_EMPLOYEE,
                                   .subject_id = found->id};
    ff_audit_note(cx, &event);
}

enum ff_rc ff_employee_by_badge(struct ff_ctx *cx, const char *badge, int64_t *id)
{
    struct found found = {0};
    enum ff_rc rc = find(cx, badge, &found);
    if (rc)
        return rc;
    if (found.is_blocked)
        note_blocked(cx, &found);
    if (!found.id || found.is_blocked)
        return FF_FAIL(cx, FF_BADGE_UNKNOWN, "This badge is not known.");
    if (!found.active)
        return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
    note_use(cx, found.badge_id, found.used_at);
    *id = found.id;
    return FF_OK;
}
