/* SPDX-License-Identifier: MIT */
/* record.c - a preload that writes down, in order, what the program asks of the disk and of the
 * network: every write to the write-ahead log (with the purchase keys found in it, and whether it
 * is a commit frame), every fdatasync or fsync of it, every send that acknowledges a purchase.
 * durability.mjs reads the record.
 *
 *   W begin end commit|frame|page key,key,...      S begin end      A begin - key
 *
 * begin and end are places in one order over all threads. The log file is named by FF_RECORD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { KEY_BYTES = 32, LINE_CAP = 4096, FRAME_HEADER_BYTES = 24 };
static const char key_prefix[] = "durable-"; /* keys are KEY_BYTES long and begin with it */

static atomic_ulong order;
static int log_fd = -1;

__attribute__((constructor)) static void open_log(void)
{
    const char *path = getenv("FF_RECORD");
    if (path)
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC,
                              0600);
}

static unsigned long next_place(void)
{
    return atomic_fetch_add(&order, 1) + 1;
}

static void put_line(const char *line, size_t n)
{
    if (log_fd >= 0 && syscall(SYS_write, log_fd, line, n) != (long)n)
        abort();
}

static int is_wal(int fd)
{
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path);
    return n > 4 && memcmp(path + n - 4, "-wal", 4) == 0;
}

/* Appends the keys found in a buffer, comma separated; a page of several purchases names them all.
 */
static size_t add_keys(char *line, size_t used, const char *bytes, size_t n)
{
    const char *end = bytes + n;
    const char *at = bytes;
    while ((at = memmem(at, (size_t)(end - at), key_prefix, sizeof key_prefix - 1)) &&
           at + KEY_BYTES <= end) {
        if (used + KEY_BYTES + 3 > LINE_CAP)
            abort();
        memcpy(line + used, at, KEY_BYTES);
        used += KEY_BYTES;
        line[used++] = ',';
        at += KEY_BYTES;
    }
    return used;
}

static void note_wal_write(unsigned long begin, const char *bytes, size_t n)
{
    char line[LINE_CAP];
    const unsigned char *h = (const unsigned char *)bytes;
    const char *kind = n != FRAME_HEADER_BYTES       ? "page"
                       : (h[4] | h[5] | h[6] | h[7]) ? "commit"
                                                     : "frame";
    size_t used = (size_t)snprintf(line, sizeof line, "W %lu %lu %s ", begin, next_place(), kind);
    used = add_keys(line, used, bytes, n);
    line[used++] = '\n';
    put_line(line, used);
}

static void note_ack(unsigned long begin, const char *bytes, size_t n)
{
    char line[LINE_CAP];
    if (n < 12 || memcmp(bytes, "HTTP/1.1 201", 12) != 0)
        return;
    size_t used = (size_t)snprintf(line, sizeof line, "A %lu - ", begin);
    size_t before = used;
    used = add_keys(line, used, bytes, n);
    if (used == before)
        return;
    line[used++] = '\n';
    put_line(line, used);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    unsigned long begin = next_place();
    ssize_t rc = REAL(pwrite64)(fd, bytes, n, at);
    if (rc > 0 && is_wal(fd))
        note_wal_write(begin, bytes, n);
    return rc;
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    return pwrite64(fd, bytes, n, at);
}

int fdatasync(int fd)
{
    unsigned long begin = next_place();
    int rc = REAL(fdatasync)(fd);
    if (rc == 0 && is_wal(fd)) {
        char line[64];
        put_line(line, (size_t)snprintf(line, sizeof line, "S %lu %lu\n", begin, next_place()));
    }
    return rc;
}

int fsync(int fd)
{
    unsigned long begin = next_place();
    int rc = REAL(fsync)(fd);
    if (rc == 0 && is_wal(fd)) {
        char line[64];
        put_line(line, (size_t)snprintf(line, sizeof line, "S %lu %lu\n", begin, next_place()));
    }
    return rc;
}

ssize_t send(int fd, const void *bytes, size_t n, int flags)
{
    note_ack(next_place(), bytes, n);
    return REAL(send)(fd, bytes, n, flags);
}

ssize_t sendto(int fd, const void *bytes, size_t n, int flags, const struct sockaddr *to,
               socklen_t to_bytes)
{
    note_ack(next_place(), bytes, n);
    return REAL(sendto)(fd, bytes, n, flags, to, to_bytes);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    if (n >= 12)
        note_ack(next_place(), bytes, n);
    return REAL(write)(fd, bytes, n);
}
