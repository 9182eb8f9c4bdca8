/* SPDX-License-Identifier: MIT */
/* table_file.c - the rows of a table as JSON objects, one a line: integers as integers, text as
 * text, blobs as hex, NULL as null. Equal tables give equal bytes. */
#include "domain/archive/table_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/ids.h"
#include "db/files.h"
#include "db/table.h"
#include "domain/privacy/privacy.h"

enum { ROW_BYTES = 16 << 20, COLUMNS_MAX = 64 };

/* What of a row leaves. */
struct shape {
    int n;
    uint64_t kept; /* columns */
};

enum ff_rc ff_archive_cannot(struct ff_ctx *cx, const char *what)
{
    return FF_FAIL(cx, errno == ENOSPC || errno == EDQUOT ? FF_STORAGE_FULL : FF_STORAGE_FAULT,
                   "%s: %s.", what, strerror(errno));
}

FILE *ff_archive_create(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (fd >= 0 && !file)
        close(fd);
    return file;
}

/* ---- a row ---- */

static void add_blob(struct ff_buf *out, struct ff_stmt *st, int column)
{
    size_t n;
    const void *bytes = ff_db_cell_bytes(st, column, &n);
    ff_buf_char(out, '"');
    char *hex = ff_buf_take(out, 2 * n + 1); /* with the NUL that ff_hex writes */
    if (!hex)
        return;
    ff_hex(bytes, n, hex);
    hex[2 * n] = '"';
}

static void add_cell(struct ff_buf *out, struct ff_stmt *st, int column)
{
    size_t n;
    switch (ff_db_cell(st, column)) {
    case FF_CELL_INT:
        ff_buf_int(out, ff_db_col_int(st, column));
        return;
    case FF_CELL_TEXT:
        ff_buf_json(out, ff_db_cell_bytes(st, column, &n));
        return;
    case FF_CELL_BLOB:
        add_blob(out, st, column);
        return;
    default:
        ff_buf_str(out, "null");
    }
}

static void add_row(struct ff_buf *out, struct ff_stmt *st, const struct shape *s)
{
    char before = '{';
    for (int i = 0; i < s->n; i++) {
        if (!(s->kept >> i & 1))
            continue;
        ff_buf_char(out, before);
        ff_buf_json(out, ff_db_column_name(st, i));
        ff_buf_char(out, ':');
        add_cell(out, st, i);
        before = ',';
    }
    ff_buf_str(out, before == '{' ? "{}\n" : "}\n");
}

static enum ff_rc write_rows(struct ff_ctx *cx, struct ff_stmt *st, const struct shape *s,
                             FILE *file, int64_t *rows)
{
    struct ff_buf line;
    bool row = true;
    enum ff_rc rc;
    ff_buf_init(&line, ROW_BYTES);
    for (*rows = 0; !(rc = ff_db_row(cx, st, &row)) && row; ++*rows) {
        ff_buf_clear(&line);
        add_row(&line, st, s);
        if (line.failed) {
            rc = FF_FAIL(cx, FF_INTERNAL, "A row is too large.");
            break;
        }
        if (fwrite(line.data, 1, line.len, file) != line.len) {
            rc = ff_archive_cannot(cx, "The export cannot be written");
            break;
        }
    }
    ff_buf_free(&line);
    return rc;
}

/* ---- what the manifest says of it ---- */

static struct shape shape_of(const char *table, struct ff_stmt *st)
{
    struct shape s = {.n = ff_db_columns(st)};
    if (s.n > COLUMNS_MAX)
        s.n = 0;
    for (int i = 0; i < s.n; i++)
        if (!ff_privacy_is_secret(table, ff_db_column_name(st, i)))
            s.kept |= UINT64_C(1) << i;
    return s;
}

static const char *type_of(struct ff_stmt *st, int column)
{
    const char *type = ff_db_column_type(st, column);
    return strcmp(type, "INTEGER") == 0 ? "integer" : strcmp(type, "TEXT") == 0 ? "text" : "hex";
}

static void describe(struct ff_buf *out, struct ff_stmt *st, const struct shape *s)
{
    const char *before = "";
    ff_buf_str(out, ",\"columns\":{");
    for (int i = 0; i < s->n; i++) {
        if (!(s->kept >> i & 1))
            continue;
        ff_buf_printf(out, "%s\"%s\":\"%s\"", before, ff_db_column_name(st, i), type_of(st, i));
        before = ",";
    }
    ff_buf_str(out, "},\"withheld\":[");
    before = "";
    for (int i = 0; i < s->n; i++) {
        if (s->kept >> i & 1)
            continue;
        ff_buf_printf(out, "%s\"%s\"", before, ff_db_column_name(st, i));
        before = ",";
    }
    ff_buf_str(out, "]}");
}

enum ff_rc ff_table_file_write(struct ff_ctx *cx, int table, const char *path,
                               struct ff_buf *manifest, int64_t *rows, int64_t *bytes)
{
    const char *name = ff_table_names[table];
    char sha256[65];
    int64_t n_rows = 0, n_bytes = 0;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_table(cx, table, NULL, &st);
    if (rc)
        return rc;
    const struct shape s = shape_of(name, st);
    FILE *file = ff_archive_create(path);
    if (!file)
        return ff_archive_cannot(cx, "The export cannot be written");
    rc = write_rows(cx, st, &s, file, &n_rows);
    if (fclose(file) && !rc)
        rc = ff_archive_cannot(cx, "The export cannot be written");
    /* Read back: the digest is of what the disk has. */
    if (!rc && (!ff_file_sync(path) || !ff_digest_file(path, sha256, &n_bytes)))
        rc = ff_archive_cannot(cx, "The export cannot be written");
    if (rc)
        return rc;
    ff_buf_printf(manifest,
                  "{\"table\":\"%s\",\"file\":\"%s.jsonl\",\"rows\":%" PRId64 ",\"bytes\":%" PRId64
                  ",\"sha256\":\"%s\"",
                  name, name, n_rows, n_bytes, sha256);
    describe(manifest, st, &s);
    *rows += n_rows;
    *bytes += n_bytes;
    return FF_OK;
}
