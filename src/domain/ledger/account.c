/* SPDX-License-Identifier: MIT */
/* account.c - accounts, made on first use: shared ones by their code, a wallet for each person. */
#include "domain/ledger/ledger.h"

#include <string.h>

#include "db/db.h"

static enum ff_rc make_account(struct ff_ctx *cx, const char *code, const char *kind,
                               int64_t employee_id, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_ACCOUNT_MAKE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_LEDGER_ACCOUNT_MAKE_CODE, code);
    ff_db_text(st, FF_P_LEDGER_ACCOUNT_MAKE_KIND, kind);
    ff_db_opt_int(st, FF_P_LEDGER_ACCOUNT_MAKE_EMPLOYEE, employee_id);
    rc = ff_db_row(cx, st, &row);
    if (!rc)
        *id = ff_db_col_int(st, FF_C_LEDGER_ACCOUNT_MAKE_ID);
    return rc;
}

/* A shared account's place among what the writer keeps; two codes may have the same. */
struct kept_account {
    int64_t id;
    char code[24];
};

static int64_t place_of(const char *code)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (; *code; code++)
        hash = (hash ^ (unsigned char)*code) * UINT64_C(1099511628211);
    return (int64_t)(hash >> 1);
}

static enum ff_rc look_up(struct ff_ctx *cx, const char *code, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_ACCOUNT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_LEDGER_ACCOUNT_CODE, code);
    rc = ff_db_row(cx, st, &row);
    *id = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_ACCOUNT_ID) : 0;
    return rc;
}

static enum ff_rc find_account(struct ff_ctx *cx, const char *code, int64_t *id)
{
    struct kept_account k = {0};
    const int64_t place = place_of(code);
    if (ff_db_kept(cx, FF_Q_LEDGER_ACCOUNT, place, &k, sizeof k) && strcmp(k.code, code) == 0) {
        *id = k.id;
        return FF_OK;
    }
    enum ff_rc rc = look_up(cx, code, id);
    if (rc || !*id || strlen(code) >= sizeof k.code)
        return rc;
    k = (struct kept_account){.id = *id};
    memcpy(k.code, code, strlen(code));
    ff_db_keep(cx, FF_Q_LEDGER_ACCOUNT, place, &k, sizeof k);
    return FF_OK;
}

enum ff_rc ff_ledger_account(struct ff_ctx *cx, const char *code, const char *kind, int64_t *id)
{
    enum ff_rc rc = find_account(cx, code, id);
    return rc || *id ? rc : make_account(cx, code, kind, FF_NULL_INT, id);
}

/* An account of a person that has a balance of its own. */
static enum ff_rc make_pocket(struct ff_ctx *cx, const char *kind, int64_t employee_id, int64_t *id)
{
    FF_STMT *st = NULL;
    const char *code = ff_arena_printf(cx->arena, "%s:%lld", kind, (long long)employee_id);
    if (!code)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    enum ff_rc rc = make_account(cx, code, kind, employee_id, id);
    if (rc || (rc = ff_db_query(cx, FF_Q_LEDGER_WALLET_MAKE, &st)))
        return rc;
    ff_db_int(st, FF_P_LEDGER_WALLET_MAKE_ACCOUNT, *id);
    ff_db_int(st, FF_P_LEDGER_WALLET_MAKE_EMPLOYEE, employee_id);
    ff_db_text(st, FF_P_LEDGER_WALLET_MAKE_KIND, kind);
    return ff_db_run(cx, st);
}

enum ff_rc ff_wallet_create(struct ff_ctx *cx, int64_t employee_id)
{
    int64_t account_id;
    return make_pocket(cx, "wallet", employee_id, &account_id);
}

enum ff_rc ff_ledger_allowance(struct ff_ctx *cx, int64_t employee_id, int64_t *account_id,
                               int64_t *balance)
{
    struct ff_wallet wallet;
    enum ff_rc rc = ff_wallet_get(cx, employee_id, &wallet);
    if (rc)
        return rc;
    *account_id = wallet.allowance_id;
    *balance = wallet.allowance;
    return wallet.allowance_id ? FF_OK : make_pocket(cx, "allowance", employee_id, account_id);
}

enum ff_rc ff_wallet_set_floor(struct ff_ctx *cx, int64_t employee_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_FLOOR_OF, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_FLOOR_OF_EMPLOYEE, employee_id);
    return ff_db_run(cx, st);
}

enum ff_rc ff_wallet_set_floors(struct ff_ctx *cx, int64_t group_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_FLOORS, &st);
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_LEDGER_FLOORS_GROUP, group_id);
    return ff_db_run(cx, st);
}
