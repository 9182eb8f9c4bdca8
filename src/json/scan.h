/* SPDX-License-Identifier: MIT */
/* scan.h - strict RFC 8259 check of a text before any parser sees it.
 * cJSON recurses, takes trailing bytes, duplicate names, NUL and bad UTF-8; worker stacks are
 * small. So this walks the text without recursion first. Source: security.md S50. */
#ifndef FF_JSON_SCAN_H
#define FF_JSON_SCAN_H

#include "base/ctx.h"

enum {
    FF_JSON_DEPTH = 16,
    FF_JSON_TOKENS = 2000,
    FF_JSON_KEY_BYTES = 64,
    FF_JSON_STRING_BYTES = 4096
};

/* FF_OK, or FF_MALFORMED_JSON with the byte offset in the detail. */
FF_MUST_CHECK enum ff_rc ff_json_scan(struct ff_ctx *cx, const char *text, size_t n);

#endif
