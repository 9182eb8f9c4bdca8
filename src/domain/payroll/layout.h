/* SPDX-License-Identifier: MIT */
/* layout.h - inside this folder only: a profile as text, and the bytes of a file by it. */
#ifndef FF_DOMAIN_PAYROLL_LAYOUT_H
#define FF_DOMAIN_PAYROLL_LAYOUT_H

#include "base/buf.h"
#include "domain/payroll/payroll.h"

/* The profile's layout as it is stored, in the arena; NULL: out of memory (error recorded). */
const char *ff_layout_write(struct ff_ctx *cx, const struct ff_payroll_profile *p);
/* Fills all of `out` but id, name and version. FF_STORAGE_FAULT when it cannot be read. */
FF_MUST_CHECK enum ff_rc ff_layout_read(struct ff_ctx *cx, const char *text,
                                        struct ff_payroll_profile *out);

/* What a line tells. */
struct ff_payroll_line {
    const char *number, *name;
    int64_t amount;
    const char *month, *from, *to; /* "2026-03", its first and last day */
    const char *currency;
    int decimals;
};
/* Byte order mark and header row, as far as the profile has them; and a line. */
void ff_layout_head(struct ff_buf *buf, const struct ff_payroll_profile *p);
void ff_layout_line(struct ff_buf *buf, const struct ff_payroll_profile *p,
                    const struct ff_payroll_line *line);

#endif
