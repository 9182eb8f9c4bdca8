/* SPDX-License-Identifier: MIT */
/* table_set.h - a set of the database's tables, a bit each (FF_TABLE_* of gen/queries.h). */
#ifndef FF_BASE_TABLE_SET_H
#define FF_BASE_TABLE_SET_H

#include <stdint.h>

__extension__ typedef unsigned __int128 ff_table_set;

/* The table of bit i; all there are. */
#define FF_TABLE_BIT(i) ((ff_table_set)1 << (i))
#define FF_TABLES_ALL   (~(ff_table_set)0)

#endif
