/* SPDX-License-Identifier: MIT */
/* import_parse.c - from the bytes of a CSV file to rows: header, cells, values by the schema. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "domain/common/import_parts.h"

enum { NO_FIELD = FF_CSV_MAX_CELLS, PREFIX_BYTES = 32 };

static void line_fault(struct ff_import *im, int64_t line, const char *column, const char *code,
                       const char *detail)
{
    struct ff_field_error field = {.code = code, .detail = detail};
    ff_import_fault(im, line, column, &field);
}

/* A fault that makes the whole file unusable. */
static void file_fault(struct ff_import *im, int64_t line, const char *column, const char *code,
                       const char *detail)
{
    im->is_unusable = true;
    line_fault(im, line, column, code, detail);
}

static size_t field_named(const struct ff_schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->n_fields; i++)
        if (strcmp(schema->fields[i].name, name) == 0)
            return i;
    return NO_FIELD;
}

static bool has_column(const struct ff_import *im, size_t field)
{
    for (size_t i = 0; i < im->n_columns; i++)
        if (im->columns[i] == field)
            return true;
    return false;
}

static void header_cell(struct ff_import *im, int64_t line, const char *name)
{
    char detail[FF_IMPORT_DETAIL];
    size_t field = field_named(im->schema, name);
    if (field == NO_FIELD || has_column(im, field)) {
        (void)snprintf(detail, sizeof detail, "The column \"%.60s\" is %s.", name,
                       field == NO_FIELD ? "not known here" : "there twice");
        file_fault(im, line, "header", "UNKNOWN", detail);
        return;
    }
    im->columns[im->n_columns++] = field;
}

static void read_header(struct ff_import *im, const struct ff_csv_row *row, bool more)
{
    if (!more || row->problem) {
        file_fault(im, 1, "header", "REQUIRED",
                   more ? row->problem : "The file is empty; its first row must name the columns.");
        return;
    }
    for (size_t i = 0; i < row->n; i++)
        header_cell(im, row->line, row->cells[i]);
    for (size_t i = 0; i < im->schema->n_fields; i++) {
        const struct ff_field *field = &im->schema->fields[i];
        if (field->flags & FF_F_REQUIRED && !has_column(im, i))
            file_fault(im, row->line, field->name, "REQUIRED", "This column is missing.");
    }
}

/* Our exports put an apostrophe before what a spreadsheet would take for a formula. */
static const char *without_guard(const char *cell)
{
    return cell[0] == '\'' && cell[1] && strchr("=+-@\t\r", cell[1]) ? cell + 1 : cell;
}

/* The value as ff_pairs_read takes it. What is no decimal goes on as it is: it is no number of
 * minor units either, so the schema refuses it. */
static const char *value_of(struct ff_ctx *cx, struct ff_import *im, const struct ff_field *field,
                            const char *cell)
{
    int64_t minor;
    if (field->type != FF_T_MONEY || !im->decimals ||
        !ff_money_parse_decimal(cell, strlen(cell), im->decimals, &minor))
        return without_guard(cell);
    const char *text = ff_arena_printf(cx->arena, "%" PRId64, minor);
    return text ? text : cell;
}

/* Keeps the texts of a good row beyond the scratch memory. */
static enum ff_rc keep_texts(struct ff_ctx *cx, struct ff_import *im, char *row)
{
    for (size_t i = 0; i < im->schema->n_fields; i++) {
        const struct ff_field *field = &im->schema->fields[i];
        if (field->type == FF_T_INT || field->type == FF_T_MONEY || field->type == FF_T_BOOL ||
            field->type == FF_T_FLAGS)
            continue;
        const char *text;
        memcpy(&text, row + field->offset, sizeof text);
        if (text && !(text = ff_arena_strndup(im->keep, text, SIZE_MAX)))
            return FF_FAIL(cx, FF_INTERNAL, "The file needs too much memory.");
        memcpy(row + field->offset, &text, sizeof text);
    }
    return FF_OK;
}

/* Takes over what the schema found wrong. Not a fault of the row: returned as it is. */
static enum ff_rc note_fields(struct ff_ctx *cx, struct ff_import *im, int64_t line, size_t prefix)
{
    if (!cx->err.n_fields)
        return cx->err.rc;
    for (size_t i = 0; i < cx->err.n_fields; i++) {
        struct ff_field_error field = cx->err.fields[i];
        if (strcmp(field.code, "MONEY_FORMAT") == 0)
            field.detail = im->decimals
                               ? "Write the amount with a point and no more decimals than the "
                                 "currency has."
                               : "Write the amount as a whole number of minor units.";
        ff_import_fault(im, line, field.pointer + prefix, &field);
    }
    ff_err_clear(cx);
    return FF_OK;
}

/* The cells that hold something, as pairs; an empty cell is an absent value. */
static size_t read_cells(struct ff_ctx *cx, struct ff_import *im, const struct ff_csv_row *cells,
                         struct ff_pair *pairs)
{
    size_t n = 0;
    for (size_t i = 0; i < cells->n; i++) {
        const struct ff_field *field = &im->schema->fields[im->columns[i]];
        if (*cells->cells[i])
            pairs[n++] = (struct ff_pair){field->name, value_of(cx, im, field, cells->cells[i])};
    }
    return n;
}

static enum ff_rc read_values(struct ff_ctx *cx, struct ff_import *im,
                              const struct ff_csv_row *cells, char *at)
{
    struct ff_import_row head = {.line = cells->line};
    struct ff_pair pairs[FF_CSV_MAX_CELLS];
    size_t n = read_cells(cx, im, cells, pairs);
    char prefix[PREFIX_BYTES];
    int length = snprintf(prefix, sizeof prefix, "/line/%" PRId64 "/", head.line);
    enum ff_rc rc = ff_pairs_read(cx, im->schema, pairs, n, prefix, at);
    if (rc) {
        head.is_bad = FF_PHASE_PARSE;
        memset(at, 0, im->schema->size);
        rc = note_fields(cx, im, head.line, (size_t)length);
    }
    memcpy(at, &head, sizeof head);
    return rc || head.is_bad ? rc : keep_texts(cx, im, at);
}

/* One row of the file into the next row of the import. */
static enum ff_rc read_row(struct ff_ctx *cx, struct ff_import *im, const struct ff_csv_row *cells)
{
    if (im->n == im->room) {
        file_fault(im, cells->line, "row", "LENGTH", "A file may have 50000 rows; split it.");
        return FF_OK;
    }
    char *at = im->rows + im->n++ * im->schema->size;
    if (!cells->problem && cells->n == im->n_columns)
        return read_values(cx, im, cells, at);
    struct ff_import_row head = {.line = cells->line, .is_bad = FF_PHASE_PARSE};
    memcpy(at, &head, sizeof head);
    char detail[FF_IMPORT_DETAIL];
    (void)snprintf(detail, sizeof detail, "The row has %zu cells, the header %zu.", cells->n,
                   im->n_columns);
    bool is_named = cells->problem && cells->column <= im->n_columns;
    line_fault(im, head.line,
               is_named ? im->schema->fields[im->columns[cells->column - 1]].name : "row",
               "PATTERN", cells->problem ? cells->problem : detail);
    return FF_OK;
}

static bool is_blank(const struct ff_csv_row *row)
{
    return !row->problem && row->n == 1 && !*row->cells[0];
}

enum ff_rc ff_import_parse(struct ff_ctx *cx, struct ff_import *im,
                           const struct ff_import_file *file)
{
    struct ff_csv csv;
    struct ff_csv_row row;
    bool more;
    im->phase = FF_PHASE_PARSE;
    ff_csv_open(&csv, file->text, file->n);
    enum ff_rc rc = ff_csv_next(cx, &csv, &row, &more);
    if (!rc)
        read_header(im, &row, more);
    while (!rc && !im->is_unusable) {
        ff_arena_reset(im->scratch);
        rc = ff_csv_next(cx, &csv, &row, &more);
        if (rc || !more)
            break;
        if (!is_blank(&row))
            rc = read_row(cx, im, &row);
    }
    return rc;
}
