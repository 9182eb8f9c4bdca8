/* SPDX-License-Identifier: MIT */
/* tables.h - what each table of the database means to privacy: the one list that export, erasure,
 * retention and the record of processing read. For this folder, and for its tests. */
#ifndef FF_DOMAIN_PRIVACY_TABLES_H
#define FF_DOMAIN_PRIVACY_TABLES_H

#include "db/db.h"

/* A query of this table, or none: rows say FF_SOME(NAME). */
struct ff_maybe_query {
    int plus_one;
};
enum { FF_ERASED_MAX = 2 };
#define FF_SOME(name)                                                                              \
    {                                                                                              \
        FF_Q_##name + 1                                                                            \
    }

struct ff_privacy_table {
    const char *name;     /* of the table */
    const char *personal; /* its columns that tell of a person, separated by ", "; NULL: none */
    const char *purpose, *readers, *kept;
    const char *secret; /* columns that leave in no export of all tables, separated by ", " */
    /* export: */
    const char *section;         /* name in the file; NULL: nothing to show */
    struct ff_maybe_query shown; /* reads the section's rows */
    struct ff_maybe_query
        window;           /* gives the end of the next rows to look through; none: not needed */
    const char *shown_in; /* the section of another table that shows this one's rows too */
    /* erasure: */
    struct ff_maybe_query erased[FF_ERASED_MAX]; /* none: the rows stay, nameless by then */
    bool is_plain; /* holds names or addresses in clear: rewritten after an erasure */
    /* retention: */
    struct ff_maybe_query purged; /* deletes up to :limit rows older than :before */
    int keep_days;
};

/* In the order of an export; an erasure goes from the last to the first, so who points at others
 * comes after them. */
extern const struct ff_privacy_table ff_privacy_tables[];
extern const size_t ff_n_privacy_tables;

/* The row of a table; NULL: nobody described it. */
const struct ff_privacy_table *ff_privacy_table(const char *name);

/* The mask (of FF_TABLE_*) of those with is_plain. */
ff_table_set ff_privacy_plain(void);

/* Binds a parameter if the query has one of that name. */
void ff_privacy_bind(struct ff_stmt *st, const char *name, int64_t value);
void ff_privacy_bind_text(struct ff_stmt *st, const char *name, const char *text);

#endif
