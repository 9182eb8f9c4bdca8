/* SPDX-License-Identifier: MIT */
/* fuzz.h - what the harnesses share. A harness is one function over bytes that nobody has looked
 * at; it ends the program when the code breaks what its header promises. libFuzzer calls it for
 * ever (make fuzz), replay.c once for each kept input (make test-fuzz). */
#ifndef FF_TESTS_FUZZ_H
#define FF_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise of a header; false ends the program. */
#define FF_PROMISE(held)                                                                           \
    do {                                                                                           \
        if (!(held)) {                                                                             \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #held);                     \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* A context as a request has it: 1 MiB and a clock that stands still. */
static inline void ff_fuzz_begin(struct ff_ctx *cx)
{
    static struct ff_clock *clock;
    if (!clock)
        clock = ff_clock_new_test(INT64_C(1772451900000));
    ff_ctx_init(cx, ff_arena_new(0), clock);
    FF_PROMISE(clock && cx->arena);
}

static inline void ff_fuzz_end(struct ff_ctx *cx)
{
    ff_arena_free(cx->arena);
}

/* The input as text: memory of exactly its size, so that a read behind it shows. Cut at its first
 * NUL. */
static inline char *ff_fuzz_text(const uint8_t *data, size_t size)
{
    size_t n = size ? strnlen((const char *)data, size) : 0;
    char *text = malloc(n + 1);
    FF_PROMISE(text != NULL);
    if (n)
        memcpy(text, data, n);
    text[n] = '\0';
    return text;
}

/* The same as bytes, NULs and all. */
static inline char *ff_fuzz_bytes(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size ? size : 1);
    FF_PROMISE(bytes != NULL);
    if (size)
        memcpy(bytes, data, size);
    return bytes;
}

#endif
