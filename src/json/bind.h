/* SPDX-License-Identifier: MIT */
/* bind.h - inside the json layer: one value into one member, shared by bodies, query strings and
 * CSV rows. Not for other layers. */
#ifndef FF_JSON_BIND_H
#define FF_JSON_BIND_H

#include "json/scan.h"
#include "json/schema.h"

/* Where a value lies. Linked through the frames of the walk and spelled only when it is wrong. */
struct ff_place {
    const struct ff_place *up; /* NULL: the outermost */
    const char *name;          /* of a member; NULL: an item of a list */
    size_t index;              /* of an item */
    const char *prefix;        /* goes before the name instead of "/", NULL: none */
};

/* RFC 6901 pointer of a place, in the arena ("" when that is exhausted). */
const char *ff_place_pointer(struct ff_ctx *cx, const struct ff_place *place);

/* Field errors at a place; `detail` NULL takes the sentence of the code. */
enum ff_rc ff_place_fail(struct ff_ctx *cx, const struct ff_place *place, const char *code,
                         const char *detail);
enum ff_rc ff_place_range(struct ff_ctx *cx, const struct ff_place *place, const char *code,
                          int64_t min, int64_t max);

/* FF_T_INT and FF_T_MONEY from the digits themselves, never through a double. */
enum ff_rc ff_value_from_number(struct ff_ctx *cx, const struct ff_place *place,
                                const struct ff_field *field, const char *token, size_t n,
                                int64_t *member);

/* FF_T_FLAGS: the bit of a word of n bytes, 0 for an unknown one, which the next one says; a whole
 * set from one text. */
int64_t ff_flag_bit(const char *const *values, const char *word, size_t n);
enum ff_rc ff_flag_unknown(struct ff_ctx *cx, const struct ff_place *place,
                           const char *const *values);
enum ff_rc ff_flags_from_text(struct ff_ctx *cx, const struct ff_place *place,
                              const struct ff_field *field, const char *text, int64_t *mask);

/* The types that are text on the wire. `member` is a const char ** or, for FF_T_INSTANT and
 * FF_T_FLAGS, an int64_t *. The text is copied to the arena. */
enum ff_rc ff_value_from_text(struct ff_ctx *cx, const struct ff_place *place,
                              const struct ff_field *field, const char *text, void *member);

/* Zeroes a struct and sets its integers to FF_NULL_INT, through all objects in place. */
void ff_schema_defaults(const struct ff_schema *schema, void *out);

/* The index of a field, or n_fields when the schema has none of that name. */
size_t ff_schema_find(const struct ff_schema *schema, const char *name);

/* True when the row says min or max. */
bool ff_field_is_bounded(const struct ff_field *field);

/* ff_json_read within given limits. */
enum ff_rc ff_json_bind(struct ff_ctx *cx, const struct ff_json_limits *limits,
                        const struct ff_schema *schema, const char *text, size_t n, void *out);

#endif
