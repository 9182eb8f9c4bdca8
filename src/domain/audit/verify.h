/* SPDX-License-Identifier: MIT */
/* verify.h - proves the record: every row from the first that retention left to the last, by its
 * keyed hash. Reads only, on any connection, so it may run beside a server. */
#ifndef FF_DOMAIN_AUDIT_VERIFY_H
#define FF_DOMAIN_AUDIT_VERIFY_H

#include "auth/mark.h"
#include "base/ctx.h"

enum { FF_AUDIT_FINDING_CAP = 240 };

struct ff_audit_report {
    bool ok;
    /* with !ok: the first bad row, and what is wrong with it, one English sentence */
    int64_t seq;
    char finding[FF_AUDIT_FINDING_CAP];
    /* what was read */
    int64_t rows, anchor_seq; /* anchor_seq: the last row that retention took away, 0: none */
    struct ff_mark head;      /* seq 0: no row yet */
};

/* Reads all rows: less than a second for 100,000. `known` is a head that somebody has noted
 * elsewhere, NULL: none; the one in DATA/keys is looked at in any case. FF_OK: the pass ended, look
 * at report->ok. Any other code: the rows could not be read. */
FF_MUST_CHECK enum ff_rc ff_audit_verify(struct ff_ctx *cx, const struct ff_mark *known,
                                         struct ff_audit_report *report);

/* The last row as it stands in the database, not proved. seq 0: none. */
FF_MUST_CHECK enum ff_rc ff_audit_head(struct ff_ctx *cx, struct ff_mark *head);

/* Moves the mark in DATA/keys on to the last row. FF_STORAGE_FAULT, and the mark stays as it is,
 * when the log does not hold the row that it names: something was cut off or put back. */
FF_MUST_CHECK enum ff_rc ff_audit_mark(struct ff_ctx *cx, bool durable, struct ff_mark *head);

#endif
