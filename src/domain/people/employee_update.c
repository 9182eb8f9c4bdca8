/* SPDX-License-Identifier: MIT */
/* employee_update.c - a row of a file about somebody who is there: what its cells say against what
 * is known. An empty cell says nothing. */
#include <string.h>

#include "base/money.h"
#include "domain/identity/user.h"
#include "domain/people/employee_import.h"

enum { CELLS = 6 };

/* The person as they are and as the row wants them. */
struct update {
    struct ff_employee now, then;
    int64_t opening; /* FF_NULL_INT: none was booked */
    struct ff_import_value cells[CELLS];
    size_t n;
    bool places; /* department, group or activity */
};

static enum ff_rc find(struct ff_ctx *cx, const char *number, struct update *u, bool *found)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_BY_NUMBER, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_EMPLOYEE_BY_NUMBER_NUMBER, number);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    u->opening = ff_db_col_opt_int(st, FF_C_EMPLOYEE_BY_NUMBER_OPENING);
    return ff_employee_get(cx, ff_db_col_int(st, FF_C_EMPLOYEE_BY_NUMBER_ID), &u->now);
}

/* ---- what differs ---- */

static void change(struct update *u, const char *column, const char *before, const char *after)
{
    u->cells[u->n++] = (struct ff_import_value){column, before, after};
}

static void compare_text(struct update *u, const char *column, const char *given,
                         const char **value)
{
    if (!given || (*value && strcmp(*value, given) == 0))
        return;
    change(u, column, *value, given);
    *value = given;
}

static const char *amount(struct ff_ctx *cx, int64_t minor, int decimals)
{
    char text[FF_MONEY_TEXT_CAP];
    if (minor == FF_NULL_INT)
        return NULL;
    ff_money_format(minor, decimals, text);
    return ff_strdup(cx, text);
}

static void compare_limit(struct ff_ctx *cx, const struct ff_people_job *job,
                          const struct ff_people_row *row, struct update *u)
{
    if (row->monthly_limit == FF_NULL_INT || row->monthly_limit == u->now.monthly_limit)
        return;
    change(u, "monthlyLimit", amount(cx, u->now.monthly_limit, job->decimals),
           amount(cx, row->monthly_limit, job->decimals));
    u->then.monthly_limit = row->monthly_limit;
}

static void compare_active(const struct ff_people_row *row, struct update *u)
{
    if (row->active == FF_NULL_INT || row->active == u->now.active)
        return;
    change(u, "active", u->now.active ? "true" : "false", row->active ? "true" : "false");
    u->then.active = row->active;
    u->places = true;
}

/* By id: a department is the same however it is spelled. */
static enum ff_rc compare_places(struct ff_ctx *cx, struct ff_people_job *job,
                                 const struct ff_people_row *row, struct update *u)
{
    int64_t department = u->now.department_id, group = u->now.group_id;
    enum ff_rc rc = FF_OK;
    if (row->department && (rc = ff_people_department(cx, job, row->department, &department)))
        return rc;
    if (row->group && (rc = ff_people_group(cx, job, row->group, &group)))
        return rc;
    if (department != u->now.department_id)
        change(u, "department", u->now.department, row->department);
    if (group != u->now.group_id)
        change(u, "group", u->now.group, row->group);
    u->places |= department != u->now.department_id || group != u->now.group_id;
    u->then.department_id = department;
    u->then.group_id = group;
    return FF_OK;
}

/* ---- what a row may not do ---- */

static bool is_refused(const struct ff_ctx *cx, struct ff_people_job *job,
                       struct ff_people_row *row, const struct update *u)
{
    const int64_t opening = u->opening == FF_NULL_INT ? 0 : u->opening;
    if (row->opening != FF_NULL_INT && row->opening != opening) {
        ff_import_bad(job->im, &row->head, "openingBalance", "VALUE",
                      "The wallet began with another amount; book an adjustment instead.");
        return true;
    }
    if (u->places && cx->who.employee_id && cx->who.employee_id == u->now.id) {
        ff_import_bad(job->im, &row->head, u->cells[u->n - 1].column, "VALUE",
                      "Someone else must change this of you.");
        return true;
    }
    return false;
}

static enum ff_rc write(struct ff_ctx *cx, struct ff_people_job *job, struct ff_people_row *row,
                        struct update *u)
{
    enum ff_rc rc = FF_OK;
    if (u->now.active == 1 && u->then.active != 1 && (rc = ff_user_spare_person(cx, u->now.id)))
        return rc;
    if ((rc = ff_employee_update(cx, &u->then)))
        return rc == FF_ALREADY_EXISTS ? ff_people_clash(cx, job, row) : rc;
    return ff_employee_record(cx, "employee.change", &u->now, &u->then);
}

enum ff_rc ff_people_update(struct ff_ctx *cx, struct ff_people_job *job, struct ff_people_row *row,
                            bool *found)
{
    struct update u = {0};
    enum ff_rc rc = find(cx, row->number, &u, found);
    if (rc || !*found)
        return rc;
    u.then = u.now;
    compare_text(&u, "name", row->name, &u.then.name);
    compare_text(&u, "email", row->email, &u.then.email);
    compare_limit(cx, job, row, &u);
    if ((rc = compare_places(cx, job, row, &u)))
        return rc;
    compare_active(row, &u);
    if (is_refused(cx, job, row, &u))
        return FF_OK;
    ff_import_note(job->im, &row->head, u.now.name, u.n ? FF_IMPORT_CHANGED : FF_IMPORT_SAME,
                   u.cells, u.n);
    return u.n ? write(cx, job, row, &u) : FF_OK;
}
