/* SPDX-License-Identifier: MIT */
/* login.c - the check of a password, from the slot to the count of failures.
 * The slot comes before any look at the account and is kept until a failure is counted, so no more
 * guesses can be under way than there are slots. Source: security.md S2, S7, S8. */
#include "domain/identity/login.h"

#include "domain/attempt/attempt.h"
#include "domain/audit/audit.h"
#include "domain/identity/repo.h"

struct failure {
    enum ff_attempt_kind kind;
    const char *email;
    int64_t id; /* 0: there is no such account */
};

static void fill_event(const struct failure *f, const char *action, struct ff_audit *event)
{
    *event = (struct ff_audit){.action = action, .entity = "user", .entity_id = f->id};
    if (f->id) {
        event->subject = FF_AUDIT_USER;
        event->subject_id = f->id;
    }
}

static enum ff_rc count_failure(struct ff_ctx *cx, void *arg)
{
    struct ff_audit event;
    bool locked;
    ff_err_clear(cx);
    const struct failure *f = arg;
    enum ff_rc rc = ff_attempt_failed(cx, f->kind, f->email, &locked);
    if (rc || !locked)
        return rc;
    fill_event(f, "auth.locked", &event);
    return ff_audit(cx, &event);
}

enum ff_rc ff_login_refuse(struct ff_ctx *cx, int kind, const char *email, int64_t id)
{
    struct failure f = {.kind = (enum ff_attempt_kind)kind, .email = email, .id = id};
    struct ff_audit event;
    fill_event(&f, "auth.login_failed", &event);
    ff_audit_note(cx, &event);
    enum ff_rc rc = ff_db_write(cx, count_failure, &f);
    return rc ? rc : FF_FAIL(cx, FF_INVALID_CREDENTIALS, "E-mail or password is wrong.");
}

/* With a slot. No reader is held while the hash is computed. */
static enum ff_rc verify(struct ff_ctx *cx, const char *email, const char *password, int64_t *id,
                         bool *is_stale)
{
    const char *hash = ff_password_dummy_hash();
    enum ff_rc rc = ff_attempt_check(cx, FF_ATTEMPT_LOGIN, email);
    if (rc || (rc = ff_repo_user_secret(cx, email, id, &hash)))
        return rc;
    ff_db_release(cx);
    const bool matches = ff_password_matches(hash, password);
    if (!matches || !*id)
        return ff_login_refuse(cx, FF_ATTEMPT_LOGIN, email, *id);
    *is_stale = ff_password_is_stale(hash);
    return FF_OK;
}

enum ff_rc ff_login_verify(struct ff_ctx *cx, const char *email, const char *password, int64_t *id,
                           bool *is_stale)
{
    enum ff_rc rc = ff_password_slot_take(cx);
    if (rc)
        return rc;
    rc = verify(cx, email, password, id, is_stale);
    ff_password_slot_give(cx);
    return rc;
}

enum ff_rc ff_login_forgive(struct ff_ctx *cx, const char *email)
{
    enum ff_rc rc = ff_attempt_check(cx, FF_ATTEMPT_LOGIN, email);
    return rc ? rc : ff_attempt_clear(cx, FF_ATTEMPT_LOGIN, email);
}

enum ff_rc ff_login_succeeded(struct ff_ctx *cx, const char *email, int64_t id, const char *reason)
{
    const struct ff_audit event = {.action = "auth.login",
                                   .entity = "user",
                                   .entity_id = id,
                                   .subject = FF_AUDIT_USER,
                                   .subject_id = id,
                                   .reason = reason};
    enum ff_rc rc = reason ? FF_OK : ff_login_forgive(cx, email);
    return rc ? rc : ff_audit(cx, &event);
}
