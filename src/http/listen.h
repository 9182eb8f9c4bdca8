/* SPDX-License-Identifier: MIT */
/* listen.h - where the server listens and under which names it is known. */
#ifndef FF_HTTP_LISTEN_H
#define FF_HTTP_LISTEN_H

#include "http/server.h"

enum { FF_MAX_HOSTS = 32, FF_HOST_CAP = 64 };

struct ff_listen {
    char addresses[FF_MAX_LISTEN][FF_HOST_CAP]; /* without the port */
    int ports[FF_MAX_LISTEN];                   /* the real ones, once known */
    bool tls[FF_MAX_LISTEN];
    size_t n;
    const char *hosts[FF_MAX_HOSTS + 1]; /* names beyond loopback; ends with NULL */
};

/* Takes addresses and names from the options; the names stay the caller's. */
void ff_listen_fill(struct ff_listen *out, const struct ff_server_options *from);

/* Knocks at every port, so that whoever waits for a connection wakes up. */
void ff_listen_knock(const struct ff_listen *listen);

#endif
