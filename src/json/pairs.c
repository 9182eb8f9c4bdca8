/* SPDX-License-Identifier: MIT */
/* pairs.c - query strings and CSV rows: name=value pairs by the same fields as a body. Values are
 * text, so a number is what its digits say and a bool is true or false. */
#include "json/bind.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

enum { MAX_SHOWN_NAME = 64 };

static enum ff_rc read_bool(struct ff_ctx *cx, const struct ff_place *place, const char *text,
                            int64_t *out)
{
    bool is_true = !strcmp(text, "true");
    if (!is_true && strcmp(text, "false") != 0)
        return ff_place_fail(cx, place, "TYPE", "Must be true or false.");
    *out = is_true;
    return FF_OK;
}

static enum ff_rc read_value(struct ff_ctx *cx, const struct ff_place *place,
                             const struct ff_field *field, const char *text, void *member)
{
    assert(field->type < FF_T_OBJECT);
    if (!ff_utf8_valid(text, strlen(text)))
        return ff_place_fail(cx, place, "PATTERN", "Must be UTF-8.");
    switch (field->type) {
    case FF_T_INT:
    case FF_T_MONEY:
        return ff_value_from_number(cx, place, field, text, strlen(text), member);
    case FF_T_BOOL:
        return read_bool(cx, place, text, member);
    default:
        return ff_value_from_text(cx, place, field, text, member);
    }
}

/* The name comes from outside: it is shown only in part, and only when it is text. */
static enum ff_rc unknown_name(struct ff_ctx *cx, const char *prefix, const char *name)
{
    char shown[MAX_SHOWN_NAME + 1];
    size_t n = strnlen(name, MAX_SHOWN_NAME);
    memcpy(shown, name, n);
    shown[n] = '\0';
    ff_utf8_trim(shown);
    struct ff_place place = {.name = ff_utf8_valid(shown, strlen(shown)) ? shown : "",
                             .prefix = prefix};
    return ff_place_fail(cx, &place, "UNKNOWN", NULL);
}

static enum ff_rc read_pair(struct ff_ctx *cx, const struct ff_schema *schema,
                            const struct ff_pair *pair, const char *prefix, uint64_t *named,
                            void *out, uint64_t *seen)
{
    size_t i = ff_schema_find(schema, pair->name);
    if (i == schema->n_fields)
        return unknown_name(cx, prefix, pair->name);
    const struct ff_field *field = &schema->fields[i];
    struct ff_place place = {.name = field->name, .prefix = prefix};
    uint64_t bit = UINT64_C(1) << i;
    if (*named & bit)
        return ff_place_fail(cx, &place, "VALUE", "This name is given twice.");
    *named |= bit;
    if (!pair->value || !*pair->value)
        return FF_OK;
    *seen |= bit;
    return read_value(cx, &place, field, pair->value, (char *)out + field->offset);
}

static enum ff_rc check_required(struct ff_ctx *cx, const struct ff_schema *schema,
                                 const char *prefix, uint64_t seen)
{
    enum ff_rc first = FF_OK;
    for (size_t i = 0; i < schema->n_fields; i++) {
        if (!(schema->fields[i].flags & FF_F_REQUIRED) || seen & UINT64_C(1) << i)
            continue;
        struct ff_place place = {.name = schema->fields[i].name, .prefix = prefix};
        enum ff_rc rc = ff_place_fail(cx, &place, "REQUIRED", NULL);
        first = first ? first : rc;
    }
    return first;
}

enum ff_rc ff_pairs_read(struct ff_ctx *cx, const struct ff_schema *schema,
                         const struct ff_pair *pairs, size_t n, const char *prefix, void *out)
{
    enum ff_rc first = FF_OK;
    uint64_t named = 0, seen = 0;
    ff_schema_defaults(schema, out);
    for (size_t i = 0; i < n; i++) {
        enum ff_rc rc = read_pair(cx, schema, &pairs[i], prefix, &named, out, &seen);
        first = first ? first : rc;
    }
    if (schema->set_offset != FF_NO_SET)
        memcpy((char *)out + schema->set_offset, &seen, sizeof seen);
    enum ff_rc rc = check_required(cx, schema, prefix, seen);
    return first ? first : rc;
}
