/* SPDX-License-Identifier: MIT */
/* till_open.c - a drawer gets its name, its account and its float. */
#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/common/list.h"
#include "domain/ledger/till_parts.h"

struct opening {
    const char *name;
    int64_t float_minor;
    const struct ff_idem *idem;
    struct ff_till *out;
};

/* The drawer opened under a key before; 0: none. FF_KEY_REUSED. */
static enum ff_rc find_key(struct ff_ctx *cx, const struct ff_idem *idem, int64_t *id)
{
    unsigned char stored[FF_FINGERPRINT_BYTES];
    FF_STMT *st = NULL;
    bool row = false;
    *id = 0;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_KEY, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_TILL_KEY_KEY, idem->key);
    ff_db_int(st, FF_P_TILL_KEY_SCOPE, idem->scope);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    if (!ff_db_col_blob(st, FF_C_TILL_KEY_REQUEST_FP, stored, sizeof stored))
        return FF_FAIL(cx, FF_INTERNAL, "The stored request could not be read.");
    if (memcmp(stored, idem->fingerprint, sizeof stored) != 0)
        return FF_FAIL(cx, FF_KEY_REUSED, "This Idempotency-Key was used for a different request.");
    *id = ff_db_col_int(st, FF_C_TILL_KEY_ID);
    return FF_OK;
}

static enum ff_rc find_account(struct ff_ctx *cx, const char *name, int64_t *account_id)
{
    FF_STMT *st = NULL;
    bool row = false;
    const char *folded = ff_fold(cx, name);
    const char *code = folded ? ff_arena_printf(cx->arena, "cash:%s", folded) : NULL;
    if (!code)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    if (strcmp(folded, "main") == 0)
        return ff_field_fail(cx, "/name", "VALUE", "\"main\" is the safe that floats come from.");
    enum ff_rc rc = ff_ledger_account(cx, code, "cash", account_id);
    if (rc || (rc = ff_db_query(cx, FF_Q_TILL_OPEN_ON, &st)))
        return rc;
    ff_db_int(st, FF_P_TILL_OPEN_ON_ACCOUNT, *account_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? FF_FAIL(cx, FF_ALREADY_EXISTS, "Till \"%s\" is open already.", name) : FF_OK;
}

static enum ff_rc insert(struct ff_ctx *cx, const struct opening *o, int64_t account_id,
                         int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_ADD, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_TILL_ADD_NAME, o->name);
    ff_db_int(st, FF_P_TILL_ADD_ACCOUNT, account_id);
    ff_db_int(st, FF_P_TILL_ADD_FLOAT, o->float_minor);
    ff_db_opt_int(st, FF_P_TILL_ADD_OPENED_BY, cx->who.user_id ? cx->who.user_id : FF_NULL_INT);
    ff_db_int(st, FF_P_TILL_ADD_OPENED_AT, ff_clock_now_ms(cx->clock));
    ff_db_int(st, FF_P_TILL_ADD_AFTER, ff_db_ledger_head(cx)->id);
    ff_db_int(st, FF_P_TILL_ADD_SCOPE, o->idem->scope);
    ff_db_text(st, FF_P_TILL_ADD_KEY, o->idem->key);
    ff_db_blob(st, FF_P_TILL_ADD_FINGERPRINT, o->idem->fingerprint, sizeof o->idem->fingerprint);
    rc = ff_db_row(cx, st, &row);
    *id = !rc && row ? ff_db_col_int(st, FF_C_TILL_ADD_ID) : 0;
    return rc;
}

static enum ff_rc book_float(struct ff_ctx *cx, const struct opening *o, int64_t id,
                             int64_t account_id)
{
    struct ff_transfer t = {.kind = "transfer",
                            .what = "float",
                            .id = id,
                            .from = account_id, /* cash that we hold is below 0 */
                            .amount = o->float_minor,
                            .idem = o->idem};
    if (o->float_minor == 0)
        return FF_OK;
    enum ff_rc rc = ff_ledger_account(cx, "cash:main", "cash", &t.to);
    return rc ? rc : ff_till_transfer(cx, &t);
}

static enum ff_rc record(struct ff_ctx *cx, const struct opening *o, int64_t id)
{
    const struct ff_audit_value is[] = {{"name", o->name, FF_NULL_INT},
                                        {"float", NULL, o->float_minor}};
    return ff_audit(
        cx,
        &(struct ff_audit){
            .action = "till.open", .entity = "till", .entity_id = id, .after = is, .n_after = 2});
}

static enum ff_rc open_it(struct ff_ctx *cx, void *arg)
{
    const struct opening *o = arg;
    int64_t id = 0, account_id = 0;
    enum ff_rc rc = find_key(cx, o->idem, &id);
    const bool is_replay = !rc && id;
    if (!rc && !id && !(rc = find_account(cx, o->name, &account_id)) &&
        !(rc = insert(cx, o, account_id, &id)) && !(rc = book_float(cx, o, id, account_id)))
        rc = record(cx, o, id);
    if (rc || (rc = ff_till_get(cx, id, o->out)))
        return rc;
    o->out->replayed = is_replay;
    return FF_OK;
}

enum ff_rc ff_till_open(struct ff_ctx *cx, const char *name, int64_t float_minor,
                        const struct ff_idem *idem, struct ff_till *out)
{
    struct opening o = {name, float_minor, idem, out};
    if (float_minor < 0 || float_minor > FF_MONEY_TOTAL_MAX)
        return ff_field_range(cx, "/float", "RANGE", 0, FF_MONEY_TOTAL_MAX);
    return ff_db_write(cx, open_it, &o);
}
