/* SPDX-License-Identifier: MIT */
/* verify.h - proves the books: recomputes sums, balances, chain and totals from the rows alone.
 * Reads only, on any connection, so it may run beside a server. Source: ledger.md, "Invariants". */
#ifndef FF_DOMAIN_LEDGER_VERIFY_H
#define FF_DOMAIN_LEDGER_VERIFY_H

#include "base/ctx.h"

enum { FF_VERIFY_FINDING_CAP = 240, FF_VERIFY_TAIL_JOURNALS = 100 };

struct ff_verify_report {
    bool ok;
    /* with !ok: the first bad row and what was expected of it, one English sentence */
    const char *table; /* "journal", "entry", "purchase", "purchase_line", "wallet", "account", ...
                        */
    int64_t id; /* the row's id; a journal's id for entry, purchase and purchase_line; of a sum what
                   it is of: account, product, quarter of an hour, employee */
    char finding[FF_VERIFY_FINDING_CAP];
    /* what was read */
    int64_t journals, entries, purchases, lines;
    int64_t head_id; /* 0: no journal */
    unsigned char head_hash[32];
};

/* Reads the whole ledger in one pass, then the sums of days: some seconds for 100,000 journals. A
 * caller without a reader holds no snapshot for long: the write-ahead log begins anew meanwhile,
 * and what is booked meanwhile is proved too. With one, all is of its moment. FF_OK: the pass
 * ended, look at report->ok. Any other code: the rows could not be read. */
FF_MUST_CHECK enum ff_rc ff_ledger_verify(struct ff_ctx *cx, struct ff_verify_report *report);

/* The same for what was booked after the head of an earlier report, which was sound: inside a job
 * too. */
FF_MUST_CHECK enum ff_rc ff_ledger_verify_since(struct ff_ctx *cx,
                                                const struct ff_verify_report *proved,
                                                struct ff_verify_report *report);

/* The same for the last FF_VERIFY_TAIL_JOURNALS journals and the wallets they touch: milliseconds,
 * for the start. Sums over all accounts and spend counters need the full pass. */
FF_MUST_CHECK enum ff_rc ff_ledger_verify_tail(struct ff_ctx *cx, struct ff_verify_report *report);

#endif
