/* SPDX-License-Identifier: MIT */
/* export.c - runs an export with memory of its own, so that its size is bounded by the reply, not
 * by what reading all the rows takes. */
#include "domain/common/export.h"

#include "base/money.h"

/* What a reply may hold, with room for the rest of it. */
enum { EXPORT_BYTES = 12 << 20 };

static enum ff_rc too_large(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_VALIDATION, "The file is too large for one reply; use a filter.");
}

static enum ff_rc to_arena(struct ff_ctx *cx, const struct ff_buf *buf, struct ff_text *out)
{
    if (buf->failed)
        return too_large(cx);
    out->text = ff_arena_strndup(cx->arena, buf->data, buf->len);
    out->n = buf->len;
    return out->text ? FF_OK : too_large(cx);
}

enum ff_rc ff_csv_export(struct ff_ctx *cx, ff_csv_rows rows, void *arg, int decimals,
                         struct ff_text *out)
{
    struct ff_arena *own = cx->arena, *scratch = ff_arena_new(0);
    if (!scratch)
        return FF_FAIL(cx, FF_INTERNAL, "There is no memory for this file.");
    struct ff_buf buf;
    ff_buf_init(&buf, EXPORT_BYTES);
    cx->arena = scratch;
    enum ff_rc rc = rows(cx, arg, &buf, decimals);
    cx->arena = own;
    ff_arena_free(scratch);
    if (!rc)
        rc = to_arena(cx, &buf, out);
    ff_buf_free(&buf);
    return rc;
}

void ff_csv_amount(struct ff_buf *buf, int64_t minor, int decimals)
{
    char text[FF_MONEY_TEXT_CAP];
    if (minor == FF_NULL_INT)
        return;
    ff_money_format(minor, decimals, text);
    ff_buf_str(buf, text);
}
