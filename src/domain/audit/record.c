/* SPDX-License-Identifier: MIT */
/* record.c - one row of the record. */
#include "domain/audit/audit.h"

enum ff_rc ff_audit(struct ff_ctx *cx, const struct ff_audit *event)
{
    (void)cx;
    (void)event;
    return FF_OK;
}

void ff_audit_note(struct ff_ctx *cx, const struct ff_audit *event)
{
    (void)cx;
    (void)event;
}
