/* SPDX-License-Identifier: MIT */
/* engine_version.c - which engine runs, for `version`. */
#include "db/engine.h"

const char *ff_db_engine_version(void)
{
    return sqlite3_libversion();
}
