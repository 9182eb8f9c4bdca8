/* SPDX-License-Identifier: MIT */
/* import.c - the way of an import: parse, find what repeats, run one job, say what was bad.
 * Row values live in an arena of the import's own, because a file may be larger than a request's.
 */
#include "domain/common/import.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "domain/common/import_parts.h"
#include "domain/site/site.h"

enum { KEEP_BYTES = 64 << 20, NAMES_BYTES = 200 };

const char *const ff_amount_names[] = {"minor", "decimal", NULL};

enum ff_amounts ff_amounts_of(const char *word)
{
    if (!word)
        return FF_AMOUNTS_UNSAID;
    return strcmp(word, "minor") == 0 ? FF_AMOUNTS_MINOR : FF_AMOUNTS_DECIMAL;
}

/* An upper bound of the rows: a line end may also stand inside a cell. */
static size_t count_lines(const char *text, size_t n)
{
    size_t lines = 1;
    for (const char *at = text, *end = text + n; (at = memchr(at, '\n', (size_t)(end - at))); at++)
        lines++;
    return lines;
}

static struct ff_import *import_new(const struct ff_import_file *file,
                                    const struct ff_schema *schema)
{
    struct ff_import *im = calloc(1, sizeof *im);
    if (!im)
        return NULL;
    size_t lines = count_lines(file->text, file->n);
    im->schema = schema;
    im->dry_run = file->dry_run;
    im->room = lines < FF_IMPORT_ROWS_MAX ? lines : FF_IMPORT_ROWS_MAX;
    im->rows = calloc(im->room, schema->size);
    im->keep = ff_arena_new(KEEP_BYTES);
    im->scratch = ff_arena_new(0);
    if (im->rows && im->keep && im->scratch)
        return im;
    ff_import_close(im);
    return NULL;
}

void ff_import_close(struct ff_import *im)
{
    if (!im)
        return;
    free(im->rows);
    ff_arena_free(im->keep);
    ff_arena_free(im->scratch);
    free(im);
}

enum ff_rc ff_import_open(struct ff_ctx *cx, const struct ff_import_file *file,
                          const struct ff_schema *schema, struct ff_import **out)
{
    *out = NULL;
    struct ff_site_settings site = ff_site_get(cx);
    if (site.decimals > 0 && file->amounts == FF_AMOUNTS_UNSAID)
        return ff_field_fail(cx, "?amounts", "REQUIRED",
                             "minor or decimal: this currency has decimals, so a file must say how "
                             "its amounts are written");
    struct ff_import *im = import_new(file, schema);
    if (!im)
        return FF_FAIL(cx, FF_INTERNAL, "There is no memory for this import.");
    *out = im;
    im->decimals = file->amounts == FF_AMOUNTS_DECIMAL ? (int)site.decimals : 0;
    struct ff_arena *own = cx->arena;
    cx->arena = im->scratch;
    enum ff_rc rc = ff_import_parse(cx, im, file);
    cx->arena = own;
    if (rc)
        return rc;
    return im->is_unusable ? ff_import_report(cx, im) : FF_OK;
}

size_t ff_import_count(const struct ff_import *im)
{
    return im->n;
}

void *ff_import_row(struct ff_import *im, size_t i)
{
    return i < im->n ? im->rows + i * im->schema->size : NULL;
}

static const char *text_of(struct ff_import *im, size_t i, size_t offset)
{
    const char *text;
    memcpy(&text, (char *)ff_import_row(im, i) + offset, sizeof text);
    return text;
}

/* What qsort compares: the texts of one column, equal ones by line. */
struct repeat {
    const char *text;
    struct ff_import_row *row;
};

static int compare_repeats(const void *left, const void *right)
{
    const struct repeat *a = left, *b = right;
    int order = strcmp(a->text, b->text);
    if (order)
        return order;
    return a->row->line < b->row->line ? -1 : a->row->line > b->row->line;
}

void ff_import_unique(struct ff_import *im, size_t offset, const char *column)
{
    struct repeat *all = calloc(im->n + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; all && i < im->n; i++) {
        const char *text = text_of(im, i, offset);
        if (text)
            all[n++] = (struct repeat){text, ff_import_row(im, i)};
    }
    if (n)
        qsort(all, n, sizeof *all, compare_repeats);
    for (size_t i = 1, first = 0; i < n; i++) {
        if (strcmp(all[first].text, all[i].text) != 0) {
            first = i;
            continue;
        }
        char detail[FF_IMPORT_DETAIL];
        (void)snprintf(detail, sizeof detail, "The same value is on line %" PRId64 ".",
                       all[first].row->line);
        ff_import_bad(im, all[i].row, column, "VALUE", detail);
    }
    free(all);
}

/* One row's statements; what they need in memory is given back after each. */
static enum ff_rc insert_row(struct ff_ctx *cx, struct ff_import *im,
                             const struct ff_import_steps *steps, struct ff_import_row *row)
{
    struct ff_arena *own = cx->arena;
    ff_arena_reset(im->scratch);
    cx->arena = im->scratch;
    enum ff_rc rc = steps->insert(cx, steps->arg, row);
    cx->arena = own;
    if (rc)
        cx->err.n_fields = cx->err.n_params = 0; /* their texts go with the row */
    return rc;
}

struct run {
    struct ff_import *im;
    const struct ff_import_steps *steps;
};

/* Runs in the writer. Any bad row, and a dry run, end it with FF_IMPORT_ROWS: nothing stays. */
static enum ff_rc run_all(struct ff_ctx *cx, void *arg)
{
    struct run *run = arg;
    struct ff_import *im = run->im;
    ff_import_rewind(im);
    enum ff_rc rc = run->steps->start ? run->steps->start(cx, run->steps->arg) : FF_OK;
    struct ff_import_row *row;
    for (size_t i = 0; !rc && (row = ff_import_row(im, i)); i++)
        if (!row->is_bad)
            rc = insert_row(cx, im, run->steps, row);
    if (rc)
        return rc;
    if (im->is_short)
        return FF_FAIL(cx, FF_INTERNAL, "The file needs too much memory.");
    if (im->dry_run || ff_import_bad_rows(im))
        return FF_FAIL(cx, FF_IMPORT_ROWS, "Nothing is kept.");
    return FF_OK;
}

enum ff_rc ff_import_run(struct ff_ctx *cx, struct ff_import *im,
                         const struct ff_import_steps *steps)
{
    assert(!ff_db_in_writer(cx)); /* there, a dry run could not be taken back */
    struct run run = {im, steps};
    enum ff_rc rc = ff_db_write(cx, run_all, &run);
    if (rc != FF_IMPORT_ROWS)
        return rc;
    ff_err_clear(cx);
    return ff_import_bad_rows(im) ? ff_import_report(cx, im) : FF_OK;
}

static int64_t amount_of(struct ff_import *im, size_t i, size_t offset)
{
    int64_t amount;
    memcpy(&amount, (char *)ff_import_row(im, i) + offset, sizeof amount);
    return amount;
}

enum ff_rc ff_import_dearest(struct ff_ctx *cx, struct ff_import *im, size_t name_at,
                             size_t amount_at, struct ff_list *out)
{
    size_t best[FF_IMPORT_DEAREST], n = 0;
    for (size_t i = 0; i < im->n; i++) {
        int64_t amount = amount_of(im, i, amount_at);
        size_t place = n;
        while (place > 0 && amount_of(im, best[place - 1], amount_at) < amount)
            place--;
        if (amount == FF_NULL_INT || place == FF_IMPORT_DEAREST)
            continue;
        n += n < FF_IMPORT_DEAREST;
        memmove(&best[place + 1], &best[place], (n - place - 1) * sizeof *best);
        best[place] = i;
    }
    struct ff_site_settings site = ff_site_get(cx);
    struct ff_import_dear *dear = ff_alloc(cx, FF_IMPORT_DEAREST * sizeof *dear);
    *out = (struct ff_list){dear, n};
    for (size_t i = 0; dear && i < n; i++) {
        char amount[FF_AMOUNT_CAP];
        ff_site_amount(&site, amount_of(im, best[i], amount_at), amount);
        dear[i].name = ff_strdup(cx, text_of(im, best[i], name_at));
        dear[i].amount = ff_strdup(cx, amount);
    }
    return cx->err.rc;
}
