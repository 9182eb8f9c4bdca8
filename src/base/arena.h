/* SPDX-License-Identifier: MIT */
/* arena.h - memory that lives as long as one request: bump allocation over 8 KiB pages, freed at
 * once. Nothing that lives longer may point into it. */
#ifndef FF_BASE_ARENA_H
#define FF_BASE_ARENA_H

#include <stddef.h>

enum { FF_ARENA_PAGE_BYTES = 8192, FF_ARENA_CAP_BYTES = 1 << 20 };

struct ff_arena;

/* A new arena that gives at most `cap_bytes` (0: FF_ARENA_CAP_BYTES). NULL when memory is out. Free
 * with ff_arena_free.
 */
struct ff_arena *ff_arena_new(size_t cap_bytes);
void ff_arena_free(struct ff_arena *arena);

/* Forgets all allocations but keeps the first page for reuse (worker threads keep one arena each).
 */
void ff_arena_reset(struct ff_arena *arena);

/* `size` zeroed bytes aligned for any type; NULL when the cap or memory is exhausted. */
void *ff_arena_alloc(struct ff_arena *arena, size_t size);

/* Copies; NULL when exhausted. ff_arena_strndup stops at `n` bytes and adds the NUL. */
char *ff_arena_strndup(struct ff_arena *arena, const char *text, size_t n);
char *ff_arena_printf(struct ff_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Bytes given out since the last reset. */
size_t ff_arena_used(const struct ff_arena *arena);

#endif
