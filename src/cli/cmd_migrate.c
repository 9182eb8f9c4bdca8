/* SPDX-License-Identifier: MIT */
/* cmd_migrate.c - migrate status, up, down: the schema's steps by hand. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/paths.h"
#include "cli/cli.h"
#include "db/migrate.h"

struct migration {
    const char *dir;
    struct ff_ctx cx;
    int have, newest;
};

static bool look(struct ff_cli *cli, struct migration *m)
{
    *m = (struct migration){.dir = ff_data_dir(&cli->o, &cli->t), .newest = ff_db_schema_version()};
    struct ff_clock *clock = ff_clock_new_system();
    ff_ctx_init(&m->cx, cli->arena, clock);
    if (!m->dir || !ff_data_dir_check(m->dir, &cli->t))
        return false;
    if (ff_migrate_have(&m->cx, m->dir, &m->have) == FF_OK)
        return true;
    ff_trouble(&cli->t, m->cx.err.rc == FF_NOT_FOUND ? FF_EXIT_CONFIG : FF_EXIT_IO,
               "feastfrenzy help init", "the database's version cannot be read");
    ff_trouble_why(&cli->t, "%s", m->cx.err.detail);
    return false;
}

static bool refuse_newer(struct ff_cli *cli, const struct migration *m)
{
    if (m->have <= m->newest)
        return true;
    ff_trouble(&cli->t, FF_EXIT_CONFIG, "install the newer program",
               "the database has version %d, this program knows %d", m->have, m->newest);
    return false;
}

static bool move(struct ff_cli *cli, struct migration *m, int to)
{
    if (ff_migrate_dir(&m->cx, m->dir, to) == FF_OK) {
        printf("The database went from version %d to version %d; a copy of it as it was is in "
               "%s/backups.\n",
               m->have, to, m->dir);
        return true;
    }
    bool held = m->cx.err.rc == FF_BUSY;
    ff_trouble(&cli->t, ff_app_exit(m->cx.err.rc), held ? "stop the server first" : NULL,
               "the database stays at version %d", m->have);
    ff_trouble_why(&cli->t, "%s", m->cx.err.detail);
    return false;
}

int ff_cmd_migrate_status(struct ff_cli *cli)
{
    struct migration m;
    if (look(cli, &m)) {
        bool json = ff_opt_bool(&cli->o, FF_OPT_JSON);
        if (json)
            printf("{\"database\":%d,\"program\":%d,\"steps\":[", m.have, m.newest);
        else
            printf("Database version %d, program version %d\n", m.have, m.newest);
        for (int i = 1; i < ff_n_migrations; i++) {
            const struct ff_migration *step = &ff_migrations[i];
            const char *state = step->version <= m.have ? "done" : "pending";
            if (json)
                printf("%s{\"version\":%d,\"name\":\"%s\",\"done\":%s}", i > 1 ? "," : "",
                       step->version, step->name, step->version <= m.have ? "true" : "false");
            else
                printf("  %-24s %s\n", step->name, state);
        }
        if (json)
            puts("]}");
    }
    ff_clock_free(m.cx.clock);
    return 0;
}

int ff_cmd_migrate_up(struct ff_cli *cli)
{
    struct migration m;
    bool ok = look(cli, &m) && refuse_newer(cli, &m);
    bool chosen = ff_opt_given(&cli->o, FF_OPT_TO);
    int to = chosen ? (int)ff_opt_int(&cli->o, FF_OPT_TO) : m.newest;
    if (ok && (to > m.newest || to < m.have)) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy migrate status",
                   "version %d is not between %d and %d", to, m.have, m.newest);
    } else if (ok && to == m.have) {
        printf("Nothing to do: the database has version %d.\n", m.have);
    } else if (ok && ff_opt_bool(&cli->o, FF_OPT_DRY_RUN)) {
        for (int v = m.have + 1; v <= to; v++)
            printf("would do %s\n", ff_migrations[v].name);
    } else if (ok) {
        (void)move(cli, &m, to);
    }
    ff_clock_free(m.cx.clock);
    return 0;
}

/* Only with --yes, or a person at the terminal who types it. */
static bool confirmed(struct ff_cli *cli, const struct migration *m)
{
    char answer[16] = "";
    if (ff_opt_bool(&cli->o, FF_OPT_YES))
        return true;
    if (isatty(STDIN_FILENO)) {
        printf("What step %s added will be lost. Type yes to go on: ", ff_migrations[m->have].name);
        fflush(stdout);
        if (fgets(answer, sizeof answer, stdin) && strcmp(answer, "yes\n") == 0)
            return true;
    }
    return ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy migrate down --yes",
                      "going down loses what the step had added; it was not confirmed");
}

int ff_cmd_migrate_down(struct ff_cli *cli)
{
    struct migration m;
    bool ok = look(cli, &m) && refuse_newer(cli, &m);
    if (ok && m.have <= 1)
        ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "the database is at its first version");
    else if (ok && confirmed(cli, &m))
        (void)move(cli, &m, m.have - 1);
    ff_clock_free(m.cx.clock);
    return 0;
}
