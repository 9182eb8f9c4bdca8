/* SPDX-License-Identifier: MIT */
/* cmd_version.c - version: the program, the libraries that really run, the schema. */
#include <stdio.h>

#include "auth/auth.h"
#include "base/version.h"
#include "cli/cli.h"
#include "db/db.h"
#include "http/server.h"
#include "json/schema.h"

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

int ff_cmd_version(struct ff_cli *cli)
{
    bool json = ff_opt_bool(&cli->o, FF_OPT_JSON);
    printf(json ? "{\"version\":\"%s\",\"build\":\"%s\",\"compiler\":\"%s\",\"schema\":%d,"
                  "\"libraries\":{\"sqlite\":\"%s\",\"civetweb\":\"%s\",\"cjson\":\"%s\","
                  "\"libsodium\":\"%s\"}}\n"
                : "FeastFrenzy %s (build %s, %s)\n  database schema %d\n  SQLite %s, CivetWeb %s, "
                  "cJSON %s, libsodium %s\n",
           ff_version(), ff_build_id(), COMPILER, ff_db_schema_version(), ff_db_engine_version(),
           ff_server_library_version(), ff_json_library_version(), ff_auth_library_version());
    return 0;
}
