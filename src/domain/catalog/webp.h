/* SPDX-License-Identifier: MIT */
/* webp.h - is this a still picture in WebP, and how large is it? Only its header is read; nothing
 * is decoded. Source: RFC 9649. */
#ifndef FF_DOMAIN_CATALOG_WEBP_H
#define FF_DOMAIN_CATALOG_WEBP_H

#include <stddef.h>
#include <stdint.h>

enum { FF_WEBP_BYTES = 256 << 10, FF_WEBP_SIDE = 1024 };

/* NULL when the bytes begin like a WebP file of this length with 1..FF_WEBP_SIDE points a side, one
 * frame and no EXIF or XMP, which may tell where a photo was taken; else a sentence that says what
 * is wrong. Sets the size when it is one. */
const char *ff_webp_fault(const void *bytes, size_t n, int64_t *width, int64_t *height);

#endif
