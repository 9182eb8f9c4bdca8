/* SPDX-License-Identifier: MIT */
/* signing_key.c - rotating and revoking the keys of tokens. The files are the keyring's; here is
 * what the database knows of it: the record, and the sessions that end with a key. */
#include "domain/identity/signing_key.h"

#include <string.h>

#include "base/log.h"
#include "domain/audit/audit.h"
#include "domain/identity/repo.h"

static int64_t or_null(int64_t ms)
{
    return ms ? ms : FF_NULL_INT;
}

static enum ff_rc view(struct ff_ctx *cx, const struct ff_signing_key *key, struct ff_key_view *out)
{
    *out = (struct ff_key_view){.kid = ff_strdup(cx, key->kid),
                                .signs = key->signs,
                                .made_at = or_null(key->made_at_ms),
                                .retired_at = or_null(key->retired_at_ms),
                                .access_until = or_null(key->access_until_ms),
                                .refresh_until = or_null(key->refresh_until_ms)};
    return out->kid ? FF_OK : cx->err.rc;
}

enum ff_rc ff_key_list(struct ff_ctx *cx, struct ff_list *out)
{
    struct ff_signing_key keys[FF_RING_MAX];
    const size_t n = ff_keyring_list(cx, keys);
    struct ff_key_view *views = ff_alloc(cx, n * sizeof *views);
    enum ff_rc rc = views ? FF_OK : cx->err.rc;
    for (size_t i = 0; !rc && i < n; i++)
        rc = view(cx, &keys[i], &views[i]);
    *out = (struct ff_list){.items = views, .n = n};
    return rc;
}

static enum ff_rc record(struct ff_ctx *cx, const char *action, const char *kid, int64_t ended)
{
    const struct ff_audit_value after[] = {{"kid", kid, 0}, {"sessionsEnded", NULL, ended}};
    const struct ff_audit event = {
        .action = action, .entity = "key", .after = after, .n_after = ended < 0 ? 1 : 2};
    return ff_audit(cx, &event);
}

static enum ff_rc record_rotation(struct ff_ctx *cx, void *arg)
{
    ff_err_clear(cx);
    return record(cx, "key.rotate", arg, -1);
}

/* The old key goes on verifying, so a rotation that could not be recorded harms nobody; the next
 * one says so again. */
enum ff_rc ff_key_rotate(struct ff_ctx *cx, struct ff_key_view *out)
{
    struct ff_signing_key made;
    enum ff_rc rc = ff_keyring_rotate(cx, &made);
    if (rc)
        return rc;
    ff_log(FF_LOG_INFO, cx->request_id, "a new key signs tokens",
           (struct ff_log_kv[]){{"kid", made.kid, 0}}, 1);
    rc = ff_db_write(cx, record_rotation, made.kid);
    return rc ? rc : view(cx, &made, out);
}

struct revocation {
    const char *kid;
    int64_t ended;
};

static enum ff_rc end_sessions(struct ff_ctx *cx, void *arg)
{
    struct revocation *r = arg;
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_session_revoke_key(cx, r->kid, &r->ended);
    return rc ? rc : record(cx, "key.revoke", r->kid, r->ended);
}

static bool is_known(struct ff_ctx *cx, const char *kid)
{
    struct ff_signing_key keys[FF_RING_MAX];
    bool known = false;
    for (size_t i = ff_keyring_list(cx, keys); i-- > 0;)
        known |= strcmp(keys[i].kid, kid) == 0;
    return known;
}

/* The sessions first: if the key cannot be removed then, the command can be given again. */
enum ff_rc ff_key_revoke(struct ff_ctx *cx, const char *kid)
{
    struct revocation r = {.kid = kid};
    if (!is_known(cx, kid))
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such key.");
    enum ff_rc rc = ff_db_write(cx, end_sessions, &r);
    if (rc || (rc = ff_keyring_revoke(cx, kid)))
        return rc;
    ff_log(FF_LOG_WARN, cx->request_id, "a key of tokens was revoked",
           (struct ff_log_kv[]){{"kid", kid, 0}, {"sessionsEnded", NULL, r.ended}}, 2);
    return FF_OK;
}

enum ff_rc ff_key_tend(struct ff_ctx *cx)
{
    struct ff_key_view made;
    bool due;
    enum ff_rc rc = ff_keyring_sweep(cx, &due);
    return rc || !due ? rc : ff_key_rotate(cx, &made);
}
