/* SPDX-License-Identifier: MIT */
/* arena.c - bump allocation over a list of pages. A request rarely needs more than the few pages
 * that stay with the arena, so a worker that keeps its arena seldom calls malloc. Under
 * AddressSanitizer the free part of each page is poisoned and a gap follows every allocation. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
enum { GAP_BYTES = 16 };

/* Not inlined: gcc takes the sanitizer's const parameter for a read of fresh memory. */
__attribute__((noinline)) static void poison(void *p, size_t n)
{
    __asan_poison_memory_region(p, n);
}

static void unpoison(void *p, size_t n)
{
    __asan_unpoison_memory_region(p, n);
}
#else
enum { GAP_BYTES = 0 };

static void poison(void *p, size_t n)
{
    (void)p;
    (void)n;
}

static void unpoison(void *p, size_t n)
{
    (void)p;
    (void)n;
}
#endif

enum { ALIGN = 16, KEPT_PAGES = 8 };

struct page {
    struct page *next;
    size_t size, used; /* of data */
    _Alignas(ALIGN) unsigned char data[];
};

struct ff_arena {
    struct page *first, *current;
    size_t cap, used;
};

static const size_t plain_size = FF_ARENA_PAGE_BYTES - sizeof(struct page);

static struct page *page_new(size_t size)
{
    struct page *page = malloc(sizeof *page + size);
    if (!page)
        return NULL;
    page->next = NULL;
    page->size = size;
    page->used = 0;
    poison(page->data, size);
    return page;
}

static void page_free(struct page *page)
{
    unpoison(page->data, page->size);
    free(page);
}

struct ff_arena *ff_arena_new(size_t cap_bytes)
{
    struct ff_arena *arena = malloc(sizeof *arena);
    struct page *first = page_new(plain_size);
    if (!arena || !first) {
        free(arena);
        free(first);
        return NULL;
    }
    arena->first = arena->current = first;
    arena->cap = cap_bytes ? cap_bytes : FF_ARENA_CAP_BYTES;
    arena->used = 0;
    return arena;
}

void ff_arena_free(struct ff_arena *arena)
{
    if (!arena)
        return;
    for (struct page *page = arena->first, *next; page; page = next) {
        next = page->next;
        page_free(page);
    }
    free(arena);
}

void ff_arena_reset(struct ff_arena *arena)
{
    struct page **link = &arena->first;
    for (int kept = 0; *link;) {
        struct page *page = *link;
        if (page->size == plain_size && kept < KEPT_PAGES) {
            page->used = 0;
            poison(page->data, page->size);
            link = &page->next;
            kept++;
        } else {
            *link = page->next;
            page_free(page);
        }
    }
    arena->current = arena->first;
    arena->used = 0;
}

/* The page that has `need` free bytes: the current one, the next kept one, or a new one. */
static struct page *page_for(struct ff_arena *arena, size_t need)
{
    struct page *page = arena->current;
    if (page->size - page->used >= need)
        return page;
    if (page->next && page->next->size >= need) {
        arena->current = page->next;
        return page->next;
    }
    struct page *fresh = page_new(need > plain_size ? need : plain_size);
    if (!fresh)
        return NULL;
    fresh->next = page->next;
    page->next = fresh;
    arena->current = fresh;
    return fresh;
}

/* Unzeroed memory, for those that fill all of it. */
static void *take(struct ff_arena *arena, size_t size)
{
    size_t need = (size + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
    if (size > arena->cap || need > arena->cap - arena->used)
        return NULL;
    struct page *page = page_for(arena, need + GAP_BYTES);
    if (!page)
        return NULL;
    void *p = page->data + page->used;
    page->used += need + GAP_BYTES;
    arena->used += need;
    unpoison(p, size);
    return p;
}

void *ff_arena_alloc(struct ff_arena *arena, size_t size)
{
    void *p = take(arena, size);
    return p ? memset(p, 0, size) : NULL;
}

char *ff_arena_strndup(struct ff_arena *arena, const char *text, size_t n)
{
    size_t len = strnlen(text, n);
    char *copy = take(arena, len + 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *ff_arena_printf(struct ff_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(len >= 0);
    char *text = take(arena, (size_t)len + 1);
    if (!text)
        return NULL;
    va_start(args, format);
    (void)vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

size_t ff_arena_used(const struct ff_arena *arena)
{
    return arena->used;
}
