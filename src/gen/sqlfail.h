/* SPDX-License-Identifier: MIT */
/* sqlfail.h - writes that are never undone alone, because the job they are part of is undone as a
 * whole: the engine then keeps no copies of the pages they change (its statement journal). */
#ifndef FF_GEN_SQLFAIL_H
#define FF_GEN_SQLFAIL_H

#include <sqlite3.h>
#include <stdbool.h>

/* Makes "INSERT OR FAIL INTO ..." of "INSERT INTO ...", likewise UPDATE; shared SQL has no word for
 * it. *text is replaced; false, and *text as it was: it is neither. */
bool sql_fail_make(char **text);

/* True when the engine would still keep copies for the statement: a guard that ABORTs, a function
 * in a CHECK, a foreign key that is checked at once beside a guard. */
bool sql_fail_aborts(sqlite3 *db, const char *text);

#endif
