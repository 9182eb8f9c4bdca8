/* SPDX-License-Identifier: MIT */
/* scan.h - strict RFC 8259 check of a text before any parser sees it.
 * cJSON recurses, takes trailing bytes, duplicate names, NUL and bad UTF-8; worker stacks are
 * small. So this walks the text without recursion first. Source: security.md S50. */
#ifndef FF_JSON_SCAN_H
#define FF_JSON_SCAN_H

#include "base/ctx.h"

enum {
    FF_JSON_DEPTH = 16,
    FF_JSON_TOKENS = 2000, /* values and names */
    FF_JSON_KEY_BYTES = 64,
    FF_JSON_STRING_BYTES = 4096,
    FF_JSON_NUMBER_BYTES = 63 /* what cJSON reads as one number */
};

/* Bounds of one text; lengths are those of the decoded string. */
struct ff_json_limits {
    uint32_t tokens, key_bytes, string_bytes;
    bool is_reply; /* an instant must be spelled as we write it */
};
extern const struct ff_json_limits ff_json_request_limits;

/* A value or a name of the text, in the order of the text. */
struct ff_json_token {
    uint32_t start, end; /* bytes [start,end) of the text; a string's without its quotes */
    uint32_t next;       /* a value: index of the first token behind it and all it holds */
    uint32_t earlier;    /* a name: index + 1 of the name before it in the same object, 0: none */
    uint32_t hash;       /* a name: of its decoded bytes */
    bool is_escaped;     /* a string: has a backslash */
};

struct ff_json_tokens {
    struct ff_json_token *at; /* in the arena */
    uint32_t n;
    bool has_long_number; /* one of more than FF_JSON_NUMBER_BYTES */
};

/* FF_OK, or FF_MALFORMED_JSON with the byte offset in the detail. */
FF_MUST_CHECK enum ff_rc ff_json_scan(struct ff_ctx *cx, const char *text, size_t n);

/* The same within other limits, and gives the tokens. */
FF_MUST_CHECK enum ff_rc ff_json_tokens(struct ff_ctx *cx, const struct ff_json_limits *limits,
                                        const char *text, size_t n, struct ff_json_tokens *out);

/* Decodes the escape whose backslash is at text[pos] (pos < n) into out[4] and *out_n. The bytes of
 * text it takes, or 0 when it is not allowed. */
size_t ff_json_unescape(const char *text, size_t n, size_t pos, char out[4], size_t *out_n);

#endif
