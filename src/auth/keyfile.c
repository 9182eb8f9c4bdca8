/* SPDX-License-Identifier: MIT */
/* keyfile.c - the key files of DATA/keys: 32 random bytes each, for this user alone.
 * A key of another length is refused, because the token library takes any token when its key is
 * empty. A new key is written aside, made durable and renamed, so that no half of one can exist.
 * Source: security.md S18, S88. */
#include "auth/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OTHERS = 077 };

static enum ff_rc refuse(struct ff_ctx *cx, const char *file, const char *why)
{
    return FF_FAIL(cx, FF_INTERNAL, "The key file keys/%s %s.", file, why);
}

enum ff_rc ff_keyfile_folder(struct ff_ctx *cx, const char *data_dir, int *folder)
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

static void name_aside(const char *file, char fresh[FF_KEY_FILE_CAP + 4])
{
    snprintf(fresh, FF_KEY_FILE_CAP + 4, "%s.new", file);
}

enum ff_rc ff_keyfile_prepare(struct ff_ctx *cx, int folder, const char *file,
                              const unsigned char key[FF_KEY_BYTES])
{
    char fresh[FF_KEY_FILE_CAP + 4];
    name_aside(file, fresh);
    unlinkat(folder, fresh, 0); /* of an attempt that was cut off */
    const int fd =
        openat(folder, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return refuse(cx, file, "cannot be made");
    return write_durably(fd, key) ? FF_OK : refuse(cx, file, "cannot be written");
}

enum ff_rc ff_keyfile_commit(struct ff_ctx *cx, int folder, const char *file)
{
    char fresh[FF_KEY_FILE_CAP + 4];
    name_aside(file, fresh);
    if (renameat(folder, fresh, folder, file) != 0 || fsync(folder) != 0)
        return refuse(cx, file, "cannot be written");
    return FF_OK;
}

enum ff_rc ff_keyfile_wipe(struct ff_ctx *cx, int folder, const char *file)
{
    static const unsigned char nothing[FF_KEY_BYTES];
    const int fd = openat(folder, file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return FF_OK;
    if (fd >= 0)
        (void)write_durably(fd, nothing); /* as far as the disk goes along */
    if (unlinkat(folder, file, 0) != 0 || fsync(folder) != 0)
        return refuse(cx, file, "cannot be removed");
    return FF_OK;
}

static enum ff_rc read_key(struct ff_ctx *cx, int fd, const char *file,
                           unsigned char key[FF_KEY_BYTES])
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid())
        return refuse(cx, file, "must be a regular file of this user");
    if (st.st_mode & OTHERS)
        return refuse(cx, file, "must be closed to group and others (mode 0600)");
    if (st.st_size != FF_KEY_BYTES || read(fd, key, FF_KEY_BYTES) != FF_KEY_BYTES)
        return refuse(cx, file, "must hold exactly 32 bytes");
    return FF_OK;
}

enum ff_rc ff_keyfile_read(struct ff_ctx *cx, int folder, const char *file,
                           unsigned char key[FF_KEY_BYTES], bool *found)
{
    const int fd = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (found)
        *found = fd >= 0;
    if (fd < 0)
        return errno == ENOENT && found ? FF_OK : refuse(cx, file, "cannot be opened");
    enum ff_rc rc = read_key(cx, fd, file, key);
    close(fd);
    return rc;
}

enum ff_rc ff_keyfile_load(struct ff_ctx *cx, int folder, const char *file,
                           unsigned char key[FF_KEY_BYTES])
{
    unsigned char fresh[FF_KEY_BYTES];
    bool found;
    enum ff_rc rc = ff_keyfile_read(cx, folder, file, key, &found);
    if (rc || found)
        return rc;
    randombytes_buf(fresh, sizeof fresh);
    rc = ff_keyfile_prepare(cx, folder, file, fresh);
    sodium_memzero(fresh, sizeof fresh);
    if (rc || (rc = ff_keyfile_commit(cx, folder, file)))
        return rc;
    return ff_keyfile_read(cx, folder, file, key, NULL);
}
