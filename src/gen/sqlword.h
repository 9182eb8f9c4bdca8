/* SPDX-License-Identifier: MIT */
/* sqlword.h - the words of a SQL text, for sqlgen: reads past comments and literals, and names what
 * shared SQL may not contain. */
#ifndef FF_GEN_SQLWORD_H
#define FF_GEN_SQLWORD_H

#include <stddef.h>

/* Which rules hold: a step of the schema or a named query. */
enum sql_kind { SQL_SCHEMA, SQL_QUERY };

/* Calls `report` for each thing in `text` that the two engines do not share, with the byte offset
 * at which it stands and a sentence that says what to write instead. Source: sql-subset.md. */
void sql_lint(const char *text, enum sql_kind kind,
              void (*report)(void *arg, size_t offset, const char *what), void *arg);

#endif
