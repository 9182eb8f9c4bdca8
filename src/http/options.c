/* SPDX-License-Identifier: MIT */
/* options.c - the settings CivetWeb gets. Its defaults list directories, run CGI scripts and answer
 * every foreign origin; none of that is wanted, so each such default is overridden even where
 * another setting already makes it unreachable. */
#include "http/options.h"

#include <stdio.h>
#include <string.h>

enum { REQUEST_MS = 10000, KEEP_ALIVE_MS = 15000, MAX_THREADS = 2048 };

/* No address holds a line feed, so as a pattern it matches none. */
#define NEVER "\n"

static const char *const fixed[] = {
    "enable_keep_alive",
    "yes",
    "tcp_nodelay",
    "1",
    "listen_backlog",
    "1024",
    "connection_queue",
    "256",
    "max_request_size",
    "17408", /* FF_HTTP_HEAD_BUFFER: the guard's bound and room to look */
    "decode_url",
    "no",
    "decode_query_string",
    "no",
    "enable_auth_domain_check",
    "no",
    "enable_directory_listing",
    "no",
    "allow_sendfile_call",
    "no",
    "cgi_pattern",
    NEVER,
    "ssi_pattern",
    NEVER,
    "access_control_allow_origin",
    "",
    "access_control_allow_methods",
    "",
    "access_control_allow_headers",
    "",
};

static bool join_addresses(const struct ff_server_options *from, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < from->n_listen; i++) {
        int len = snprintf(out + n, cap - n, "%s%s%s", i ? "," : "", from->listen[i],
                           from->tls[i] ? "s" : "");
        if (len < 0 || (size_t)len >= cap - n)
            return false;
        n += (size_t)len;
    }
    return n > 0;
}

static void write_number(char out[12], int value, int otherwise)
{
    (void)snprintf(out, 12, "%d", value > 0 ? value : otherwise);
}

bool ff_http_options_fill(const struct ff_server_options *from, struct ff_http_options *out)
{
    memset(out, 0, sizeof *out);
    if (from->n_listen > FF_MAX_LISTEN || from->threads > MAX_THREADS ||
        !join_addresses(from, out->ports, sizeof out->ports))
        return false;
    write_number(out->threads, from->threads, FF_SERVER_THREADS);
    write_number(out->request_timeout, from->request_timeout_ms, REQUEST_MS);
    write_number(out->keep_alive, from->keep_alive_ms, KEEP_ALIVE_MS);
    const char *const varying[] = {
        "listening_ports",    out->ports,           "num_threads",           out->threads,
        "request_timeout_ms", out->request_timeout, "keep_alive_timeout_ms", out->keep_alive,
    };
    memcpy(out->list, varying, sizeof varying);
    memcpy(out->list + sizeof varying / sizeof varying[0], fixed, sizeof fixed);
    return true;
}

struct ff_http_shares ff_http_shares(int threads)
{
    const int quarter = threads > 4 ? threads / 4 : 1;
    const int spare = quarter < FF_HTTP_SPARE ? quarter : FF_HTTP_SPARE;
    return (struct ff_http_shares){.spare = spare,
                                   .address = quarter,
                                   .house = threads - 2 * spare,
                                   .everyone = threads - spare};
}

const char *ff_http_option(const struct ff_http_options *options, const char *name)
{
    for (const char *const *o = options->list; *o; o += 2)
        if (!strcmp(o[0], name))
            return o[1];
    return NULL;
}
