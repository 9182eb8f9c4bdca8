/* SPDX-License-Identifier: MIT */
/* privacy_api.c - a person's copy of everything about them, and the end of it. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/schemas.h"
#include "domain/privacy/privacy.h"

static const char *const settlements[] = {"payout", "writeoff", NULL};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define NULLABLE          (FF_F_REQUIRED | FF_F_NULLABLE)

static const struct ff_field erasure_new_f[] = {
    { "reason", FF_T_TEXT, FIELD(ff_erasure_new, reason), FF_F_REQUIRED, 3, 200,
      "why; it is kept, so it may not name the person", NULL, NULL },
    { "settle", FF_T_ENUM, FIELD(ff_erasure_new, settle), 0, 0, 0,
      "how to book what is left in the wallet; absent: nothing may be left", NULL, settlements },
};
const struct ff_schema ff_schema_erasure_new = {
    .name = "ErasureNew", .size = sizeof(struct ff_erasure_new), .set_offset = FF_NO_SET,
    FF_FIELDS(erasure_new_f) };

static const struct ff_field erasure_f[] = {
    { "employeeId", FF_T_INT,     FIELD(ff_erasure, employee_id), FF_F_REQUIRED, 1, INT64_MAX,
      "who was erased", NULL, NULL },
    { "erasedAt",   FF_T_INSTANT, FIELD(ff_erasure, erased_at),   FF_F_REQUIRED, 0, 0,
      "when", NULL, NULL },
    { "reason",     FF_T_TEXT,    FIELD(ff_erasure, reason),      FF_F_REQUIRED, 3, 200,
      "why", NULL, NULL },
    { "settle",     FF_T_ENUM,    FIELD(ff_erasure, settle),      NULLABLE, 0, 0,
      "how the rest of the money was booked; null: there was none", NULL, settlements },
    { "journalId",  FF_T_INT,     FIELD(ff_erasure, journal_id),  NULLABLE, 1, INT64_MAX,
      "its journal", NULL, NULL },
    { "scrubbed",   FF_T_BOOL,    FIELD(ff_erasure, is_scrubbed), FF_F_REQUIRED, 0, 0,
      "the old bytes are out of the database's files; false: the server tries again", NULL, NULL },
    { "replayed",   FF_T_BOOL,    FIELD(ff_erasure, replayed),    FF_F_REQUIRED, 0, 0,
      "this is an earlier erasure, told again", NULL, NULL },
};
const struct ff_schema ff_schema_erasure = {
    .name = "Erasure", .size = sizeof(struct ff_erasure), .set_offset = FF_NO_SET,
    FF_FIELDS(erasure_f) };
/* clang-format on */

static enum ff_rc give_export(struct ff_req *rq, int64_t employee_id, struct ff_reply *rp)
{
    struct ff_text text;
    enum ff_rc rc = ff_privacy_export(rq->cx, employee_id, rq->wants_csv, &text);
    if (rc)
        return rc;
    ff_reply_csv(rp, &text);
    if (!rq->wants_csv)
        rp->content_type = "application/json";
    return FF_OK;
}

enum ff_rc ff_api_me_export(struct ff_req *rq, struct ff_reply *rp)
{
    return give_export(rq, 0, rp);
}

enum ff_rc ff_api_employee_export(struct ff_req *rq, struct ff_reply *rp)
{
    return give_export(rq, rq->id, rp);
}

enum ff_rc ff_api_employee_erase(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_erasure *erasure = FF_NEW(rq->cx, struct ff_erasure);
    if (!erasure)
        return rq->cx->err.rc;
    rp->data = erasure;
    return ff_privacy_erase(rq->cx, rq->id, rq->body, erasure);
}
