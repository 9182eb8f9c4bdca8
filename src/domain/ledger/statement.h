/* SPDX-License-Identifier: MIT */
/* statement.h - a wallet between two business dates: opening balance, every movement with the
 * balance after it, closing balance. opening + movements = closing, always (I16). */
#ifndef FF_DOMAIN_LEDGER_STATEMENT_H
#define FF_DOMAIN_LEDGER_STATEMENT_H

#include "domain/common/list.h"
#include "domain/ledger/ledger.h"

enum { FF_STATEMENT_DAYS = 366, FF_STATEMENT_ROWS = 2000 };

struct ff_statement_line {
    int64_t journal_id;
    const char *kind; /* journal.kind */
    int64_t recorded_at;
    const char *business_date;
    int64_t amount, balance; /* what the wallet got; the running balance after it */
    const char *reason;      /* its code, NULL: none */
    int64_t reverses_id;     /* FF_NULL_INT: none */
};

struct ff_statement {
    int64_t employee_id;
    const char *number, *name; /* NULL in a closed month's: what is frozen names nobody */
    const char *holder_number, *holder_name;   /* whose it is, as they are called now */
    const char *from, *to;                     /* half open */
    int64_t opening, debits, credits, closing; /* debits: what went out; credits: what came in */
    int64_t is_closed;                         /* of a closed month: the same for ever */
    int64_t allowance;    /* of now: given by the employer and not spent; FF_NULL_INT: closed */
    struct ff_list lines; /* of struct ff_statement_line, oldest first */
};

/* The statement of a person within the caller's reach, else FF_NOT_FOUND. `from` and `to` NULL: the
 * current month. FF_VALIDATION unless from < to, at most FF_STATEMENT_DAYS apart, and no more than
 * FF_STATEMENT_ROWS movements. */
FF_MUST_CHECK enum ff_rc ff_wallet_statement(struct ff_ctx *cx, int64_t employee_id,
                                             const char *from, const char *to,
                                             struct ff_statement *out);

/* The same as CSV: a row a movement, between a row of the opening and one of the closing balance.
 * `decimals` as in ff_csv_export. */
FF_MUST_CHECK enum ff_rc ff_statement_csv(struct ff_ctx *cx, const struct ff_statement *s,
                                          int decimals, struct ff_text *out);

/* The same as a page to print (HTML), in the site's language. */
FF_MUST_CHECK enum ff_rc ff_statement_page(struct ff_ctx *cx, const struct ff_statement *s,
                                           struct ff_text *out);

#endif
