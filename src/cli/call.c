/* SPDX-License-Identifier: MIT */
/* call.c - one request, two ways; and what a refusal means for the exit code. */
#include "cli/call.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/paths.h"
#include "app/runfile.h"
#include "cli/client.h"
#include "http/server.h"

enum { REPLY_BYTES = 16 << 20, TIMEOUT_MS = 120000 };

static void prepare(struct ff_caller *c, struct ff_cli *cli)
{
    *c = (struct ff_caller){.cli = cli};
    ff_response_init(&c->local);
    ff_buf_init(&c->remote, REPLY_BYTES);
}

/* The directory is held: by a server that answers, or by something else. */
static bool find_server(struct ff_caller *c, const char *dir)
{
    struct ff_ctx cx;
    struct ff_run run;
    struct ff_clock *clock = ff_clock_new_system();
    ff_ctx_init(&cx, c->cli->arena, clock);
    c->is_remote = ff_runfile_read(&cx, dir, &run);
    ff_clock_free(clock);
    if (c->is_remote) {
        c->port = (int)run.port;
        c->secret = run.secret;
    }
    return c->is_remote;
}

bool ff_call_open(struct ff_caller *c, struct ff_cli *cli)
{
    prepare(c, cli);
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    if (!dir || !ff_data_dir_check(dir, &cli->t))
        return false;
    struct ff_app_wants wants = {.dir = dir,
                                 .no_migrate = !ff_opt_bool(&cli->o, FF_OPT_AUTO_MIGRATE),
                                 .allow_remote_fs = ff_opt_bool(&cli->o, FF_OPT_ALLOW_REMOTE_FS)};
    struct ff_trouble t = {0};
    if (ff_app_open(&c->app, &wants, &t) || (c->app.is_held && find_server(c, dir)))
        return true;
    cli->t = t;
    ff_call_close(c);
    return false;
}

void ff_call_over(struct ff_caller *c, struct ff_cli *cli, const struct ff_app *app)
{
    prepare(c, cli);
    c->app = *app;
    c->app.arena = NULL; /* borrowed parts; a memory of its own */
}

void ff_call_close(struct ff_caller *c)
{
    bool owns = c->app.arena != NULL;
    if (owns && c->app.db)
        ff_app_close(&c->app);
    ff_response_free(&c->local);
    ff_buf_free(&c->remote);
}

static const char *body_type(const struct ff_call *call)
{
    if (!call->body)
        return NULL;
    return call->content_type ? call->content_type : "application/json";
}

static void add_header(struct ff_message *m, const char *name, const char *value)
{
    if (value)
        (void)ff_message_add(m, name, value);
}

static void dispatch(struct ff_caller *c, const struct ff_call *call, size_t len,
                     struct ff_answer *answer)
{
    char length[24], uid[24];
    snprintf(length, sizeof length, "%zu", len);
    snprintf(uid, sizeof uid, "%u", (unsigned)getuid());
    struct ff_message m = {.method = call->method,
                           .target = call->target,
                           .version = "1.1",
                           .peer = "127.0.0.1",
                           .is_loopback_secret = true,
                           .body = call->body ? call->body : "",
                           .body_len = len};
    add_header(&m, "Host", "localhost");
    add_header(&m, FF_UID_HEADER, uid);
    add_header(&m, "Accept", call->accept);
    add_header(&m, "Idempotency-Key", call->key);
    add_header(&m, "If-Match", call->if_match);
    if (strcmp(call->method, "GET") != 0)
        add_header(&m, "Content-Length", length);
    add_header(&m, "Content-Type", body_type(call));
    struct ff_ctx cx;
    struct ff_arena *arena = ff_arena_new(0);
    ff_response_clear(&c->local);
    if (arena) {
        ff_app_ctx(&c->app, arena, &cx);
        cx.who = (struct ff_actor){.role = FF_ROLE_ANON}; /* the dispatcher says who it is */
        ff_dispatch(&cx, &m, &c->local);
    }
    ff_arena_free(arena);
    answer->status = c->local.status;
    answer->body = c->local.asset ? c->local.asset : c->local.body.data;
    answer->body_len = c->local.asset ? c->local.asset_len : c->local.body.len;
}

static void header_line(struct ff_buf *out, const char *name, const char *value)
{
    if (value)
        ff_buf_printf(out, "%s: %s\r\n", name, value);
}

static bool send_remote(struct ff_caller *c, const struct ff_call *call, size_t len,
                        struct ff_answer *answer)
{
    struct ff_buf headers;
    ff_buf_init(&headers, 2048);
    header_line(&headers, "X-FF-Secret", c->secret);
    ff_buf_printf(&headers, "X-FF-Uid: %u\r\n", (unsigned)getuid());
    header_line(&headers, "Accept", call->accept);
    header_line(&headers, "Idempotency-Key", call->key);
    header_line(&headers, "If-Match", call->if_match);
    header_line(&headers, "Content-Type", body_type(call));
    struct ff_client_request rq = {.host = "127.0.0.1",
                                   .port = c->port,
                                   .timeout_ms = TIMEOUT_MS,
                                   .method = call->method,
                                   .target = call->target,
                                   .headers = headers.data,
                                   .body = call->body,
                                   .body_len = len};
    struct ff_client_reply rp;
    enum ff_client_result result = ff_client_send(&rq, &c->remote, &rp);
    ff_buf_free(&headers);
    if (result != FF_CLIENT_OK) {
        ff_trouble(&c->cli->t, FF_EXIT_TRY_LATER, "try again; the same --key never books twice",
                   result == FF_CLIENT_NO_SERVER
                       ? "the server of this data directory does not answer"
                       : "the server did not finish its answer");
        ff_trouble_why(&c->cli->t, "%s", strerror(errno));
        return false;
    }
    *answer = (struct ff_answer){rp.status, rp.body, rp.body_len};
    return true;
}

bool ff_call_raw(struct ff_caller *c, const struct ff_call *call, struct ff_answer *answer)
{
    size_t len = call->body && !call->body_len ? strlen(call->body) : call->body_len;
    if (c->is_remote)
        return send_remote(c, call, len, answer);
    dispatch(c, call, len, answer);
    if (answer->status)
        return true;
    return ff_trouble(&c->cli->t, FF_EXIT_INTERNAL, NULL, "out of memory");
}

static enum ff_exit exit_for(int status, const char *code)
{
    for (int rc = FF_OK + 1; rc < FF_RC_COUNT; rc++)
        if (strcmp(ff_err_info((enum ff_rc)rc)->code, code) == 0)
            return rc == FF_IMPORT_ROWS ? FF_EXIT_DATA : ff_app_exit((enum ff_rc)rc);
    return status >= 500 ? FF_EXIT_INTERNAL : FF_EXIT_USAGE;
}

bool ff_call_failed(struct ff_caller *c, const struct ff_answer *answer, const char *what)
{
    struct ff_arena *arena = c->cli->arena;
    struct ff_pick problem = ff_pick(answer->body, answer->body_len);
    const char *code = ff_pick_text(arena, ff_pick_get(problem, "code"));
    const char *detail = ff_pick_text(arena, ff_pick_get(problem, "detail"));
    const char *title = ff_pick_text(arena, ff_pick_get(problem, "title"));
    struct ff_trouble *t = &c->cli->t;
    enum ff_exit exit_code = exit_for(answer->status, code);
    ff_trouble(t, exit_code,
               exit_code == FF_EXIT_IO ? "feastfrenzy verify, and look at the server's log" : NULL,
               "%s", what);
    struct ff_pick field = {0};
    if (ff_pick_next(ff_pick_get(problem, "errors"), &field)) {
        const char *pointer = ff_pick_text(arena, ff_pick_get(field, "pointer"));
        ff_trouble_why(t, "%s %s", pointer[0] ? pointer + 1 : pointer,
                       ff_pick_text(arena, ff_pick_get(field, "detail")));
    }
    ff_trouble_why(t, "%s%s%s", title, detail[0] ? ": " : "", detail);
    return false;
}

bool ff_call(struct ff_caller *c, const struct ff_call *call, const char *what,
             struct ff_answer *answer)
{
    if (!ff_call_raw(c, call, answer))
        return false;
    return answer->status / 100 == 2 || ff_call_failed(c, answer, what);
}

bool ff_call_list(struct ff_caller *c, const char *target, const char *what, ff_call_each each,
                  void *arg)
{
    int64_t pages = 1;
    for (int64_t page = 1; page <= pages; page++) {
        char url[512];
        struct ff_answer answer;
        snprintf(url, sizeof url, "%s%cpage=%" PRId64 "&limit=100", target,
                 strchr(target, '?') ? '&' : '?', page);
        if (!ff_call(c, &(struct ff_call){.method = "GET", .target = url}, what, &answer))
            return false;
        struct ff_pick list = ff_pick(answer.body, answer.body_len), item = {0};
        struct ff_pick data = ff_pick_get(list, "data");
        pages = ff_pick_int(ff_pick_get(ff_pick_get(list, "pagination"), "totalPages"));
        while (ff_pick_next(data, &item))
            if (!each(c, arg, item))
                return true;
    }
    return true;
}

struct search {
    const char *number;
    int64_t id;
};

static bool is_number(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "number")), s->number) == 0)
        s->id = ff_pick_int(ff_pick_get(item, "id"));
    return s->id == 0;
}

bool ff_call_employee(struct ff_caller *c, const char *number, int64_t *id)
{
    struct search s = {.number = number};
    char target[128];
    size_t n = strlen(number);
    bool plain = n > 0 && n <= 20 &&
                 strspn(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "._-") == n;
    snprintf(target, sizeof target, "/api/v1/employees?q=%.20s", number);
    if (plain && !ff_call_list(c, target, "cannot read the employees", is_number, &s))
        return false;
    *id = s.id;
    return s.id > 0 || ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy employee list",
                                  "there is no employee number %s", number);
}
