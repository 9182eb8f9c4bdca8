/* SPDX-License-Identifier: MIT */
/* month_parts.h - inside this folder only: a month as its row says it. */
#ifndef FF_DOMAIN_LEDGER_MONTH_PARTS_H
#define FF_DOMAIN_LEDGER_MONTH_PARTS_H

#include "domain/ledger/month.h"

struct ff_stmt;

/* Steps a query of movements to its end and adds them to `s`, whose closing balance goes along. */
FF_MUST_CHECK enum ff_rc ff_statement_read_lines(struct ff_ctx *cx, struct ff_stmt *st,
                                                 struct ff_statement *s);

struct ff_month_row_read {
    int64_t id;
    bool is_closed;
    int64_t first_journal_id, last_journal_id; /* FF_NULL_INT while it is open */
    struct ff_month view;
};

/* The month that begins on `first`; *found false: nothing was booked in it. */
FF_MUST_CHECK enum ff_rc ff_month_find(struct ff_ctx *cx, const char *first,
                                       struct ff_month_row_read *out, bool *found);

/* Which journals are the month's: from first to last, none when last < first. For an open one also
 * the closed month before it (FF_NULL_INT: none) and the first journal after that one. */
struct ff_month_range {
    int64_t first, last, before, begin;
};
FF_MUST_CHECK enum ff_rc ff_month_range(struct ff_ctx *cx, const struct ff_month_row_read *m,
                                        struct ff_month_range *out);

/* The date after `date`, in the arena; NULL: out of memory (error recorded). */
const char *ff_month_next_day(struct ff_ctx *cx, const char *date);

#endif
