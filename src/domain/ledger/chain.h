/* SPDX-License-Identifier: MIT */
/* chain.h - the hash that seals a journal: BLAKE2b-256 over one canonical byte string.
 * The layout is written down in chain.c and may never change for rows that exist. Posting and
 * verifying both feed it here, piece by piece. */
#ifndef FF_DOMAIN_LEDGER_CHAIN_H
#define FF_DOMAIN_LEDGER_CHAIN_H

#include "auth/canon.h"
#include "domain/ledger/ledger.h"

enum { FF_CHAIN_HASH_BYTES = 32 };

/* The journal's own columns. FF_NULL_INT and NULL stand for SQL NULL. */
struct ff_chain_journal {
    int64_t id;
    const char *kind;
    int64_t recorded_at_ms, occurred_at_ms;
    const char *business_date;
    int64_t period_id;
    int64_t actor_user_id, device_id; /* may be NULL */
    int64_t idem_scope;
    const char *idem_key;
    unsigned char request_fp[FF_FINGERPRINT_BYTES];
    int64_t reverses_id;     /* may be NULL */
    const char *reason_code; /* may be NULL */
    int64_t enforce_floor;
    unsigned char prev_hash[FF_CHAIN_HASH_BYTES];
};

struct ff_chain_purchase {
    int64_t employee_id, gross, wallet, allowance, subsidy;
};

struct ff_chain_line {
    int64_t line_no, product_id;
    const char *name;
    int64_t quantity, unit_price, gross, tax_rate_ppm, tax, subsidy, allowance, wallet;
};

/* One running hash. Pieces come in this order: journal, entries by account id, then (for a
 * purchase) the purchase and its lines by number, or (for a refund) its lines by number. */
struct ff_chain {
    struct ff_canon canon;
};

/* Begins with a journal, adds pieces, ends with the hash. */
void ff_chain_journal(struct ff_chain *c, const struct ff_chain_journal *j);
void ff_chain_entry(struct ff_chain *c, const struct ff_entry *e);
void ff_chain_purchase(struct ff_chain *c, const struct ff_chain_purchase *p);
void ff_chain_line(struct ff_chain *c, const struct ff_chain_line *l);
void ff_chain_refund(struct ff_chain *c, int64_t purchase_id, const struct ff_refund_line *l);
void ff_chain_end(struct ff_chain *c, unsigned char out[FF_CHAIN_HASH_BYTES]);

#endif
