/* SPDX-License-Identifier: MIT */
/* export.h - tables as CSV: CRLF, the columns of the import, safe to open in a spreadsheet. */
#ifndef FF_DOMAIN_COMMON_EXPORT_H
#define FF_DOMAIN_COMMON_EXPORT_H

#include "base/buf.h"
#include "domain/common/list.h"

/* Writes header and rows. While it runs the context's arena is one for a single row: reset it after
 * each. `decimals` of amounts, 0: minor units. */
typedef enum ff_rc (*ff_csv_rows)(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals);

/* Runs `rows` and gives its text. FF_VALIDATION when it is larger than a reply may be. */
FF_MUST_CHECK enum ff_rc ff_csv_export(struct ff_ctx *cx, ff_csv_rows rows, void *arg, int decimals,
                                       struct ff_text *out);

/* One amount as a cell; FF_NULL_INT is an empty one. */
void ff_csv_amount(struct ff_buf *buf, int64_t minor, int decimals);

#endif
