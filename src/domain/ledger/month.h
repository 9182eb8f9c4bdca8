/* SPDX-License-Identifier: MIT */
/* month.h - the months of the ledger: closing one, and what a closed one says for ever. Source:
 * ledger.md, "Periods", "Period close". */
#ifndef FF_DOMAIN_LEDGER_MONTH_H
#define FF_DOMAIN_LEDGER_MONTH_H

#include "domain/common/list.h"
#include "domain/ledger/statement.h"

enum { FF_MONTH_CAP = 8 };

struct ff_month {
    const char *month;     /* "2026-03" */
    const char *starts_on; /* its first and last day */
    const char *ends_on;
    const char *state;       /* "open" or "closed" */
    int64_t journals;        /* booked in it */
    int64_t debits, credits; /* what went out of wallets and what came in */
    /* of a closed one, else FF_NULL_INT and NULL */
    int64_t people, opening, closing; /* wallets, and their sums */
    int64_t closed_at;
    int64_t head_id; /* the ledger's head when it was closed */
    const char *head_hash;
};

/* Reads "2026-03" as the first day of that month; false when it is no month. */
bool ff_month_read(const char *text, char first[FF_DATE_CAP]);

/* One page of the months that have journals, newest first. Sums of an open one cost a statement
 * more. */
FF_MUST_CHECK enum ff_rc ff_month_list(struct ff_ctx *cx, int64_t page, int64_t limit,
                                       struct ff_list *out, int64_t *total);
/* FF_NOT_FOUND: nothing was booked in it. */
FF_MUST_CHECK enum ff_rc ff_month_get(struct ff_ctx *cx, const char *month, struct ff_month *out);

/* Proves the whole ledger, stores a statement for each person, keeps the head, and closes the month
 * for ever; a closed one is answered as it is. The proof runs beside the writer; only what was
 * booked meanwhile is proved inside its job. FF_PERIOD_OPEN: the month is not over, or an earlier
 * one is open; FF_NOT_FOUND; FF_STORAGE_FAULT: the books do not prove. */
FF_MUST_CHECK enum ff_rc ff_month_close(struct ff_ctx *cx, const char *month, struct ff_month *out);

struct ff_closed_month {
    int64_t period_id, last_journal_id;
    const char *month, *starts_on, *ends_on;
};
/* A month that is closed: FF_NOT_FOUND, FF_PERIOD_OPEN. */
FF_MUST_CHECK enum ff_rc ff_month_closed(struct ff_ctx *cx, const char *month,
                                         struct ff_closed_month *out);

/* A closed month of one person. */
struct ff_month_row {
    const char *month;
    int64_t opening, debits, credits, closing;
    int64_t allowance_opening, allowance_closing; /* FF_NULL_INT: no such pocket */
};

/* The closed months of a person within the caller's reach, newest first; FF_NOT_FOUND outside. */
FF_MUST_CHECK enum ff_rc ff_month_rows(struct ff_ctx *cx, int64_t employee_id, int64_t page,
                                       int64_t limit, struct ff_list *out, int64_t *total);

/* The statement of a month. A closed one is what was stored with it, the same for ever, also when
 * the person changed name or number since: it holds neither. An open one is as of now.
 * FF_VALIDATION at "?month", FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_month_statement(struct ff_ctx *cx, int64_t employee_id,
                                            const char *month, struct ff_statement *out);

#endif
