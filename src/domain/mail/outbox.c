/* SPDX-License-Identifier: MIT */
/* outbox.c - the rows: put in by requests, taken by the thread that sends. */
#include "domain/mail/outbox.h"

#include <string.h>

#include "base/log.h"
#include "db/db.h"
#include "domain/code/one_time_code.h"
#include "domain/common/list.h"
#include "domain/identity/user.h"
#include "domain/people/employee.h"
#include "domain/site/site.h"

enum { MINUTE_MS = 60000, MAX_MINUTES = 60, KEEP_FAILED_DAYS = 7 };
#define DAY_MS INT64_C(86400000)

const char *const ff_mail_kind_names[FF_MAIL_KINDS] = {
    [FF_MAIL_RESET] = "reset",
    [FF_MAIL_REGISTER] = "register",
    [FF_MAIL_PASSWORD_CHANGED] = "password_changed",
    [FF_MAIL_INVITE] = "invite",
};

/* ---- putting in ---- */

struct post {
    enum ff_mail_kind kind;
    const char *address;
};

static enum ff_rc count_waiting(struct ff_ctx *cx, int64_t *n)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MAIL_WAITING, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *n = ff_db_col_int(st, FF_C_MAIL_WAITING_TOTAL);
    return FF_OK;
}

static enum ff_rc insert(struct ff_ctx *cx, void *arg)
{
    const struct post *p = arg;
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    FF_STMT *st = NULL;
    int64_t waiting;
    ff_err_clear(cx);
    enum ff_rc rc = count_waiting(cx, &waiting);
    if (rc || waiting >= FF_MAIL_WAITING || (rc = ff_db_query(cx, FF_Q_MAIL_INSERT, &st)))
        return rc;
    ff_db_text(st, FF_P_MAIL_INSERT_KIND, ff_mail_kind_names[p->kind]);
    ff_db_text(st, FF_P_MAIL_INSERT_ADDRESS, p->address);
    ff_db_int(st, FF_P_MAIL_INSERT_NOW, now_ms);
    return ff_db_run(cx, st);
}

enum ff_rc ff_mail_post(struct ff_ctx *cx, enum ff_mail_kind kind, const char *address)
{
    struct post p = {.kind = kind, .address = address};
    return ff_site_run(cx->site).mail ? ff_db_write(cx, insert, &p) : FF_OK;
}

/* ---- taking out ---- */

static enum ff_rc delete_row(struct ff_ctx *cx, void *arg)
{
    const int64_t *id = arg;
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = ff_db_query(cx, FF_Q_MAIL_DELETE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_MAIL_DELETE_ID, *id);
    return ff_db_run(cx, st);
}

struct row {
    int64_t id, tries;
    enum ff_mail_kind kind;
    const char *address;
};

static enum ff_rc next_row(struct ff_ctx *cx, struct row *out, bool *found)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MAIL_NEXT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_MAIL_NEXT_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    const char *kind = ff_db_col_text(cx, st, FF_C_MAIL_NEXT_KIND);
    *out = (struct row){.id = ff_db_col_int(st, FF_C_MAIL_NEXT_ID),
                        .tries = ff_db_col_int(st, FF_C_MAIL_NEXT_TRIES),
                        .address = ff_db_col_text(cx, st, FF_C_MAIL_NEXT_ADDRESS)};
    while (kind && out->kind < FF_MAIL_KINDS && strcmp(ff_mail_kind_names[out->kind], kind) != 0)
        out->kind++;
    return kind && out->address ? FF_OK : cx->err.rc;
}

/* Whom a message is about; both 0: nobody. */
struct whom {
    int64_t user_id, employee_id;
    const char *name;
};

static enum ff_rc forgive_missing(struct ff_ctx *cx, enum ff_rc rc)
{
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return FF_OK;
}

static enum ff_rc find_account(struct ff_ctx *cx, const char *address, struct whom *whom,
                               bool *exists)
{
    struct ff_user user = {0};
    enum ff_rc rc = forgive_missing(cx, ff_user_by_email(cx, address, &user));
    *exists = user.id != 0;
    if (!rc && user.active)
        *whom = (struct whom){.user_id = user.id, .name = user.name};
    return rc;
}

static enum ff_rc find_person(struct ff_ctx *cx, const char *address, struct whom *whom)
{
    struct ff_employee e = {0};
    enum ff_rc rc = forgive_missing(cx, ff_employee_by_email(cx, address, &e));
    if (!rc && e.id && e.active)
        *whom = (struct whom){.employee_id = e.id, .name = e.name};
    return rc;
}

/* Whoever asks to register and has an account is helped to a password instead. */
static enum ff_rc resolve(struct ff_ctx *cx, struct row *row, struct whom *whom)
{
    bool exists = false;
    *whom = (struct whom){0};
    enum ff_rc rc = find_account(cx, row->address, whom, &exists);
    if (rc || exists) {
        if (row->kind == FF_MAIL_REGISTER)
            row->kind = FF_MAIL_RESET;
        if (row->kind == FF_MAIL_INVITE)
            *whom = (struct whom){0};
        return rc;
    }
    return row->kind == FF_MAIL_REGISTER || row->kind == FF_MAIL_INVITE
               ? find_person(cx, row->address, whom)
               : FF_OK;
}

static enum ff_rc make_code(struct ff_ctx *cx, enum ff_mail_kind kind, const struct whom *whom,
                            struct ff_code *code)
{
    const struct ff_code_new in = {
        .purpose = kind == FF_MAIL_RESET ? FF_CODE_RESET : FF_CODE_INVITE,
        .holder = {.user_id = whom->user_id, .employee_id = whom->employee_id},
        .valid_ms = kind == FF_MAIL_RESET ? FF_RESET_MS : FF_INVITE_MS};
    code->text[0] = '\0';
    return kind == FF_MAIL_PASSWORD_CHANGED ? FF_OK : ff_code_issue(cx, &in, code);
}

enum ff_rc ff_mail_take(struct ff_ctx *cx, const struct ff_mail_site *site, struct ff_letter *out,
                        bool *found)
{
    struct row row = {0};
    struct whom whom;
    struct ff_code code;
    enum ff_rc rc = next_row(cx, &row, found);
    if (rc || !*found)
        return rc;
    *out =
        (struct ff_letter){.id = row.id, .tries = row.tries, .kind = ff_mail_kind_names[row.kind]};
    if ((rc = resolve(cx, &row, &whom)))
        return rc;
    if (!whom.user_id && !whom.employee_id)
        return ff_db_write(cx, delete_row, &out->id);
    if ((rc = make_code(cx, row.kind, &whom, &code)))
        return rc;
    const struct ff_mail_words words = {.name = whom.name, .code = code.text[0] ? code.text : NULL};
    out->to = row.address;
    out->text = ff_mail_compose(cx, row.kind, site, row.address, &words);
    return out->text ? FF_OK : cx->err.rc;
}

enum ff_rc ff_mail_sent(struct ff_ctx *cx, const struct ff_letter *letter)
{
    int64_t id = letter->id;
    return ff_db_write(cx, delete_row, &id);
}

/* ---- once more, or not ---- */

struct delay {
    int64_t id, due_at_ms, now_ms;
    bool gives_up;
};

static enum ff_rc put_off(struct ff_ctx *cx, void *arg)
{
    const struct delay *d = arg;
    FF_STMT *later = NULL;
    FF_STMT *sweep = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = ff_db_query(cx, FF_Q_MAIL_LATER, &later);
    if (rc)
        return rc;
    ff_db_int(later, FF_P_MAIL_LATER_ID, d->id);
    ff_db_int(later, FF_P_MAIL_LATER_DUE_AT, d->due_at_ms);
    ff_db_text(later, FF_P_MAIL_LATER_STATE, d->gives_up ? "failed" : "waiting");
    if ((rc = ff_db_run(cx, later)) || (rc = ff_db_query(cx, FF_Q_MAIL_SWEEP, &sweep)))
        return rc;
    ff_db_int(sweep, FF_P_MAIL_SWEEP_BEFORE, d->now_ms - KEEP_FAILED_DAYS * DAY_MS);
    return ff_db_run(cx, sweep);
}

enum ff_rc ff_mail_failed(struct ff_ctx *cx, const struct ff_letter *letter, bool *given_up)
{
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    const int64_t minutes = letter->tries < 6 ? INT64_C(1) << letter->tries : MAX_MINUTES;
    struct delay d = {.id = letter->id,
                      .now_ms = now_ms,
                      .due_at_ms = now_ms + minutes * MINUTE_MS,
                      .gives_up = letter->tries + 1 >= FF_MAIL_TRIES};
    *given_up = d.gives_up;
    return ff_db_write(cx, put_off, &d);
}
