/* SPDX-License-Identifier: MIT */
/* write.c - the folder of an export: a file a table, then the manifest; whoever finds a manifest
 * has the whole. */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ids.h"
#include "db/db.h"
#include "db/files.h"
#include "domain/archive/archive.h"
#include "domain/archive/table_file.h"
#include "domain/audit/audit.h"
#include "domain/site/site.h"

enum { PATH_CAP = 768, MANIFEST_BYTES = 1 << 20 };

/* ---- the folder ---- */

static bool is_empty(const char *dir)
{
    DIR *d = opendir(dir);
    const struct dirent *e;
    bool empty = d != NULL;
    while (d && (e = readdir(d)))
        empty = empty && (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0);
    if (d)
        closedir(d);
    return empty;
}

/* *made: it was not there before. */
static enum ff_rc prepare(struct ff_ctx *cx, const char *dir, bool *made)
{
    *made = mkdir(dir, 0700) == 0;
    if (!*made && errno != EEXIST)
        return ff_archive_cannot(cx, "The folder cannot be made");
    if (!*made && !is_empty(dir))
        return FF_FAIL(cx, FF_ALREADY_EXISTS, "There is something at this place already.");
    return FF_OK;
}

static bool path_of(const char *dir, const char *name, const char *ending, char out[PATH_CAP])
{
    return snprintf(out, PATH_CAP, "%s/%s%s", dir, name, ending) < PATH_CAP;
}

/* DATA/exports/<UTC>, the parent made. */
static enum ff_rc own_dir(struct ff_ctx *cx, const char **out)
{
    char iso[FF_INSTANT_CAP]; /* 2026-03-02T11:45:00.000Z */
    const char *parent = ff_arena_printf(cx->arena, "%s/exports", ff_db_dir(cx->db));
    ff_instant_format(ff_clock_now_ms(cx->clock), iso);
    *out = parent ? ff_arena_printf(cx->arena, "%s/%.4s%.2s%.2sT%.2s%.2s%.2sZ", parent, iso,
                                    iso + 5, iso + 8, iso + 11, iso + 14, iso + 17)
                  : NULL;
    if (!*out)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    return mkdir(parent, 0700) && errno != EEXIST
               ? ff_archive_cannot(cx, "The folder of exports cannot be made")
               : FF_OK;
}

/* Only what this call made: the folder was empty. */
static void take_back(const char *dir, bool made)
{
    char path[PATH_CAP];
    for (int i = 0; i < FF_TABLE_COUNT; i++)
        if (path_of(dir, ff_table_names[i], ".jsonl", path))
            (void)unlink(path);
    if (path_of(dir, FF_ARCHIVE_MANIFEST, "", path))
        (void)unlink(path);
    if (made)
        (void)rmdir(dir);
}

/* ---- the content ---- */

static enum ff_rc read_head(struct ff_ctx *cx, struct ff_archive *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    unsigned char hash[32] = {0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_HEAD, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    if (row) {
        out->head_id = ff_db_col_int(st, FF_C_LEDGER_HEAD_ID);
        if (!ff_db_col_blob(st, FF_C_LEDGER_HEAD_HASH, hash, sizeof hash))
            return FF_FAIL(cx, FF_STORAGE_FAULT, "The ledger's head has no hash.");
    }
    ff_hex(hash, sizeof hash, out->head_hash);
    return FF_OK;
}

static void begin_manifest(struct ff_ctx *cx, const struct ff_archive *a, struct ff_buf *out)
{
    const struct ff_site_settings site = ff_site_get(cx);
    char at[FF_INSTANT_CAP];
    ff_instant_format(ff_clock_now_ms(cx->clock), at);
    ff_buf_printf(out,
                  "{\"format\":\"" FF_ARCHIVE_FORMAT "\",\"madeAt\":\"%s\",\"program\":\"%s\","
                  "\"schemaVersion\":%" PRId64 ",\"headId\":%" PRId64
                  ",\"headHash\":\"%s\",\"currency\":\"%s\",\"decimals\":%" PRId64
                  ",\"timeZone\":\"%s\",\n\"tables\":[",
                  at, ff_version(), a->schema_version, a->head_id, a->head_hash, site.currency,
                  site.decimals, site.time_zone);
}

static enum ff_rc write_tables(struct ff_ctx *cx, struct ff_archive *a, struct ff_buf *manifest)
{
    char path[PATH_CAP];
    enum ff_rc rc = read_head(cx, a); /* also begins the snapshot */
    if (rc)
        return rc;
    begin_manifest(cx, a, manifest);
    for (int i = 0; i < FF_TABLE_COUNT && !rc; i++, a->tables++) {
        if (!path_of(a->dir, ff_table_names[i], ".jsonl", path))
            return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the folder is too long.");
        ff_buf_str(manifest, i ? ",\n" : "\n");
        rc = ff_table_file_write(cx, i, path, manifest, &a->rows, &a->bytes);
    }
    ff_buf_str(manifest, "\n]}\n");
    if (!rc && manifest->failed)
        rc = FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    return rc;
}

static enum ff_rc write_manifest(struct ff_ctx *cx, struct ff_archive *a, const struct ff_buf *text)
{
    char path[PATH_CAP];
    int64_t bytes;
    (void)path_of(a->dir, FF_ARCHIVE_MANIFEST, "", path);
    FILE *file = ff_archive_create(path);
    if (!file)
        return ff_archive_cannot(cx, "The manifest cannot be written");
    bool ok = fwrite(text->data, 1, text->len, file) == text->len;
    ok = fclose(file) == 0 && ok;
    if (!ok || !ff_file_sync(path) || !ff_digest_file(path, a->sha256, &bytes) ||
        !ff_dir_sync(a->dir))
        return ff_archive_cannot(cx, "The manifest cannot be written");
    return FF_OK;
}

static void record(struct ff_ctx *cx, const struct ff_archive *a)
{
    const struct ff_audit_value is[] = {{"directory", a->dir, 0},
                                        {"tables", NULL, a->tables},
                                        {"rows", NULL, a->rows},
                                        {"sha256", a->sha256, 0},
                                        {"headId", NULL, a->head_id}};
    ff_audit_note(cx, &(struct ff_audit){.action = "export.create",
                                         .entity = "export",
                                         .after = is,
                                         .n_after = sizeof is / sizeof is[0]});
}

enum ff_rc ff_archive_write(struct ff_ctx *cx, const char *dir, struct ff_archive *out)
{
    struct ff_buf manifest;
    bool made = false;
    enum ff_rc rc = dir ? FF_OK : own_dir(cx, &dir);
    if (!dir)
        return rc;
    *out = (struct ff_archive){.dir = dir, .schema_version = ff_db_schema_version()};
    ff_db_release(cx); /* what the request read so far may be older */
    if (rc || (rc = prepare(cx, dir, &made)))
        return rc;
    ff_buf_init(&manifest, MANIFEST_BYTES);
    if (!(rc = write_tables(cx, out, &manifest)))
        rc = write_manifest(cx, out, &manifest);
    ff_buf_free(&manifest);
    ff_db_release(cx);
    if (rc)
        take_back(dir, made);
    else
        record(cx, out);
    return rc;
}
