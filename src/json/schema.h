/* SPDX-License-Identifier: MIT */
/* schema.h - a body described once: the list of fields reads JSON, CSV rows and query strings into
 * a struct, writes a struct as JSON, and prints itself as JSON Schema for the OpenAPI document.
 *
 * How a field lies in its struct:
 *   FF_T_INT, FF_T_MONEY, FF_T_INSTANT   int64_t; null or absent: FF_NULL_INT
 *   FF_T_BOOL                            int64_t 0 or 1; null or absent: FF_NULL_INT (a default is
 *                                        set by the service)
 *   FF_T_TEXT NAME EMAIL CODE SECRET
 *   DATE ENUM                            const char *; null or absent: NULL
 *   FF_T_FLAGS                           int64_t mask, bit i is values[i]; null or absent:
 *                                        FF_NULL_INT, which is not the empty set
 *   FF_T_JSON                            const char * with the text of a JSON object; null: NULL
 *   FF_T_OBJECT                          struct of `of`, in place
 *   FF_T_OPT_OBJECT                      pointer to it; null or absent: NULL
 *   FF_T_LIST                            struct ff_list of `of` items
 *   FF_T_INT_LIST                        struct ff_list of int64_t
 * A PATCH tells "absent" from "null" by the bit mask at `set_offset` (bit i = field i was in the
 * body).  When written, a null member appears as null if it is NULLABLE or REQUIRED, else not at
 * all. */
#ifndef FF_JSON_SCHEMA_H
#define FF_JSON_SCHEMA_H

#include "base/buf.h"
#include "base/ctx.h"
#include "base/version.h"

#define FF_NULL_INT INT64_MIN

enum ff_type {
    FF_T_INT,
    FF_T_MONEY, /* raw token -?(0|[1-9][0-9]{0,11}), then min..max */
    FF_T_BOOL,
    FF_T_INSTANT, /* RFC 3339 on the wire, UTC milliseconds in the struct */
    FF_T_TEXT,    /* min..max code points, any characters but control ones other than newline */
    FF_T_NAME,    /* text that passes ff_utf8_is_name */
    FF_T_EMAIL,   /* one @, no spaces, at most max bytes; lower-cased */
    FF_T_CODE,    /* [A-Za-z0-9._-]{min,max}: numbers of employees, keys */
    FF_T_SECRET,  /* like text, never logged, never echoed: only replies that issue one hold it */
    FF_T_DATE,
    FF_T_ENUM,
    FF_T_FLAGS, /* a set of words of `values`; in a query or a CSV cell with gaps between them */
    FF_T_JSON,  /* only in replies: any object, written as it stands */
    FF_T_OBJECT,
    FF_T_OPT_OBJECT,
    FF_T_LIST,
    FF_T_INT_LIST
};

enum { FF_F_REQUIRED = 1, FF_F_NULLABLE = 2 };

struct ff_schema;

struct ff_field {
    const char *name;
    enum ff_type type;
    size_t offset;
    unsigned flags; /* FF_F_* (in: must be there; out: always written; NULLABLE: null is a value) */
    int64_t min, max; /* value, code points (email: bytes) or count, inclusive; both 0: unbounded */
    const char *meaning;        /* one phrase, for the document and for people */
    const struct ff_schema *of; /* object and list */
    const char *const *values;  /* enum, flags: NULL-terminated */
};

#define FF_NO_SET ((size_t)-1)

struct ff_schema {
    const char *name;  /* component name in the document, PascalCase */
    size_t size;       /* of the struct */
    size_t set_offset; /* of a uint64_t mask, or FF_NO_SET */
    const struct ff_field *fields;
    size_t n_fields; /* at most 64 */
};

struct ff_list {
    void *items; /* n structs of the schema's size, or int64_t */
    size_t n;
};

#define FF_FIELDS(array) .fields = (array), .n_fields = sizeof(array) / sizeof((array)[0])

/* Reads a JSON body into `out` (schema->size bytes; zeroed and defaulted first). All field errors
 * are collected (at most 20). Strings and lists live in the arena. FF_MALFORMED_JSON,
 * FF_VALIDATION, FF_UNKNOWN_FIELD, FF_MONEY_FORMAT, FF_AMOUNT_OUT_OF_RANGE. */
FF_MUST_CHECK enum ff_rc ff_json_read(struct ff_ctx *cx, const struct ff_schema *schema,
                                      const char *text, size_t n, void *out);

/* One name=value pair of a query string or a CSV row, already decoded. */
struct ff_pair {
    const char *name, *value;
};

/* Reads flat pairs by the same fields (int, money, bool, text, enum, date, instant). `prefix` goes
 * before the name in a field error's pointer ("?" for a query, "/line/7/" for a row). An empty
 * value counts as absent. Unknown and duplicate names are errors. The result is about this call
 * alone: errors of earlier rows stay in the list. */
FF_MUST_CHECK enum ff_rc ff_pairs_read(struct ff_ctx *cx, const struct ff_schema *schema,
                                       const struct ff_pair *pairs, size_t n, const char *prefix,
                                       void *out);

/* A set of words as one text, as a query or a CSV cell has it: "gluten milk"; "none" for the empty
 * set, nothing for FF_NULL_INT. */
#define FF_FLAGS_NONE "none"
void ff_flags_text(struct ff_buf *buf, const char *const *values, int64_t mask);

/* Appends the struct as one JSON object. Integers are written by us, never through a float. */
void ff_json_write(struct ff_buf *buf, const struct ff_schema *schema, const void *in);

/* What the struct says, as bytes: equal bytes mean equal values in each field, so they are a key.
 * Only of flat fields, as ff_pairs_read fills them. Gives how many were written, at most `cap`;
 * cap + 1 when they do not fit. */
size_t ff_flat_bytes(const struct ff_schema *schema, const void *in, void *out, size_t cap);

/* Appends the schema as a JSON Schema object (references as {"$ref":"#/components/schemas/Name"}).
 */
void ff_schema_write(struct ff_buf *buf, const struct ff_schema *schema);

/* Appends one field alone as a JSON Schema, for a query parameter. */
void ff_field_write(struct ff_buf *buf, const struct ff_field *field);

/* Checks that `text` is what the schema promises: every required member, types, bounds, nothing
 * more. For tests of real replies. FF_VALIDATION with the first differing pointer. */
FF_MUST_CHECK enum ff_rc ff_json_conforms(struct ff_ctx *cx, const struct ff_schema *schema,
                                          const char *text, size_t n);

/* cJSON. */
struct ff_library ff_json_library(void);

#endif
