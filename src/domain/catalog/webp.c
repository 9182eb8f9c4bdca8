/* SPDX-License-Identifier: MIT */
/* webp.c - the header of a WebP file: RIFF, and the first chunk, which is VP8, VP8L or VP8X. */
#include "domain/catalog/webp.h"

#include <stdbool.h>
#include <string.h>

enum { HEAD = 30, CHUNK = 20 }; /* bytes that are read; where the first chunk's own begin */
enum { ANIMATION = 0x02, XMP = 0x04, EXIF = 0x08 };

static uint32_t little(const unsigned char *p, int n)
{
    uint32_t value = 0;
    while (n-- > 0)
        value = value << 8 | p[n];
    return value;
}

static const char *lossy(const unsigned char *p, int64_t *width, int64_t *height)
{
    static const unsigned char start[] = {0x9d, 0x01, 0x2a};
    if (memcmp(p + CHUNK + 3, start, sizeof start) != 0)
        return "The picture is damaged.";
    *width = little(p + CHUNK + 6, 2) & 0x3fff;
    *height = little(p + CHUNK + 8, 2) & 0x3fff;
    return NULL;
}

static const char *lossless(const unsigned char *p, int64_t *width, int64_t *height)
{
    if (p[CHUNK] != 0x2f)
        return "The picture is damaged.";
    uint32_t sizes = little(p + CHUNK + 1, 4);
    *width = (sizes & 0x3fff) + 1;
    *height = (sizes >> 14 & 0x3fff) + 1;
    return NULL;
}

static const char *extended(const unsigned char *p, int64_t *width, int64_t *height)
{
    if (p[CHUNK] & ANIMATION)
        return "A picture may not move.";
    if (p[CHUNK] & (EXIF | XMP))
        return "Take out what the camera wrote into the picture (EXIF, XMP) first.";
    *width = (int64_t)little(p + CHUNK + 4, 3) + 1;
    *height = (int64_t)little(p + CHUNK + 7, 3) + 1;
    return NULL;
}

static const char *read_chunk(const unsigned char *p, int64_t *width, int64_t *height)
{
    if (memcmp(p + 12, "VP8 ", 4) == 0)
        return lossy(p, width, height);
    if (memcmp(p + 12, "VP8L", 4) == 0)
        return lossless(p, width, height);
    if (memcmp(p + 12, "VP8X", 4) == 0)
        return extended(p, width, height);
    return "The picture is damaged.";
}

const char *ff_webp_fault(const void *bytes, size_t n, int64_t *width, int64_t *height)
{
    const unsigned char *p = bytes;
    if (n < HEAD || n > FF_WEBP_BYTES || memcmp(p, "RIFF", 4) != 0 || memcmp(p + 8, "WEBP", 4) != 0)
        return "Must be a picture in WebP of at most 256 KiB.";
    if (little(p + 4, 4) + UINT64_C(8) != n)
        return "The picture is cut off.";
    const char *fault = read_chunk(p, width, height);
    if (fault)
        return fault;
    bool is_sane = *width >= 1 && *width <= FF_WEBP_SIDE && *height >= 1 && *height <= FF_WEBP_SIDE;
    return is_sane ? NULL : "Must have 1 to 1024 points a side.";
}
