/* SPDX-License-Identifier: MIT */
/* export_api.c - all tables as JSON lines, for the operator's command line. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "domain/archive/archive.h"

struct export_new {
    const char *path;
};

struct export_made {
    const char *directory, *sha256, *head_hash;
    int64_t tables, rows, bytes, schema_version, head_id;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)

static const struct ff_field export_new_f[] = {
    { "path", FF_T_TEXT, FIELD(export_new, path), 0, 1, 500,
      "absolute path of the folder, new or empty; absent: a new one in DATA/exports", NULL, NULL },
};
const struct ff_schema ff_schema_export_new = {
    .name = "ExportNew", .size = sizeof(struct export_new), .set_offset = FF_NO_SET,
    FF_FIELDS(export_new_f) };

static const struct ff_field export_f[] = {
    { "directory",     FF_T_TEXT, FIELD(export_made, directory),      FF_F_REQUIRED, 1, 600,
      "where the files are", NULL, NULL },
    { "tables",        FF_T_INT,  FIELD(export_made, tables),         FF_F_REQUIRED, 1, 9999,
      "files of rows, one a table", NULL, NULL },
    { "rows",          FF_T_INT,  FIELD(export_made, rows),           FF_F_REQUIRED, 0, INT64_MAX,
      "in all tables", NULL, NULL },
    { "bytes",         FF_T_INT,  FIELD(export_made, bytes),          FF_F_REQUIRED, 0, INT64_MAX,
      "of all tables", NULL, NULL },
    { "sha256",        FF_T_TEXT, FIELD(export_made, sha256),         FF_F_REQUIRED, 64, 64,
      "digest of MANIFEST.json, which has those of the files; hex", NULL, NULL },
    { "schemaVersion", FF_T_INT,  FIELD(export_made, schema_version), FF_F_REQUIRED, 1, 9999,
      "of the tables", NULL, NULL },
    { "headId",        FF_T_INT,  FIELD(export_made, head_id),        FF_F_REQUIRED, 0, INT64_MAX,
      "the last journal in it", NULL, NULL },
    { "headHash",      FF_T_TEXT, FIELD(export_made, head_hash),      FF_F_REQUIRED, 64, 64,
      "its hash, hex", NULL, NULL },
};
const struct ff_schema ff_schema_export = {
    .name = "Export", .size = sizeof(struct export_made), .set_offset = FF_NO_SET,
    FF_FIELDS(export_f) };
/* clang-format on */

enum ff_rc ff_api_export_create(struct ff_req *rq, struct ff_reply *rp)
{
    const struct export_new *in = rq->body;
    struct ff_archive *a = FF_NEW(rq->cx, struct ff_archive);
    struct export_made *made = FF_NEW(rq->cx, struct export_made);
    if (!a || !made)
        return rq->cx->err.rc;
    if (in->path && in->path[0] != '/')
        return ff_field_fail(rq->cx, "/path", "PATTERN", "The path must be absolute.");
    enum ff_rc rc = ff_archive_write(rq->cx, in->path, a);
    if (rc)
        return rc;
    *made = (struct export_made){.directory = a->dir,
                                 .sha256 = a->sha256,
                                 .head_hash = a->head_hash,
                                 .tables = a->tables,
                                 .rows = a->rows,
                                 .bytes = a->bytes,
                                 .schema_version = a->schema_version,
                                 .head_id = a->head_id};
    rp->status = 201;
    rp->data = made;
    return FF_OK;
}
