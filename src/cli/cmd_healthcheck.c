/* SPDX-License-Identifier: MIT */
/* cmd_healthcheck.c - healthcheck: is the server ready? For containers, without a shell or curl. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/paths.h"
#include "app/runfile.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "cli/client.h"

struct target {
    char host[16];
    int port;
};

/* http://ADDR:PORT; a name would need a resolver, which a bare container does not have. */
static bool from_url(struct ff_cli *cli, const char *url, struct target *to)
{
    int port = 80;
    unsigned a, b, c, d;
    int n = sscanf(url, "http://%3u.%3u.%3u.%3u:%5d", &a, &b, &c, &d, &port);
    if (strncmp(url, "http://localhost", 16) == 0) {
        a = 127, b = 0, c = 0, d = 1;
        n = url[16] == ':' ? 4 + sscanf(url + 17, "%5d", &port) : 4;
    }
    if (n < 4 || a > 255 || b > 255 || c > 255 || d > 255 || port < 1 || port > 65535)
        return ff_trouble(&cli->t, FF_EXIT_USAGE, "--url http://127.0.0.1:8080",
                          "healthcheck needs a numeric address, not %s", url);
    snprintf(to->host, sizeof to->host, "%u.%u.%u.%u", a & 255, b & 255, c & 255, d & 255);
    to->port = port;
    return true;
}

static bool from_runfile(struct ff_cli *cli, struct target *to)
{
    struct ff_ctx cx;
    struct ff_run run;
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    if (!dir || !ff_data_dir_check(dir, &cli->t))
        return false;
    struct ff_clock *clock = ff_clock_new_system();
    ff_ctx_init(&cx, cli->arena, clock);
    bool found = ff_runfile_read(&cx, dir, &run);
    ff_clock_free(clock);
    if (!found)
        return ff_trouble(&cli->t, FF_EXIT_CHECK_FAILED, "feastfrenzy serve",
                          "no server runs on %s", dir);
    snprintf(to->host, sizeof to->host, "127.0.0.1");
    to->port = (int)run.port;
    return true;
}

int ff_cmd_healthcheck(struct ff_cli *cli)
{
    struct target to;
    const char *url = ff_opt_text(&cli->o, FF_OPT_URL);
    if (!(url ? from_url(cli, url, &to) : from_runfile(cli, &to)))
        return FF_EXIT_CHECK_FAILED;
    struct ff_buf buf;
    ff_buf_init(&buf, 65536);
    struct ff_client_request rq = {.host = to.host,
                                   .port = to.port,
                                   .timeout_ms = (int)ff_opt_int(&cli->o, FF_OPT_TIMEOUT),
                                   .method = "GET",
                                   .target = "/health/ready"};
    struct ff_client_reply rp;
    enum ff_client_result result = ff_client_send(&rq, &buf, &rp);
    bool ready = result == FF_CLIENT_OK && rp.status == 200;
    if (ready) {
        puts("ready");
    } else {
        ff_trouble(&cli->t, FF_EXIT_CHECK_FAILED, "look at the server's log",
                   "the server at %s:%d is not ready", to.host, to.port);
        if (result == FF_CLIENT_OK)
            ff_trouble_why(&cli->t, "it answered %d", rp.status);
        else
            ff_trouble_why(&cli->t, "%s", strerror(errno));
    }
    ff_buf_free(&buf);
    return ready ? 0 : FF_EXIT_CHECK_FAILED;
}
