/* SPDX-License-Identifier: MIT */
/* view.h - a stored row as people read it: inside this folder. */
#ifndef FF_DOMAIN_AUDIT_VIEW_H
#define FF_DOMAIN_AUDIT_VIEW_H

#include "domain/audit/read.h"
#include "domain/audit/row.h"
#include "domain/common/export.h"

/* Opens the values and names who did it; texts live in the arena. */
FF_MUST_CHECK enum ff_rc ff_audit_show(struct ff_ctx *cx, const struct ff_audit_row *row,
                                       struct ff_audit_view *out);

/* The line of column names, and a line. */
void ff_audit_csv_head(struct ff_buf *buf);
void ff_audit_csv_row(struct ff_buf *buf, const struct ff_audit_view *view);

#endif
