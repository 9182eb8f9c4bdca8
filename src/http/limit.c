/* SPDX-License-Identifier: MIT */
/* limit.c - from a request to its counters. A row says with FF_RATE_* when the caller alone does
 * not decide. The operator's command line is never counted. */
#include "http/limit.h"

#include <string.h>

#include "auth/auth.h"
#include "base/log.h"
#include "domain/audit/audit.h"
#include "http/address.h"

enum kind { BY_ADDRESS, BY_SIGN_IN, BY_ACCOUNT, BY_SESSION, BY_USER, BY_KIOSK };

/* For the log. */
static const char *const kind_names[] = {"anonymous", "sign-in", "account",
                                         "session",   "user",    "kiosk"};

static const int64_t limits[] = {
    FF_LIMIT_ANONYMOUS, FF_LIMIT_SIGN_IN, FF_LIMIT_ACCOUNT,
    FF_LIMIT_SESSION,   FF_LIMIT_USER,    FF_LIMIT_KIOSK,
};

/* The reply tells of the counter that is nearest to its end. */
static void tell(struct ff_response *rp, const struct ff_rate_state *state)
{
    if (rp->rate.limit && !state->is_over && state->remaining >= rp->rate.remaining)
        return;
    rp->rate = *state;
}

/* Once a window: whoever goes on asking does not fill log and audit as well. */
static void record_over(struct ff_ctx *cx, enum kind kind)
{
    const struct ff_audit_value class = {.name = "class", .text = kind_names[kind]};
    ff_audit_note(cx, &(struct ff_audit){.action = "request.limit", .after = &class, .n_after = 1});
    const struct ff_log_kv kv[] = {{"class", kind_names[kind], 0},
                                   {"peer", cx->address ? cx->address : "", 0}};
    ff_log(FF_LOG_WARN, cx->request_id, "request limit reached", kv, sizeof kv / sizeof kv[0]);
}

static enum ff_rc count(struct ff_ctx *cx, const struct ff_message *m,
                        const struct ff_rate_key *key, struct ff_response *rp)
{
    const struct ff_limits *l = m->limits;
    struct ff_rate_state state =
        ff_rate_count(l->rate, key, limits[key->kind] * l->factor, ff_clock_mono_ms(cx->clock));
    tell(rp, &state);
    if (!state.is_over)
        return FF_OK;
    if (state.is_news)
        record_over(cx, (enum kind)key->kind);
    ff_err_clear(cx);
    (void)FF_FAIL(cx, FF_RATE_LIMITED, "Too many requests. Please wait %lld seconds.",
                  (long long)state.reset_s);
    cx->err.retry_after_s = (int)state.reset_s;
    ff_err_number(cx, "seconds", state.reset_s);
    return FF_RATE_LIMITED;
}

static enum ff_rc count_number(struct ff_ctx *cx, const struct ff_message *m, enum kind kind,
                               int64_t id, struct ff_response *rp)
{
    struct ff_rate_key key = {.kind = (unsigned char)kind};
    memcpy(key.id, &id, sizeof id);
    return count(cx, m, &key, rp);
}

static enum ff_rc count_address(struct ff_ctx *cx, const struct ff_message *m, enum kind kind,
                                struct ff_response *rp)
{
    struct ff_rate_key key = {.kind = (unsigned char)kind};
    struct ff_address from;
    if (!m->peer || !ff_address_read(m->peer, &from))
        return FF_OK;
    ff_address_group(&from);
    memcpy(key.id, from.bytes, sizeof key.id);
    return count(cx, m, &key, rp);
}

/* Credentials that were ours and have ended: many people behind one address come with such at noon,
 * to renew them. */
static bool was_signed_in(enum ff_rc outcome)
{
    return outcome == FF_TOKEN_EXPIRED || outcome == FF_TOKEN_REVOKED;
}

enum ff_rc ff_limit_caller(struct ff_ctx *cx, const struct ff_message *m,
                           const struct ff_route *route, enum ff_rc outcome, struct ff_response *rp)
{
    const struct ff_actor *who = &cx->who;
    if (!m->limits || who->is_cli || (route && route->rate == FF_RATE_FREE))
        return FF_OK;
    if (route && route->rate == FF_RATE_SIGN_IN)
        return count_address(cx, m, BY_SIGN_IN, rp);
    if (route && route->rate == FF_RATE_SESSION)
        return count_address(cx, m, BY_SESSION, rp);
    if (who->device_id)
        return count_number(cx, m, BY_KIOSK, who->device_id, rp);
    if (who->user_id)
        return count_number(cx, m, BY_USER, who->user_id, rp);
    return count_address(cx, m, was_signed_in(outcome) ? BY_SESSION : BY_ADDRESS, rp);
}

/* The e-mail address in the body, already in lower case; NULL: none. */
static const char *account_of(const struct ff_req *rq)
{
    const struct ff_schema *in = rq->route->in;
    const char *name = NULL;
    for (size_t i = 0; in && rq->body && i < in->n_fields; i++)
        if (in->fields[i].type == FF_T_EMAIL)
            memcpy(&name, (const char *)rq->body + in->fields[i].offset, sizeof name);
    return name;
}

enum ff_rc ff_limit_account(const struct ff_req *rq, const struct ff_message *m,
                            struct ff_response *rp)
{
    struct ff_rate_key key = {.kind = BY_ACCOUNT};
    struct ff_hash hash;
    if (!m->limits || rq->cx->who.is_cli || rq->route->rate != FF_RATE_SIGN_IN)
        return FF_OK;
    const char *name = account_of(rq);
    if (!name)
        return FF_OK;
    ff_hash_init(&hash, sizeof key.id);
    ff_hash_text(&hash, name);
    ff_hash_final(&hash, key.id);
    return count(rq->cx, m, &key, rp);
}
