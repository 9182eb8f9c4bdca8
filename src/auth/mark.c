/* SPDX-License-Identifier: MIT */
/* mark.c - see mark.h. The file is one line, "FFAH1 SEQ HASH MAC", written aside and renamed. */
#include "auth/mark.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "auth/keyfile.h"
#include "base/ids.h"

#define MARK_FILE "audit.head"
#define ASIDE     ".before-restore"

enum { LINE_CAP = 192, HEX_CAP = 65, PATH_CAP = 1200 };

void ff_mark_sign(const struct ff_auth *auth, enum ff_mark_use use, const struct ff_mark *mark,
                  unsigned char mac[32])
{
    const char name[4] = {'F', 'F', 'M', (char)use};
    struct ff_hash h;
    ff_hash_init_audit(&h, auth);
    ff_hash_add(&h, name, sizeof name);
    ff_hash_u64(&h, (uint64_t)mark->seq);
    ff_hash_add(&h, mark->hash, sizeof mark->hash);
    ff_hash_final(&h, mac);
}

bool ff_mark_is_genuine(const struct ff_auth *auth, enum ff_mark_use use,
                        const struct ff_mark *mark, const unsigned char mac[32])
{
    unsigned char expected[32];
    ff_mark_sign(auth, use, mark, expected);
    return sodium_memcmp(expected, mac, sizeof expected) == 0;
}

/* ---- the file ---- */

static bool put(int folder, const char *line, bool durable)
{
    const size_t n = strlen(line);
    unlinkat(folder, MARK_FILE ".new", 0); /* of an attempt that was cut off */
    const int fd = openat(folder, MARK_FILE ".new",
                          O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    const bool written = write(fd, line, n) == (ssize_t)n && (!durable || fsync(fd) == 0);
    if (close(fd) != 0 || !written || renameat(folder, MARK_FILE ".new", folder, MARK_FILE) != 0)
        return false;
    return !durable || fsync(folder) == 0;
}

enum ff_rc ff_mark_write(struct ff_ctx *cx, const char *data_dir, const struct ff_mark *mark,
                         bool durable)
{
    char line[LINE_CAP], hash[HEX_CAP], hex[HEX_CAP];
    unsigned char mac[32];
    int folder = -1;
    enum ff_rc rc = ff_keyfile_folder(cx, data_dir, &folder);
    if (rc)
        return rc;
    ff_mark_sign(cx->auth, FF_MARK_HEAD, mark, mac);
    ff_hex(mark->hash, sizeof mark->hash, hash);
    ff_hex(mac, sizeof mac, hex);
    snprintf(line, sizeof line, "FFAH1 %" PRId64 " %s %s\n", mark->seq, hash, hex);
    const bool done = put(folder, line, durable);
    close(folder);
    return done ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "keys/" MARK_FILE " cannot be written.");
}

static bool parse(const struct ff_auth *auth, const char *line, struct ff_mark *mark)
{
    char seq[21], hash[HEX_CAP], hex[HEX_CAP];
    unsigned char mac[32];
    return sscanf(line, "FFAH1 %20[0-9] %64[0-9a-f] %64[0-9a-f]", seq, hash, hex) == 3 &&
           ff_parse_id(seq, &mark->seq) &&
           ff_unhex(hash, strlen(hash), mark->hash, sizeof mark->hash) &&
           ff_unhex(hex, strlen(hex), mac, sizeof mac) &&
           ff_mark_is_genuine(auth, FF_MARK_HEAD, mark, mac);
}

static enum ff_rc read_file(struct ff_ctx *cx, const char *data_dir, const char *file,
                            struct ff_mark *mark, bool *found)
{
    char line[LINE_CAP] = "";
    int folder = -1;
    *found = false;
    enum ff_rc rc = ff_keyfile_folder(cx, data_dir, &folder);
    if (rc)
        return rc;
    const int fd = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    close(folder);
    if (fd < 0)
        return FF_OK;
    const ssize_t n = read(fd, line, sizeof line - 1);
    close(fd);
    *found = true;
    if (n <= 0 || !parse(cx->auth, line, mark))
        return FF_FAIL(cx, FF_STORAGE_FAULT,
                       "keys/%s was changed, or keys/audit.key is another one.", file);
    return FF_OK;
}

enum ff_rc ff_mark_read(struct ff_ctx *cx, const char *data_dir, struct ff_mark *mark, bool *found)
{
    return read_file(cx, data_dir, MARK_FILE, mark, found);
}

enum ff_rc ff_mark_read_aside(struct ff_ctx *cx, const char *data_dir, struct ff_mark *mark,
                              bool *found)
{
    return read_file(cx, data_dir, MARK_FILE ASIDE, mark, found);
}

static void path_of(const char *data_dir, const char *file, char out[PATH_CAP])
{
    snprintf(out, PATH_CAP, "%s/keys/%s", data_dir, file);
}

void ff_mark_set_aside(const char *data_dir)
{
    char path[PATH_CAP], aside[PATH_CAP];
    path_of(data_dir, MARK_FILE, path);
    path_of(data_dir, MARK_FILE ASIDE, aside);
    (void)rename(path, aside);
}

void ff_mark_drop_aside(const char *data_dir)
{
    char aside[PATH_CAP];
    path_of(data_dir, MARK_FILE ASIDE, aside);
    (void)unlink(aside);
}
