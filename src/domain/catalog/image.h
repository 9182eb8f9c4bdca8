/* SPDX-License-Identifier: MIT */
/* image.h - pictures of products, by their content: the same one is kept once, and what an address
 * shows never changes. */
#ifndef FF_DOMAIN_CATALOG_IMAGE_H
#define FF_DOMAIN_CATALOG_IMAGE_H

#include "domain/catalog/product.h"

enum { FF_IMAGE_HASH_TEXT = 64, FF_IMAGE_KEEP_MS = 86400000 };

/* A picture in WebP (webp.h) for a product, in place of another one. Enters the writer.
 * FF_VALIDATION at "" for other bytes, FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_image_put(struct ff_ctx *cx, int64_t product_id, const void *bytes,
                                      size_t n, struct ff_product *out);
/* Takes it away. Enters the writer. FF_NOT_FOUND when there is none. */
FF_MUST_CHECK enum ff_rc ff_image_remove(struct ff_ctx *cx, int64_t product_id);

/* The bytes of a picture by the 64 hexadecimal digits of its BLAKE2b-256. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_image_get(struct ff_ctx *cx, const char *hash, struct ff_text *out);

/* Forgets pictures that no product has and nobody has put for a day (a page may still show them).
 * *n of them. Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_image_purge(struct ff_ctx *cx, int64_t *n);

#endif
