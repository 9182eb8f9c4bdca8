/* SPDX-License-Identifier: MIT */
/* buyer.c - who buys: within the caller's reach, and able to. */
#include "domain/purchase/sale.h"

static enum ff_rc read_buyer(struct ff_ctx *cx, struct ff_stmt *st, struct ff_buyer *out)
{
    *out = (struct ff_buyer){
        .id = ff_db_col_int(st, FF_C_PURCHASE_BUYER_ID),
        .balance = ff_db_col_int(st, FF_C_PURCHASE_BUYER_BALANCE_MINOR),
        .floor = ff_db_col_int(st, FF_C_PURCHASE_BUYER_FLOOR_MINOR),
        .is_blocked = ff_db_col_int(st, FF_C_PURCHASE_BUYER_IS_BLOCKED) != 0,
        .has_bans = ff_db_col_int(st, FF_C_PURCHASE_BUYER_HAS_BANS) != 0,
        .is_grouped = ff_db_col_int(st, FF_C_PURCHASE_BUYER_GROUP_ID) != 0,
        .own_limit = {FF_NULL_INT, FF_NULL_INT, FF_NULL_INT, FF_NULL_INT, ""},
        .spend =
            {
                .purchase_limit = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_PURCHASE_LIMIT_MINOR),
                .daily_limit = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_DAILY_LIMIT_MINOR),
                .monthly_limit = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MONTHLY_LIMIT_MINOR),
                .day_spent = ff_db_col_int(st, FF_C_PURCHASE_BUYER_DAY_SPENT_MINOR),
                .month_spent = ff_db_col_int(st, FF_C_PURCHASE_BUYER_MONTH_SPENT_MINOR),
            },
        .name = ff_db_col_text(cx, st, FF_C_PURCHASE_BUYER_NAME),
        .day = ff_db_col_text(cx, st, FF_C_PURCHASE_BUYER_DAY),
        .month = ff_db_col_text(cx, st, FF_C_PURCHASE_BUYER_MONTH),
        .device = ff_db_col_text(cx, st, FF_C_PURCHASE_BUYER_DEVICE),
    };
    if (!out->name || !out->day || !out->month ||
        (!out->device && !ff_db_col_null(st, FF_C_PURCHASE_BUYER_DEVICE)))
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    if (ff_db_col_int(st, FF_C_PURCHASE_BUYER_IS_ACTIVE) == 0)
        return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This person's account is not active.");
    return FF_OK;
}

/* What is set up for anybody; where nothing is, nobody's rows are looked for. */
struct rules {
    int64_t has_bans, has_rules, has_more;
};

static enum ff_rc find_rules(struct ff_ctx *cx, struct rules *out)
{
    FF_STMT *st = NULL;
    bool row;
    if (ff_db_kept(cx, FF_Q_PURCHASE_RULES, 0, out, sizeof *out))
        return FF_OK;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_RULES, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *out = (struct rules){.has_bans = ff_db_col_int(st, FF_C_PURCHASE_RULES_HAS_BANS),
                          .has_rules = ff_db_col_int(st, FF_C_PURCHASE_RULES_HAS_RULES),
                          .has_more = ff_db_col_int(st, FF_C_PURCHASE_RULES_HAS_MORE)};
    ff_db_keep(cx, FF_Q_PURCHASE_RULES, 0, out, sizeof *out);
    return FF_OK;
}

static struct ff_own_limit read_own(struct ff_ctx *cx, struct ff_stmt *st)
{
    const char *since = ff_db_col_text(cx, st, FF_C_PURCHASE_BUYER_MORE_OWN_SINCE);
    return (struct ff_own_limit){
        .daily = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MORE_OWN_DAILY),
        .monthly = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MORE_OWN_MONTHLY),
        .daily_before = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MORE_OWN_DAILY_BEFORE),
        .monthly_before = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MORE_OWN_MONTHLY_BEFORE),
        .since = since ? since : "",
    };
}

/* What is not the same for nearly all. */
static enum ff_rc find_more(struct ff_ctx *cx, struct ff_buyer *b)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_BUYER_MORE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_BUYER_MORE_EMPLOYEE, b->id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_INTERNAL, "A person was lost between two statements.");
    b->allowance_id = ff_db_col_int(st, FF_C_PURCHASE_BUYER_MORE_ALLOWANCE_ID);
    b->allowance = ff_db_col_int(st, FF_C_PURCHASE_BUYER_MORE_ALLOWANCE_MINOR);
    b->own_limit = read_own(cx, st);
    b->spend.purchase_limit = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MORE_PURCHASE_LIMIT_MINOR);
    b->spend.daily_limit = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MORE_DAILY_LIMIT_MINOR);
    b->spend.monthly_limit = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MORE_MONTHLY_LIMIT_MINOR);
    return cx->err.rc;
}

static enum ff_rc no_person(struct ff_ctx *cx, int64_t id)
{
    return FF_FAIL(cx, FF_NOT_FOUND, "There is no person %lld.", (long long)id);
}

/* The account of a person's wallet, whoever asks. */
static enum ff_rc find_account(struct ff_ctx *cx, int64_t employee_id, int64_t *account)
{
    FF_STMT *st = NULL;
    bool row = false;
    if (ff_db_kept(cx, FF_Q_PURCHASE_WALLET, employee_id, account, sizeof *account))
        return FF_OK;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_WALLET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_WALLET_EMPLOYEE, employee_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return no_person(cx, employee_id);
    *account = ff_db_col_int(st, FF_C_PURCHASE_WALLET_ID);
    ff_db_keep(cx, FF_Q_PURCHASE_WALLET, employee_id, account, sizeof *account);
    return FF_OK;
}

static enum ff_rc find(struct ff_ctx *cx, struct ff_sale *s, int64_t account,
                       const struct rules *rules)
{
    struct ff_reach reach = ff_reach_of(&cx->who);
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_BUYER, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_BUYER_EMPLOYEE, s->employee_id);
    ff_db_int(st, FF_P_PURCHASE_BUYER_ACCOUNT, account);
    ff_db_int(st, FF_P_PURCHASE_BUYER_DEVICE, cx->who.device_id);
    ff_db_int(st, FF_P_PURCHASE_BUYER_BANS, rules->has_bans);
    ff_db_int(st, FF_P_PURCHASE_BUYER_ALL, reach.all);
    ff_db_int(st, FF_P_PURCHASE_BUYER_SELF, reach.self);
    ff_db_opt_int(st, FF_P_PURCHASE_BUYER_DEPARTMENT, reach.department);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return no_person(cx, s->employee_id);
    rc = read_buyer(cx, st, &s->buyer);
    s->buyer.account_id = account;
    return rc;
}

enum ff_rc ff_sale_find_buyer(struct ff_ctx *cx, struct ff_sale *s)
{
    struct rules rules;
    int64_t account = 0;
    enum ff_rc rc = find_rules(cx, &rules);
    if (rc || (rc = find_account(cx, s->employee_id, &account)) ||
        (rc = find(cx, s, account, &rules)))
        return rc;
    s->buyer.has_rules = rules.has_rules == 1;
    return rules.has_more || s->buyer.is_grouped ? find_more(cx, &s->buyer) : FF_OK;
}
