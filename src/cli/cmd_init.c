/* SPDX-License-Identifier: MIT */
/* cmd_init.c - init: a new data directory with an empty database and the canteen's fixed facts. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/paths.h"
#include "base/version.h"
#include "cli/cli.h"
#include "db/db.h"
#include "domain/site/zone.h"

static bool fill_settings(struct ff_cli *cli, struct ff_site_settings *s)
{
    const char *name = ff_opt_text(&cli->o, FF_OPT_NAME);
    const char *tz = ff_opt_text(&cli->o, FF_OPT_TZ);
    const char *currency = ff_opt_text(&cli->o, FF_OPT_CURRENCY);
    *s = (struct ff_site_settings){.decimals = ff_opt_int(&cli->o, FF_OPT_DECIMALS),
                                   .identify_badge = 1,
                                   .identify_number = 1,
                                   .idle_seconds = 60,
                                   .undo_seconds = 300};
    snprintf(s->name, sizeof s->name, "%s", name ? name : "Canteen");
    snprintf(s->currency, sizeof s->currency, "%.3s", currency);
    snprintf(s->locale, sizeof s->locale, "%.2s", ff_opt_text(&cli->o, FF_OPT_LOCALE));
    if (tz)
        snprintf(s->time_zone, sizeof s->time_zone, "%.63s", tz);
    else
        ff_time_zone_system(s->time_zone);
    if (strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
        return ff_trouble(&cli->t, FF_EXIT_USAGE, "--currency EUR", "\"%s\" is no currency code",
                          currency);
    if (!ff_zone_valid(s->time_zone))
        return ff_trouble(&cli->t, FF_EXIT_USAGE, "--tz Europe/Budapest",
                          "\"%s\" is no time zone that this system knows", s->time_zone);
    return true;
}

static void print_done(const struct ff_app *app, const struct ff_site_settings *s)
{
    printf("FeastFrenzy %s\n"
           "  Data      %s   (new)\n"
           "  Database  created, version %d\n"
           "  Canteen   %s: %s with %d decimals, %s (fixed)\n\n"
           "Next, with the same --data:\n"
           "  feastfrenzy user add you@example.org --role admin\n"
           "  feastfrenzy import products FILE.csv\n"
           "  feastfrenzy import employees FILE.csv\n"
           "  feastfrenzy kiosk add \"Kiosk 1\"\n"
           "  feastfrenzy serve\n",
           ff_version(), app->dir, ff_db_schema_version(), s->name, s->currency, (int)s->decimals,
           s->time_zone);
}

int ff_cmd_init(struct ff_cli *cli)
{
    struct ff_site_settings settings;
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    if (!dir || !fill_settings(cli, &settings) || !ff_data_dir_make(dir, &cli->t))
        return FF_EXIT_USAGE;
    if (ff_db_exists(dir)) {
        ff_trouble(&cli->t, FF_EXIT_NO_CREATE, "another --data DIR, or feastfrenzy serve",
                   "there is a database in %s already", dir);
        ff_trouble_why(&cli->t, "it is never replaced");
        return FF_EXIT_NO_CREATE;
    }
    struct ff_app app;
    struct ff_app_wants wants = {.dir = dir,
                                 .create = true,
                                 .allow_remote_fs = ff_opt_bool(&cli->o, FF_OPT_ALLOW_REMOTE_FS)};
    if (!ff_app_open(&app, &wants, &cli->t))
        return FF_EXIT_INTERNAL;
    if (ff_site_init(&app.cx, &settings))
        ff_app_trouble(&app, &cli->t, "feastfrenzy help init", "the canteen could not be set up");
    else
        print_done(&app, &settings);
    ff_app_close(&app);
    return 0;
}
