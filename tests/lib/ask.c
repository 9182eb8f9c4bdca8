/* SPDX-License-Identifier: MIT */
/* ask.c - a message, a context, the dispatcher. */
#include "ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_CAP = 40, LENGTH_CAP = 24, BEARER_CAP = 1024, LOCATION_CAP = 128 };

void ff_asker_open(struct ff_asker *a, struct ff_fixture *fx)
{
    *a = (struct ff_asker){.fx = fx, .arena = ff_arena_new(16 << 20)};
    ck_assert_ptr_nonnull(a->arena);
    ff_response_init(&a->rp);
}

void ff_asker_close(struct ff_asker *a)
{
    ff_response_free(&a->rp);
    ff_arena_free(a->arena);
}

/* What is measured is the product: nothing here formats or asserts. */
static void put(struct ff_message *m, const char *name, const char *value)
{
    if (value && !ff_message_add(m, name, value))
        abort();
}

/* "Bearer " and the token. */
static const char *bearer_of(const char *token, char out[BEARER_CAP])
{
    static const char scheme[] = "Bearer ";
    const size_t n = token ? strlen(token) : 0;
    if (!token)
        return NULL;
    if (sizeof scheme + n > BEARER_CAP)
        abort();
    memcpy(out, scheme, sizeof scheme - 1);
    memcpy(out + sizeof scheme - 1, token, n + 1);
    return out;
}

static void fill_ctx(struct ff_asker *a, struct ff_ctx *cx)
{
    ff_arena_reset(a->arena);
    ff_ctx_init(cx, a->arena, a->fx->clock);
    cx->db = a->fx->db;
    cx->auth = a->fx->auth;
    cx->site = a->fx->site;
    cx->audit = a->fx->audit;
    cx->cache = a->fx->cache;
    cx->metrics = a->fx->metrics;
}

int ff_ask(struct ff_asker *a, const struct ff_ask *ask)
{
    char key[KEY_CAP], length[LENGTH_CAP], bearer[BEARER_CAP];
    const char *method = ask->method ? ask->method : "GET";
    struct ff_message m = {
        .method = method, .target = ask->target, .version = "1.1", .peer = "127.0.0.1"};
    struct ff_ctx cx;
    fill_ctx(a, &cx);
    if (ask->keyed)
        snprintf(key, sizeof key, "asked-%012ld", a->serial++);
    m.body = ask->body ? ask->body : "";
    m.body_len = strlen(m.body);
    if (strcmp(method, "GET"))
        snprintf(length, sizeof length, "%zu", m.body_len);
    put(&m, "Host", "127.0.0.1");
    put(&m, "Authorization", bearer_of(ask->bearer, bearer));
    put(&m, "If-None-Match", ask->none_match);
    put(&m, "Idempotency-Key", ask->keyed ? key : ask->key);
    put(&m, "Content-Type", ask->body ? "application/json" : NULL);
    put(&m, "Content-Length", strcmp(method, "GET") != 0 ? length : NULL);
    ff_response_clear(&a->rp);
    ff_dispatch(&cx, &m, &a->rp);
    return a->rp.status;
}

int64_t ff_ask_made(const struct ff_asker *a)
{
    char location[LOCATION_CAP];
    if (!ff_response_header(&a->rp, "Location", location, sizeof location))
        return 0;
    return strtoll(strrchr(location, '/') + 1, NULL, 10);
}
