/* SPDX-License-Identifier: MIT */
/* purchase.h - selling: prices, checks, debit and record in one transaction; undo; reading
 * purchases back. */
#ifndef FF_DOMAIN_PURCHASE_PURCHASE_H
#define FF_DOMAIN_PURCHASE_PURCHASE_H

#include "domain/common/list.h"
#include "domain/ledger/ledger.h"

enum { FF_PURCHASE_MAX_LINES = 50 };

struct ff_purchase_item {
    int64_t product_id, quantity;
};

/* Limits, bans, caps and the floor do not count this once. */
struct ff_purchase_override {
    const char *reason; /* 3..200 characters */
};

struct ff_purchase_new {
    struct ff_list items;                        /* of struct ff_purchase_item, 1..50 */
    int64_t expected_total;                      /* FF_NULL_INT: not said */
    int64_t employee_id;                         /* FF_NULL_INT: the caller's own */
    const struct ff_purchase_override *override; /* NULL: none */
};

struct ff_purchase_line {
    int64_t line_no, product_id;
    const char *name;
    int64_t quantity, unit_price, total;
    int64_t tax_rate, tax; /* parts per million; the tax inside the total */
    int64_t refunded;      /* pieces given back */
};

struct ff_purchase {
    int64_t id, employee_id;
    const char *employee_name;
    int64_t recorded_at;
    const char *business_date;
    int64_t total;
    int64_t subsidy, allowance, own; /* who paid it: employer, gift, the wallet */
    int64_t balance_after;
    struct ff_list items; /* of struct ff_purchase_line */
    int64_t undone;
    int64_t undo_until; /* UTC ms, FF_NULL_INT: can no longer be undone */
    int64_t undo_seconds;
    const char *receipt_code;
    const char *device; /* kiosk's name or NULL */
    int64_t replayed;
};

/* What a tray would cost now; nothing is booked. */
struct ff_quote {
    int64_t employee_id, total;
    int64_t subsidy, allowance, own; /* who would pay it */
    int64_t balance_after;
    struct ff_list items; /* of struct ff_purchase_line */
};

struct ff_undo {
    int64_t id, purchase_id;
    int64_t amount, subsidy, allowance; /* back to the wallet, the employer, the allowance */
    int64_t balance_after, recorded_at, replayed;
};

struct ff_purchase_filter {
    int64_t employee_id;   /* FF_NULL_INT: all in scope */
    const char *from, *to; /* business dates, half open, NULL: open end */
    int64_t page, limit;   /* page form when after is 0 */
    int64_t after;         /* cursor: ids below it */
    bool by_cursor;
};

/* Buys. See wire contract for the errors. Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_purchase_create(struct ff_ctx *cx, const struct ff_purchase_new *in,
                                            const struct ff_idem *idem, struct ff_purchase *out);
/* The same up to the booking, on any connection: what would be refused is refused. */
FF_MUST_CHECK enum ff_rc ff_purchase_quote(struct ff_ctx *cx, const struct ff_purchase_new *in,
                                           struct ff_quote *out);
/* One purchase within the caller's scope. */
FF_MUST_CHECK enum ff_rc ff_purchase_get(struct ff_ctx *cx, int64_t id, struct ff_purchase *out);
/* Through the writer, so that a twin still in the queue is seen first. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_purchase_by_key(struct ff_ctx *cx, const char *key,
                                            struct ff_purchase *out);
/* Newest first; *total is -1 in cursor form. Items are read with one statement for all rows. */
FF_MUST_CHECK enum ff_rc ff_purchase_list(struct ff_ctx *cx, const struct ff_purchase_filter *f,
                                          struct ff_list *out, int64_t *total, const char **next);
/* All of the filter as CSV, a line an item, newest first; page, limit and after do not count.
 * `decimals` of amounts, 0: minor units. FF_VALIDATION when it is too much for one file. */
FF_MUST_CHECK enum ff_rc ff_purchase_export(struct ff_ctx *cx, const struct ff_purchase_filter *f,
                                            int decimals, struct ff_text *out);
/* Undoes as a void journal: exact negation, once, in the window (manager and admin: while the
 * period is open). */
FF_MUST_CHECK enum ff_rc ff_purchase_undo(struct ff_ctx *cx, int64_t id, const struct ff_idem *idem,
                                          struct ff_undo *out);
/* The person's usuals: product ids bought most in the last 60 days of journals, up to 8. */
FF_MUST_CHECK enum ff_rc ff_purchase_usuals(struct ff_ctx *cx, int64_t employee_id,
                                            struct ff_list *ids);

#endif
