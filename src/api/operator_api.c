/* SPDX-License-Identifier: MIT */
/* operator_api.c - what only the operator's command line may ask for (backups), and the clock of
 * a server under test. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "db/backup.h"
#include "domain/audit/audit.h"

struct backup_new {
    const char *path;
};

struct backup_made {
    const char *file, *sha256;
    int64_t bytes, schema_version, head_id;
};

struct test_clock {
    int64_t now;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)

static const struct ff_field backup_new_f[] = {
    { "path", FF_T_TEXT, FIELD(backup_new, path), 0, 1, 500,
      "absolute path of the copy; absent: a name of its own in DATA/backups", NULL, NULL },
};
const struct ff_schema ff_schema_backup_new = {
    .name = "BackupNew", .size = sizeof(struct backup_new), .set_offset = FF_NO_SET,
    FF_FIELDS(backup_new_f) };

static const struct ff_field backup_f[] = {
    { "file",          FF_T_TEXT, FIELD(backup_made, file),           FF_F_REQUIRED, 1, 511,
      "where the copy is", NULL, NULL },
    { "bytes",         FF_T_INT,  FIELD(backup_made, bytes),          FF_F_REQUIRED, 0, INT64_MAX,
      "its size", NULL, NULL },
    { "sha256",        FF_T_TEXT, FIELD(backup_made, sha256),         FF_F_REQUIRED, 64, 64,
      "digest of the file, hex", NULL, NULL },
    { "schemaVersion", FF_T_INT,  FIELD(backup_made, schema_version), FF_F_REQUIRED, 1, 9999,
      "of the database in it", NULL, NULL },
    { "headId",        FF_T_INT,  FIELD(backup_made, head_id),        FF_F_REQUIRED, 0, INT64_MAX,
      "its last journal", NULL, NULL },
};
const struct ff_schema ff_schema_backup = {
    .name = "Backup", .size = sizeof(struct backup_made), .set_offset = FF_NO_SET,
    FF_FIELDS(backup_f) };

static const struct ff_field test_clock_f[] = {
    { "now", FF_T_INSTANT, FIELD(test_clock, now), FF_F_REQUIRED, 0, 0,
      "what the clock shows from now on; never earlier than it does", NULL, NULL },
};
const struct ff_schema ff_schema_test_clock = {
    .name = "TestClock", .size = sizeof(struct test_clock), .set_offset = FF_NO_SET,
    FF_FIELDS(test_clock_f) };
/* clang-format on */

static void record(struct ff_ctx *cx, const struct ff_backup_info *info)
{
    const struct ff_audit_value is[] = {{"file", info->file, 0},
                                        {"bytes", NULL, info->bytes},
                                        {"sha256", info->digest, 0},
                                        {"headId", NULL, info->head_id}};
    ff_audit_note(cx, &(struct ff_audit){.action = "backup.create",
                                         .entity = "backup",
                                         .after = is,
                                         .n_after = sizeof is / sizeof is[0]});
}

enum ff_rc ff_api_backup_create(struct ff_req *rq, struct ff_reply *rp)
{
    const struct backup_new *in = rq->body;
    struct ff_backup_info *info = FF_NEW(rq->cx, struct ff_backup_info);
    struct backup_made *made = FF_NEW(rq->cx, struct backup_made);
    if (!info || !made)
        return rq->cx->err.rc;
    if (in->path && in->path[0] != '/')
        return ff_field_fail(rq->cx, "/path", "PATTERN", "The path must be absolute.");
    enum ff_rc rc = ff_backup_create(rq->cx, in->path, info);
    if (rc)
        return rc;
    record(rq->cx, info);
    *made = (struct backup_made){.file = info->file,
                                 .sha256 = info->digest,
                                 .bytes = info->bytes,
                                 .schema_version = info->schema_version,
                                 .head_id = info->head_id};
    rp->status = 201;
    rp->data = made;
    return FF_OK;
}

enum ff_rc ff_api_test_clock(struct ff_req *rq, struct ff_reply *rp)
{
    const struct test_clock *in = rq->body;
    if (!ff_clock_advance_to(rq->cx->clock, in->now))
        return ff_field_fail(rq->cx, "/now", "VALUE", "The clock only goes forward.");
    rp->data = in;
    return FF_OK;
}
