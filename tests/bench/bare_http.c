/* SPDX-License-Identifier: MIT */
/* bare_http.c - the limit above every request of ours: CivetWeb with our settings and a handler
 * that does nothing but send two bytes. Not a test: bench.mjs measures beside it. Arguments: worker
 * threads (256). Writes "ready http://127.0.0.1:PORT" to descriptor 3 when it listens, and ends
 * with its signal. */
#include <civetweb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/options.h"

enum { READY_FD = 3 };

static const char answer[] = "HTTP/1.1 200 OK\r\n"
                             "Content-Type: application/json\r\n"
                             "Content-Length: 2\r\n"
                             "Connection: keep-alive\r\n"
                             "\r\n"
                             "{}";

static int begin_request(struct mg_connection *conn)
{
    return mg_write(conn, answer, sizeof answer - 1) > 0 ? 200 : 500;
}

int main(int argc, char **argv)
{
    struct ff_server_options from = {.listen = {"127.0.0.1:0"}, .n_listen = 1};
    struct ff_http_options options;
    struct mg_callbacks callbacks = {.begin_request = begin_request};
    struct mg_server_port port;
    if (argc > 1)
        from.threads = (int)strtol(argv[1], NULL, 10);
    mg_init_library(0);
    if (!ff_http_options_fill(&from, &options))
        return EXIT_FAILURE;
    struct mg_context *mg = mg_start(&callbacks, NULL, options.list);
    if (!mg || mg_get_server_ports(mg, 1, &port) != 1) {
        (void)fprintf(stderr, "bare_http: cannot listen\n");
        return EXIT_FAILURE;
    }
    char line[64];
    int n = snprintf(line, sizeof line, "ready http://127.0.0.1:%d\n", port.port);
    if (write(READY_FD, line, (size_t)n) != n)
        return EXIT_FAILURE;
    for (;;)
        (void)pause();
}
