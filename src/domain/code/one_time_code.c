/* SPDX-License-Identifier: MIT */
/* one_time_code.c - making, looking at and using up. Codes that ran out go when another is made. */
#include "domain/code/one_time_code.h"

#include <string.h>

#include "base/typed_code.h"
#include "db/db.h"
#include "json/schema.h"

enum { HASH_BYTES = 32 };

static const char *const purposes[FF_CODE_PURPOSES] = {
    [FF_CODE_RESET] = "reset",
    [FF_CODE_OTP] = "otp",
    [FF_CODE_INVITE] = "invite",
    [FF_CODE_BADGE_LINK] = "badge_link",
};

/* Both forms at once: what is typed is read generously, a link's secret as it stands. */
static void hash_of(struct ff_ctx *cx, const char *text, unsigned char hash[HASH_BYTES])
{
    char plain[FF_TYPED_CODE_CAP];
    ff_auth_lookup_hash(cx->auth, "code", ff_typed_code_read(text, plain) ? plain : text, hash);
}

static enum ff_rc invalid(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_CODE_INVALID, "This code is not valid any more.");
}

/* ---- making ---- */

static enum ff_rc sweep(struct ff_ctx *cx, int64_t now_ms)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CODE_SWEEP, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CODE_SWEEP_BEFORE, now_ms);
    return ff_db_run(cx, st);
}

static enum ff_rc drop_users(struct ff_ctx *cx, const char *purpose, int64_t user_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CODE_DROP_USER, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CODE_DROP_USER_USER, user_id);
    ff_db_text(st, FF_P_CODE_DROP_USER_PURPOSE, purpose);
    return ff_db_run(cx, st);
}

static enum ff_rc drop_employees(struct ff_ctx *cx, const char *purpose, int64_t employee_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CODE_DROP_EMPLOYEE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CODE_DROP_EMPLOYEE_EMPLOYEE, employee_id);
    ff_db_text(st, FF_P_CODE_DROP_EMPLOYEE_PURPOSE, purpose);
    return ff_db_run(cx, st);
}

static enum ff_rc drop(struct ff_ctx *cx, const char *purpose, const struct ff_code_holder *h)
{
    return h->user_id ? drop_users(cx, purpose, h->user_id)
                      : drop_employees(cx, purpose, h->employee_id);
}

struct issue {
    const struct ff_code_new *in;
    unsigned char hash[HASH_BYTES];
    int64_t now_ms, expires_at_ms;
};

static enum ff_rc insert(struct ff_ctx *cx, void *arg)
{
    const struct issue *i = arg;
    const struct ff_code_holder *h = &i->in->holder;
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = sweep(cx, i->now_ms);
    if (rc || (rc = drop(cx, purposes[i->in->purpose], h)) ||
        (rc = ff_db_query(cx, FF_Q_CODE_INSERT, &st)))
        return rc;
    ff_db_blob(st, FF_P_CODE_INSERT_CODE_HASH, i->hash, sizeof i->hash);
    ff_db_text(st, FF_P_CODE_INSERT_PURPOSE, purposes[i->in->purpose]);
    ff_db_opt_int(st, FF_P_CODE_INSERT_USER, h->user_id ? h->user_id : FF_NULL_INT);
    ff_db_opt_int(st, FF_P_CODE_INSERT_EMPLOYEE, h->employee_id ? h->employee_id : FF_NULL_INT);
    ff_db_int(st, FF_P_CODE_INSERT_NOW, i->now_ms);
    ff_db_int(st, FF_P_CODE_INSERT_EXPIRES_AT, i->expires_at_ms);
    return ff_db_run(cx, st);
}

enum ff_rc ff_code_issue(struct ff_ctx *cx, const struct ff_code_new *in, struct ff_code *out)
{
    struct issue i = {.in = in, .now_ms = ff_clock_now_ms(cx->clock)};
    char plain[FF_TYPED_CODE_CAP], shown[FF_SHOWN_CODE_CAP];
    i.expires_at_ms = out->expires_at_ms = i.now_ms + in->valid_ms;
    ff_typed_code_make(plain, shown);
    ff_auth_secret(out->text);
    if (in->is_typed)
        memcpy(out->text, shown, sizeof shown);
    hash_of(cx, out->text, i.hash);
    return ff_db_write(cx, insert, &i);
}

/* ---- using ---- */

struct use {
    const char *purpose;
    unsigned char hash[HASH_BYTES];
    struct ff_code_holder *out;
};

static enum ff_rc spend(struct ff_ctx *cx, void *arg)
{
    const struct use *u = arg;
    FF_STMT *st = NULL;
    bool row;
    ff_err_clear(cx);
    enum ff_rc rc = ff_db_query(cx, FF_Q_CODE_SPEND, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_CODE_SPEND_CODE_HASH, u->hash, sizeof u->hash);
    ff_db_text(st, FF_P_CODE_SPEND_PURPOSE, u->purpose);
    ff_db_int(st, FF_P_CODE_SPEND_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return invalid(cx);
    *u->out =
        (struct ff_code_holder){.user_id = ff_db_col_int(st, FF_C_CODE_SPEND_USER_ID),
                                .employee_id = ff_db_col_int(st, FF_C_CODE_SPEND_EMPLOYEE_ID)};
    return FF_OK;
}

enum ff_rc ff_code_spend(struct ff_ctx *cx, enum ff_code_purpose purpose, const char *text,
                         struct ff_code_holder *out)
{
    struct use u = {.purpose = purposes[purpose], .out = out};
    hash_of(cx, text, u.hash);
    return ff_db_write(cx, spend, &u);
}

enum ff_rc ff_code_look(struct ff_ctx *cx, enum ff_code_purpose purpose, const char *text,
                        struct ff_code_holder *out)
{
    unsigned char hash[HASH_BYTES];
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CODE_LOOK, &st);
    if (rc)
        return rc;
    hash_of(cx, text, hash);
    ff_db_blob(st, FF_P_CODE_LOOK_CODE_HASH, hash, sizeof hash);
    ff_db_text(st, FF_P_CODE_LOOK_PURPOSE, purposes[purpose]);
    ff_db_int(st, FF_P_CODE_LOOK_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return invalid(cx);
    *out = (struct ff_code_holder){.user_id = ff_db_col_int(st, FF_C_CODE_LOOK_USER_ID),
                                   .employee_id = ff_db_col_int(st, FF_C_CODE_LOOK_EMPLOYEE_ID)};
    return FF_OK;
}

struct revocation {
    const char *purpose;
    const struct ff_code_holder *holder;
};

static enum ff_rc revoke(struct ff_ctx *cx, void *arg)
{
    const struct revocation *r = arg;
    ff_err_clear(cx);
    return drop(cx, r->purpose, r->holder);
}

enum ff_rc ff_code_revoke(struct ff_ctx *cx, enum ff_code_purpose purpose,
                          const struct ff_code_holder *holder)
{
    struct revocation r = {.purpose = purposes[purpose], .holder = holder};
    return ff_db_write(cx, revoke, &r);
}
