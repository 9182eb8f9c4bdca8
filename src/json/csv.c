/* SPDX-License-Identifier: MIT */
/* csv.c - the strict CSV reader. Cells are copied, because a doubled quote becomes one. */
#include "json/csv.h"

#include <string.h>

#include "base/utf8.h"

static const char bom[] = "\xEF\xBB\xBF";

void ff_csv_open(struct ff_csv *csv, const char *text, size_t n)
{
    *csv = (struct ff_csv){.at = text, .end = text + n, .line = 1};
    if (n >= 3 && memcmp(text, bom, 3) == 0)
        csv->at += 3;
}

/* Bytes of the line end at `at`: 1 for LF, 2 for CRLF, 0 for none. */
static size_t line_end(const struct ff_csv *csv)
{
    if (csv->at < csv->end && *csv->at == '\n')
        return 1;
    bool is_crlf = csv->end - csv->at >= 2 && csv->at[0] == '\r' && csv->at[1] == '\n';
    return is_crlf ? 2 : 0;
}

static void skip_line(struct ff_csv *csv)
{
    const char *lf = memchr(csv->at, '\n', (size_t)(csv->end - csv->at));
    csv->at = lf ? lf + 1 : csv->end;
    csv->line++;
}

/* The end of the plain cell at `at`, NULL with *problem when it holds what needs quotes. */
static const char *plain_end(const struct ff_csv *csv, const char **problem)
{
    const char *p = csv->at;
    while (p < csv->end && *p != ',' && *p != '\n' && *p != '\r' && *p != '"')
        p++;
    if (p < csv->end && *p == '"')
        *problem = "A quote stands in a cell that does not begin with one.";
    else if (p < csv->end && *p == '\r' && (p + 1 == csv->end || p[1] != '\n'))
        *problem = "A carriage return stands alone.";
    return *problem ? NULL : p;
}

/* The closing quote of the cell that opens at `at`, NULL with *problem when it never comes or when
 * something follows it. *quotes and *lines count what is inside. */
static const char *quoted_end(const struct ff_csv *csv, size_t *quotes, int64_t *lines,
                              const char **problem)
{
    const char *p = csv->at + 1;
    for (; p < csv->end; p++) {
        *lines += *p == '\n';
        if (*p != '"')
            continue;
        if (p + 1 == csv->end || p[1] != '"')
            break;
        p++;
        ++*quotes;
    }
    if (p == csv->end) {
        *problem = "A quoted cell is never closed.";
        return NULL;
    }
    struct ff_csv after = {.at = p + 1, .end = csv->end};
    if (after.at < after.end && *after.at != ',' && !line_end(&after))
        *problem = "Something follows the closing quote of a cell.";
    return *problem ? NULL : p;
}

/* Copies `n` bytes; of two quotes one stays, which saves `quotes` bytes. */
static const char *copy_cell(struct ff_ctx *cx, const char *from, size_t n, size_t quotes)
{
    char *cell = ff_alloc(cx, n - quotes + 1), *to = cell;
    for (size_t i = 0; cell && i < n; i++) {
        *to++ = from[i];
        i += from[i] == '"';
    }
    return cell;
}

static const char *cell_problem(const char *from, size_t n, size_t cells)
{
    if (cells == FF_CSV_MAX_CELLS)
        return "The row has too many cells.";
    if (n > FF_CSV_CELL_BYTES)
        return "The cell is too long.";
    return ff_utf8_valid(from, n) ? NULL : "The cell is not valid UTF-8.";
}

/* Reads the cell at `at` into the row and moves behind it. */
static enum ff_rc read_cell(struct ff_ctx *cx, struct ff_csv *csv, struct ff_csv_row *row)
{
    bool is_quoted = csv->at < csv->end && *csv->at == '"';
    size_t quotes = 0;
    int64_t lines = 0;
    const char *from = csv->at + is_quoted;
    const char *end =
        is_quoted ? quoted_end(csv, &quotes, &lines, &row->problem) : plain_end(csv, &row->problem);
    if (end)
        row->problem = cell_problem(from, (size_t)(end - from), row->n);
    if (row->problem) {
        row->column = row->n + 1;
        return FF_OK;
    }
    csv->at = end + is_quoted;
    csv->line += lines;
    row->cells[row->n] = copy_cell(cx, from, (size_t)(end - from), quotes);
    return row->cells[row->n++] ? FF_OK : FF_INTERNAL;
}

enum ff_rc ff_csv_next(struct ff_ctx *cx, struct ff_csv *csv, struct ff_csv_row *row, bool *more)
{
    *row = (struct ff_csv_row){.line = csv->line};
    *more = csv->at < csv->end;
    while (*more) {
        enum ff_rc rc = read_cell(cx, csv, row);
        if (rc)
            return rc;
        if (row->problem || line_end(csv) || csv->at == csv->end)
            break;
        csv->at++; /* the comma */
    }
    if (*more && csv->at < csv->end)
        skip_line(csv);
    return FF_OK;
}
