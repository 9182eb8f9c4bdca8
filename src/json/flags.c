/* SPDX-License-Identifier: MIT */
/* flags.c - a set of words as a mask: in text its words with spaces between, as a cell or a query
 * has them. */
#include "json/bind.h"

#include <stdio.h>
#include <string.h>

static const char gaps[] = " ,";

int64_t ff_flag_bit(const char *const *values, const char *word, size_t n)
{
    for (int i = 0; values[i]; i++)
        if (strlen(values[i]) == n && memcmp(values[i], word, n) == 0)
            return INT64_C(1) << i;
    return 0;
}

enum ff_rc ff_flag_unknown(struct ff_ctx *cx, const struct ff_place *place,
                           const char *const *values)
{
    char sentence[256] = "Must be of:";
    for (size_t i = 0; values[i]; i++) {
        size_t used = strlen(sentence);
        (void)snprintf(sentence + used, sizeof sentence - used, " %s%s", values[i],
                       values[i + 1] ? "," : ".");
    }
    return ff_place_fail(cx, place, "VALUE", sentence);
}

enum ff_rc ff_flags_from_text(struct ff_ctx *cx, const struct ff_place *place,
                              const struct ff_field *field, const char *text, int64_t *mask)
{
    int64_t bits = 0;
    if (strcmp(text, FF_FLAGS_NONE) == 0)
        text = "";
    for (text += strspn(text, gaps); *text; text += strspn(text, gaps)) {
        size_t n = strcspn(text, gaps);
        int64_t bit = ff_flag_bit(field->values, text, n);
        if (!bit)
            return ff_flag_unknown(cx, place, field->values);
        bits |= bit;
        text += n;
    }
    *mask = bits;
    return FF_OK;
}

void ff_flags_text(struct ff_buf *buf, const char *const *values, int64_t mask)
{
    const char *gap = "";
    if (mask == FF_NULL_INT)
        return;
    if (!mask)
        ff_buf_str(buf, FF_FLAGS_NONE);
    for (int i = 0; values[i]; i++) {
        if (!(mask >> i & 1))
            continue;
        ff_buf_printf(buf, "%s%s", gap, values[i]);
        gap = " ";
    }
}
