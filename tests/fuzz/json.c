/* SPDX-License-Identifier: MIT */
/* json.c - a body read by a row that takes one: the strict check, the parser behind it, the bounds
 * of the fields. No body is our fault, and what was taken is the same when written and read again.
 */
#include "http/body.h"
#include "schemas.h"
#include "json/scan.h"

static bool is_refusal(enum ff_rc rc)
{
    return rc == FF_MALFORMED_JSON || rc == FF_VALIDATION || rc == FF_UNKNOWN_FIELD ||
           rc == FF_MONEY_FORMAT || rc == FF_AMOUNT_OUT_OF_RANGE;
}

static void check_errors(const struct ff_ctx *cx)
{
    FF_PROMISE(cx->err.n_fields <= FF_ERR_MAX_FIELDS);
    for (size_t i = 0; i < cx->err.n_fields; i++) {
        const struct ff_field_error *field = &cx->err.fields[i];
        FF_PROMISE(field->code && field->detail);
        FF_PROMISE(ff_utf8_valid(field->pointer, strlen(field->pointer)));
    }
}

static void check(struct ff_ctx *cx, const struct ff_schema *schema, const char *text, size_t n,
                  void *out)
{
    enum ff_rc rc = ff_json_read(cx, schema, text, n, out);
    FF_PROMISE(rc == FF_OK || is_refusal(rc));
    check_errors(cx);
    if (!rc) {
        ff_fuzz_same_again(cx, schema, out);
        return;
    }
    ff_err_clear(cx);
    enum ff_rc scanned = ff_json_scan(cx, text, n);
    FF_PROMISE(scanned == (rc == FF_MALFORMED_JSON ? FF_MALFORMED_JSON : FF_OK));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ff_ctx cx;
    size_t used;
    if (!size)
        return 0;
    const struct ff_schema *schema = ff_fuzz_schema(data, size, FF_FUZZ_BODY, &used);
    if (size - used > FF_MAX_JSON_BYTES)
        return 0;
    char *text = ff_fuzz_bytes(data + used, size - used);
    void *out = calloc(1, schema->size);
    FF_PROMISE(out != NULL);
    ff_fuzz_begin(&cx);
    check(&cx, schema, text, size - used, out);
    ff_fuzz_end(&cx);
    free(out);
    free(text);
    return 0;
}
