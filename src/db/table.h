/* SPDX-License-Identifier: MIT */
/* table.h - whole tables as the schema has them, without a query of their own: for exports and for
 * proofs that must not forget a table. */
#ifndef FF_DB_TABLE_H
#define FF_DB_TABLE_H

#include "db/db.h"

/* All rows and columns of table `table` (0..FF_TABLE_COUNT - 1, named by ff_table_names) in the
 * order of its primary key, on the context's reader and so of one moment with what else the context
 * reads; takes as long as it takes. Step it with ff_db_row. FF_BUSY without a reader. */
FF_MUST_CHECK enum ff_rc ff_db_table(struct ff_ctx *cx, int table, struct ff_stmt **st);

/* Is the column part of the primary key? The columns are counted as in the rows. */
FF_MUST_CHECK enum ff_rc ff_db_table_key(struct ff_ctx *cx, int table, uint64_t *columns);

/* The type a column was declared with: "INTEGER", "TEXT", "BLOB". */
const char *ff_db_column_type(struct ff_stmt *st, int column);

enum ff_cell { FF_CELL_NULL, FF_CELL_INT, FF_CELL_TEXT, FF_CELL_BLOB };
/* What stands in a column of the row that is there. */
enum ff_cell ff_db_cell(struct ff_stmt *st, int column);

/* The bytes of a text (with a NUL behind it) or a blob, not copied: until the next step. */
const void *ff_db_cell_bytes(struct ff_stmt *st, int column, size_t *n);

#endif
