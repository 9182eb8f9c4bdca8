/* SPDX-License-Identifier: MIT */
/* options.h - CivetWeb's settings, all that matter said out loud. Source: security.md S49. */
#ifndef FF_HTTP_OPTIONS_H
#define FF_HTTP_OPTIONS_H

#include "http/server.h"

enum { FF_HTTP_OPTIONS_CAP = 64, FF_HTTP_HEAD_BUFFER = 17408 };

/* What mg_start2 takes: name, value, name, value ... NULL. The changing values live in the struct.
 */
struct ff_http_options {
    const char *list[FF_HTTP_OPTIONS_CAP];
    char ports[256], threads[12], request_timeout[12], keep_alive[12];
};

/* How the workers are shared. A connection has one while it is open; those to spare are for who
 * comes anew, and idle connections make room for them. */
enum { FF_HTTP_SPARE = 64 };
struct ff_http_shares {
    int spare;    /* a quarter, at most FF_HTTP_SPARE */
    int address;  /* most of one address: a quarter */
    int house;    /* most of this machine or a trusted proxy: all but twice the spare ones */
    int everyone; /* connections that may stay open between requests: all but the spare ones */
};
struct ff_http_shares ff_http_shares(int threads);

/* False when the addresses do not fit or there are none or too many. */
bool ff_http_options_fill(const struct ff_server_options *from, struct ff_http_options *out);

/* The value of a setting in a filled list; NULL when it is not set. */
const char *ff_http_option(const struct ff_http_options *options, const char *name);

#endif
