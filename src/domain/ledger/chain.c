/* SPDX-License-Identifier: MIT */
/* chain.c - the canonical bytes of a journal and their hash. No personal data goes in.
 *
 * The byte string, version 1. Integers are big endian; i64 is two's complement in 8 bytes.
 *   text    u32 length in bytes, then the bytes without a NUL
 *   opt X   one byte 0 for NULL, or one byte 1 and then X
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
 *   end       "Z" (1 byte)
 *
 * Every piece has a fixed shape behind its letter, so two different ledgers never give the same
 * bytes. The first journal's prev_hash is 32 zero bytes. */
#include "domain/ledger/chain.h"

#include <string.h>

static void add(struct ff_chain *c, const void *bytes, size_t n)
{
    if (c->n + n > sizeof c->stage) {
        ff_hash_add(&c->hash, c->stage, c->n);
        c->n = 0;
    }
    if (n > sizeof c->stage) {
        ff_hash_add(&c->hash, bytes, n);
        return;
    }
    memcpy(c->stage + c->n, bytes, n);
    c->n += n;
}

static void add_i64(struct ff_chain *c, int64_t value)
{
    uint64_t v = (uint64_t)value;
    unsigned char b[8];
    for (size_t i = 0; i < sizeof b; i++)
        b[i] = (unsigned char)(v >> (56 - 8 * i));
    add(c, b, sizeof b);
}

static void add_text(struct ff_chain *c, const char *text)
{
    size_t n = strlen(text);
    unsigned char b[4] = {(unsigned char)(n >> 24), (unsigned char)(n >> 16),
                          (unsigned char)(n >> 8), (unsigned char)n};
    add(c, b, sizeof b);
    add(c, text, n);
}

static void add_opt_i64(struct ff_chain *c, int64_t value)
{
    bool is_there = value != FF_NULL_INT;
    add(c, is_there ? "\1" : "\0", 1);
    if (is_there)
        add_i64(c, value);
}

static void add_opt_text(struct ff_chain *c, const char *text)
{
    add(c, text ? "\1" : "\0", 1);
    if (text)
        add_text(c, text);
}

void ff_chain_journal(struct ff_chain *c, const struct ff_chain_journal *j)
{
    c->n = 0;
    ff_hash_init(&c->hash, FF_CHAIN_HASH_BYTES);
    add(c, "FFJ1", 4);
    add(c, j->prev_hash, sizeof j->prev_hash);
    add_i64(c, j->id);
    add_text(c, j->kind);
    add_i64(c, j->recorded_at_ms);
    add_i64(c, j->occurred_at_ms);
    add_text(c, j->business_date);
    add_i64(c, j->period_id);
    add_opt_i64(c, j->actor_user_id);
    add_opt_i64(c, j->device_id);
    add_i64(c, j->idem_scope);
    add_text(c, j->idem_key);
    add(c, j->request_fp, sizeof j->request_fp);
    add_opt_i64(c, j->reverses_id);
    add_opt_text(c, j->reason_code);
    add_i64(c, j->enforce_floor);
}

void ff_chain_entry(struct ff_chain *c, const struct ff_entry *e)
{
    add(c, "E", 1);
    add_i64(c, e->account_id);
    add_i64(c, e->amount);
    add_opt_i64(c, e->balance_after);
}

void ff_chain_purchase(struct ff_chain *c, const struct ff_chain_purchase *p)
{
    const int64_t columns[] = {p->employee_id, p->gross, p->wallet, p->allowance, p->subsidy};
    add(c, "P", 1);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        add_i64(c, columns[i]);
}

void ff_chain_line(struct ff_chain *c, const struct ff_chain_line *l)
{
    const int64_t columns[] = {l->quantity, l->unit_price, l->gross,     l->tax_rate_ppm,
                               l->tax,      l->subsidy,    l->allowance, l->wallet};
    add(c, "L", 1);
    add_i64(c, l->line_no);
    add_i64(c, l->product_id);
    add_text(c, l->name);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        add_i64(c, columns[i]);
}

void ff_chain_end(struct ff_chain *c, unsigned char out[FF_CHAIN_HASH_BYTES])
{
    add(c, "Z", 1);
    ff_hash_add(&c->hash, c->stage, c->n);
    ff_hash_final(&c->hash, out);
}
