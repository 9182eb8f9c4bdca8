/* SPDX-License-Identifier: MIT */
/* keys.c - the key files of DATA/keys: 32 random bytes each, for this user alone.
 * A key of another length is refused, because the token library takes any token when its key is
 * empty. A new key is written aside, made durable and renamed, so that no half of one can exist.
 * Source: security.md S18, S88. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/private.h"

enum { OTHERS = 077 };

static enum ff_rc refuse(struct ff_ctx *cx, const char *name, const char *why)
{
    return FF_FAIL(cx, FF_INTERNAL, "The key file keys/%s.key %s.", name, why);
}

/* Opens DATA/keys, making it when it is missing. */
static enum ff_rc open_folder(struct ff_ctx *cx, const char *data_dir, int *folder)
{
    struct stat st;
    const int data = open(data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (data < 0)
        return FF_FAIL(cx, FF_INTERNAL, "The data directory cannot be opened.");
    const bool made = mkdirat(data, "keys", 0700) == 0;
    *folder = openat(data, "keys", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (made)
        fsync(data);
    close(data);
    if (*folder < 0)
        return FF_FAIL(cx, FF_INTERNAL, "The folder keys cannot be opened.");
    if (fstat(*folder, &st) == 0 && !(st.st_mode & OTHERS) && st.st_uid == geteuid())
        return FF_OK;
    close(*folder);
    return FF_FAIL(cx, FF_INTERNAL, "The folder keys must belong to this user alone (mode 0700).");
}

/* True when all of `key` is in the new file and on the disk. */
static bool write_durably(int fd, const unsigned char key[FF_KEY_BYTES])
{
    const bool written = write(fd, key, FF_KEY_BYTES) == FF_KEY_BYTES && fsync(fd) == 0;
    return close(fd) == 0 && written;
}

static enum ff_rc make(struct ff_ctx *cx, int folder, const char *name, const char *file)
{
    unsigned char key[FF_KEY_BYTES];
    char fresh[64];
    snprintf(fresh, sizeof fresh, "%s.new", file);
    unlinkat(folder, fresh, 0); /* of an attempt that was cut off */
    const int fd =
        openat(folder, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return refuse(cx, name, "cannot be made");
    randombytes_buf(key, sizeof key);
    const bool written = write_durably(fd, key);
    sodium_memzero(key, sizeof key);
    if (!written || renameat(folder, fresh, folder, file) != 0 || fsync(folder) != 0)
        return refuse(cx, name, "cannot be written");
    return FF_OK;
}

static enum ff_rc read_key(struct ff_ctx *cx, int fd, const char *name,
                           unsigned char key[FF_KEY_BYTES])
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid())
        return refuse(cx, name, "must be a regular file of this user");
    if (st.st_mode & OTHERS)
        return refuse(cx, name, "must be closed to group and others (mode 0600)");
    if (st.st_size != FF_KEY_BYTES || read(fd, key, FF_KEY_BYTES) != FF_KEY_BYTES)
        return refuse(cx, name, "must hold exactly 32 bytes");
    return FF_OK;
}

static enum ff_rc load_in(struct ff_ctx *cx, int folder, const char *name,
                          unsigned char key[FF_KEY_BYTES])
{
    char file[48];
    snprintf(file, sizeof file, "%s.key", name);
    int fd = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        enum ff_rc rc = make(cx, folder, name, file);
        if (rc)
            return rc;
        fd = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (fd < 0)
        return refuse(cx, name, "cannot be opened");
    enum ff_rc rc = read_key(cx, fd, name, key);
    close(fd);
    return rc;
}

enum ff_rc ff_key_load(struct ff_ctx *cx, const char *data_dir, const char *name,
                       unsigned char key[FF_KEY_BYTES])
{
    int folder = -1;
    enum ff_rc rc = open_folder(cx, data_dir, &folder);
    if (rc)
        return rc;
    rc = load_in(cx, folder, name, key);
    close(folder);
    return rc;
}
