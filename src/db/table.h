/* SPDX-License-Identifier: MIT */
/* table.h - whole tables as the schema has them, without a query of their own: for exports and for
 * proofs that must not forget a table. */
#ifndef FF_DB_TABLE_H
#define FF_DB_TABLE_H

#include "db/db.h"

/* The number of a table (0..FF_TABLE_COUNT - 1) by its name; -1: there is none. */
int ff_db_table_number(const char *name);

/* All rows and columns of a table in the order of the column `first` (NULL: none) and then of its
 * primary key, on the context's reader and so of one moment with what else the context reads; takes
 * as long as it takes, unless a named query runs beside it. Step it with ff_db_row. FF_BUSY without
 * a reader. */
FF_MUST_CHECK enum ff_rc ff_db_table(struct ff_ctx *cx, int table, const char *first,
                                     struct ff_stmt **st);

/* Is the column part of the primary key? The columns are counted as in the rows. */
FF_MUST_CHECK enum ff_rc ff_db_table_key(struct ff_ctx *cx, int table, uint64_t *columns);

/* The type a column was declared with: "INTEGER", "TEXT", "BLOB". */
const char *ff_db_column_type(struct ff_stmt *st, int column);

enum ff_cell { FF_CELL_NULL, FF_CELL_INT, FF_CELL_TEXT, FF_CELL_BLOB };
/* What stands in a column of the row that is there. */
enum ff_cell ff_db_cell(struct ff_stmt *st, int column);

/* The bytes of a text (with a NUL behind it) or a blob, not copied: until the next step. */
const void *ff_db_cell_bytes(struct ff_stmt *st, int column, size_t *n);

/* The column of that name; -1: there is none. */
int ff_db_column(struct ff_stmt *st, const char *name);

/* ---- filling a database that was opened as scratch, inside a job; FF_INTERNAL for another ---- */
/* Off: no trigger speaks; on: they speak again. From the first call on rows may point to what comes
 * later; what points to nothing in the end fails the job. */
FF_MUST_CHECK enum ff_rc ff_db_guards(struct ff_ctx *cx, bool on);
/* Takes all rows out. */
FF_MUST_CHECK enum ff_rc ff_db_table_clear(struct ff_ctx *cx, int table);
/* A statement that puts rows into the table, for ff_db_copy_row. */
FF_MUST_CHECK enum ff_rc ff_db_table_in(struct ff_ctx *cx, int table, struct ff_stmt **st);
/* Puts the row that `from` (of the same table in another database) stands on through `to`. Errors:
 * as ff_db_row. */
FF_MUST_CHECK enum ff_rc ff_db_copy_row(struct ff_ctx *cx, struct ff_stmt *from,
                                        struct ff_stmt *to);

#endif
