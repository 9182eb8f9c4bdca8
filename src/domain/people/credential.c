/* SPDX-License-Identifier: MIT */
/* credential.c - PINs and badges: setting them, and finding out by them who stands at a kiosk.
 * Only hashes are kept. An unknown person costs the same work as a wrong PIN. */
#include <string.h>

#include "auth/auth.h"
#include "domain/people/people_repo.h"

enum { PIN_MIN = 4, PIN_MAX = 8, BADGE_HASH_BYTES = 32 };

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

static enum ff_rc check_pin(struct ff_ctx *cx, const char *pin)
{
    size_t n = strlen(pin);
    if (n < PIN_MIN || n > PIN_MAX || strspn(pin, "0123456789") != n)
        return ff_field_fail(cx, "/pin", "PATTERN", "A PIN has 4 to 8 digits.");
    if (is_trivial(pin))
        return ff_field_fail(cx, "/pin", "VALUE", "This PIN is too easy to guess.");
    return FF_OK;
}

struct new_pin {
    int64_t id;
    char hash[FF_PASSWORD_HASH_CAP];
};

static enum ff_rc store_pin(struct ff_ctx *cx, void *arg)
{
    struct new_pin *pin = arg;
    struct ff_employee e;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_employee_get(cx, pin->id, &e);
    if (rc || (rc = ff_db_query(cx, FF_Q_EMPLOYEE_SET_PIN, &st)))
        return rc;
    ff_db_int(st, FF_P_EMPLOYEE_SET_PIN_ID, pin->id);
    ff_db_text(st, FF_P_EMPLOYEE_SET_PIN_PIN_HASH, pin->hash);
    ff_db_int(st, FF_P_EMPLOYEE_SET_PIN_NOW, ff_clock_now_ms(cx->clock));
    return ff_db_run(cx, st);
}

enum ff_rc ff_employee_set_pin(struct ff_ctx *cx, int64_t id, const char *pin)
{
    struct ff_employee e;
    struct new_pin made = {.id = id};
    enum ff_rc rc = ff_employee_get(cx, id, &e); /* before the work of hashing */
    if (rc || (rc = check_pin(cx, pin)))
        return rc;
    ff_db_release(cx);
    if ((rc = ff_pin_hash(cx, pin, made.hash)))
        return rc;
    return ff_db_write(cx, store_pin, &made);
}

struct new_badge {
    int64_t id;
    unsigned char hash[BADGE_HASH_BYTES];
};

/* *owner 0: nobody's. */
static enum ff_rc badge_owner(struct ff_ctx *cx, const unsigned char hash[BADGE_HASH_BYTES],
                              int64_t *owner)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BADGE_OWNER, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_BADGE_OWNER_BADGE_HASH, hash, BADGE_HASH_BYTES);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *owner = row ? ff_db_col_int(st, FF_C_BADGE_OWNER_EMPLOYEE_ID) : 0;
    return FF_OK;
}

static enum ff_rc store_badge(struct ff_ctx *cx, void *arg)
{
    struct new_badge *badge = arg;
    struct ff_employee e;
    FF_STMT *st = NULL;
    int64_t owner;
    enum ff_rc rc = ff_employee_get(cx, badge->id, &e);
    if (rc || (rc = badge_owner(cx, badge->hash, &owner)) || owner == badge->id)
        return rc;
    if (owner) {
        rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "This badge is someone else's.");
        ff_err_text(cx, "field", "badge");
        return rc;
    }
    if ((rc = ff_db_query(cx, FF_Q_BADGE_INSERT, &st)))
        return rc;
    ff_db_blob(st, FF_P_BADGE_INSERT_BADGE_HASH, badge->hash, sizeof badge->hash);
    ff_db_int(st, FF_P_BADGE_INSERT_EMPLOYEE_ID, badge->id);
    ff_db_int(st, FF_P_BADGE_INSERT_NOW, ff_clock_now_ms(cx->clock));
    return ff_db_run(cx, st);
}

enum ff_rc ff_employee_add_badge(struct ff_ctx *cx, int64_t id, const char *badge)
{
    struct new_badge made = {.id = id};
    ff_auth_badge_hash(cx->auth, badge, made.hash);
    return ff_db_write(cx, store_badge, &made);
}

/* ---- who is it? ---- */

static enum ff_rc inactive(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
}

enum ff_rc ff_employee_by_badge(struct ff_ctx *cx, const char *badge, int64_t *id)
{
    unsigned char hash[BADGE_HASH_BYTES];
    FF_STMT *st = NULL;
    bool row;
    ff_auth_badge_hash(cx->auth, badge, hash);
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_BY_BADGE, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_EMPLOYEE_BY_BADGE_BADGE_HASH, hash, sizeof hash);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_BADGE_UNKNOWN, "This badge is not known.");
    *id = ff_db_col_int(st, FF_C_EMPLOYEE_BY_BADGE_ID);
    return ff_db_col_int(st, FF_C_EMPLOYEE_BY_BADGE_ACTIVE) ? FF_OK : inactive(cx);
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

enum ff_rc ff_employee_by_pin(struct ff_ctx *cx, const char *number, int64_t employee_id,
                              const char *pin, int64_t *id)
{
    struct secret secret = {0};
    bool is_right;
    enum ff_rc rc = read_secret(cx, number, employee_id, &secret);
    if (rc)
        return rc;
    ff_db_release(cx); /* the check may wait for a slot */
    rc = ff_pin_verify(cx, secret.hash ? secret.hash : ff_pin_dummy_hash(), pin, &is_right);
    if (rc)
        return rc;
    if (!secret.hash || !is_right)
        return FF_FAIL(cx, FF_PIN_INVALID, "The number or the PIN is wrong.");
    *id = secret.id;
    return secret.active ? FF_OK : inactive(cx);
}
