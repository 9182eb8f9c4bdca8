/* SPDX-License-Identifier: MIT */
/* chain.c - the canonical bytes of a journal and their hash. No personal data goes in.
 *
 * The byte string, version 1, in the words of auth/canon.h:
 *
 *   journal   "FFJ1" (4 bytes), prev_hash (32 bytes), id i64, kind text, recorded_at_ms i64,
 *             occurred_at_ms i64, business_date text, period_id i64, actor_user_id opt i64,
 *             device_id opt i64, idem_scope i64, idem_key text, request_fp (16 bytes),
 *             reverses_id opt i64, reason_code opt text, enforce_floor i64
 *   entry     "E" (1 byte), account_id i64, amount i64, balance_after opt i64
 *             - each, ascending by account_id
 *   purchase  "P" (1 byte), employee_id, gross, wallet, allowance, subsidy, each i64
 *             - once, when the journal has one
 *   line      "L" (1 byte), line_no i64, product_id i64, name text, quantity i64, unit_price i64,
 *             gross i64, tax_rate_ppm i64, tax i64, subsidy i64, allowance i64, wallet i64
 *             - each, ascending by line_no
 *   refund    "R" (1 byte), purchase_id, line_no, quantity, gross, tax, each i64
 *             - each, ascending by line_no; all of it went to the wallet
 *   shared    "S" (1 byte), purchase_id, line_no, quantity, gross, tax, subsidy, allowance, each
 *             i64 - in place of "R" when a part of it did not
 *   end       "Z" (1 byte)
 *
 * Every piece has a fixed shape behind its letter, so two different ledgers never give the same
 * bytes. The first journal's prev_hash is 32 zero bytes. */
#include "domain/ledger/chain.h"

void ff_chain_journal(struct ff_chain *c, const struct ff_chain_journal *j)
{
    c->canon.n = 0;
    ff_hash_init(&c->canon.hash, FF_CHAIN_HASH_BYTES);
    ff_canon_bytes(&c->canon, "FFJ1", 4);
    ff_canon_bytes(&c->canon, j->prev_hash, sizeof j->prev_hash);
    ff_canon_i64(&c->canon, j->id);
    ff_canon_text(&c->canon, j->kind);
    ff_canon_i64(&c->canon, j->recorded_at_ms);
    ff_canon_i64(&c->canon, j->occurred_at_ms);
    ff_canon_text(&c->canon, j->business_date);
    ff_canon_i64(&c->canon, j->period_id);
    ff_canon_opt_i64(&c->canon, j->actor_user_id);
    ff_canon_opt_i64(&c->canon, j->device_id);
    ff_canon_i64(&c->canon, j->idem_scope);
    ff_canon_text(&c->canon, j->idem_key);
    ff_canon_bytes(&c->canon, j->request_fp, sizeof j->request_fp);
    ff_canon_opt_i64(&c->canon, j->reverses_id);
    ff_canon_opt_text(&c->canon, j->reason_code);
    ff_canon_i64(&c->canon, j->enforce_floor);
}

void ff_chain_entry(struct ff_chain *c, const struct ff_entry *e)
{
    ff_canon_bytes(&c->canon, "E", 1);
    ff_canon_i64(&c->canon, e->account_id);
    ff_canon_i64(&c->canon, e->amount);
    ff_canon_opt_i64(&c->canon, e->balance_after);
}

void ff_chain_purchase(struct ff_chain *c, const struct ff_chain_purchase *p)
{
    const int64_t columns[] = {p->employee_id, p->gross, p->wallet, p->allowance, p->subsidy};
    ff_canon_bytes(&c->canon, "P", 1);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        ff_canon_i64(&c->canon, columns[i]);
}

void ff_chain_line(struct ff_chain *c, const struct ff_chain_line *l)
{
    const int64_t columns[] = {l->quantity, l->unit_price, l->gross,     l->tax_rate_ppm,
                               l->tax,      l->subsidy,    l->allowance, l->wallet};
    ff_canon_bytes(&c->canon, "L", 1);
    ff_canon_i64(&c->canon, l->line_no);
    ff_canon_i64(&c->canon, l->product_id);
    ff_canon_text(&c->canon, l->name);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        ff_canon_i64(&c->canon, columns[i]);
}

void ff_chain_refund(struct ff_chain *c, int64_t purchase_id, const struct ff_refund_line *l)
{
    const int64_t columns[] = {purchase_id, l->line_no, l->quantity, l->gross,
                               l->tax,      l->subsidy, l->allowance};
    const bool is_shared = l->subsidy || l->allowance;
    const size_t n = sizeof columns / sizeof columns[0];
    ff_canon_bytes(&c->canon, is_shared ? "S" : "R", 1);
    for (size_t i = 0; i < (is_shared ? n : n - 2); i++)
        ff_canon_i64(&c->canon, columns[i]);
}

void ff_chain_end(struct ff_chain *c, unsigned char out[FF_CHAIN_HASH_BYTES])
{
    ff_canon_bytes(&c->canon, "Z", 1);
    ff_canon_end(&c->canon, out);
}
