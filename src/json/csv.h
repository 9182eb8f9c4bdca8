/* SPDX-License-Identifier: MIT */
/* csv.h - a strict RFC 4180 reader: a row at a time, from memory. What the cells mean is not its
 * business. A byte order mark at the start is skipped; lines end with CRLF or LF; a cell that holds
 * a comma, a quote or a line end is quoted, a quote in it doubled. */
#ifndef FF_JSON_CSV_H
#define FF_JSON_CSV_H

#include "base/ctx.h"

enum { FF_CSV_MAX_CELLS = 32, FF_CSV_CELL_BYTES = 4096 };

struct ff_csv {
    const char *at, *end;
    int64_t line; /* of `at`, from 1 */
};

/* Starts over `n` bytes at `text`, which stay the caller's. */
void ff_csv_open(struct ff_csv *csv, const char *text, size_t n);

struct ff_csv_row {
    int64_t line; /* where the row begins */
    const char *cells[FF_CSV_MAX_CELLS];
    size_t n;
    const char *problem; /* why the row cannot be read: a constant sentence, NULL: it could */
    size_t column;       /* from 1: where the problem is */
};

/* Reads the next row; its cells are in the arena. *more false: there was none. A row with a problem
 * is skipped up to the next line end, so that reading can go on. FF_INTERNAL when the arena is
 * exhausted. */
FF_MUST_CHECK enum ff_rc ff_csv_next(struct ff_ctx *cx, struct ff_csv *csv, struct ff_csv_row *row,
                                     bool *more);

#endif
