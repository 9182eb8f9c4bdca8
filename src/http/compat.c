/* SPDX-License-Identifier: MIT */
/* compat.c - functions of the C library that CivetWeb finds here first, because a symbol of the
 * program comes before one of a library.
 *
 * pthread_attr_setstacksize, because Debian's CivetWeb gives its workers 100 KiB.
 *
 * accept, because 100 silent connections from one address would take all workers.
 *
 * compat_wait.c has recv and poll, compat_tls.c the loader. All this can be lost by a change of
 * link flags, so ff_server_start tests that it works. */
#define _GNU_SOURCE
#include "http/compat.h"
#include "http/compat_crew.h"
#include "http/compat_private.h"

#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* Declared under names of our own, so that the headers' spellings (transparent unions, fortified
 * inlines) do not get in the way. */
int ff_compat_setstacksize(pthread_attr_t *attr, size_t size) __asm__("pthread_attr_setstacksize");
int ff_compat_accept(int listener, struct sockaddr *addr, socklen_t *len) __asm__("accept");

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

void ff_compat_shrink_stack(void)
{
    enum { PAGE = 4096, DEEPEST = 128 << 10 }; /* a worker has eight times that */
    const uintptr_t here = (uintptr_t)__builtin_frame_address(0) / PAGE * PAGE;
    (void)madvise((void *)(here - DEEPEST), DEEPEST - PAGE, MADV_DONTNEED);
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
static int cap_address, cap_loopback, crowd;
static struct ff_network trusted[FF_MAX_PROXIES];
static size_t n_trusted;
static atomic_uint_fast64_t accepts;
static atomic_int open_now;

/* Which connection a descriptor is: differs from the last one that had this number. */
static atomic_uint_fast64_t serials[MAX_FD];

/* Since when a descriptor waits for its next request; 0: it does not; CLOSING: it was chosen to go,
 * and its worker waits for the lock before it lets go of the number. */
enum { BUSY = 0, CLOSING = -1 };
static _Atomic int64_t idle_since[MAX_FD];

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
    static const unsigned char v4[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1};
    static const unsigned char v6[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return !memcmp(p->address, v4, sizeof v4) || !memcmp(p->address, v6, sizeof v6);
}

/* Whoever is on this machine, or speaks for many. */
static bool is_of_the_house(const struct peer *p)
{
    struct ff_address address;
    memcpy(address.bytes, p->address, sizeof address.bytes);
    for (size_t i = 0; i < n_trusted; i++)
        if (ff_network_has(&trusted[i], &address))
            return true;
    return is_loopback(p);
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

static int live_connections(void)
{
    int n = 0;
    for (int fd = 0; fd <= highest_fd; fd++)
        n += peers[fd].is_live;
    return n;
}

/* Ends the connection that has waited longest for a next request, of `who` or (NULL) of anybody.
 * False when none waits. */
static bool close_idlest(const struct peer *who)
{
    int chosen = -1;
    int64_t since = INT64_MAX;
    for (int fd = 0; fd <= highest_fd; fd++) {
        int64_t idle = atomic_load(&idle_since[fd]);
        if (idle <= BUSY || idle >= since || !peers[fd].is_live ||
            (who && memcmp(peers[fd].address, who->address, sizeof who->address) != 0))
            continue;
        chosen = fd;
        since = idle;
    }
    if (chosen < 0 || !atomic_compare_exchange_strong(&idle_since[chosen], &since, CLOSING))
        return false;
    peers[chosen].is_live = false;
    shutdown(chosen, SHUT_RD);
    return true;
}

static void enter(int fd, const struct peer *who)
{
    static uint64_t last;
    peers[fd] = *who;
    atomic_store(&idle_since[fd], BUSY);
    atomic_store(&serials[fd], ++last);
    if (fd > highest_fd)
        highest_fd = fd;
}

/* Enters a new connection unless its address has as many as it may. An idle one of its own makes
 * room, and when few workers are left an idle one of anybody's. Source: S39. */
static bool admit(int fd, const struct peer *who)
{
    pthread_mutex_lock(&peers_lock);
    peers[fd].is_live = false; /* the descriptor was used before */
    int cap = is_of_the_house(who) ? cap_loopback : cap_address;
    bool full = cap && count_of(who, false) >= cap && count_of(who, true) >= cap;
    if (full && close_idlest(who))
        full = false;
    else if (!full && crowd && live_connections() >= crowd)
        (void)close_idlest(NULL);
    if (!full)
        enter(fd, who);
    const int open = live_connections();
    atomic_store_explicit(&open_now, open, memory_order_relaxed);
    pthread_mutex_unlock(&peers_lock);
    ff_crew_need(open);
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

void ff_compat_set_caps(int per_address, int loopback, int all)
{
    pthread_mutex_lock(&peers_lock);
    cap_address = per_address;
    cap_loopback = loopback;
    crowd = all;
    pthread_mutex_unlock(&peers_lock);
}

void ff_compat_trust(const struct ff_network *proxies, size_t n)
{
    pthread_mutex_lock(&peers_lock);
    n_trusted = n < FF_MAX_PROXIES ? n : FF_MAX_PROXIES;
    if (n_trusted)
        memcpy(trusted, proxies, n_trusted * sizeof *trusted);
    pthread_mutex_unlock(&peers_lock);
}

uint64_t ff_compat_serial(int fd)
{
    return fd >= 0 && fd < MAX_FD ? atomic_load(&serials[fd]) : 0;
}

int ff_compat_open(void)
{
    return atomic_load_explicit(&open_now, memory_order_relaxed);
}

void ff_compat_idle(int fd, int64_t now_ms)
{
    int64_t expected = BUSY;
    if (fd >= 0 && fd < MAX_FD)
        (void)atomic_compare_exchange_strong(&idle_since[fd], &expected, now_ms);
}

void ff_compat_busy(int fd)
{
    if (fd < 0 || fd >= MAX_FD || atomic_exchange(&idle_since[fd], BUSY) != CLOSING)
        return;
    /* Whoever chose it still holds the lock. */
    pthread_mutex_lock(&peers_lock);
    pthread_mutex_unlock(&peers_lock);
}

void ff_compat_forget(int fd)
{
    if (fd < 0 || fd >= MAX_FD)
        return;
    pthread_mutex_lock(&peers_lock);
    peers[fd].is_live = false;
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
