/* SPDX-License-Identifier: MIT */
/* welcome.c - an invited person makes the own account: password, and a PIN if they like. Anybody
 * may try a code, so wrong ones are counted by address. All hashing comes before the job. */
#include "domain/attempt/attempt.h"
#include "domain/audit/audit.h"
#include "domain/code/one_time_code.h"
#include "domain/identity/invite.h"
#include "domain/identity/repo.h"
#include "domain/people/employee.h"
#include "domain/site/site.h"

/* Wrong codes are not somebody's: they are counted against where they come from. */
static const char *key_of(struct ff_ctx *cx)
{
    return ff_arena_printf(cx->arena, "welcome %s", cx->address ? cx->address : "");
}

static enum ff_rc wrong_code(struct ff_ctx *cx, const char *key)
{
    bool locked;
    ff_err_clear(cx);
    enum ff_rc rc = ff_attempt_failed(cx, FF_ATTEMPT_DEVICE, key, &locked);
    return rc ? rc : FF_FAIL(cx, FF_CODE_INVALID, "This code is not valid any more.");
}

/* The invited person, read with the rights of the code. */
static enum ff_rc invited(struct ff_ctx *cx, const char *code, struct ff_employee *out)
{
    struct ff_code_holder holder;
    const char *key = key_of(cx);
    if (!key)
        return FF_FAIL(cx, FF_INTERNAL, "no memory for a key");
    enum ff_rc rc = ff_attempt_check(cx, FF_ATTEMPT_DEVICE, key);
    if (rc)
        return rc;
    rc = ff_code_look(cx, FF_CODE_INVITE, code, &holder);
    if (rc == FF_CODE_INVALID)
        return wrong_code(cx, key);
    if (rc)
        return rc;
    cx->who.scope = FF_SELF;
    cx->who.employee_id = holder.employee_id;
    if ((rc = ff_employee_get(cx, holder.employee_id, out)))
        return rc;
    return out->active ? FF_OK : FF_FAIL(cx, FF_CODE_INVALID, "This code is not valid any more.");
}

enum ff_rc ff_welcome_look(struct ff_ctx *cx, const char *code, struct ff_welcome *out)
{
    struct ff_employee e;
    enum ff_rc rc = invited(cx, code, &e);
    if (rc)
        return rc;
    *out = (struct ff_welcome){
        .name = e.name, .email = e.email, .pin_digits = ff_site_get(cx).pin_digits};
    return FF_OK;
}

struct accept {
    const char *code;
    struct ff_user_new user;
    char password_hash[FF_PASSWORD_HASH_CAP], pin_hash[FF_PASSWORD_HASH_CAP];
    bool has_pin;
};

static enum ff_rc taken(struct ff_ctx *cx, const char *field, const char *detail)
{
    enum ff_rc rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "%s", detail);
    ff_err_text(cx, "field", field);
    return rc;
}

static enum ff_rc check_free(struct ff_ctx *cx, const struct ff_user_new *user)
{
    const char *hash;
    int64_t holder;
    enum ff_rc rc = ff_repo_user_of(cx, user->employee_id, &holder);
    if (rc)
        return rc;
    if (holder)
        return taken(cx, "employee", "You have an account already; sign in with it.");
    if ((rc = ff_repo_user_secret(cx, user->email, &holder, &hash)))
        return rc;
    return holder ? taken(cx, "email", "This e-mail has an account already.") : FF_OK;
}

static enum ff_rc audit(struct ff_ctx *cx, int64_t user_id, int64_t employee_id)
{
    const struct ff_audit_value after[] = {{"employeeId", NULL, employee_id},
                                           {"role", "employee", 0}};
    const struct ff_audit event = {.action = "user.accept",
                                   .entity = "user",
                                   .entity_id = user_id,
                                   .subject = FF_AUDIT_USER,
                                   .subject_id = user_id,
                                   .after = after,
                                   .n_after = sizeof after / sizeof after[0]};
    return ff_audit(cx, &event);
}

static enum ff_rc accept(struct ff_ctx *cx, void *arg)
{
    const struct accept *a = arg;
    struct ff_code_holder holder;
    int64_t id;
    ff_err_clear(cx);
    enum ff_rc rc = ff_code_spend(cx, FF_CODE_INVITE, a->code, &holder);
    if (rc || (rc = check_free(cx, &a->user)) ||
        (rc = ff_repo_user_insert(cx, &a->user, a->password_hash, &id)))
        return rc;
    if (a->has_pin && (rc = ff_employee_store_pin(cx, a->user.employee_id, a->pin_hash)))
        return rc;
    return audit(cx, id, a->user.employee_id);
}

/* What can be wrong with what the person chose, all before any hashing. */
static enum ff_rc check(struct ff_ctx *cx, const struct ff_welcome_in *in,
                        const struct ff_user_new *user)
{
    if (!user->email)
        return ff_field_fail(cx, "/email", "REQUIRED", "An e-mail address is needed to sign in.");
    if (in->pin) {
        enum ff_rc rc = ff_pin_check(cx, in->pin);
        if (rc)
            return rc;
    }
    return ff_password_accept(cx, in->password, user->name, user->email);
}

enum ff_rc ff_welcome_accept(struct ff_ctx *cx, const struct ff_welcome_in *in, const char **email)
{
    struct ff_employee e;
    struct accept a = {.code = in->code, .has_pin = in->pin != NULL};
    enum ff_rc rc = invited(cx, in->code, &e);
    if (rc)
        return rc;
    a.user = (struct ff_user_new){.email = in->email ? in->email : e.email,
                                  .name = e.name,
                                  .role = "employee",
                                  .employee_id = e.id};
    if ((rc = check(cx, in, &a.user)))
        return rc;
    ff_db_release(cx);
    if ((rc = ff_password_hash(cx, in->password, a.password_hash)) ||
        (in->pin && (rc = ff_pin_hash(cx, in->pin, a.pin_hash))))
        return rc;
    *email = a.user.email;
    return ff_db_write(cx, accept, &a);
}
