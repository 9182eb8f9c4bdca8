/* SPDX-License-Identifier: MIT */
/* compat.c - four functions of the C library that CivetWeb finds here first, because a symbol of
 * the program comes before one of a library.
 *
 * pthread_attr_setstacksize, because Debian's CivetWeb gives its workers 100 KiB.
 *
 * accept, because 100 silent connections from one address would take all workers.
 *
 * recv, because a body that trickles would hold a worker for ever.
 *
 * dlopen, because it looks for libssl.so, a name that only development packages have, and for
 * SSL_get_peer_certificate, which OpenSSL 3 no longer has.
 *
 * All this can be lost by a change of link flags, so ff_server_start tests that it works. */
#define _GNU_SOURCE
#include "http/compat.h"

#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Declared under names of our own, so that the headers' spellings (transparent unions, fortified
 * inlines) do not get in the way. */
int ff_compat_setstacksize(pthread_attr_t *attr, size_t size) __asm__("pthread_attr_setstacksize");
int ff_compat_accept(int listener, struct sockaddr *addr, socklen_t *len) __asm__("accept");
ssize_t ff_compat_recv(int fd, void *out, size_t n, int flags) __asm__("recv");

/* ---- worker stacks ---- */

int ff_compat_setstacksize(pthread_attr_t *attr, size_t size)
{
    int (*real)(pthread_attr_t *, size_t);
    void *found = dlvsym(RTLD_NEXT, "pthread_attr_setstacksize", "GLIBC_2.34");
    if (!found)
        return ENOSYS;
    memcpy(&real, &found, sizeof real);
    return real(attr, size < FF_WORKER_STACK_BYTES ? (size_t)FF_WORKER_STACK_BYTES : size);
}

size_t ff_compat_stack_bytes(void)
{
    pthread_attr_t attr;
    void *base;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attr))
        return 0;
    if (pthread_attr_getstack(&attr, &base, &size))
        size = 0;
    pthread_attr_destroy(&attr);
    return size;
}

/* ---- connections per address ---- */

enum { MAX_FD = 8192 };

struct peer {
    unsigned char address[16]; /* IPv4 as ::ffff:a.b.c.d */
    in_port_t port;
    bool is_live; /* was accepted; whether it still is shows a look at the descriptor */
};

/* Who is behind each accepted descriptor. close() is not watched: an entry may be out of date, and
 * is compared with the descriptor before anything is decided by it. The lock guards all of it. */
static pthread_mutex_t peers_lock = PTHREAD_MUTEX_INITIALIZER;
static struct peer peers[MAX_FD];
static int highest_fd = -1;
static int cap_address, cap_loopback;
static atomic_uint_fast64_t accepts;

static bool read_peer(const struct sockaddr_storage *from, struct peer *out)
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    memset(out, 0, sizeof *out);
    if (from->ss_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, from, sizeof in);
        memcpy(out->address, mapped, sizeof mapped);
        memcpy(out->address + 12, &in.sin_addr, 4);
        out->port = in.sin_port;
    } else if (from->ss_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, from, sizeof in6);
        memcpy(out->address, &in6.sin6_addr, 16);
        out->port = in6.sin6_port;
    } else {
        return false;
    }
    out->is_live = true;
    return true;
}

static bool is_loopback(const struct peer *p)
{
    static const unsigned char v4[13] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127};
    static const unsigned char v6[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return !memcmp(p->address, v4, sizeof v4) || !memcmp(p->address, v6, sizeof v6);
}

/* True when descriptor `fd` is still the connection its entry tells of. */
static bool still_connected(int fd)
{
    struct sockaddr_storage from;
    socklen_t len = sizeof from;
    struct peer now;
    memset(&from, 0, sizeof from);
    return !getpeername(fd, (struct sockaddr *)&from, &len) && read_peer(&from, &now) &&
           now.port == peers[fd].port && !memcmp(now.address, peers[fd].address, 16);
}

/* Connections of one address; `verify` looks at each and forgets those that are gone. */
static int count_of(const struct peer *who, bool verify)
{
    int n = 0;
    for (int fd = 0; fd <= highest_fd; fd++) {
        if (!peers[fd].is_live || memcmp(peers[fd].address, who->address, sizeof who->address))
            continue;
        if (verify && !still_connected(fd))
            peers[fd].is_live = false;
        else
            n++;
    }
    return n;
}

/* Enters a new connection unless its address has as many as it may. */
static bool admit(int fd, const struct peer *who)
{
    pthread_mutex_lock(&peers_lock);
    peers[fd].is_live = false; /* the descriptor was used before */
    int cap = is_loopback(who) ? cap_loopback : cap_address;
    bool full = cap && count_of(who, false) >= cap && count_of(who, true) >= cap;
    if (!full) {
        peers[fd] = *who;
        if (fd > highest_fd)
            highest_fd = fd;
    }
    pthread_mutex_unlock(&peers_lock);
    return !full;
}

int ff_compat_accept(int listener, struct sockaddr *addr, socklen_t *len)
{
    struct sockaddr_storage from;
    struct peer who;
    socklen_t got = sizeof from, room = addr && len ? *len : 0;
    memset(&from, 0, sizeof from);
    int fd = accept4(listener, (struct sockaddr *)&from, &got, SOCK_CLOEXEC);
    if (fd < 0)
        return fd;
    atomic_fetch_add(&accepts, 1);
    if (room) {
        memcpy(addr, &from, room < got ? room : got);
        *len = got;
    }
    if (!read_peer(&from, &who) || (fd < MAX_FD && admit(fd, &who)))
        return fd;
    close(fd);
    errno = ECONNABORTED;
    return -1;
}

uint64_t ff_compat_accepts(void)
{
    return atomic_load(&accepts);
}

void ff_compat_set_caps(int per_address, int loopback)
{
    pthread_mutex_lock(&peers_lock);
    cap_address = per_address;
    cap_loopback = loopback;
    pthread_mutex_unlock(&peers_lock);
}

static bool is_local_port(int fd, const int *ports, size_t n)
{
    struct sockaddr_storage own;
    struct peer local;
    socklen_t len = sizeof own;
    memset(&own, 0, sizeof own);
    if (getsockname(fd, (struct sockaddr *)&own, &len) || !read_peer(&own, &local))
        return false;
    for (size_t i = 0; i < n; i++)
        if (ntohs(local.port) == ports[i])
            return true;
    return false;
}

void ff_compat_hang_up(const int *ports, size_t n)
{
    pthread_mutex_lock(&peers_lock);
    for (int fd = 0; fd <= highest_fd; fd++)
        if (peers[fd].is_live && still_connected(fd) && is_local_port(fd, ports, n))
            shutdown(fd, SHUT_RD);
    pthread_mutex_unlock(&peers_lock);
}

/* ---- bodies that never end ---- */

static _Thread_local int64_t read_until_ms;
static _Thread_local size_t received_bytes;
static _Thread_local int last_fd = -1;

int64_t ff_compat_mono_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void ff_compat_read_until(int64_t deadline_ms)
{
    read_until_ms = deadline_ms;
    received_bytes = 0;
}

size_t ff_compat_received(void)
{
    return received_bytes;
}

ssize_t ff_compat_recv(int fd, void *out, size_t n, int flags)
{
    if (read_until_ms && ff_compat_mono_ms() >= read_until_ms) {
        errno = ETIMEDOUT;
        return -1;
    }
    last_fd = fd;
    ssize_t got = recvfrom(fd, out, n, flags, NULL, NULL);
    received_bytes += got > 0 ? (size_t)got : 0;
    return got;
}

void ff_compat_linger(int ms)
{
    char scrap[2048];
    int64_t until = ff_compat_mono_ms() + ms, left = ms;
    struct pollfd pfd = {.fd = last_fd, .events = POLLIN};
    if (last_fd < 0 || shutdown(last_fd, SHUT_WR))
        return;
    while (left > 0 && poll(&pfd, 1, (int)left) > 0 &&
           recvfrom(last_fd, scrap, sizeof scrap, MSG_DONTWAIT, NULL, NULL) > 0)
        left = until - ff_compat_mono_ms();
}

/* ---- the TLS library's names ---- */

static atomic_bool tls_found;

bool ff_compat_tls_found(void)
{
    return atomic_load(&tls_found);
}

/* Sanitizers look functions up before the C library is ready for it; TLS is not tested under them.
 */
#ifndef FF_SANITIZED

void *ff_compat_dlopen(const char *file, int mode) __asm__("dlopen");
void *ff_compat_peer_certificate(const void *ssl) __asm__("SSL_get_peer_certificate");

static void *real_dlopen(const char *file, int mode)
{
    void *(*real)(const char *, int);
    void *found = dlvsym(RTLD_NEXT, "dlopen", "GLIBC_2.34");
    if (!found)
        return NULL;
    memcpy(&real, &found, sizeof real);
    return real(file, mode);
}

/* The libraries are loaded for everybody and the handle is that of the program as a whole: a
 * look-up in it sees the libraries, and the function below that one of them lacks. So dlsym, whose
 * meaning depends on who calls it, can stay as it is. */
void *ff_compat_dlopen(const char *file, int mode)
{
    bool is_ssl = file && !strcmp(file, "libssl.so");
    if (!is_ssl && (!file || strcmp(file, "libcrypto.so")))
        return real_dlopen(file, mode);
    if (!real_dlopen(is_ssl ? "libssl.so.3" : "libcrypto.so.3", RTLD_NOW | RTLD_GLOBAL))
        return NULL;
    atomic_store(&tls_found, true);
    return real_dlopen(NULL, RTLD_NOW);
}

/* OpenSSL 3 has it under a name that says that the caller owns the result. */
void *ff_compat_peer_certificate(const void *ssl)
{
    void *(*get1)(const void *);
    void *found = dlsym(RTLD_DEFAULT, "SSL_get1_peer_certificate");
    if (!found)
        return NULL;
    memcpy(&get1, &found, sizeof get1);
    return get1(ssl);
}

#endif
