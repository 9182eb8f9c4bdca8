/* SPDX-License-Identifier: MIT */
/* family.c - the generations of a family, their tokens, and what a token is to it. */
#include "domain/identity/family.h"

#include <stdio.h>
#include <string.h>

#include "domain/identity/device_label.h"

enum { MS_PER_S = 1000 };

/* Which device, from where, under which key: as of the newest generation. */
static void note_device(struct ff_ctx *cx, struct ff_family *family)
{
    ff_keyring_kid(cx, family->kid);
    ff_device_label(cx->user_agent, family->label);
    snprintf(family->address, sizeof family->address, "%.45s", cx->address ? cx->address : "");
}

/* The newest generation's id, of which only the hash is kept. */
static void hash_newest(struct ff_ctx *cx, struct ff_family *family)
{
    char id[FF_SECRET_CAP];
    ff_auth_generation_id(cx->auth, family->seed, family->generation, id);
    ff_auth_token_hash(id, family->token_hash);
}

enum ff_rc ff_family_begin(struct ff_ctx *cx, int64_t user_id, int64_t now_ms,
                           struct ff_family *out)
{
    *out =
        (struct ff_family){.user_id = user_id,
                           .has_seed = true,
                           .used_at_ms = now_ms,
                           .expires_at_ms = now_ms + ff_auth_refresh_seconds(cx->auth) * MS_PER_S};
    ff_random(out->seed, sizeof out->seed);
    note_device(cx, out);
    hash_newest(cx, out);
    return ff_repo_session_insert(cx, out);
}

enum ff_rc ff_family_advance(struct ff_ctx *cx, struct ff_family *family, int64_t now_ms)
{
    if (!family->has_seed)
        ff_random(family->seed, sizeof family->seed);
    family->has_seed = true;
    family->generation++;
    family->used_at_ms = now_ms;
    note_device(cx, family);
    hash_newest(cx, family);
    return ff_repo_session_rotate(cx, family);
}

enum ff_rc ff_family_sign(struct ff_ctx *cx, const struct ff_family *family,
                          struct ff_signed_in *out)
{
    char id[FF_SECRET_CAP];
    ff_auth_generation_id(cx->auth, family->seed, family->generation, id);
    const struct ff_access access = {.user_id = out->user.id,
                                     .session_id = family->id,
                                     .version = out->user.token_version,
                                     .email = out->user.email,
                                     .role = out->user.role};
    const struct ff_refresh refresh = {.user_id = out->user.id,
                                       .session_id = family->id,
                                       .generation = family->generation,
                                       .token_id = id,
                                       .issued_at_ms = family->used_at_ms,
                                       .expires_at_ms = family->expires_at_ms};
    out->expires_in = ff_auth_access_seconds(cx->auth);
    out->refresh_expires_at = family->expires_at_ms;
    enum ff_rc rc = ff_access_sign(cx, &access, &out->access_token);
    return rc ? rc : ff_refresh_sign(cx, &refresh, &out->refresh_token);
}

static bool was_lost(const struct ff_family *family, const unsigned char hash[FF_HASH_BYTES],
                     int64_t now_ms)
{
    const int64_t age_ms = now_ms - family->used_at_ms;
    return memcmp(hash, family->spent_hash, FF_HASH_BYTES) == 0 && age_ms <= FF_LOST_REPLY_MS &&
           age_ms >= -FF_LOST_REPLY_MS; /* a clock that was set back a little */
}

enum ff_verdict ff_family_judge(const struct ff_family *family, int64_t generation,
                                const unsigned char hash[FF_HASH_BYTES], int64_t now_ms)
{
    if (family->is_revoked || family->expires_at_ms <= now_ms)
        return FF_OVER;
    if (generation == family->generation)
        return memcmp(hash, family->token_hash, FF_HASH_BYTES) == 0 ? FF_NEWEST : FF_OVER;
    if (generation > family->generation)
        return FF_OVER; /* given by a database that was newer than the restored one */
    if (generation == family->generation - 1 && was_lost(family, hash, now_ms))
        return FF_REPEATED;
    return FF_REUSED;
}
