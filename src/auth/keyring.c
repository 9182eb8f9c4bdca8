/* SPDX-License-Identifier: MIT */
/* keyring.c - the files of the signing keys, and what changes them.
 * token-<made, UTC seconds>-<kid>.key: the name puts the keys in order and says which is which, so
 * making one and removing one are each a single rename or unlink. token.key is the one key of the
 * time before the ring; it verifies like any retired key and goes like one.
 * instance.key is no signing key: it names the installation and derives the ids of refresh tokens,
 * and stays when signing keys come and go. */
#include "auth/keyring.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/jws.h"
#include "auth/private.h"

enum { MS_PER_S = 1000, DAY_S = 86400, ID_BYTES = 8, KEY_ID = 5 };

static const char INSTANCE[] = "instance.key", BEFORE[] = "token.key";

/* ---- one key ---- */

static void derive_id(const unsigned char master[FF_KEY_BYTES], uint64_t number,
                      char id[FF_KID_CAP])
{
    unsigned char bytes[crypto_kdf_BYTES_MIN];
    crypto_kdf_derive_from_key(bytes, sizeof bytes, number, FF_KEY_CONTEXT, master);
    ff_hex(bytes, ID_BYTES, id);
}

enum ff_rc ff_ring_derive(struct ff_ctx *cx, const struct ff_ring *ring,
                          const unsigned char master[FF_KEY_BYTES], struct ff_ring_key *key)
{
    const bool is_old = key->made_s == 0;
    struct ff_signer *access = &key->signer[FF_TOKEN_ACCESS];
    struct ff_signer *refresh = &key->signer[FF_TOKEN_REFRESH];
    derive_id(master, KEY_ID, key->kid);
    memcpy(access->issuer, ring->issuer, sizeof access->issuer);
    if (is_old)
        derive_id(master, FF_KEY_ISSUER, access->issuer);
    memcpy(refresh->issuer, access->issuer, sizeof refresh->issuer);
    const char *kid = is_old ? NULL : key->kid;
    enum ff_rc rc = ff_jws_setup(cx, access, master, FF_KEY_ACCESS, "at+jwt", kid);
    return rc ? rc : ff_jws_setup(cx, refresh, master, FF_KEY_REFRESH, "rt+jwt", kid);
}

/* Makes a key, newer than all others, its file still aside. It is in no ring yet. */
static enum ff_rc prepare(struct ff_ctx *cx, struct ff_ring *ring, struct ff_ring_key *key)
{
    unsigned char master[FF_KEY_BYTES];
    const int64_t now_s = ff_clock_now_ms(cx->clock) / MS_PER_S;
    const int64_t newest_s = ring->n ? ring->keys[ring->n - 1].made_s : 0;
    *key = (struct ff_ring_key){.made_s = now_s > newest_s ? now_s : newest_s + 1};
    randombytes_buf(master, sizeof master);
    enum ff_rc rc = ff_ring_derive(cx, ring, master, key);
    snprintf(key->file, sizeof key->file, "token-%010" PRId64 "-%s.key", key->made_s, key->kid);
    if (!rc)
        rc = ff_keyfile_prepare(cx, ring->folder, key->file, master);
    sodium_memzero(master, sizeof master);
    return rc;
}

/* Makes a key that signs from now on. */
static enum ff_rc add(struct ff_ctx *cx, struct ff_ring *ring)
{
    struct ff_ring_key key;
    enum ff_rc rc = prepare(cx, ring, &key);
    if (!rc && !(rc = ff_keyfile_commit(cx, ring->folder, key.file))) {
        pthread_rwlock_wrlock(&ring->lock);
        ring->keys[ring->n++] = key;
        pthread_rwlock_unlock(&ring->lock);
    }
    sodium_memzero(&key, sizeof key);
    return rc;
}

static void drop(struct ff_ring *ring, size_t i)
{
    pthread_rwlock_wrlock(&ring->lock);
    ring->n--;
    memmove(&ring->keys[i], &ring->keys[i + 1], (ring->n - i) * sizeof ring->keys[0]);
    sodium_memzero(&ring->keys[ring->n], sizeof ring->keys[0]);
    pthread_rwlock_unlock(&ring->lock);
}

/* ---- reading ---- */

/* "token-1772451900-0123456789abcdef.key". */
static bool read_name(const char *file, struct ff_ring_key *key)
{
    char time[11], again[FF_KEY_FILE_CAP];
    if (sscanf(file, "token-%10[0-9]-%16[0-9a-f].key", time, key->kid) != 2 || strlen(time) != 10 ||
        strlen(key->kid) != FF_KID_CAP - 1 || (key->made_s = strtoll(time, NULL, 10)) == 0)
        return false;
    snprintf(again, sizeof again, "token-%s-%s.key", time, key->kid);
    snprintf(key->file, sizeof key->file, "%s", again);
    return strcmp(file, again) == 0;
}

/* Puts a key in its place by age. */
static void insert(struct ff_ring *ring, const struct ff_ring_key *key)
{
    size_t i = ring->n++;
    for (; i > 0 && ring->keys[i - 1].made_s > key->made_s; i--)
        ring->keys[i] = ring->keys[i - 1];
    ring->keys[i] = *key;
}

static enum ff_rc read_one(struct ff_ctx *cx, struct ff_ring *ring, const char *file)
{
    unsigned char master[FF_KEY_BYTES];
    struct ff_ring_key key = {0}, named;
    if (!read_name(file, &key))
        return FF_FAIL(cx, FF_INTERNAL, "keys/%.60s is not the name of a signing key.", file);
    if (ring->n == FF_RING_MAX)
        return FF_FAIL(cx, FF_INTERNAL, "There are more than three signing keys in keys.");
    named = key;
    enum ff_rc rc = ff_keyfile_read(cx, ring->folder, file, master, NULL);
    if (!rc)
        rc = ff_ring_derive(cx, ring, master, &key);
    sodium_memzero(master, sizeof master);
    if (!rc && strcmp(named.kid, key.kid) != 0)
        rc = FF_FAIL(cx, FF_INTERNAL, "keys/%s does not hold the key of its name.", file);
    if (!rc)
        insert(ring, &key);
    sodium_memzero(&key, sizeof key);
    return rc;
}

static bool ends_with(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* Calls `each` for every file of the ring with this ending. */
static enum ff_rc walk(struct ff_ctx *cx, struct ff_ring *ring, const char *end,
                       enum ff_rc (*each)(struct ff_ctx *, struct ff_ring *, const char *))
{
    enum ff_rc rc = FF_OK;
    struct dirent *entry;
    const int fd = openat(ring->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (!folder) {
        if (fd >= 0)
            close(fd);
        return FF_FAIL(cx, FF_INTERNAL, "The folder keys cannot be read.");
    }
    while (!rc && (entry = readdir(folder)))
        if (strncmp(entry->d_name, "token-", 6) == 0 && ends_with(entry->d_name, end))
            rc = each(cx, ring, entry->d_name);
    closedir(folder);
    return rc;
}

static enum ff_rc read_before(struct ff_ctx *cx, struct ff_ring *ring)
{
    unsigned char master[FF_KEY_BYTES];
    struct ff_ring_key key = {0};
    bool found;
    snprintf(key.file, sizeof key.file, "%s", BEFORE);
    enum ff_rc rc = ff_keyfile_read(cx, ring->folder, BEFORE, master, &found);
    if (!rc && found && !(rc = ff_ring_derive(cx, ring, master, &key)))
        ring->keys[ring->n++] = key;
    sodium_memzero(master, sizeof master);
    sodium_memzero(&key, sizeof key);
    return rc;
}

static enum ff_rc read_instance(struct ff_ctx *cx, struct ff_auth *auth)
{
    unsigned char master[FF_KEY_BYTES];
    enum ff_rc rc = ff_keyfile_load(cx, auth->ring.folder, INSTANCE, master);
    if (!rc) {
        derive_id(master, FF_KEY_ISSUER, auth->ring.issuer);
        crypto_kdf_derive_from_key(auth->family_key, sizeof auth->family_key, FF_KEY_FAMILY,
                                   FF_KEY_CONTEXT, master);
    }
    sodium_memzero(master, sizeof master);
    return rc;
}

enum ff_rc ff_ring_load(struct ff_ctx *cx, struct ff_auth *auth, int folder)
{
    struct ff_ring *ring = &auth->ring;
    ring->folder = folder;
    enum ff_rc rc = read_instance(cx, auth);
    if (rc || (rc = read_before(cx, ring)) || (rc = walk(cx, ring, ".key", read_one)))
        return rc;
    return ring->n && ring->keys[ring->n - 1].made_s ? FF_OK : add(cx, ring);
}

/* ---- changing ---- */

static enum ff_rc unlink_left(struct ff_ctx *cx, struct ff_ring *ring, const char *file)
{
    return ff_keyfile_wipe(cx, ring->folder, file);
}

/* Removes what has no token out any more. `change` is held. */
static enum ff_rc sweep(struct ff_ctx *cx)
{
    struct ff_ring *ring = &cx->auth->ring;
    struct ff_signing_key keys[FF_RING_MAX];
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    enum ff_rc rc = walk(cx, ring, ".key.new", unlink_left);
    for (size_t i = ff_keyring_list(cx, keys); !rc && i-- > 0;) {
        if (keys[i].signs || now_ms < keys[i].refresh_until_ms)
            continue;
        if (!(rc = ff_keyfile_wipe(cx, ring->folder, ring->keys[i].file)))
            drop(ring, i);
    }
    return rc;
}

static enum ff_rc rotate(struct ff_ctx *cx)
{
    struct ff_ring *ring = &cx->auth->ring;
    enum ff_rc rc = sweep(cx);
    if (rc)
        return rc;
    if (ring->n == FF_RING_MAX)
        return FF_FAIL(cx, FF_IN_USE,
                       "Three keys are in use, and of each there are sessions that may come back. "
                       "Wait, or revoke one: its sessions must then sign in again.");
    return add(cx, ring);
}

enum ff_rc ff_keyring_rotate(struct ff_ctx *cx, struct ff_signing_key *made)
{
    struct ff_ring *ring = &cx->auth->ring;
    struct ff_signing_key keys[FF_RING_MAX];
    pthread_mutex_lock(&ring->change);
    enum ff_rc rc = rotate(cx);
    if (!rc) {
        size_t n = ff_keyring_list(cx, keys);
        *made = keys[n - 1];
    }
    pthread_mutex_unlock(&ring->change);
    return rc;
}

/* The successor lies ready on the disk before the key that signs goes, and gets its name after:
 * there are never more files than a start takes, and always one that signs. */
static enum ff_rc replace(struct ff_ctx *cx, struct ff_ring *ring, size_t i)
{
    struct ff_ring_key key;
    enum ff_rc rc = prepare(cx, ring, &key);
    if (!rc && !(rc = ff_keyfile_wipe(cx, ring->folder, ring->keys[i].file))) {
        rc = ff_keyfile_commit(cx, ring->folder, key.file);
        pthread_rwlock_wrlock(&ring->lock);
        ring->keys[i] =
            key; /* without its name it signs until the next start, but the old is gone */
        pthread_rwlock_unlock(&ring->lock);
    }
    sodium_memzero(&key, sizeof key);
    return rc;
}

static enum ff_rc remove_key(struct ff_ctx *cx, const char *kid)
{
    struct ff_ring *ring = &cx->auth->ring;
    size_t i = 0;
    while (i < ring->n && strcmp(ring->keys[i].kid, kid) != 0)
        i++;
    if (i == ring->n)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such key.");
    if (i + 1 == ring->n)
        return replace(cx, ring, i);
    enum ff_rc rc = ff_keyfile_wipe(cx, ring->folder, ring->keys[i].file);
    if (!rc)
        drop(ring, i);
    return rc;
}

enum ff_rc ff_keyring_revoke(struct ff_ctx *cx, const char *kid)
{
    struct ff_ring *ring = &cx->auth->ring;
    pthread_mutex_lock(&ring->change);
    enum ff_rc rc = remove_key(cx, kid);
    pthread_mutex_unlock(&ring->change);
    return rc;
}

enum ff_rc ff_keyring_sweep(struct ff_ctx *cx, bool *due)
{
    struct ff_ring *ring = &cx->auth->ring;
    struct ff_signing_key keys[FF_RING_MAX];
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    pthread_mutex_lock(&ring->change);
    enum ff_rc rc = sweep(cx);
    const size_t n = ff_keyring_list(cx, keys);
    *due = n < FF_RING_MAX &&
           now_ms - keys[n - 1].made_at_ms >= (int64_t)FF_KEY_DAYS * DAY_S * MS_PER_S;
    pthread_mutex_unlock(&ring->change);
    return rc;
}
