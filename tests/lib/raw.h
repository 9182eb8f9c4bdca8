/* SPDX-License-Identifier: MIT */
/* raw.h - a client that sends exactly the bytes it is given, for what no decent client would send.
 * It uses read and sendto: recv and send are watched by the server's compat.c. */
#ifndef FF_TESTS_RAW_H
#define FF_TESTS_RAW_H

#include <stdbool.h>
#include <stddef.h>

enum { FF_RAW_HEAD = 8192, FF_RAW_BODY = 262144 };

struct ff_raw_reply {
    int status; /* 0: the server hung up without an answer */
    char head[FF_RAW_HEAD];
    char body[FF_RAW_BODY];
    size_t body_len;
};

/* A connection to 127.0.0.1:port with a time limit of 15 s on reads; fails the test otherwise. */
int ff_raw_connect(int port);
/* False when the server has hung up before all was sent. */
bool ff_raw_send(int fd, const char *bytes, size_t n);
void ff_raw_text(int fd, const char *text);

/* Reads one reply, by its Content-Length. */
void ff_raw_read(int fd, struct ff_raw_reply *reply);
/* The same after a HEAD: no body follows. */
void ff_raw_read_head(int fd, struct ff_raw_reply *reply);

/* True when the server ends the connection without sending anything more. */
bool ff_raw_ends(int fd);

/* Connects, sends, reads, hangs up; the status. */
int ff_raw_ask(int port, const char *text, struct ff_raw_reply *reply);

/* The value of a header in the reply's head, copied to a static buffer; NULL: absent. */
const char *ff_raw_header(const struct ff_raw_reply *reply, const char *name);

#endif
