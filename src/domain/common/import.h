/* SPDX-License-Identifier: MIT */
/* import.h - CSV files that make many records at once: all rows or none.
 *
 * The first row names the columns, in any order; they are the fields of a schema. An empty cell is
 * an absent value. Every bad row is found, not only the first: the error names line and column.
 * Parsing and checking need no lock and come first (ff_import_open); what only the database can
 * say is added in one writer's job, and if any row was bad, nothing stays (ff_import_run).
 * A dry run does all of it and stays without a trace. Where a service takes it, a file may also
 * update what is there: an absent value then leaves the old one. */
#ifndef FF_DOMAIN_COMMON_IMPORT_H
#define FF_DOMAIN_COMMON_IMPORT_H

#include "base/ctx.h"
#include "json/schema.h"

enum {
    FF_IMPORT_BYTES = 4 << 20,
    FF_IMPORT_ROWS_MAX = 50000,
    FF_IMPORT_LISTED = 200, /* bad cells named in an error; all are counted */
    FF_IMPORT_DEAREST = 3,
    FF_IMPORT_TOLD = 500 /* lines of which the result says what was done; all are counted */
};

/* How money columns are written. */
enum ff_amounts { FF_AMOUNTS_UNSAID, FF_AMOUNTS_MINOR, FF_AMOUNTS_DECIMAL };

/* The words for them on the wire, NULL-terminated. */
extern const char *const ff_amount_names[];
/* "minor", "decimal" or NULL as the wire says it. */
enum ff_amounts ff_amounts_of(const char *word);

struct ff_import_file {
    const char *text; /* borrowed for the call */
    size_t n;
    enum ff_amounts amounts; /* FF_AMOUNTS_UNSAID: only for a currency without decimals */
    bool dry_run;
    bool updates; /* a row may change what is there already; else that is a bad row */
};

struct ff_import_dear {
    const char *name, *amount; /* "1 590 Ft" */
};

enum ff_import_what { FF_IMPORT_ADDED, FF_IMPORT_CHANGED, FF_IMPORT_SAME, FF_IMPORT_WHATS };
/* The words for them on the wire, NULL-terminated. */
extern const char *const ff_import_whats[];

/* One value of a row before and after, as a person reads it; NULL: there was none. */
struct ff_import_value {
    const char *column, *before, *after;
};
struct ff_import_change {
    int64_t line;
    const char *name, *what;
    struct ff_list values; /* of struct ff_import_value, of what was changed */
};

struct ff_import_result {
    int64_t dry_run, rows, created, departments_created, groups_created;
    int64_t changed, same;
    struct ff_list changes; /* of struct ff_import_change, the first FF_IMPORT_TOLD lines */
    struct ff_list dearest; /* of struct ff_import_dear: a wrong `amounts` shows here */
};

/* ---- for the services that import ---- */
/* First member of a row's struct; the schema's fields fill the rest. */
struct ff_import_row {
    int64_t line;
    int64_t is_bad; /* found by parsing, or by the job that runs */
};

struct ff_import;

/* Parses all rows. `schema` describes one, its struct begins with struct ff_import_row. *out is to
 * be closed, also after a failure here (it may be NULL). FF_VALIDATION for a missing `amounts`,
 * FF_IMPORT_ROWS for an unusable header or too many rows; bad rows are no failure yet. */
FF_MUST_CHECK enum ff_rc ff_import_open(struct ff_ctx *cx, const struct ff_import_file *file,
                                        const struct ff_schema *schema, struct ff_import **out);
void ff_import_close(struct ff_import *im);

/* Row i of the file, 0-based, bad ones included; NULL behind the last. */
void *ff_import_row(struct ff_import *im, size_t i);
size_t ff_import_count(const struct ff_import *im);

/* Marks rows that repeat the text at `offset` (a const char *, NULL: absent) of an earlier one. */
void ff_import_unique(struct ff_import *im, size_t offset, const char *column);

/* Notes what is wrong with a row; `detail` is a sentence. `column` is a header name. */
void ff_import_bad(struct ff_import *im, struct ff_import_row *row, const char *column,
                   const char *code, const char *detail);

/* Runs `insert` for each good row in one writer's job with `arg`; before them `start` (may be
 * NULL). After a dry run nothing is kept. FF_IMPORT_ROWS, params rows and bad, fields
 * "/line/7/price" in the order of the file, when any row was bad. */
struct ff_import_steps {
    enum ff_rc (*start)(struct ff_ctx *cx, void *arg);
    enum ff_rc (*insert)(struct ff_ctx *cx, void *arg, struct ff_import_row *row);
    void *arg;
};
FF_MUST_CHECK enum ff_rc ff_import_run(struct ff_ctx *cx, struct ff_import *im,
                                       const struct ff_import_steps *steps);

/* How the file writes amounts; 0: minor units. */
int ff_import_decimals(const struct ff_import *im);

/* In the job: says what was done for a row, with the values that differ; texts are copied. */
void ff_import_note(struct ff_import *im, const struct ff_import_row *row, const char *name,
                    enum ff_import_what what, const struct ff_import_value *values, size_t n);
/* Fills all of `out` that the notes of the job tell. */
FF_MUST_CHECK enum ff_rc ff_import_tell(struct ff_ctx *cx, const struct ff_import *im,
                                        struct ff_import_result *out);

/* The up to three rows with the highest amounts (int64_t at amount_at; FF_NULL_INT does not count),
 * formatted, first row first among equals. */
FF_MUST_CHECK enum ff_rc ff_import_dearest(struct ff_ctx *cx, struct ff_import *im, size_t name_at,
                                           size_t amount_at, struct ff_list *out);

#endif
