/* SPDX-License-Identifier: MIT */
/* import_told.c - what an import did, or would do: line by line, with old and new values. */
#include <string.h>

#include "domain/common/import_parts.h"

const char *const ff_import_whats[] = {"added", "changed", "same", NULL};

int ff_import_decimals(const struct ff_import *im)
{
    return im->decimals;
}

static const char *keep(struct ff_import *im, const char *text)
{
    const char *copy = text ? ff_arena_strndup(im->keep, text, SIZE_MAX) : NULL;
    im->is_short |= text && !copy;
    return copy;
}

static struct ff_list keep_values(struct ff_import *im, const struct ff_import_value *values,
                                  size_t n)
{
    struct ff_import_value *copy = n ? ff_arena_alloc(im->keep, n * sizeof *copy) : NULL;
    im->is_short |= n && !copy;
    for (size_t i = 0; copy && i < n; i++)
        copy[i] = (struct ff_import_value){values[i].column, keep(im, values[i].before),
                                           keep(im, values[i].after)};
    return (struct ff_list){copy, copy ? n : 0};
}

void ff_import_note(struct ff_import *im, const struct ff_import_row *row, const char *name,
                    enum ff_import_what what, const struct ff_import_value *values, size_t n)
{
    im->counts[what]++;
    /* Lines that do nothing may not crowd out those that do. */
    if (im->n_told >= (what == FF_IMPORT_SAME ? FF_IMPORT_TOLD / 5 : FF_IMPORT_TOLD))
        return;
    im->told[im->n_told++] = (struct ff_import_change){.line = row->line,
                                                       .name = keep(im, name),
                                                       .what = ff_import_whats[what],
                                                       .values = keep_values(im, values, n)};
}

static const char *copy_text(struct ff_ctx *cx, const char *text)
{
    return text ? ff_strdup(cx, text) : NULL;
}

static enum ff_rc copy_values(struct ff_ctx *cx, struct ff_list *values)
{
    const struct ff_import_value *from = values->items;
    struct ff_import_value *to = ff_alloc(cx, values->n * sizeof *to);
    if (!to)
        return cx->err.rc;
    for (size_t i = 0; i < values->n; i++)
        to[i] = (struct ff_import_value){from[i].column, copy_text(cx, from[i].before),
                                         copy_text(cx, from[i].after)};
    values->items = to;
    return cx->err.rc;
}

enum ff_rc ff_import_tell(struct ff_ctx *cx, const struct ff_import *im,
                          struct ff_import_result *out)
{
    struct ff_import_change *all = ff_alloc(cx, (im->n_told + 1) * sizeof *all);
    if (!all)
        return cx->err.rc;
    for (size_t i = 0; i < im->n_told; i++) {
        all[i] = im->told[i];
        all[i].name = copy_text(cx, all[i].name);
        if (all[i].values.n && copy_values(cx, &all[i].values))
            return cx->err.rc;
    }
    out->dry_run = im->dry_run;
    out->rows = (int64_t)im->n;
    out->created = im->counts[FF_IMPORT_ADDED];
    out->changed = im->counts[FF_IMPORT_CHANGED];
    out->same = im->counts[FF_IMPORT_SAME];
    out->changes = (struct ff_list){all, im->n_told};
    return cx->err.rc;
}
