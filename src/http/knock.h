/* SPDX-License-Identifier: MIT */
/* knock.h - talking to our own listening socket: at start to see that it answers, at stop to wake
 * the thread that waits for connections. */
#ifndef FF_HTTP_KNOCK_H
#define FF_HTTP_KNOCK_H

#include <stdbool.h>

/* Connects to `port` of `address` ("127.0.0.1", "0.0.0.0") and hangs up. */
void ff_knock(const char *address, int port);

/* A connected socket that waits at most 5 seconds for bytes, or -1. An address that means "all" is
 * reached by loopback. */
int ff_knock_reach(const char *address, int port);

/* What is asked, and how the answer must begin. */
#define FF_KNOCK_REQUEST "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
#define FF_KNOCK_ANSWER  "HTTP/1.1 200 "

/* Asks for /health/live there; true when the answer is 200 within 5 seconds. */
bool ff_knock_answers(const char *address, int port);

#endif
