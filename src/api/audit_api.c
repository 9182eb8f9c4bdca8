/* SPDX-License-Identifier: MIT */
/* audit_api.c - the record of who did or saw what: pages, one entry, files, the proof. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/route.h"
#include "api/schemas.h"
#include "base/ids.h"
#include "domain/audit/read.h"
#include "domain/audit/verify.h"

enum { PAGE_MAX = 100 };

struct audit_query {
    struct ff_list_query list; /* page and limit are not used: a file has another limit */
    int64_t limit, after;
    const char *action, *entity_type, *request_id;
    int64_t entity_id, user_id, from, to;
};

struct audit_check {
    int64_t entries, first_seq, head_seq;
    const char *head_hash;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define NULLABLE          (FF_F_REQUIRED | FF_F_NULLABLE)

static const struct ff_field entry_f[] = {
    { "seq",        FF_T_INT,     FIELD(ff_audit_view, seq),         FF_F_REQUIRED, 1, INT64_MAX,
      "place in the log, without gaps", NULL, NULL },
    { "timestamp",  FF_T_INSTANT, FIELD(ff_audit_view, timestamp),   FF_F_REQUIRED, 0, 0,
      "when", NULL, NULL },
    { "action",     FF_T_CODE,    FIELD(ff_audit_view, action),      FF_F_REQUIRED, 3, 40,
      "what was done: entity and verb", NULL, NULL },
    { "entityType", FF_T_TEXT,    FIELD(ff_audit_view, entity_type), NULLABLE, 1, 40,
      "to what kind of thing", NULL, NULL },
    { "entityId",   FF_T_INT,     FIELD(ff_audit_view, entity_id),   NULLABLE, 1, INT64_MAX,
      "to which one", NULL, NULL },
    { "userId",     FF_T_INT,     FIELD(ff_audit_view, user_id),     NULLABLE, 1, INT64_MAX,
      "the account that did it", NULL, NULL },
    { "actor",      FF_T_TEXT,    FIELD(ff_audit_view, actor),       FF_F_REQUIRED, 1, 80,
      "who did it: user:5, employee:7 kiosk:2, kiosk:2, cli:1000, anonymous, system", NULL, NULL },
    { "oldValues",  FF_T_JSON,    FIELD(ff_audit_view, old_values),  NULLABLE, 0, 0,
      "members that changed, as they were", NULL, NULL },
    { "newValues",  FF_T_JSON,    FIELD(ff_audit_view, new_values),  NULLABLE, 0, 0,
      "the same, as they are since", NULL, NULL },
    { "ipAddress",  FF_T_TEXT,    FIELD(ff_audit_view, ip_address),  NULLABLE, 1, 47,
      "from where", NULL, NULL },
    { "requestId",  FF_T_TEXT,    FIELD(ff_audit_view, request_id),  NULLABLE, 1, 64,
      "X-Request-Id of the request", NULL, NULL },
    { "reason",     FF_T_TEXT,    FIELD(ff_audit_view, reason),      NULLABLE, 0, 0,
      "why, in the words of who did it", NULL, NULL },
    { "erased",     FF_T_BOOL,    FIELD(ff_audit_view, erased),      FF_F_REQUIRED, 0, 0,
      "the values told of a person who was erased, and are gone", NULL, NULL },
    { "hash",       FF_T_TEXT,    FIELD(ff_audit_view, hash),        FF_F_REQUIRED, 64, 64,
      "seals this entry and all before it, hex", NULL, NULL },
};
const struct ff_schema ff_schema_audit_entry = {
    .name = "AuditEntry", .size = sizeof(struct ff_audit_view), .set_offset = FF_NO_SET,
    FF_FIELDS(entry_f) };

static const struct ff_field query_f[] = {
    { "limit",      FF_T_INT,     FIELD(audit_query, limit),       0, 1, FF_AUDIT_EXPORT_MAX,
      "rows a page, at most 100; in a file at most 2000", NULL, NULL },
    { "after",      FF_T_INT,     FIELD(audit_query, after),       0, 1, INT64_MAX,
      "cursor of the page before; in a file the last seq", NULL, NULL },
    { "action",     FF_T_CODE,    FIELD(audit_query, action),      0, 1, 40,
      "only this action", NULL, NULL },
    { "entityType", FF_T_TEXT,    FIELD(audit_query, entity_type), 0, 1, 40,
      "only about this kind of thing", NULL, NULL },
    { "entityId",   FF_T_INT,     FIELD(audit_query, entity_id),   0, 1, INT64_MAX,
      "only about the one with this id", NULL, NULL },
    { "userId",     FF_T_INT,     FIELD(audit_query, user_id),     0, 1, INT64_MAX,
      "only what this account did", NULL, NULL },
    { "from",       FF_T_INSTANT, FIELD(audit_query, from),        0, 0, 0,
      "from this instant on", NULL, NULL },
    { "to",         FF_T_INSTANT, FIELD(audit_query, to),          0, 0, 0,
      "before this instant", NULL, NULL },
    { "requestId",  FF_T_TEXT,    FIELD(audit_query, request_id),  0, 1, 64,
      "only what this request did", NULL, NULL },
};
const struct ff_schema ff_schema_audit_query = {
    .name = "AuditQuery", .size = sizeof(struct audit_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

static const struct ff_field check_f[] = {
    { "entries",  FF_T_INT,  FIELD(audit_check, entries),   FF_F_REQUIRED, 0, INT64_MAX,
      "how many were read, and all hold", NULL, NULL },
    { "firstSeq", FF_T_INT,  FIELD(audit_check, first_seq), FF_F_REQUIRED, 1, INT64_MAX,
      "the oldest one that retention left", NULL, NULL },
    { "headSeq",  FF_T_INT,  FIELD(audit_check, head_seq),  FF_F_REQUIRED, 0, INT64_MAX,
      "the newest one", NULL, NULL },
    { "headHash", FF_T_TEXT, FIELD(audit_check, head_hash), FF_F_REQUIRED, 64, 64,
      "its hash, hex: keep it elsewhere, and a log that is cut off shows", NULL, NULL },
};
const struct ff_schema ff_schema_audit_check = {
    .name = "AuditCheck", .size = sizeof(struct audit_check), .set_offset = FF_NO_SET,
    FF_FIELDS(check_f) };
/* clang-format on */

static struct ff_audit_filter filter_of(const struct audit_query *q, int64_t limit)
{
    return (struct ff_audit_filter){.action = q->action,
                                    .entity = q->entity_type,
                                    .request_id = q->request_id,
                                    .entity_id = q->entity_id,
                                    .user_id = q->user_id,
                                    .from_ms = q->from,
                                    .to_ms = q->to,
                                    .after = q->after,
                                    .limit = q->limit == FF_NULL_INT ? limit : q->limit};
}

static enum ff_rc export_entries(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_audit_filter filter = filter_of(rq->query, FF_AUDIT_EXPORT_MAX);
    struct ff_text text;
    const struct ff_schema *ndjson = rq->wants_ndjson ? &ff_schema_audit_entry : NULL;
    enum ff_rc rc = ff_audit_export(rq->cx, &filter, ndjson, &text);
    if (rc)
        return rc;
    ff_reply_csv(rp, &text);
    if (ndjson)
        rp->content_type = "application/x-ndjson";
    return FF_OK;
}

enum ff_rc ff_api_audit_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_audit_filter filter = filter_of(rq->query, 10);
    struct ff_list rows = {0};
    if (rq->wants_csv || rq->wants_ndjson)
        return export_entries(rq, rp);
    if (filter.limit > PAGE_MAX)
        return ff_field_range(rq->cx, "?limit", "RANGE", 1, PAGE_MAX);
    rp->page = (struct ff_page){.page = 1, .limit = filter.limit, .total = -1};
    enum ff_rc rc = ff_audit_list(rq->cx, &filter, &rows, &rp->page.next);
    rp->data = rows.items;
    rp->n = rows.n;
    return rc;
}

enum ff_rc ff_api_audit_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_audit_view *entry = FF_NEW(rq->cx, struct ff_audit_view);
    if (!entry)
        return rq->cx->err.rc;
    rp->data = entry;
    return ff_audit_get(rq->cx, rq->id, entry);
}

enum ff_rc ff_api_audit_verify(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_ctx *cx = rq->cx;
    struct ff_audit_report report;
    struct audit_check *out = FF_NEW(cx, struct audit_check);
    char *hash = ff_alloc(cx, 2 * sizeof report.head.hash + 1);
    if (!out || !hash)
        return cx->err.rc;
    enum ff_rc rc = ff_audit_verify(cx, NULL, &report);
    if (rc)
        return rc;
    if (!report.ok) {
        rc = FF_FAIL(cx, FF_AUDIT_CHAIN_BROKEN, "The audit log does not hold: %s.", report.finding);
        ff_err_number(cx, "entry", report.seq);
        return rc;
    }
    ff_hex(report.head.hash, sizeof report.head.hash, hash);
    *out = (struct audit_check){.entries = report.rows,
                                .first_seq = report.anchor_seq + 1,
                                .head_seq = report.head.seq,
                                .head_hash = hash};
    rp->data = out;
    return FF_OK;
}
