/* SPDX-License-Identifier: MIT */
/* credential.c - PINs: setting them, and finding out by them who stands at a kiosk.
 * Only hashes are kept. An unknown person costs the same work as a wrong PIN, and is locked out
 * after as many tries. Badges are in badge.c. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "auth/auth.h"
#include "domain/attempt/attempt.h"
#include "domain/audit/audit.h"
#include "domain/people/handout.h"
#include "domain/people/people_repo.h"
#include "domain/site/site.h"

enum { PIN_MAX = 8, KEY_CAP = 32 };

#define PERSON_KEY "person %" PRId64

/* All digits alike (1111), or each one more or one less than the one before (1234, 8765). */
static bool is_trivial(const char *pin)
{
    int step = pin[1] - pin[0];
    if (step < -1 || step > 1)
        return false;
    for (size_t i = 2; pin[i]; i++)
        if (pin[i] - pin[i - 1] != step)
            return false;
    return true;
}

enum ff_rc ff_pin_check(struct ff_ctx *cx, const char *pin)
{
    const struct ff_site_settings site = ff_site_get(cx);
    size_t n = strlen(pin);
    if (strspn(pin, "0123456789") != n || n < (size_t)site.pin_digits || n > PIN_MAX)
        return ff_field_fail(cx, "/pin", "PATTERN",
                             ff_arena_printf(cx->arena, "A PIN has %d to %d digits.",
                                             (int)site.pin_digits, PIN_MAX));
    if (is_trivial(pin))
        return ff_field_fail(cx, "/pin", "VALUE", "This PIN is too easy to guess.");
    return FF_OK;
}

struct new_pin {
    int64_t id;
    char hash[FF_PASSWORD_HASH_CAP];
};

enum ff_rc ff_employee_store_pin(struct ff_ctx *cx, int64_t id, const char *hash)
{
    const struct ff_audit event = {.action = "employee.pin_set",
                                   .entity = "employee",
                                   .entity_id = id,
                                   .subject = FF_AUDIT_EMPLOYEE,
                                   .subject_id = id};
    FF_STMT *st = NULL;
    char key[KEY_CAP];
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_SET_PIN, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_EMPLOYEE_SET_PIN_ID, id);
    ff_db_text(st, FF_P_EMPLOYEE_SET_PIN_PIN_HASH, hash);
    ff_db_int(st, FF_P_EMPLOYEE_SET_PIN_NOW, ff_clock_now_ms(cx->clock));
    snprintf(key, sizeof key, PERSON_KEY, id);
    if ((rc = ff_db_run(cx, st)) || (rc = ff_attempt_clear(cx, FF_ATTEMPT_PIN, key)))
        return rc;
    return ff_audit(cx, &event);
}

static enum ff_rc store_pin(struct ff_ctx *cx, void *arg)
{
    const struct new_pin *pin = arg;
    struct ff_employee e;
    ff_err_clear(cx);
    enum ff_rc rc = ff_employee_get(cx, pin->id, &e);
    return rc ? rc : ff_employee_store_pin(cx, pin->id, pin->hash);
}

enum ff_rc ff_employee_set_pin(struct ff_ctx *cx, int64_t id, const char *pin)
{
    struct ff_employee e;
    struct new_pin made = {.id = id};
    enum ff_rc rc = ff_employee_get(cx, id, &e); /* before the work of hashing */
    if (rc || (rc = ff_pin_check(cx, pin)))
        return rc;
    ff_db_release(cx);
    if ((rc = ff_pin_hash(cx, pin, made.hash)))
        return rc;
    return ff_db_write(cx, store_pin, &made);
}

/* ---- who is it? ---- */

static enum ff_rc inactive(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
}

struct secret {
    int64_t id, active;
    const char *hash; /* NULL: nobody, or no PIN */
};

_Static_assert((int)FF_C_EMPLOYEE_PIN_BY_ID_PIN_HASH == (int)FF_C_EMPLOYEE_PIN_BY_NUMBER_PIN_HASH,
               "both give the same columns");

static enum ff_rc read_secret(struct ff_ctx *cx, const char *number, int64_t employee_id,
                              struct secret *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc =
        ff_db_query(cx, number ? FF_Q_EMPLOYEE_PIN_BY_NUMBER : FF_Q_EMPLOYEE_PIN_BY_ID, &st);
    if (rc)
        return rc;
    if (number)
        ff_db_text(st, FF_P_EMPLOYEE_PIN_BY_NUMBER_NUMBER, number);
    else
        ff_db_int(st, FF_P_EMPLOYEE_PIN_BY_ID_ID, employee_id);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    out->id = ff_db_col_int(st, FF_C_EMPLOYEE_PIN_BY_ID_ID);
    out->active = ff_db_col_int(st, FF_C_EMPLOYEE_PIN_BY_ID_ACTIVE);
    out->hash = ff_db_col_text(cx, st, FF_C_EMPLOYEE_PIN_BY_ID_PIN_HASH);
    return cx->err.rc;
}

/* Whose tries are counted: the person's, however they were named; else the name that was tried. */
static void key_of(const struct secret *secret, const char *number, int64_t employee_id,
                   char key[KEY_CAP])
{
    if (secret->id)
        snprintf(key, KEY_CAP, PERSON_KEY, secret->id);
    else if (number)
        snprintf(key, KEY_CAP, "number %.20s", number);
    else
        snprintf(key, KEY_CAP, "id %" PRId64, employee_id);
}

struct tries {
    char person[KEY_CAP], device[KEY_CAP];
    int64_t employee_id; /* 0: nobody */
    bool is_locked;
};

/* Both counts in one commit. */
static enum ff_rc count_failure(struct ff_ctx *cx, void *arg)
{
    struct tries *t = arg;
    bool device_locked;
    ff_err_clear(cx);
    enum ff_rc rc = ff_attempt_failed(cx, FF_ATTEMPT_PIN, t->person, &t->is_locked);
    return rc ? rc : ff_attempt_failed(cx, FF_ATTEMPT_DEVICE, t->device, &device_locked);
}

static enum ff_rc wrong_pin(struct ff_ctx *cx, struct tries *t)
{
    enum ff_rc rc = ff_db_write(cx, count_failure, t);
    if (rc)
        return rc;
    const struct ff_audit event = {.action = t->is_locked ? "pin.locked" : "pin.failed",
                                   .entity = "employee",
                                   .entity_id = t->employee_id,
                                   .subject = t->employee_id ? FF_AUDIT_EMPLOYEE : FF_AUDIT_NOBODY,
                                   .subject_id = t->employee_id};
    ff_audit_note(cx, &event);
    return FF_FAIL(cx, FF_PIN_INVALID, "The number or the PIN is wrong.");
}

static enum ff_rc may_try(struct ff_ctx *cx, const struct tries *t)
{
    enum ff_rc rc = ff_attempt_check(cx, FF_ATTEMPT_DEVICE, t->device);
    return rc ? rc : ff_attempt_check(cx, FF_ATTEMPT_PIN, t->person);
}

enum ff_rc ff_employee_by_pin(struct ff_ctx *cx, const char *number, int64_t employee_id,
                              const char *pin, int64_t *id)
{
    struct secret secret = {0};
    struct tries tries = {.is_locked = false};
    bool is_right;
    enum ff_rc rc = read_secret(cx, number, employee_id, &secret);
    if (rc)
        return rc;
    tries.employee_id = secret.id;
    key_of(&secret, number, employee_id, tries.person);
    snprintf(tries.device, sizeof tries.device, "%" PRId64, cx->who.device_id);
    if ((rc = may_try(cx, &tries)))
        return rc;
    ff_db_release(cx); /* the check may wait for a slot */
    rc = ff_pin_verify(cx, secret.hash ? secret.hash : ff_pin_dummy_hash(), pin, &is_right);
    if (rc)
        return rc;
    if (!secret.hash || !is_right)
        return wrong_pin(cx, &tries);
    if ((rc = ff_attempt_clear(cx, FF_ATTEMPT_PIN, tries.person)))
        return rc;
    *id = secret.id;
    return secret.active ? FF_OK : inactive(cx);
}
