/* SPDX-License-Identifier: MIT */
/* image.c - pictures put, shown, taken away, forgotten. */
#include "domain/catalog/image.h"

#include <string.h>

#include "auth/auth.h"
#include "domain/audit/audit.h"
#include "domain/catalog/product_repo.h"
#include "domain/catalog/webp.h"

enum { HASH = 32 };

struct picture {
    int64_t product_id;
    const void *bytes; /* NULL: take it away */
    size_t n;
    int64_t width, height;
    unsigned char hash[HASH];
    struct ff_product *out;
};

static enum ff_rc keep_bytes(struct ff_ctx *cx, const struct picture *p)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_IMAGE_PUT, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_IMAGE_PUT_HASH, p->hash, HASH);
    ff_db_blob(st, FF_P_IMAGE_PUT_BYTES, p->bytes, p->n);
    ff_db_int(st, FF_P_IMAGE_PUT_WIDTH, p->width);
    ff_db_int(st, FF_P_IMAGE_PUT_HEIGHT, p->height);
    ff_db_int(st, FF_P_IMAGE_PUT_NOW, ff_clock_now_ms(cx->clock));
    return ff_db_run(cx, st);
}

static enum ff_rc point_at(struct ff_ctx *cx, const struct picture *p)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_IMAGE_OF, &st);
    if (rc)
        return rc;
    if (p->bytes)
        ff_db_blob(st, FF_P_IMAGE_OF_HASH, p->hash, HASH);
    else
        ff_db_text(st, FF_P_IMAGE_OF_HASH, NULL);
    ff_db_int(st, FF_P_IMAGE_OF_PRODUCT, p->product_id);
    ff_db_int(st, FF_P_IMAGE_OF_NOW, ff_clock_now_ms(cx->clock));
    return ff_db_run(cx, st);
}

static enum ff_rc record(struct ff_ctx *cx, const struct ff_product *before,
                         const struct ff_product *after)
{
    const struct ff_audit_value was = {"imageUrl", before->image_url, FF_NULL_INT};
    const struct ff_audit_value is = {"imageUrl", after->image_url, FF_NULL_INT};
    return ff_audit(cx, &(struct ff_audit){.action = "product.image",
                                           .entity = "product",
                                           .entity_id = after->id,
                                           .before = &was,
                                           .n_before = 1,
                                           .after = &is,
                                           .n_after = 1});
}

/* The same picture again changes nothing, so its version stays. */
static enum ff_rc put(struct ff_ctx *cx, void *arg)
{
    struct picture *p = arg;
    struct ff_product before;
    char hex[2 * HASH + 1];
    enum ff_rc rc = ff_product_read(cx, p->product_id, 1, &before);
    if (rc || (p->bytes && (rc = keep_bytes(cx, p))))
        return rc;
    if (!p->bytes && !before.image_url)
        return FF_FAIL(cx, FF_NOT_FOUND, "This product has no picture.");
    *p->out = before;
    ff_hex(p->hash, HASH, hex);
    if (p->bytes && before.image_url && strstr(before.image_url, hex))
        return FF_OK;
    if ((rc = point_at(cx, p)) || (rc = ff_product_read(cx, p->product_id, 1, p->out)))
        return rc;
    return record(cx, &before, p->out);
}

enum ff_rc ff_image_put(struct ff_ctx *cx, int64_t product_id, const void *bytes, size_t n,
                        struct ff_product *out)
{
    struct picture p = {.product_id = product_id, .bytes = bytes, .n = n, .out = out};
    const char *fault = ff_webp_fault(bytes, n, &p.width, &p.height);
    struct ff_hash hash;
    if (fault)
        return ff_field_fail(cx, "", "VALUE", fault);
    ff_hash_init(&hash, HASH);
    ff_hash_add(&hash, bytes, n);
    ff_hash_final(&hash, p.hash);
    return ff_db_write(cx, put, &p);
}

enum ff_rc ff_image_remove(struct ff_ctx *cx, int64_t product_id)
{
    struct ff_product out;
    struct picture p = {.product_id = product_id, .out = &out};
    return ff_db_write(cx, put, &p);
}

enum ff_rc ff_image_get(struct ff_ctx *cx, const char *hash, struct ff_text *out)
{
    FF_STMT *st = NULL;
    unsigned char raw[HASH];
    bool row = false;
    bool is_hash = strlen(hash) == FF_IMAGE_HASH_TEXT &&
                   strspn(hash, "0123456789abcdef") == FF_IMAGE_HASH_TEXT &&
                   ff_unhex(hash, FF_IMAGE_HASH_TEXT, raw, HASH);
    enum ff_rc rc = is_hash ? ff_db_query(cx, FF_Q_IMAGE_GET, &st) : FF_OK;
    if (rc)
        return rc;
    if (is_hash) {
        ff_db_blob(st, FF_P_IMAGE_GET_HASH, raw, HASH);
        if ((rc = ff_db_row(cx, st, &row)))
            return rc;
    }
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such picture.");
    out->text = ff_db_col_bytes(cx, st, FF_C_IMAGE_GET_BYTES, &out->n);
    return out->text ? FF_OK : cx->err.rc;
}

static enum ff_rc purge(struct ff_ctx *cx, void *arg)
{
    FF_STMT *st = NULL;
    int64_t *n = arg;
    enum ff_rc rc = ff_db_query(cx, FF_Q_IMAGE_PURGE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_IMAGE_PURGE_BEFORE, ff_clock_now_ms(cx->clock) - FF_IMAGE_KEEP_MS);
    rc = ff_db_run(cx, st);
    *n = rc ? 0 : ff_db_changes(st);
    return rc;
}

enum ff_rc ff_image_purge(struct ff_ctx *cx, int64_t *n)
{
    return ff_db_write(cx, purge, n);
}
