/* SPDX-License-Identifier: MIT */
/* import_parts.h - what the files of the import share: its object, the parser, the list of what is
 * bad. Not for services. */
#ifndef FF_DOMAIN_COMMON_IMPORT_PARTS_H
#define FF_DOMAIN_COMMON_IMPORT_PARTS_H

#include "domain/common/import.h"
#include "json/csv.h"

enum { FF_IMPORT_DETAIL = 256 };

/* Found by parsing, or by the job that runs: the latter are forgotten when it runs again. */
enum ff_import_phase { FF_PHASE_PARSE = 1, FF_PHASE_JOB = 2 };

struct ff_import_fault {
    int64_t line;
    struct ff_field_error field; /* texts in `keep` */
};

/* The first ones by line. */
struct ff_import_faults {
    struct ff_import_fault items[FF_IMPORT_LISTED];
    size_t n;
};

struct ff_import {
    const struct ff_schema *schema;
    bool dry_run;
    int decimals; /* of money cells, 0: minor units */
    char *rows;
    size_t n, room;
    size_t columns[FF_CSV_MAX_CELLS]; /* field index of each column */
    size_t n_columns;
    bool is_unusable; /* the header is bad, or there are too many rows */
    struct ff_arena *keep, *scratch;
    enum ff_import_phase phase;
    struct ff_import_faults parsed, ran;
    int64_t counts[FF_IMPORT_WHATS]; /* of rows, by what was done */
    struct ff_import_change told[FF_IMPORT_TOLD];
    size_t n_told;
    bool is_short; /* of memory for what is told: the job fails */
};

/* Fills rows and what is bad in them. The context's arena is `scratch`. */
FF_MUST_CHECK enum ff_rc ff_import_parse(struct ff_ctx *cx, struct ff_import *im,
                                         const struct ff_import_file *file);

/* Notes a fault of a line that may belong to no row. */
void ff_import_fault(struct ff_import *im, int64_t line, const char *column,
                     const struct ff_field_error *field);

/* Forgets what an earlier run of the job found. */
void ff_import_rewind(struct ff_import *im);
size_t ff_import_bad_rows(const struct ff_import *im);

/* Records FF_IMPORT_ROWS with all that is listed and returns it. */
enum ff_rc ff_import_report(struct ff_ctx *cx, struct ff_import *im);

#endif
