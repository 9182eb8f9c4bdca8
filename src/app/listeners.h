/* SPDX-License-Identifier: MIT */
/* listeners.h - the addresses and names of the options as the server takes them. */
#ifndef FF_APP_LISTENERS_H
#define FF_APP_LISTENERS_H

#include "app/options.h"
#include "app/scrape_token.h"
#include "http/server.h"

struct ff_listeners {
    struct ff_server_options server; /* listen, hosts and threads are filled */
    size_t loopback;                 /* index of an address that this machine reaches by loopback */
    size_t tls;                      /* index of the first that speaks TLS; FF_MAX_LISTEN: none */
    bool is_open;                    /* others on the network can reach it without TLS */
    const char *hosts[FF_OPTION_MAX_VALUES + 2];
    const char *origins[FF_OPTION_MAX_VALUES + 1];
    const char *proxies[FF_OPTION_MAX_VALUES + 1];
    char public_host[256];
    char scrape_token[FF_SCRAPE_TOKEN_CAP];
};

/* `dir` is the data directory. False with trouble (64, 78) when an address without TLS reaches
 * beyond this machine and nobody said that it may. When no address covers loopback, one with any
 * free port is added: the command line, healthcheck and monitors on this machine need a way in. */
bool ff_listeners_fill(struct ff_listeners *l, const struct ff_options *o, const char *dir,
                       struct ff_trouble *t);

/* "http://127.0.0.1:8080", the first address with TLS, or the public URL. */
void ff_listeners_url(const struct ff_listeners *l, const struct ff_options *o,
                      const struct ff_server *server, char out[300]);

/* The process that listens on `port`, 0 when it cannot be told (another user's, not on Linux). */
long ff_listeners_owner(int port);

#endif
