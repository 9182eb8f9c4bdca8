/* SPDX-License-Identifier: MIT */
/* read.h - looking into the record: newest first, by filters and cursor, within the caller's reach.
 * An admin sees all; everybody else what they did and what is about them. */
#ifndef FF_DOMAIN_AUDIT_READ_H
#define FF_DOMAIN_AUDIT_READ_H

#include "domain/common/list.h"

/* How far one call looks back: the rest is behind the cursor, even when no row was found. */
enum { FF_AUDIT_WINDOW = 100000, FF_AUDIT_EXPORT_MAX = 2000 };

/* FF_NULL_INT and NULL: not asked for. */
struct ff_audit_filter {
    const char *action, *entity, *request_id;
    int64_t entity_id, user_id;
    int64_t from_ms, to_ms; /* from this instant on, and before that one */
    int64_t after;          /* cursor: entries before this one */
    int64_t limit;
};

/* An entry as it is shown. Values of an erased person are gone: `erased`. */
struct ff_audit_view {
    int64_t seq, timestamp;
    const char *action, *entity_type;    /* entity_type NULL: none */
    int64_t entity_id, user_id;          /* FF_NULL_INT: none */
    const char *actor;                   /* "user:5", "employee:7 kiosk:2", "cli:1000", "system" */
    const char *old_values, *new_values; /* JSON objects, NULL: none */
    const char *ip_address, *request_id, *reason;
    const char *hash; /* hex */
    int64_t erased;
};

/* Items of *out are struct ff_audit_view; *next is the cursor of the page behind, NULL: the end. */
FF_MUST_CHECK enum ff_rc ff_audit_list(struct ff_ctx *cx, const struct ff_audit_filter *filter,
                                       struct ff_list *out, const char **next);

/* One entry; FF_NOT_FOUND also for one out of reach. */
FF_MUST_CHECK enum ff_rc ff_audit_get(struct ff_ctx *cx, int64_t seq, struct ff_audit_view *out);

/* The same rows as ff_audit_list as a file: CSV, or one JSON object a line. At most
 * FF_AUDIT_EXPORT_MAX rows or what fits a reply; the seq of the last one is the next cursor. */
struct ff_schema;
FF_MUST_CHECK enum ff_rc ff_audit_export(struct ff_ctx *cx, const struct ff_audit_filter *filter,
                                         const struct ff_schema *ndjson, struct ff_text *out);

#endif
