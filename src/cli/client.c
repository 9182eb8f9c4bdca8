/* SPDX-License-Identifier: MIT */
/* client.c - connect, write head and body, read until the body is complete. One connection a
 * request; replies of our server always carry Content-Length. */
#include "cli/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ids.h"

static bool wait_for(int fd, short events, int timeout_ms)
{
    struct pollfd p = {.fd = fd, .events = events};
    int n = poll(&p, 1, timeout_ms);
    if (n == 0)
        errno = ETIMEDOUT;
    return n > 0;
}

static int connect_to(const char *host, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, host, &to.sin_addr) != 1) {
        errno = EINVAL;
        return -1;
    }
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    struct sockaddr_storage any = {0};
    memcpy(&any, &to, sizeof to);
    if (connect(fd, (const struct sockaddr *)&any, sizeof to) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static bool send_all(int fd, const char *p, size_t n, int timeout_ms)
{
    while (n) {
        if (!wait_for(fd, POLLOUT, timeout_ms))
            return false;
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (sent <= 0)
            return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* The header block's end; 0 while it is not complete. */
static size_t head_length(const struct ff_buf *buf)
{
    const char *end = buf->data ? strstr(buf->data, "\r\n\r\n") : NULL;
    return end ? (size_t)(end - buf->data) + 4 : 0;
}

static bool read_head(const struct ff_buf *buf, size_t head, int *status, int64_t *length)
{
    char code[4] = "";
    int64_t n;
    if (strncmp(buf->data, "HTTP/1.", 7) != 0 || head < 13)
        return false;
    memcpy(code, buf->data + 9, 3);
    if (!ff_parse_int(code, 100, 599, &n))
        return false;
    *status = (int)n;
    *length = -1;
    for (const char *line = strstr(buf->data, "\r\n"); line && line + 4 < buf->data + head;
         line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, "content-length:", 15) != 0)
            continue;
        const char *value = line + 17 + strspn(line + 17, " ");
        char digits[20];
        size_t len = strspn(value, "0123456789");
        if (len == 0 || len >= sizeof digits)
            return false;
        memcpy(digits, value, len);
        digits[len] = 0;
        return ff_parse_int(digits, 0, INT64_MAX, length);
    }
    return true;
}

/* Reads until the announced body is there, or the end of the connection without one. */
static bool receive(int fd, int timeout_ms, struct ff_buf *buf, struct ff_client_reply *rp)
{
    size_t head = 0;
    int64_t length = -1;
    for (;;) {
        char piece[2048];
        if (head && length >= 0 && buf->len >= head + (size_t)length)
            break;
        if (!wait_for(fd, POLLIN, timeout_ms))
            return false;
        ssize_t n = recv(fd, piece, sizeof piece, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            break;
        ff_buf_add(buf, piece, (size_t)n);
        if (buf->failed) {
            errno = EMSGSIZE;
            return false;
        }
        if (!head && (head = head_length(buf)) > 0 && !read_head(buf, head, &rp->status, &length))
            break;
        if (head && (rp->status == 204 || rp->status == 304))
            length = 0;
    }
    errno = EPROTO;
    if (!head || rp->status == 0 || (length >= 0 && buf->len < head + (size_t)length))
        return false;
    rp->body = buf->data + head;
    rp->body_len = length >= 0 ? (size_t)length : buf->len - head;
    return true;
}

enum ff_client_result ff_client_send(const struct ff_client_request *rq, struct ff_buf *buf,
                                     struct ff_client_reply *rp)
{
    *rp = (struct ff_client_reply){0};
    int fd = connect_to(rq->host, rq->port);
    if (fd < 0)
        return FF_CLIENT_NO_SERVER;
    ff_buf_clear(buf);
    ff_buf_printf(buf, "%s %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n%s", rq->method,
                  rq->target, rq->host, rq->port, rq->headers ? rq->headers : "");
    if (strcmp(rq->method, "GET") != 0)
        ff_buf_printf(buf, "Content-Length: %zu\r\n", rq->body_len);
    ff_buf_str(buf, "\r\n");
    ff_buf_add(buf, rq->body, rq->body_len);
    bool ok = !buf->failed && send_all(fd, buf->data, buf->len, rq->timeout_ms);
    ff_buf_clear(buf);
    ok = ok && receive(fd, rq->timeout_ms, buf, rp);
    int why = errno;
    close(fd);
    errno = why;
    return ok ? FF_CLIENT_OK : FF_CLIENT_BROKEN;
}
