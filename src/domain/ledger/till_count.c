/* SPDX-License-Identifier: MIT */
/* till_count.c - the end of a drawer: what was counted, the difference to what should be there, and
 * all of it back to cash:main. */
#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/ledger/till_parts.h"
#include "domain/site/site.h"

struct counting {
    int64_t id, counted;
    const char *reason;
    const struct ff_idem *idem;
    struct ff_till *out;
};

struct state {
    int64_t account_id, expected;
    bool is_open, is_replay; /* counted before, by this very request */
};

static bool is_same(struct ff_ctx *cx, struct ff_stmt *st, const struct ff_idem *idem)
{
    unsigned char stored[FF_FINGERPRINT_BYTES];
    const char *key = ff_db_col_text(cx, st, FF_C_TILL_COUNTING_COUNT_KEY);
    return key && strcmp(key, idem->key) == 0 &&
           ff_db_col_int(st, FF_C_TILL_COUNTING_COUNT_SCOPE) == idem->scope &&
           ff_db_col_blob(st, FF_C_TILL_COUNTING_COUNT_FP, stored, sizeof stored) &&
           memcmp(stored, idem->fingerprint, sizeof stored) == 0;
}

static enum ff_rc read_state(struct ff_ctx *cx, const struct counting *c, struct state *s)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_COUNTING, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_TILL_COUNTING_ID, c->id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no till %lld.", (long long)c->id);
    s->account_id = ff_db_col_int(st, FF_C_TILL_COUNTING_ACCOUNT_ID);
    s->expected = ff_db_col_int(st, FF_C_TILL_COUNTING_EXPECTED);
    s->is_open = ff_db_col_int(st, FF_C_TILL_COUNTING_IS_OPEN) == 1;
    s->is_replay = !s->is_open && is_same(cx, st, c->idem);
    return FF_OK;
}

static enum ff_rc want_reason(struct ff_ctx *cx, int64_t difference)
{
    char amount[FF_AMOUNT_CAP];
    const struct ff_site_settings site = ff_site_get(cx);
    ff_site_amount(&site, difference < 0 ? -difference : difference, amount);
    const char *detail = ff_arena_printf(cx->arena, "The till is %s %s: say why.", amount,
                                         difference < 0 ? "short" : "over");
    return ff_field_fail(cx, "/reason", "REQUIRED", detail ? detail : "Say why.");
}

/* Short by 1.20: cash +120, overshort -120. */
static enum ff_rc book_difference(struct ff_ctx *cx, const struct counting *c,
                                  const struct state *s)
{
    const int64_t difference = c->counted - s->expected;
    struct ff_transfer t = {.kind = "adjust",
                            .what = "count",
                            .id = c->id,
                            .from = s->account_id,
                            .amount = difference,
                            .reason_code = "overshort",
                            .note = c->reason,
                            .idem = c->idem};
    if (difference == 0)
        return FF_OK;
    if (!c->reason)
        return want_reason(cx, difference);
    enum ff_rc rc = ff_ledger_account(cx, "adjust:overshort", "adjust", &t.to);
    return rc ? rc : ff_till_transfer(cx, &t);
}

static enum ff_rc book_return(struct ff_ctx *cx, const struct counting *c, const struct state *s)
{
    struct ff_transfer t = {.kind = "transfer",
                            .what = "close",
                            .id = c->id,
                            .to = s->account_id,
                            .amount = c->counted,
                            .idem = c->idem};
    if (c->counted == 0)
        return FF_OK;
    enum ff_rc rc = ff_ledger_account(cx, "cash:main", "cash", &t.from);
    return rc ? rc : ff_till_transfer(cx, &t);
}

static enum ff_rc close_it(struct ff_ctx *cx, const struct counting *c, const struct state *s)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_CLOSE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_TILL_CLOSE_ID, c->id);
    ff_db_opt_int(st, FF_P_TILL_CLOSE_CLOSED_BY, cx->who.user_id ? cx->who.user_id : FF_NULL_INT);
    ff_db_int(st, FF_P_TILL_CLOSE_CLOSED_AT, ff_clock_now_ms(cx->clock));
    ff_db_int(st, FF_P_TILL_CLOSE_LAST, ff_db_ledger_head(cx)->id);
    ff_db_int(st, FF_P_TILL_CLOSE_EXPECTED, s->expected);
    ff_db_int(st, FF_P_TILL_CLOSE_COUNTED, c->counted);
    ff_db_text(st, FF_P_TILL_CLOSE_REASON, c->reason);
    ff_db_int(st, FF_P_TILL_CLOSE_SCOPE, c->idem->scope);
    ff_db_text(st, FF_P_TILL_CLOSE_KEY, c->idem->key);
    ff_db_blob(st, FF_P_TILL_CLOSE_FINGERPRINT, c->idem->fingerprint, sizeof c->idem->fingerprint);
    return ff_db_run(cx, st);
}

static enum ff_rc record(struct ff_ctx *cx, const struct counting *c, const struct state *s)
{
    const struct ff_audit_value is[] = {{"expected", NULL, s->expected},
                                        {"counted", NULL, c->counted},
                                        {"difference", NULL, c->counted - s->expected}};
    return ff_audit(cx, &(struct ff_audit){.action = "till.count",
                                           .entity = "till",
                                           .entity_id = c->id,
                                           .reason = c->reason,
                                           .after = is,
                                           .n_after = 3});
}

static enum ff_rc count(struct ff_ctx *cx, void *arg)
{
    const struct counting *c = arg;
    struct state s = {0};
    enum ff_rc rc = read_state(cx, c, &s);
    if (!rc && !s.is_open && !s.is_replay)
        rc = FF_FAIL(cx, FF_TILL_CLOSED, "Till %lld was counted before.", (long long)c->id);
    if (!rc && s.is_open && !(rc = book_difference(cx, c, &s)) && !(rc = book_return(cx, c, &s)) &&
        !(rc = close_it(cx, c, &s)))
        rc = record(cx, c, &s);
    if (rc || (rc = ff_till_get(cx, c->id, c->out)))
        return rc;
    c->out->replayed = s.is_replay;
    return FF_OK;
}

enum ff_rc ff_till_count(struct ff_ctx *cx, int64_t id, int64_t counted, const char *reason,
                         const struct ff_idem *idem, struct ff_till *out)
{
    struct counting c = {id, counted, reason, idem, out};
    if (counted < 0 || counted > FF_MONEY_WALLET_MAX)
        return ff_field_range(cx, "/counted", "RANGE", 0, FF_MONEY_WALLET_MAX);
    return ff_db_write(cx, count, &c);
}
