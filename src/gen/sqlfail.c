/* SPDX-License-Identifier: MIT */
/* sqlfail.c - see sqlfail.h. What makes the engine keep copies is not told by any call of it; it
 * can be read in the program that it makes of a statement, by the rules of its
 * sqlite3AssertMayAbort().
 */
#include "sqlfail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool sql_fail_make(char **text)
{
    static const char words[] = " OR FAIL";
    size_t n = strspn(*text, " \t\r\n");
    if (strncmp(*text + n, "INSERT ", sizeof "INSERT " - 1) != 0 &&
        strncmp(*text + n, "UPDATE ", sizeof "UPDATE " - 1) != 0)
        return false;
    n += sizeof "INSERT" - 1; /* UPDATE is as long */
    size_t size = strlen(*text) + sizeof words;
    char *longer = malloc(size);
    if (!longer)
        return false;
    snprintf(longer, size, "%.*s%s%s", (int)n, *text, words, *text + n);
    free(*text);
    *text = longer;
    return true;
}

static bool may_abort(sqlite3_stmt *row)
{
    enum { ABORT = 2, CODE = 0xff };
    const char *opcode = (const char *)sqlite3_column_text(row, 1);
    int p1 = sqlite3_column_int(row, 2), p2 = sqlite3_column_int(row, 3);
    if (strncmp(opcode, "Halt", sizeof "Halt" - 1) == 0)
        return (p1 & CODE) == SQLITE_CONSTRAINT && p2 == ABORT;
    return strstr(opcode, "Func") || (strcmp(opcode, "FkCounter") == 0 && p1 == 0 && p2 == 1);
}

bool sql_fail_aborts(sqlite3 *db, const char *text)
{
    bool aborts = false;
    sqlite3_stmt *st = NULL;
    size_t size = strlen(text) + sizeof "EXPLAIN ";
    char *explain = malloc(size);
    if (!explain)
        return true;
    snprintf(explain, size, "EXPLAIN %s", text);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_prepare_v2(db, explain, -1, &st, NULL);
    while (sqlite3_step(st) == SQLITE_ROW)
        aborts |= may_abort(st);
    sqlite3_finalize(st);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    free(explain);
    return aborts;
}
