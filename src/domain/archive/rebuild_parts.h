/* SPDX-License-Identifier: MIT */
/* rebuild_parts.h - what the files of rebuild share. For this folder. */
#ifndef FF_DOMAIN_ARCHIVE_REBUILD_PARTS_H
#define FF_DOMAIN_ARCHIVE_REBUILD_PARTS_H

#include "domain/archive/rebuild.h"

/* A job in the fresh database: fills it from `from`, the living one. */
struct ff_refill {
    struct ff_ctx *from;
    struct ff_rebuild_report *report;
};
FF_MUST_CHECK enum ff_rc ff_rebuild_fill(struct ff_ctx *cx, void *refill);

/* Books every journal of `r->from` again, in order. The guards are on. */
FF_MUST_CHECK enum ff_rc ff_rebuild_replay(struct ff_ctx *cx, struct ff_refill *r);

/* Compares every table of two databases, row by row. */
FF_MUST_CHECK enum ff_rc ff_rebuild_compare(struct ff_ctx *living, struct ff_ctx *rebuilt,
                                            ff_difference_each each, void *arg,
                                            struct ff_rebuild_report *report);

#endif
