/* SPDX-License-Identifier: MIT */
/* privacy.h - what the law gives the people who eat here: a copy of everything kept about them,
 * erasure, an end of every record's time, and a record of what is processed and why.
 * What each table means to it is said once, in tables.c. Source: security.md S75-S79. */
#ifndef FF_DOMAIN_PRIVACY_PRIVACY_H
#define FF_DOMAIN_PRIVACY_PRIVACY_H

#include "base/buf.h"
#include "domain/common/list.h"

/* ---- export ---- */

enum { FF_PRIVACY_EXPORT_BYTES = 15 << 20 };

/* Everything about a person in sections, as one JSON object of lists or as one CSV file in which
 * each section is its name, a header and its rows. `employee_id` 0: the caller's own, person and
 * account. Another one must be in the caller's reach, else FF_NOT_FOUND. Reads page by page, so no
 * snapshot is held for long; needs an arena of twice FF_PRIVACY_EXPORT_BYTES for the largest, and
 * fails with FF_VALIDATION above that. Recorded in the audit. */
FF_MUST_CHECK enum ff_rc ff_privacy_export(struct ff_ctx *cx, int64_t employee_id, bool as_csv,
                                           struct ff_text *out);

/* ---- erasure ---- */

struct ff_erasure_new {
    const char *reason; /* 3..200 characters, without the person's name, number or address */
    const char *settle; /* "payout", "writeoff"; NULL: there must be no money left */
};

struct ff_erasure {
    int64_t employee_id, erased_at;
    const char *reason;
    const char *settle;  /* NULL: there was nothing to settle */
    int64_t journal_id;  /* of the settlement, FF_NULL_INT: none */
    int64_t is_scrubbed; /* the old bytes are out of the files; 0: the housekeeping tries again */
    int64_t replayed;    /* it was done before */
};

/* Makes a person and their account nobody: name, number, address, PIN, badges, sign-in; ends
 * sessions; settles and closes the wallet; shreds what the audit says about them. The books stay.
 * In one transaction; then the old bytes leave the files, and the list beside the database gets a
 * line. A second time it tells what was done. FF_NOT_FOUND, FF_SELF_ACTION, FF_LAST_ADMIN,
 * FF_ERASURE_BALANCE with param balance, FF_VALIDATION at "/reason". */
FF_MUST_CHECK enum ff_rc ff_privacy_erase(struct ff_ctx *cx, int64_t employee_id,
                                          const struct ff_erasure_new *in, struct ff_erasure *out);

/* Brings the database and the list beside it (DATA/keys/erased) together: whoever is in the list
 * and back in the database - a backup was restored - is erased again at once, and whoever is not in
 * the list yet is written into it. *again: how many were erased again. To be called at the start
 * and after a restore, outside a job. */
FF_MUST_CHECK enum ff_rc ff_privacy_reconcile(struct ff_ctx *cx, int64_t *again);

/* How the erasures stand: people in the list; those of them who are in the database as if nothing
 * had been; erasures whose old bytes are still in the files. FF_INTERNAL: the list cannot be read.
 */
struct ff_erasure_state {
    int64_t listed, back, waiting;
};
FF_MUST_CHECK enum ff_rc ff_privacy_look(struct ff_ctx *cx, struct ff_erasure_state *out);

/* True when somebody was ever erased in this data directory. */
bool ff_erased_list_exists(const char *dir);

/* ---- the end of a record's time ---- */

/* One pass of the housekeeping: deletes what is older than its class allows (FF_PURGE_ROWS a
 * transaction), rewrites the files when an erasure still waits for it. Nothing is purged while the
 * clock is not trusted: after it jumped back more than 5 s or forward more than 24 h it must run
 * evenly for 24 h first. Source: security.md S71. */
enum { FF_PURGE_ROWS = 1000 };
struct ff_purge_report {
    bool is_suspended; /* the clock is not trusted */
    int64_t rows;      /* deleted */
};
/* What one process has seen of the clock; zero at first. */
struct ff_purge_watch {
    int64_t mono_ms, wall_ms;
    bool has_seen;
};
/* What the database remembers of it. */
struct ff_purge_state {
    int64_t seen_at_ms, distrust_ms, purged_at_ms; /* 0: never */
};
/* How long the clock must still run before it is trusted; 0: it is. */
int64_t ff_purge_distrust(const struct ff_purge_watch *watch, const struct ff_purge_state *state,
                          int64_t wall_ms, int64_t mono_ms);
FF_MUST_CHECK enum ff_rc ff_privacy_purge(struct ff_ctx *cx, struct ff_purge_watch *watch,
                                          struct ff_purge_report *report);

/* ---- the record of processing (GDPR Art. 30 and 32) ---- */

/* Writes it as Markdown: every table of the schema, what personal data it holds, why, who sees it,
 * how long. A table nobody described stands in it as such. */
void ff_privacy_record(struct ff_buf *out);

/* ---- what leaves in no export of all tables ---- */

/* True for a column from which one could sign in, pair a kiosk, or open what is sealed. */
bool ff_privacy_is_secret(const char *table, const char *column);

#endif
