/* SPDX-License-Identifier: MIT */
/* cmd_version.c - version: the program, the libraries that really run, the schema. */
#include <ctype.h>
#include <stdio.h>

#include "app/libraries.h"
#include "cli/cli.h"
#include "db/db.h"

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

static void print_json(void)
{
    printf("{\"version\":\"%s\",\"build\":\"%s\",\"compiler\":\"%s\",\"schema\":%d,\"libraries\":{",
           ff_version(), ff_build_id(), COMPILER, ff_db_schema_version());
    for (size_t i = 0; i < FF_LIBRARIES; i++) {
        struct ff_library library = ff_library_at(i);
        printf("%s\"", i ? "," : "");
        for (const char *p = library.name; *p; p++)
            putchar(tolower((unsigned char)*p));
        printf("\":\"%s\"", library.running);
    }
    puts("}}");
}

static void print_text(void)
{
    printf("FeastFrenzy %s (build %s, %s)\n  database schema %d\n  ", ff_version(), ff_build_id(),
           COMPILER, ff_db_schema_version());
    for (size_t i = 0; i < FF_LIBRARIES; i++) {
        struct ff_library library = ff_library_at(i);
        printf("%s%s %s", i ? ", " : "", library.name, library.running);
    }
    putchar('\n');
}

int ff_cmd_version(struct ff_cli *cli)
{
    if (ff_opt_bool(&cli->o, FF_OPT_JSON))
        print_json();
    else
        print_text();
    return 0;
}
