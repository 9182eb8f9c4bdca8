/* SPDX-License-Identifier: MIT */
/* head.c - the head of a request: cut in place as the HTTP library cuts it, laxness and all, then
 * looked at by the guard. What the guard lets through has one meaning only, and the same when long
 * values are kept from the library meanwhile. */
#include "fuzz.h"
#include "http/compat_aside.h"
#include "http/frame.h"
#include "http/guard.h"
#include "http/options.h"

#include <strings.h>

struct head {
    char *buffer; /* FF_HTTP_HEAD_BUFFER bytes */
    struct ff_message m;
    struct ff_frame frame;
};

/* Ends the word at *at by a NUL and moves *at behind what separates it from the next. */
static char *take(char **at, const char *separators, const char *skipped)
{
    char *word = *at;
    *at += strcspn(*at, separators);
    if (**at)
        *(*at)++ = '\0';
    while (**at && strchr(skipped, **at))
        *(*at)++ = '\0';
    return word;
}

static void cut_headers(struct head *h, char *at)
{
    size_t room = sizeof h->m.headers / sizeof h->m.headers[0];
    while (*at && *at != '\r' && *at != '\n' && h->m.n_headers < room) {
        char *line = at;
        at += strcspn(at, "\r\n");
        if (*at == '\r')
            *at++ = '\0';
        if (*at == '\n')
            *at++ = '\0';
        char *colon = line + strcspn(line, ":");
        if (!*colon)
            return;
        *colon = '\0';
        for (char *p = colon; p > line && p[-1] == ' ';)
            *--p = '\0';
        colon++;
        (void)ff_message_add(&h->m, line, colon + strspn(colon, " "));
    }
}

static void cut(struct head *h)
{
    char *at = h->buffer;
    h->m.method = take(&at, " ", " ");
    char *target = take(&at, " ", " ");
    char *version = take(&at, "\r\n", "\n");
    if (!strncmp(version, "HTTP/", 5))
        version += 5;
    h->m.target = target;
    h->m.version = version;
    cut_headers(h, at);
    h->frame = (struct ff_frame){.method = h->m.method,
                                 .uri = target,
                                 .version = version,
                                 .headers = h->m.headers,
                                 .n_headers = h->m.n_headers,
                                 .buffer_bytes = FF_HTTP_HEAD_BUFFER};
}

static void check_taken(const struct ff_message *m, size_t length)
{
    size_t n;
    FF_PROMISE(m->target[0] == '/' && strlen(m->target) <= FF_MAX_URI_BYTES);
    FF_PROMISE(m->n_headers <= FF_MAX_HEADERS);
    FF_PROMISE(!ff_message_header(m, "Transfer-Encoding", NULL));
    FF_PROMISE(ff_message_header(m, "Host", &n) && n == 1);
    const char *said = ff_message_header(m, "Content-Length", &n);
    FF_PROMISE(n <= 1 && length <= 9999999);
    FF_PROMISE(said || !length);
    FF_PROMISE(!said || strtoul(said, NULL, 10) == length);
    for (size_t i = 0; i < m->n_headers; i++)
        FF_PROMISE(!strpbrk(m->headers[i].value, "\r\n") && !strpbrk(m->headers[i].name, " :\r\n"));
}

static struct head *head_of(const uint8_t *data, size_t size)
{
    struct head *h = calloc(1, sizeof *h);
    FF_PROMISE(h && (h->buffer = calloc(1, FF_HTTP_HEAD_BUFFER)));
    if (size)
        memcpy(h->buffer, data, size);
    return h;
}

static void head_free(struct head *h)
{
    free(h->buffer);
    free(h);
}

static void check_same(const struct ff_message *one, const struct ff_message *other)
{
    FF_PROMISE(one->n_headers == other->n_headers);
    for (size_t i = 0; i < one->n_headers; i++)
        FF_PROMISE(!strcmp(one->headers[i].name, other->headers[i].name) &&
                   !strcmp(one->headers[i].value, other->headers[i].value));
}

/* The same head, as server_work.c has it. */
static void judge_aside(struct ff_ctx *cx, const uint8_t *data, size_t size,
                        const struct head *plain, enum ff_rc expected)
{
    static struct ff_aside aside;
    struct head *h = head_of(data, size);
    size_t length = 0, left = ff_aside_take(&aside, h->buffer, size, FF_HTTP_HEAD_BUFFER - 1);
    FF_PROMISE(left <= size);
    h->buffer[left] = '\0';
    cut(h);
    h->m.is_lax = !ff_frame_is_strict(&h->frame);
    ff_aside_put_back(&aside, h->m.headers, h->m.n_headers);
    ff_err_clear(cx);
    FF_PROMISE(ff_guard(cx, &h->m, &length) == expected);
    if (!expected)
        check_same(&h->m, &plain->m);
    head_free(h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ff_ctx cx;
    size_t length = 0;
    if (size > FF_HTTP_HEAD_BUFFER - 1)
        size = FF_HTTP_HEAD_BUFFER - 1;
    struct head *h = head_of(data, size);
    ff_fuzz_begin(&cx);
    cut(h);
    h->m.is_lax = !ff_frame_is_strict(&h->frame);
    enum ff_rc rc = ff_guard(&cx, &h->m, &length);
    FF_PROMISE(rc == FF_OK || ff_err_info(rc)->status < 500 || rc == FF_TRANSFER_ENCODING);
    if (!rc)
        check_taken(&h->m, length);
    judge_aside(&cx, data, size, h, rc);
    ff_fuzz_end(&cx);
    head_free(h);
    return 0;
}
