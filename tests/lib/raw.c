/* SPDX-License-Identifier: MIT */
/* raw.c - bytes out, bytes in. */
#include "raw.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int ff_raw_connect(int port)
{
    struct sockaddr_in to;
    struct timeval limit = {.tv_sec = 15};
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons((in_port_t)port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), 0);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

/* A server that has refused may have hung up already: that shows in what is read. */
bool ff_raw_send(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = sendto(fd, bytes, n, MSG_NOSIGNAL, NULL, 0);
        if (sent <= 0)
            return false;
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

void ff_raw_text(int fd, const char *text)
{
    (void)ff_raw_send(fd, text, strlen(text));
}

/* Reads to the empty line; what came of the body stays in reply->body. */
static bool read_head(int fd, struct ff_raw_reply *r)
{
    size_t have = 0;
    char *end = NULL;
    while (!end && have < FF_RAW_HEAD - 1) {
        ssize_t n = read(fd, r->head + have, FF_RAW_HEAD - 1 - have);
        if (n <= 0)
            return false;
        have += (size_t)n;
        r->head[have] = '\0';
        end = strstr(r->head, "\r\n\r\n");
    }
    if (!end)
        return false;
    r->body_len = have - (size_t)(end + 4 - r->head);
    memcpy(r->body, end + 4, r->body_len);
    end[4] = '\0';
    r->status = (int)strtol(r->head + strlen("HTTP/1.1 "), NULL, 10);
    return true;
}

void ff_raw_read_head(int fd, struct ff_raw_reply *reply)
{
    memset(reply, 0, sizeof *reply);
    (void)read_head(fd, reply);
}

void ff_raw_read(int fd, struct ff_raw_reply *reply)
{
    ff_raw_read_head(fd, reply);
    const char *length = reply->status ? ff_raw_header(reply, "Content-Length") : NULL;
    size_t want = length ? (size_t)strtoul(length, NULL, 10) : 0;
    ck_assert_uint_lt(want, FF_RAW_BODY);
    while (reply->body_len < want) {
        ssize_t n = read(fd, reply->body + reply->body_len, want - reply->body_len);
        if (n <= 0)
            return;
        reply->body_len += (size_t)n;
    }
    reply->body[reply->body_len] = '\0';
}

bool ff_raw_ends(int fd)
{
    char byte;
    return read(fd, &byte, 1) <= 0;
}

int ff_raw_ask(int port, const char *text, struct ff_raw_reply *reply)
{
    int fd = ff_raw_connect(port);
    ff_raw_text(fd, text);
    ff_raw_read(fd, reply);
    close(fd);
    return reply->status;
}

const char *ff_raw_header(const struct ff_raw_reply *reply, const char *name)
{
    static char value[2048];
    size_t n = strlen(name);
    for (const char *line = reply->head; (line = strstr(line, "\r\n"));) {
        line += 2;
        if (strncasecmp(line, name, n) || line[n] != ':')
            continue;
        size_t len = strcspn(line + n + 2, "\r");
        len = len < sizeof value ? len : sizeof value - 1;
        memcpy(value, line + n + 2, len);
        value[len] = '\0';
        return value;
    }
    return NULL;
}
