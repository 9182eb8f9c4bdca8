/* SPDX-License-Identifier: MIT */
/* flat.c - what a flat struct says, as bytes to compare: not to be read again. */
#include "json/schema.h"

#include <assert.h>
#include <string.h>

static bool is_text(enum ff_type type)
{
    switch (type) {
    case FF_T_INT:
    case FF_T_MONEY:
    case FF_T_BOOL:
    case FF_T_INSTANT:
    case FF_T_FLAGS:
        return false;
    default:
        return true;
    }
}

/* Where the next bytes go; `left` is what fits. */
struct room {
    char *at;
    size_t left;
    bool is_short;
};

static void put(struct room *room, const void *bytes, size_t n)
{
    if (n > room->left) {
        room->is_short = true;
        return;
    }
    memcpy(room->at, bytes, n);
    room->at += n;
    room->left -= n;
}

/* No text and an empty one are two things. */
static void put_text(struct room *room, const char *text)
{
    const uint16_t size = text ? (uint16_t)(strnlen(text, UINT16_MAX - 1) + 1) : 0;
    put(room, &size, sizeof size);
    if (size)
        put(room, text, size - 1U);
}

size_t ff_flat_bytes(const struct ff_schema *schema, const void *in, void *out, size_t cap)
{
    struct room room = {.at = out, .left = cap};
    for (size_t i = 0; i < schema->n_fields; i++) {
        const struct ff_field *field = &schema->fields[i];
        const char *member = (const char *)in + field->offset;
        assert(field->type < FF_T_OBJECT);
        if (is_text(field->type)) {
            const char *text;
            memcpy(&text, member, sizeof text);
            put_text(&room, text);
        } else {
            put(&room, member, sizeof(int64_t));
        }
    }
    return room.is_short ? cap + 1 : cap - room.left;
}
