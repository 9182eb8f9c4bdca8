/* SPDX-License-Identifier: MIT */
/* device_service.c - kiosks and the pairing codes that are typed at them: made, used, listed. */
#include "base/typed_code.h"
#include "domain/audit/audit.h"
#include "domain/identity/repo.h"

enum { TEN_MINUTES_MS = 600000, SEEN_EVERY_MS = 60000 };

/* A fresh code by the rule: what is stored, and what is shown once. */
static enum ff_rc fresh_code(struct ff_ctx *cx, const struct ff_pair_rule *rule,
                             struct ff_stored_code *stored, struct ff_pair_code *out)
{
    char plain[FF_TYPED_CODE_CAP], shown[FF_SHOWN_CODE_CAP];
    ff_typed_code_make(plain, shown);
    ff_auth_token_hash(plain, stored->hash);
    stored->uses = rule ? rule->uses : 1;
    stored->expires_at_ms =
        ff_clock_now_ms(cx->clock) + (rule ? rule->valid_ms : (int64_t)TEN_MINUTES_MS);
    out->code_expires_at = stored->expires_at_ms;
    out->code = ff_strdup(cx, shown);
    return out->code ? FF_OK : cx->err.rc;
}

struct change {
    struct ff_stored_code code;
    struct ff_pair_code *out;
};

static enum ff_rc insert(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    ff_err_clear(cx);
    enum ff_rc rc =
        ff_repo_device_insert(cx, c->out->name, &c->code, ff_clock_now_ms(cx->clock), &c->out->id);
    if (rc == FF_ALREADY_EXISTS)
        ff_err_text(cx, "field", "name");
    return rc ? rc : ff_device_audit(cx, "kiosk.create", c->out->id, NULL, c->out->name);
}

enum ff_rc ff_device_create(struct ff_ctx *cx, const char *name, const struct ff_pair_rule *rule,
                            struct ff_pair_code *out)
{
    struct change c = {.out = out};
    out->name = name;
    enum ff_rc rc = fresh_code(cx, rule, &c.code, out);
    return rc ? rc : ff_db_write(cx, insert, &c);
}

static enum ff_rc set_code(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_device_set_code(cx, c->out->id, &c->code, &c->out->name);
    if (rc)
        return rc;
    if (!c->out->name)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such kiosk.");
    return ff_device_audit(cx, "kiosk.code", c->out->id, NULL, NULL);
}

enum ff_rc ff_device_new_code(struct ff_ctx *cx, int64_t id, const struct ff_pair_rule *rule,
                              struct ff_pair_code *out)
{
    struct change c = {.out = out};
    out->id = id;
    enum ff_rc rc = fresh_code(cx, rule, &c.code, out);
    return rc ? rc : ff_db_write(cx, set_code, &c);
}

struct pairing {
    unsigned char code_hash[FF_HASH_BYTES];
    struct ff_paired *out;
};

static enum ff_rc pair(struct ff_ctx *cx, void *arg)
{
    struct pairing *p = arg;
    const int64_t now = ff_clock_now_ms(cx->clock);
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_device_pair(cx, p->code_hash, now, &p->out->id, &p->out->name);
    if (rc)
        return rc;
    if (!p->out->id)
        return FF_FAIL(cx, FF_DEVICE_UNKNOWN, "This pairing code is not valid.");
    rc = ff_repo_device_token_insert(cx, p->out->id, p->out->token, now);
    return rc ? rc : ff_device_audit(cx, "kiosk.pair", p->out->id, NULL, p->out->name);
}

enum ff_rc ff_device_pair(struct ff_ctx *cx, const char *code, struct ff_paired *out)
{
    char plain[FF_TYPED_CODE_CAP], token[FF_SECRET_CAP];
    struct pairing p = {.out = out};
    if (!ff_typed_code_read(code, plain))
        return FF_FAIL(cx, FF_DEVICE_UNKNOWN, "This pairing code is not valid.");
    ff_auth_token_hash(plain, p.code_hash);
    ff_auth_secret(token);
    if (!(out->token = ff_strdup(cx, token)))
        return cx->err.rc;
    return ff_db_write(cx, pair, &p);
}

enum ff_rc ff_device_list(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out,
                          int64_t *total)
{
    enum ff_rc rc = ff_repo_device_count(cx, total);
    return rc ? rc : ff_repo_device_page(cx, page, limit, out);
}

static enum ff_rc seen(struct ff_ctx *cx, void *arg)
{
    const int64_t *now_ms = arg;
    ff_err_clear(cx);
    return ff_repo_device_seen(cx, cx->who.device_id, *now_ms);
}

void ff_device_note_seen(struct ff_ctx *cx, int64_t last_ms)
{
    int64_t now_ms = ff_clock_now_ms(cx->clock);
    if (last_ms != FF_NULL_INT && now_ms - last_ms < SEEN_EVERY_MS)
        return;
    if (ff_db_write(cx, seen, &now_ms))
        ff_err_clear(cx);
}
