/* SPDX-License-Identifier: MIT */
/* list.c - order, search words and rows of a list. */
#include "domain/common/list.h"

#include <string.h>

#include "base/utf8.h"

enum { FIRST_ROOM = 16, FOLD_BYTES = 512 };

/* The 1-based place of the name that is `n` bytes at `text`; 0: unknown. */
static int64_t place_of(const char *const *names, const char *text, size_t n)
{
    for (int64_t i = 0; names[i]; i++)
        if (strlen(names[i]) == n && memcmp(names[i], text, n) == 0)
            return i + 1;
    return 0;
}

static bool is_taken(const struct ff_order *order, int64_t key)
{
    for (size_t i = 0; i < FF_ORDER_KEYS; i++)
        if (order->key[i] == key)
            return true;
    return false;
}

enum ff_rc ff_order_read(struct ff_ctx *cx, const char *text, const char *const *names,
                         const char *fallback, struct ff_order *out)
{
    *out = (struct ff_order){.direction = {1, 1, 1}};
    if (!text)
        text = fallback;
    for (size_t i = 0;; i++) {
        bool is_down = *text == '-';
        text += is_down;
        size_t n = strcspn(text, ",");
        int64_t key = place_of(names, text, n);
        if (!key || is_taken(out, key) || i == FF_ORDER_KEYS)
            return ff_field_fail(cx, "?sort", "VALUE",
                                 "up to three of this list's sort fields, each once, separated by "
                                 "commas, - before a descending one");
        out->key[i] = key;
        out->direction[i] = is_down ? -1 : 1;
        if (!text[n])
            return FF_OK;
        text += n + 1;
    }
}

void ff_words_read(const char *q, struct ff_words *out)
{
    memset(out, 0, sizeof *out);
    char folded[FF_WORD_BYTES];
    ff_utf8_fold(q ? q : "", folded, sizeof folded);
    const char *at = folded;
    for (size_t i = 0; i < FF_WORDS; i++) {
        at += strspn(at, " ");
        size_t n = i + 1 < FF_WORDS ? strcspn(at, " ") : strlen(at);
        while (n && at[n - 1] == ' ')
            n--;
        memcpy(out->word[i], at, n);
        at += n;
    }
    out->any = out->word[0][0] != '\0';
}

struct ff_window ff_window_of(int64_t page, int64_t limit)
{
    return (struct ff_window){.limit = limit, .offset = (page - 1) * limit};
}

void *ff_rows_add(struct ff_ctx *cx, struct ff_rows *rows, size_t size)
{
    if (rows->list.n == rows->room) {
        size_t room = rows->room ? 2 * rows->room : FIRST_ROOM;
        void *bigger = ff_alloc(cx, room * size);
        if (!bigger)
            return NULL;
        if (rows->list.n)
            memcpy(bigger, rows->list.items, rows->list.n * size);
        rows->list.items = bigger;
        rows->room = room;
    }
    return (char *)rows->list.items + size * rows->list.n++;
}

const char *ff_fold(struct ff_ctx *cx, const char *name)
{
    char folded[FOLD_BYTES];
    ff_utf8_fold(name, folded, sizeof folded);
    return ff_strdup(cx, folded);
}

enum ff_rc ff_version_check(struct ff_ctx *cx, int64_t version, int64_t seen)
{
    if (version == seen)
        return FF_OK;
    return FF_FAIL(cx, FF_VERSION_CONFLICT, "Someone changed this meanwhile; load it again.");
}
