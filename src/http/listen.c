/* SPDX-License-Identifier: MIT */
/* listen.c - the addresses of the options, taken apart. */
#include "http/listen.h"

#include "http/knock.h"

#include <string.h>

void ff_listen_fill(struct ff_listen *out, const struct ff_server_options *from)
{
    size_t n = 0;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < from->n_listen && i < FF_MAX_LISTEN; i++) {
        const char *colon = strrchr(from->listen[i], ':');
        size_t len = colon ? (size_t)(colon - from->listen[i]) : 0;
        if (len >= FF_HOST_CAP)
            len = 0;
        memcpy(out->addresses[i], from->listen[i], len);
        out->tls[i] = from->tls[i];
        if (len && strcmp(out->addresses[i], "0.0.0.0"))
            out->hosts[n++] = out->addresses[i];
    }
    for (const char *const *h = from->hosts; h && *h && n < FF_MAX_HOSTS; h++)
        out->hosts[n++] = *h;
}

void ff_listen_knock(const struct ff_listen *listen)
{
    for (size_t i = 0; i < listen->n; i++)
        ff_knock(listen->addresses[i], listen->ports[i]);
}
