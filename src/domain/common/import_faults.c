/* SPDX-License-Identifier: MIT */
/* import_faults.c - what is bad in a file: the first 200 by line, and the error that lists them. */
#include "domain/common/import_parts.h"

#include <inttypes.h>
#include <string.h>

/* Where a fault of `line` goes: behind those of the same line. */
static size_t place_for(const struct ff_import_faults *list, int64_t line)
{
    size_t at = list->n;
    while (at > 0 && list->items[at - 1].line > line)
        at--;
    return at;
}

void ff_import_fault(struct ff_import *im, int64_t line, const char *column,
                     const struct ff_field_error *field)
{
    struct ff_import_faults *list = im->phase == FF_PHASE_JOB ? &im->ran : &im->parsed;
    size_t at = place_for(list, line);
    if (at == FF_IMPORT_LISTED)
        return;
    const char *pointer = ff_arena_printf(im->keep, "/line/%" PRId64 "/%s", line, column);
    const char *detail = ff_arena_strndup(im->keep, field->detail, FF_IMPORT_DETAIL);
    if (!pointer || !detail)
        return; /* the row stays bad and counted */
    list->n += list->n < FF_IMPORT_LISTED;
    memmove(&list->items[at + 1], &list->items[at], (list->n - at - 1) * sizeof *list->items);
    list->items[at] = (struct ff_import_fault){.line = line, .field = *field};
    list->items[at].field.pointer = pointer;
    list->items[at].field.detail = detail;
}

void ff_import_bad(struct ff_import *im, struct ff_import_row *row, const char *column,
                   const char *code, const char *detail)
{
    struct ff_field_error field = {.code = code, .detail = detail};
    if (!row->is_bad)
        row->is_bad = im->phase;
    ff_import_fault(im, row->line, column, &field);
}

void ff_import_rewind(struct ff_import *im)
{
    im->phase = FF_PHASE_JOB;
    im->ran.n = 0;
    im->n_told = 0;
    im->is_short = false;
    memset(im->counts, 0, sizeof im->counts);
    struct ff_import_row *row;
    for (size_t i = 0; (row = ff_import_row(im, i)); i++)
        if (row->is_bad == FF_PHASE_JOB)
            row->is_bad = 0;
}

size_t ff_import_bad_rows(const struct ff_import *im)
{
    size_t bad = 0;
    for (size_t i = 0; i < im->n; i++) {
        struct ff_import_row row;
        memcpy(&row, im->rows + i * im->schema->size, sizeof row);
        bad += row.is_bad != 0;
    }
    return bad;
}

/* Both lists as one, by line. */
static size_t merge(const struct ff_import *im, struct ff_field_error *out)
{
    const struct ff_import_faults *a = &im->parsed, *b = &im->ran;
    size_t n = 0, i = 0, k = 0;
    while (n < FF_IMPORT_LISTED && (i < a->n || k < b->n)) {
        bool is_first = k == b->n || (i < a->n && a->items[i].line <= b->items[k].line);
        out[n] = is_first ? a->items[i++].field : b->items[k++].field;
        n++;
    }
    return n;
}

enum ff_rc ff_import_report(struct ff_ctx *cx, struct ff_import *im)
{
    struct ff_field_error *fields = ff_alloc(cx, FF_IMPORT_LISTED * sizeof *fields);
    if (!fields)
        return cx->err.rc;
    size_t n = merge(im, fields), bad = ff_import_bad_rows(im);
    for (size_t i = 0; i < n; i++) {
        fields[i].pointer = ff_strdup(cx, fields[i].pointer);
        fields[i].detail = ff_strdup(cx, fields[i].detail);
        if (!fields[i].pointer || !fields[i].detail)
            return cx->err.rc;
    }
    (void)FF_FAIL(cx, FF_IMPORT_ROWS, "Nothing was imported. The first fault is at %s: %s",
                  n ? fields[0].pointer : "?", n ? fields[0].detail : "no memory to say more");
    ff_err_number(cx, "rows", (int64_t)im->n);
    ff_err_number(cx, "bad", (int64_t)(im->is_unusable && !bad ? 1 : bad));
    cx->err.fields = fields;
    cx->err.n_fields = n;
    return FF_IMPORT_ROWS;
}
