/* SPDX-License-Identifier: MIT */
/* sqlgen.h - what sqlgen has read: the steps of the schema, its tables, the named queries. */
#ifndef FF_GEN_SQLGEN_H
#define FF_GEN_SQLGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 sql_tables;

enum { SQL_MAX_STEPS = 256, SQL_MAX_TABLES = 127, SQL_MAX_QUERIES = 1024, SQL_MAX_NAMES = 64 };

struct sql_step {
    int version;
    char *name; /* "0001_lunch" */
    char *up, *trigger, *down;
    char *up_file, *trigger_file, *down_file;
};

struct sql_name {
    char *name;
};

struct sql_query {
    const char *file;
    int line; /* of `-- name:` */
    char *name, *text, *scan;
    bool fails; /* leaves what it has written when it fails: its job is undone */
    bool is_write;
    sql_tables reads, writes; /* bits by the order of the tables */
    struct sql_name params[SQL_MAX_NAMES], columns[SQL_MAX_NAMES];
    size_t n_params, n_columns;
};

struct sql_model {
    struct sql_step steps[SQL_MAX_STEPS];
    size_t n_steps;
    char *tables[SQL_MAX_TABLES];
    size_t n_tables;
    struct sql_query queries[SQL_MAX_QUERIES];
    size_t n_queries;
};

/* Writes queries.h, queries.c and migrations.c into `dir`; a file whose content would not change
 * keeps its time, so that little is compiled again. False when a file could not be written. */
bool sql_emit(const struct sql_model *model, const char *dir);

#endif
