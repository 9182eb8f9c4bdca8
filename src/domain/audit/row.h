/* SPDX-License-Identifier: MIT */
/* row.h - a row of the record as it is stored, and the hash that chains it: what writing, reading,
 * verifying and purging share inside this folder. */
#ifndef FF_DOMAIN_AUDIT_ROW_H
#define FF_DOMAIN_AUDIT_ROW_H

#include "auth/auth.h"
#include "db/db.h"
#include "domain/audit/audit.h"
#include "json/schema.h"

enum { FF_AUDIT_HASH_BYTES = 32, FF_AUDIT_ACTION_CAP = 41, FF_AUDIT_ADDRESS_CAP = 48 };

/* The columns. FF_NULL_INT and NULL stand for SQL NULL. */
struct ff_audit_row {
    int64_t seq, at_ms;
    const char *action, *entity;
    int64_t entity_id;
    int64_t user_id, employee_id, device_id, cli_uid; /* who did it */
    const char *address, *request_id, *reason;
    int64_t subject_kind, subject_id;
    const void *detail; /* see seal.c */
    size_t n_detail;
    unsigned char hash[FF_AUDIT_HASH_BYTES];
    bool has_key; /* when it is read to be shown: the subject was not erased */
    unsigned char key[FF_SEAL_KEY_BYTES];
};

/* The row's hash from its columns and the hash of the row before. */
void ff_audit_row_hash(const struct ff_auth *auth, const struct ff_audit_row *row,
                       const unsigned char prev[FF_AUDIT_HASH_BYTES],
                       unsigned char out[FF_AUDIT_HASH_BYTES]);

/* Reads a row of audit_chain, or of audit_list with its key; texts live in the arena. */
FF_MUST_CHECK enum ff_rc ff_audit_row_read(struct ff_ctx *cx, struct ff_stmt *st,
                                           struct ff_audit_row *out);
FF_MUST_CHECK enum ff_rc ff_audit_row_read_keyed(struct ff_ctx *cx, struct ff_stmt *st,
                                                 struct ff_audit_row *out);

/* What is to be recorded, with who and where taken out of the context: an event of this moment, or
 * one that waited in the queue. `detail` is plain: old values, LF, new values, LF, reason. */
struct ff_audit_entry {
    const char *action, *entity;
    int64_t entity_id; /* 0: none */
    enum ff_audit_subject subject;
    int64_t subject_id;
    bool is_open;
    const char *reason; /* NULL: none */
    const char *detail; /* NULL: no values and no reason */
    size_t n_detail;
    int64_t at_ms;
    const struct ff_actor *who;
    const char *address, *request_id;
};

/* Appends the entry to the chain; inside a job. */
FF_MUST_CHECK enum ff_rc ff_audit_put(struct ff_ctx *cx, const struct ff_audit_entry *entry);

/* detail.c: writes the values of an event as plain detail; nothing when it has none. */
struct ff_buf;
void ff_audit_detail(const struct ff_audit *event, struct ff_buf *out);

/* seal.c: the detail as it is stored: sealed when it is about a person. A row whose subject was
 * erased keeps its reason and loses its values. */
FF_MUST_CHECK enum ff_rc ff_audit_seal(struct ff_ctx *cx, const struct ff_audit_entry *entry,
                                       struct ff_audit_row *row);

/* The parts of a stored detail, opened with the row's key if it is sealed; texts in the arena,
 * NULL: none. */
struct ff_audit_parts {
    const char *before, *after; /* JSON objects */
    const char *reason;
    bool is_shredded; /* it was sealed, and the key is gone */
};
FF_MUST_CHECK enum ff_rc ff_audit_open_detail(struct ff_ctx *cx, const struct ff_audit_row *row,
                                              struct ff_audit_parts *out);

#endif
