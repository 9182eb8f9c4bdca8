/* SPDX-License-Identifier: MIT */
/* compat_wait.c - how long a worker waits for its client. CivetWeb waits for a number of seconds
 * each time, so a byte now and then holds a worker for ever; here poll and recv end at a moment. A
 * connection has so long from its first poll (TLS handshake included) for the head of its first
 * request, and for each further head from its first byte; a body until ff_compat_read_until says.
 * Only threads that called ff_compat_worker are concerned. Source: security.md S39. */
#define _GNU_SOURCE
#include "base/clock.h"
#include "http/compat.h"
#include "http/compat_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

int ff_compat_poll(struct pollfd *fds, nfds_t n, int ms) __asm__("poll");
ssize_t ff_compat_recv(int fd, void *out, size_t n, int flags) __asm__("recv");
ssize_t ff_compat_send(int fd, const void *out, size_t n, int flags) __asm__("send");

enum phase { FRESH, IDLE, READING };

/* The connection that this thread serves. */
static _Thread_local struct {
    int head_ms; /* 0: no worker */
    int fd;
    uint64_t serial;
    enum phase phase;
    int64_t began_ms, read_until_ms, write_until_ms;
    size_t received;
    bool is_late;
    bool has_sent;         /* through ff_compat_send, so it is not TLS */
    bool blocks;           /* in recv, for PAUSE_MS */
    bool is_promised;      /* poll said that there is something; recv is to wait for it */
    const void *buffer;    /* where a connection's first head was read to, as is each */
    struct ff_aside aside; /* of the head in it */
} at = {.fd = -1};

static int idle_ms; /* between two requests of a connection; the same for all */

int64_t ff_compat_mono_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int real_poll(struct pollfd *fds, nfds_t n, int ms)
{
    struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    return ppoll(fds, n, ms < 0 ? NULL : &wait, NULL);
}

void ff_compat_worker(int head_ms)
{
    memset(&at, 0, sizeof at);
    at.head_ms = head_ms;
    at.fd = -1;
}

void ff_compat_keep_alive(int ms)
{
    idle_ms = ms;
}

/* A descriptor that stands for another connection than before: everything begins anew, whether or
 * not anybody was told of the end of the last one. */
static void follow(int fd)
{
    uint64_t serial = ff_compat_serial(fd);
    if (fd == at.fd && serial == at.serial)
        return;
    ff_compat_worker(at.head_ms);
    at.fd = fd;
    at.serial = serial;
}

static int late(void)
{
    at.is_late = true;
    errno = ETIMEDOUT;
    return -1;
}

/* Polls no longer than to `until_ms` (0: no bound). */
static int poll_until(struct pollfd *fds, int ms, int64_t until_ms)
{
    int64_t left = until_ms ? until_ms - ff_compat_mono_ms() : INT64_MAX;
    if (left <= 0)
        return late();
    bool is_last = ms < 0 || left < ms;
    int got = real_poll(fds, 1, is_last && until_ms ? (int)left : ms);
    return got == 0 && is_last && until_ms ? late() : got;
}

/* CivetWeb goes on trying to send for a time of its own; a connection that is shut down ends that.
 */
static int poll_to_send(struct pollfd *fds, int ms)
{
    int got = poll_until(fds, ms, at.write_until_ms);
    if (got >= 0 || errno != ETIMEDOUT)
        return got;
    shutdown(fds->fd, SHUT_RDWR);
    return real_poll(fds, 1, 0);
}

static void begin_head(int64_t now_ms)
{
    at.phase = READING;
    at.began_ms = now_ms;
    at.read_until_ms = now_ms + at.head_ms;
    at.received = 0;
    at.is_late = false;
}

/* People who pause do not hold the stack that their requests needed; when there are many of them
 * only, because it costs some microseconds of each such request. */
enum { MANY = 256, PAUSE_MS = 100 };

static int poll_shrunk(struct pollfd *fds, int ms)
{
    const int first = ff_compat_open() > MANY && ms > PAUSE_MS ? PAUSE_MS : ms;
    int got = real_poll(fds, 1, first);
    if (got != 0)
        return got;
    ff_compat_shrink_stack();
    return first < ms ? real_poll(fds, 1, ms - first) : 0;
}

/* Between two requests the connection may be ended to make room for others. */
static int poll_idle(struct pollfd *fds, int ms)
{
    ff_compat_idle(fds->fd, ff_clock_tick_ms());
    int got = poll_shrunk(fds, ms);
    if (got == 0)
        return 0;
    ff_compat_busy(fds->fd);
    begin_head(ff_compat_mono_ms());
    return got;
}

/* ---- the next head in one call: recv waits, where poll would have been asked first ---- */

/* CivetWeb's sockets do not block. A kept one without TLS does from here on, for a pause; all that
 * is sent or read but for the next head says that it does not want to wait. */
static bool make_blocking(int fd)
{
    const struct timeval pause = {.tv_usec = PAUSE_MS * 1000};
    at.blocks = at.has_sent && !setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &pause, sizeof pause) &&
                !fcntl(fd, F_SETFL, 0);
    return at.blocks;
}

static int promise(struct pollfd *fds)
{
    at.is_promised = true;
    fds->revents = POLLIN;
    return 1;
}

/* The pause is over; 0, as if the client had gone, when it says nothing until the end. */
static ssize_t recv_late(int fd, void *out, size_t n, int flags)
{
    struct pollfd pfd = {.fd = fd, .events = POLLIN};
    if (ff_compat_open() > MANY)
        ff_compat_shrink_stack();
    if (idle_ms <= PAUSE_MS || real_poll(&pfd, 1, idle_ms - PAUSE_MS) <= 0)
        return 0;
    return recvfrom(fd, out, n, flags | MSG_DONTWAIT, NULL, NULL);
}

static ssize_t recv_promised(int fd, void *out, size_t n, int flags)
{
    at.is_promised = false;
    ff_compat_idle(fd, ff_clock_tick_ms());
    ssize_t got = recvfrom(fd, out, n, flags, NULL, NULL);
    if (got < 0 && errno == EAGAIN)
        got = recv_late(fd, out, n, flags);
    ff_compat_busy(fd);
    begin_head(ff_compat_mono_ms());
    return got;
}

int ff_compat_poll(struct pollfd *fds, nfds_t n, int ms)
{
    if (!at.head_ms || n != 1)
        return real_poll(fds, n, ms);
    follow(fds->fd);
    if (fds->events & POLLOUT)
        return poll_to_send(fds, ms);
    if (at.phase == IDLE)
        return at.blocks || make_blocking(fds->fd) ? promise(fds) : poll_idle(fds, ms);
    if (at.phase == FRESH)
        begin_head(ff_compat_mono_ms());
    return poll_until(fds, ms, at.read_until_ms);
}

/* What came for a head, where all heads of the connection are read to. */
static size_t put_aside(void *out, size_t got, size_t n)
{
    if (!at.buffer)
        at.buffer = out;
    return at.phase == READING && !at.received && out == at.buffer
               ? ff_aside_take(&at.aside, out, got, n)
               : got;
}

ssize_t ff_compat_recv(int fd, void *out, size_t n, int flags)
{
    if (at.read_until_ms && ff_compat_mono_ms() >= at.read_until_ms)
        return late();
    at.fd = fd;
    ssize_t got = at.is_promised
                      ? recv_promised(fd, out, n, flags)
                      : recvfrom(fd, out, n, flags | (at.blocks ? MSG_DONTWAIT : 0), NULL, NULL);
    if (got <= 0)
        return got;
    const size_t left = at.head_ms ? put_aside(out, (size_t)got, n) : (size_t)got;
    at.received += (size_t)got;
    return (ssize_t)left;
}

ssize_t ff_compat_send(int fd, const void *out, size_t n, int flags)
{
    at.has_sent = true;
    return sendto(fd, out, n, flags | (at.blocks ? MSG_DONTWAIT : 0), NULL, 0);
}

void ff_compat_put_back(struct ff_header *headers, size_t n)
{
    ff_aside_put_back(&at.aside, headers, n);
}

void ff_compat_read_until(int64_t deadline_ms)
{
    at.read_until_ms = deadline_ms;
    at.received = 0;
    at.is_late = false;
}

void ff_compat_write_until(int64_t deadline_ms)
{
    at.write_until_ms = deadline_ms;
}

void ff_compat_next_head(void)
{
    at.phase = IDLE;
    at.aside.n = 0;
    at.began_ms = at.read_until_ms = at.write_until_ms = 0;
}

void ff_compat_ended(void)
{
    ff_compat_busy(at.fd);
    ff_compat_forget(at.fd);
    ff_compat_worker(at.head_ms);
    ff_compat_shrink_stack();
}

int64_t ff_compat_began_ms(void)
{
    return at.began_ms ? at.began_ms : ff_compat_mono_ms();
}

bool ff_compat_is_late(void)
{
    return at.is_late;
}

size_t ff_compat_received(void)
{
    return at.received;
}

void ff_compat_linger(int ms)
{
    char scrap[2048];
    int64_t until = ff_compat_mono_ms() + ms, left = ms;
    struct pollfd pfd = {.fd = at.fd, .events = POLLIN};
    if (at.fd < 0 || shutdown(at.fd, SHUT_WR))
        return;
    while (left > 0 && real_poll(&pfd, 1, (int)left) > 0 &&
           recvfrom(at.fd, scrap, sizeof scrap, MSG_DONTWAIT, NULL, NULL) > 0)
        left = until - ff_compat_mono_ms();
}
