/* SPDX-License-Identifier: MIT */
/* employee_repo.c - statements on people: read one, write one. */
#include "domain/people/people_repo.h"

#include <string.h>

int64_t ff_people_border(const struct ff_ctx *cx)
{
    if (cx->who.scope == FF_ALL || (cx->who.scope == FF_DEPT && cx->who.site_wide))
        return FF_NULL_INT;
    return cx->who.scope == FF_DEPT ? cx->who.department_id : 0;
}

enum ff_rc ff_employee_get(struct ff_ctx *cx, int64_t id, struct ff_employee *out)
{
    FF_STMT *st = NULL;
    bool row, is_self = cx->who.scope == FF_SELF;
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_EMPLOYEE_GET_ID, id);
    ff_db_opt_int(st, FF_P_EMPLOYEE_GET_SELF, is_self ? cx->who.employee_id : FF_NULL_INT);
    ff_db_opt_int(st, FF_P_EMPLOYEE_GET_DEPARTMENT, is_self ? FF_NULL_INT : ff_people_border(cx));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such person.");
    *out = (struct ff_employee){
        .id = id,
        .number = ff_db_col_text(cx, st, FF_C_EMPLOYEE_GET_NUMBER),
        .name = ff_db_col_text(cx, st, FF_C_EMPLOYEE_GET_NAME),
        .email = ff_db_col_text(cx, st, FF_C_EMPLOYEE_GET_EMAIL),
        .department_id = ff_db_col_opt_int(st, FF_C_EMPLOYEE_GET_DEPARTMENT_ID),
        .department = ff_db_col_text(cx, st, FF_C_EMPLOYEE_GET_DEPARTMENT),
        .group_id = ff_db_col_opt_int(st, FF_C_EMPLOYEE_GET_GROUP_ID),
        .group = ff_db_col_text(cx, st, FF_C_EMPLOYEE_GET_GROUP_NAME),
        .overdraft = ff_db_col_opt_int(st, FF_C_EMPLOYEE_GET_OVERDRAFT),
        .purchase_limit = ff_db_col_opt_int(st, FF_C_EMPLOYEE_GET_PURCHASE_LIMIT),
        .daily_limit = ff_db_col_opt_int(st, FF_C_EMPLOYEE_GET_DAILY_LIMIT),
        .monthly_limit = ff_db_col_opt_int(st, FF_C_EMPLOYEE_GET_MONTHLY_LIMIT),
        .blocked = ff_db_col_int(st, FF_C_EMPLOYEE_GET_BLOCKED),
        .blocked_reason = ff_db_col_text(cx, st, FF_C_EMPLOYEE_GET_BLOCKED_REASON),
        .active = ff_db_col_int(st, FF_C_EMPLOYEE_GET_ACTIVE),
        .has_pin = ff_db_col_int(st, FF_C_EMPLOYEE_GET_HAS_PIN),
        .badges = ff_db_col_int(st, FF_C_EMPLOYEE_GET_BADGES),
        .version = ff_db_col_int(st, FF_C_EMPLOYEE_GET_VERSION),
        .created_at = ff_db_col_int(st, FF_C_EMPLOYEE_GET_CREATED_AT),
        .updated_at = ff_db_col_int(st, FF_C_EMPLOYEE_GET_UPDATED_AT),
    };
    return cx->err.rc;
}

/* A unique index refused: says which field it was. */
static enum ff_rc clash(struct ff_ctx *cx, const struct ff_employee *e)
{
    FF_STMT *st = NULL;
    bool row;
    ff_err_clear(cx);
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_CLASH, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_EMPLOYEE_CLASH_ID, e->id);
    ff_db_text(st, FF_P_EMPLOYEE_CLASH_NUMBER, e->number);
    ff_db_text(st, FF_P_EMPLOYEE_CLASH_EMAIL, e->email);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    const char *number = row ? ff_db_col_text(cx, st, FF_C_EMPLOYEE_CLASH_NUMBER) : NULL;
    bool is_number = number && strcmp(number, e->number) == 0;
    rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "Someone else has this %s.",
                 is_number ? "number" : "e-mail address");
    ff_err_text(cx, "field", is_number ? "number" : "email");
    return rc;
}

enum ff_rc ff_employee_insert(struct ff_ctx *cx, struct ff_employee *e)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, e->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_EMPLOYEE_INSERT, &st) : cx->err.rc;
    if (rc)
        return rc;
    e->id = 0;
    ff_db_text(st, FF_P_EMPLOYEE_INSERT_NUMBER, e->number);
    ff_db_text(st, FF_P_EMPLOYEE_INSERT_NAME, e->name);
    ff_db_text(st, FF_P_EMPLOYEE_INSERT_NAME_FOLD, fold);
    ff_db_text(st, FF_P_EMPLOYEE_INSERT_EMAIL, e->email);
    ff_db_opt_int(st, FF_P_EMPLOYEE_INSERT_DEPARTMENT_ID, e->department_id);
    ff_db_opt_int(st, FF_P_EMPLOYEE_INSERT_GROUP_ID, e->group_id);
    ff_db_opt_int(st, FF_P_EMPLOYEE_INSERT_OVERDRAFT, e->overdraft);
    ff_db_opt_int(st, FF_P_EMPLOYEE_INSERT_PURCHASE_LIMIT, e->purchase_limit);
    ff_db_opt_int(st, FF_P_EMPLOYEE_INSERT_DAILY_LIMIT, e->daily_limit);
    ff_db_opt_int(st, FF_P_EMPLOYEE_INSERT_MONTHLY_LIMIT, e->monthly_limit);
    ff_db_int(st, FF_P_EMPLOYEE_INSERT_NOW, ff_clock_now_ms(cx->clock));
    rc = ff_db_row(cx, st, &row);
    if (rc)
        return rc == FF_ALREADY_EXISTS ? clash(cx, e) : rc;
    e->id = ff_db_col_int(st, FF_C_EMPLOYEE_INSERT_ID);
    return FF_OK;
}

enum ff_rc ff_employee_update(struct ff_ctx *cx, const struct ff_employee *e)
{
    FF_STMT *st = NULL;
    const char *fold = ff_fold(cx, e->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_EMPLOYEE_UPDATE, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_EMPLOYEE_UPDATE_ID, e->id);
    ff_db_int(st, FF_P_EMPLOYEE_UPDATE_VERSION, e->version);
    ff_db_text(st, FF_P_EMPLOYEE_UPDATE_NUMBER, e->number);
    ff_db_text(st, FF_P_EMPLOYEE_UPDATE_NAME, e->name);
    ff_db_text(st, FF_P_EMPLOYEE_UPDATE_NAME_FOLD, fold);
    ff_db_text(st, FF_P_EMPLOYEE_UPDATE_EMAIL, e->email);
    ff_db_opt_int(st, FF_P_EMPLOYEE_UPDATE_DEPARTMENT_ID, e->department_id);
    ff_db_opt_int(st, FF_P_EMPLOYEE_UPDATE_GROUP_ID, e->group_id);
    ff_db_opt_int(st, FF_P_EMPLOYEE_UPDATE_OVERDRAFT, e->overdraft);
    ff_db_opt_int(st, FF_P_EMPLOYEE_UPDATE_PURCHASE_LIMIT, e->purchase_limit);
    ff_db_opt_int(st, FF_P_EMPLOYEE_UPDATE_DAILY_LIMIT, e->daily_limit);
    ff_db_opt_int(st, FF_P_EMPLOYEE_UPDATE_MONTHLY_LIMIT, e->monthly_limit);
    ff_db_int(st, FF_P_EMPLOYEE_UPDATE_ACTIVE, e->active);
    ff_db_int(st, FF_P_EMPLOYEE_UPDATE_NOW, ff_clock_now_ms(cx->clock));
    rc = ff_db_run(cx, st);
    return rc == FF_ALREADY_EXISTS ? clash(cx, e) : rc;
}

enum ff_rc ff_employee_by_email(struct ff_ctx *cx, const char *email, struct ff_employee *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_BY_EMAIL, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_EMPLOYEE_BY_EMAIL_EMAIL, email);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? ff_employee_get(cx, ff_db_col_int(st, FF_C_EMPLOYEE_BY_EMAIL_ID), out)
               : FF_FAIL(cx, FF_NOT_FOUND, "There is no such employee.");
}
