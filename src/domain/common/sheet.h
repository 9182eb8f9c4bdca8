/* SPDX-License-Identifier: MIT */
/* sheet.h - cards to print: pages of A4 as one HTML file, ten cards a page, each drawn as SVG, so
 * that no printer, font or style sheet moves anything. */
#ifndef FF_DOMAIN_COMMON_SHEET_H
#define FF_DOMAIN_COMMON_SHEET_H

#include "base/buf.h"
#include "domain/common/list.h"

enum { FF_SHEET_CARDS = 1000 }; /* of one sheet */

/* One card. NULL: not on it. */
struct ff_sheet_card {
    const char *name, *number, *department;
    const char *qr;     /* text of its QR code */
    const char *secret; /* in large letters: a PIN, a code */
    const char *note;   /* a line below */
};

/* Draws `n` cards under the site's name; `title` is the file's. FF_VALIDATION when it would be
 * larger than a reply may be. */
FF_MUST_CHECK enum ff_rc ff_sheet_write(struct ff_ctx *cx, const char *title,
                                        const struct ff_sheet_card *cards, size_t n,
                                        struct ff_text *out);

#endif
