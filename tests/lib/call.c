/* SPDX-License-Identifier: MIT */
/* call.c - drives ff_dispatch for the API tests. Matches the route by itself, so that a mistake of
 * the router shows. */
#include "call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "api/route.h"

enum { ENVELOPE_CAP = 96 };

/* True when the path (without query) fits the template. */
static bool fits(const char *template, const char *path, size_t len)
{
    const char *end = path + len;
    while (*template) {
        if (*template == '{') {
            template = strchr(template, '}') + 1;
            const char *from = path;
            while (path < end && *path != '/')
                path++;
            if (path == from)
                return false;
        } else if (path == end || *template ++ != *path++) {
            return false;
        }
    }
    return path == end;
}

static const struct ff_route *route_of(const char *method, const char *target)
{
    size_t len = strcspn(target, "?");
    const struct ff_route *found = NULL;
    for (size_t i = 0; i < ff_n_routes; i++) {
        const struct ff_route *r = &ff_routes[i];
        if (strcmp(r->method, method) == 0 && fits(r->path, target, len) &&
            (!found || !strchr(r->path, '{')))
            found = r;
    }
    return found;
}

static void put(struct ff_message *m, const char *name, const char *value)
{
    if (value)
        m->headers[m->n_headers++] = (struct ff_header){name, value};
}

static size_t body_len(const struct ff_call *call)
{
    return call->body && !call->body_len ? strlen(call->body) : call->body_len;
}

static void put_headers(struct ff_fixture *fx, const struct ff_call *call, struct ff_message *m)
{
    put(m, "Host", "127.0.0.1");
    if (call->bearer)
        put(m, "Authorization", ff_arena_printf(fx->arena, "Bearer %s", call->bearer));
    if (call->device)
        put(m, "Cookie", ff_arena_printf(fx->arena, "ff_device=%s", call->device));
    if (call->device || call->browser) {
        put(m, "X-FF-Request", "1");
        put(m, "Sec-Fetch-Site", "same-origin");
    }
    put(m, "Idempotency-Key", call->key);
    put(m, "Accept", call->accept);
    put(m, "If-Match", call->if_match);
    put(m, "If-None-Match", call->none_match);
    for (size_t i = 0; i < 4 && call->more[i].name; i++)
        put(m, call->more[i].name, call->more[i].value);
    if (call->body) {
        put(m, "Content-Type", call->type ? call->type : "application/json");
        put(m, "Content-Length", ff_arena_printf(fx->arena, "%zu", body_len(call)));
    } else if (strcmp(call->method, "GET") != 0 && strcmp(call->method, "HEAD") != 0) {
        put(m, "Content-Length", "0");
    }
}

/* A page: {"data":[...],"pagination":{...},"requestId":"..."}; each row is checked by the row's
 * schema. */
static void check_list(struct ff_ctx *cx, const struct ff_route *r, const char *body)
{
    static const char start[] = "{\"data\":[";
    ck_assert_msg(strncmp(body, start, sizeof start - 1) == 0, "not a page: %.200s", body);
    const char *at = body + sizeof start - 1;
    int depth = 0;
    bool text = false;
    const char *row = at;
    for (; *at && !(depth == 0 && *at == ']'); at++) {
        if (text) {
            at += *at == '\\';
            text = *at != '"';
        } else if (*at == '"') {
            text = true;
        } else if (*at == '{' || *at == '[') {
            if (depth++ == 0)
                row = at;
        } else if ((*at == '}' || *at == ']') && --depth == 0) {
            enum ff_rc rc = ff_json_conforms(cx, r->out, row, (size_t)(at + 1 - row));
            ck_assert_msg(rc == FF_OK, "%s: a row breaks its schema: %s\n%.*s", r->operation,
                          cx->err.detail, (int)(at + 1 - row), row);
        }
    }
    ck_assert_msg(strstr(at, "\"pagination\":{\"") && strstr(at, "\"requestId\":\""),
                  "%s: no pagination or requestId: %.200s", r->operation, at);
}

static void check_reply(struct ff_fixture *fx, const struct ff_call *call,
                        const struct ff_answer *a)
{
    struct ff_ctx cx;
    ff_ctx_init(&cx, fx->arena, fx->clock);
    if (a->status >= 400) {
        char name[ENVELOPE_CAP];
        snprintf(name, sizeof name, "\"status\":%d", a->status);
        ck_assert_msg(strstr(a->body, "\"code\":\"ERR_") && strstr(a->body, name) &&
                          strstr(a->body, "\"requestId\":\""),
                      "not a problem: %s", a->body);
        return;
    }
    const struct ff_route *r = route_of(call->method, call->target);
    if (!r || !r->out || a->body_len == 0 || !strstr(a->head, "application/json"))
        return;
    if (r->flags & FF_R_LIST) {
        check_list(&cx, r, a->body);
        return;
    }
    enum ff_rc rc = ff_json_conforms(&cx, r->out, a->body, a->body_len);
    ck_assert_msg(rc == FF_OK, "%s: the reply breaks its schema: %s\n%s", r->operation,
                  cx.err.detail, a->body);
}

static const struct ff_scrape this_machine = {.access = FF_SCRAPE_LOOPBACK};

struct ff_answer ff_call(struct ff_fixture *fx, const struct ff_call *call)
{
    struct ff_message m = {.method = call->method,
                           .target = call->target,
                           .version = "1.1",
                           .peer = call->peer ? call->peer : "127.0.0.1",
                           .limits = call->limits,
                           .scrape = call->scrape ? call->scrape : &this_machine,
                           .origins = call->origins,
                           .is_loopback_secret = call->cli,
                           .body = call->body,
                           .body_len = body_len(call)};
    struct ff_arena *arena = ff_arena_new(8 << 20);
    struct ff_response rp;
    struct ff_ctx cx;
    ff_response_init(&rp);
    ff_ctx_init(&cx, arena, fx->clock);
    cx.db = fx->db;
    cx.auth = fx->auth;
    cx.site = fx->site;
    cx.audit = fx->audit;
    cx.cache = fx->cache;
    cx.metrics = fx->metrics;
    put_headers(fx, call, &m);
    ff_dispatch(&cx, &m, &rp);
    struct ff_answer a = {
        .status = rp.status,
        .head = ff_arena_strndup(fx->arena, rp.head.data ? rp.head.data : "", rp.head.len),
        .body = ff_arena_strndup(fx->arena, rp.body.data ? rp.body.data : "", rp.body.len),
        .body_len = rp.body.len,
        .statements = cx.statements};
    ff_response_free(&rp);
    ff_arena_free(arena);
    ck_assert_ptr_nonnull(a.body);
    check_reply(fx, call, &a);
    return a;
}

const char *ff_answer_member(struct ff_fixture *fx, const struct ff_answer *answer,
                             const char *name)
{
    const char *quoted = ff_arena_printf(fx->arena, "\"%s\":", name);
    const char *at = strstr(answer->body, quoted);
    if (!at)
        return "";
    at += strlen(quoted);
    if (*at == '"')
        return ff_arena_strndup(fx->arena, at + 1, strcspn(at + 1, "\""));
    return ff_arena_strndup(fx->arena, at, strcspn(at, ",}]"));
}

int64_t ff_answer_int(struct ff_fixture *fx, const struct ff_answer *answer, const char *name)
{
    const char *text = ff_answer_member(fx, answer, name);
    char *end = NULL;
    long long n = strtoll(text, &end, 10);
    ck_assert_msg(*text && *end == '\0', "no integer %s in %s", name, answer->body);
    return n;
}

const char *ff_answer_header(struct ff_fixture *fx, const struct ff_answer *answer,
                             const char *name)
{
    size_t n = strlen(name);
    for (const char *line = answer->head; line && *line;
         line = strstr(line, "\r\n") ? strstr(line, "\r\n") + 2 : NULL)
        if (strncasecmp(line, name, n) == 0 && line[n] == ':')
            return ff_arena_strndup(fx->arena, line + n + 2, strcspn(line + n + 2, "\r"));
    return NULL;
}
