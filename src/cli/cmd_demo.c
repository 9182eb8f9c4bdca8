/* SPDX-License-Identifier: MIT */
/* cmd_demo.c - demo: fill a private directory with the sample canteen, serve it, remove it. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/harden.h"
#include "app/lifecycle.h"
#include "app/paths.h"
#include "app/signals.h"
#include "base/log.h"
#include "base/version.h"
#include "cli/demo.h"

#define DAY_MS INT64_C(86400000)

/* What the removal at the end needs to know, also on a second signal. */
struct place {
    char dir[256];
    bool is_kept;
};

static void remove_place(void *arg)
{
    const struct place *place = arg;
    if (!place->is_kept && place->dir[0])
        ff_data_dir_remove(place->dir);
}

static bool find_place(struct ff_cli *cli, struct place *place)
{
    const char *keep = ff_opt_text(&cli->o, FF_OPT_KEEP);
    const char *tmp = getenv("TMPDIR");
    if (keep) {
        place->is_kept = true;
        snprintf(place->dir, sizeof place->dir, "%s", keep);
        return strlen(keep) < sizeof place->dir && ff_data_dir_make(keep, &cli->t);
    }
    snprintf(place->dir, sizeof place->dir, "%.200s/feastfrenzy-demo-XXXXXX",
             tmp && tmp[0] == '/' ? tmp : "/tmp");
    if (mkdtemp(place->dir))
        return true;
    ff_trouble(&cli->t, FF_EXIT_NO_CREATE, "--keep DIR", "no temporary directory could be made");
    ff_trouble_why(&cli->t, "%s", strerror(errno));
    place->dir[0] = 0;
    return false;
}

/* Noon of the day that --clock names, in the demo's own zone; 0 without it. */
static int64_t frozen_noon(const struct ff_options *o)
{
    const char *date = ff_opt_text(o, FF_OPT_CLOCK);
    struct tm tm = {.tm_hour = 12, .tm_isdst = -1};
    if (!date || sscanf(date, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) != 3)
        return 0;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    setenv("TZ", "Europe/Budapest", 1);
    tzset();
    return (int64_t)mktime(&tm) * 1000;
}

static int64_t real_now(void)
{
    struct ff_clock *clock = ff_clock_new_system();
    int64_t now = ff_clock_now_ms(clock);
    ff_clock_free(clock);
    return now;
}

/* Makes the data under a clock of its own that begins before the first day. */
static bool make(struct ff_demo *d, const char *dir)
{
    struct ff_app app;
    struct ff_app_wants wants = {.dir = dir, .create = true};
    wants.clock = d->clock = ff_clock_new_test(d->today_ms - (FF_DEMO_DAYS + 1) * DAY_MS);
    ff_log_setup(FF_LOG_WARN, FF_LOG_TEXT); /* thousands of bookings are no news */
    bool ok = d->clock && ff_app_open(&app, &wants, &d->cli->t);
    if (ok) {
        d->app = &app;
        ok = ff_demo_setup(d) && ff_demo_history(d);
        ff_app_close(&app);
    }
    ff_clock_free(d->clock);
    d->app = NULL;
    d->clock = NULL;
    return ok;
}

static void announce(void *arg, const char *url)
{
    const struct ff_demo *d = arg;
    char badge[16], pin[16], other_badge[16], other_pin[16];
    ff_demo_badge(1, badge);
    ff_demo_pin(1, pin);
    ff_demo_badge(2, other_badge);
    ff_demo_pin(2, other_pin);
    printf("FeastFrenzy %s demo: a works canteen with %d dishes, %d people and %" PRId64
           " purchases of 90 days.\n"
           "  Open      %s/\n"
           "  Kiosk     %s/kiosk#pair=%s\n"
           "  Sign in   admin@feastfrenzy.com / Admin123!\n"
           "            manager@feastfrenzy.com / Manager123!\n"
           "            employee@feastfrenzy.com / Employee123!   (Kovács Péter)\n"
           "  Badge     type %s and Enter at the kiosk (Kovács Péter), %s (Nagy Erzsébet), ... "
           "FF-0020\n"
           "  PIN       EMP001 %s, EMP002 %s, each next one 389 more\n"
           "Ready. Press Ctrl-C to stop%s.\n",
           ff_version(), FF_DEMO_PRODUCTS, FF_DEMO_PEOPLE, d->purchases, url, url, d->pair_code,
           badge, other_badge, pin, other_pin,
           ff_opt_text(&d->cli->o, FF_OPT_KEEP) ? "; the data stays" : "; the data goes with it");
    fflush(stdout);
}

static int serve(struct ff_demo *d, const char *dir, int64_t noon_ms)
{
    struct ff_cli *cli = d->cli;
    struct ff_app app;
    struct ff_clock *frozen = noon_ms ? ff_clock_new_test(noon_ms) : NULL;
    struct ff_app_wants wants = {.dir = dir,
                                 .clock = frozen,
                                 .queue_max = (size_t)ff_opt_int(&cli->o, FF_OPT_QUEUE),
                                 .slow_ms = (int)ff_opt_int(&cli->o, FF_OPT_SLOW_QUERY),
                                 .cache_mib = (size_t)ff_opt_int(&cli->o, FF_OPT_CACHE_SIZE)};
    int code = FF_EXIT_INTERNAL;
    if (ff_app_open(&app, &wants, &cli->t)) {
        struct ff_serving serving = {.app = &app,
                                     .options = &cli->o,
                                     .flags = {.demo = true, .test_clock = frozen != NULL},
                                     .announce = announce,
                                     .arg = d};
        ff_cli_setup_log(&cli->o, true);
        code = ff_serve(&serving, &cli->t);
        ff_app_close(&app);
    }
    if (frozen)
        ff_clock_free(frozen);
    return code;
}

/* Everybody knows the demo's passwords: others on the network only when asked for by hand. */
static bool is_private(struct ff_cli *cli)
{
    const struct ff_setting *listen = &cli->o.settings[FF_OPT_LISTEN];
    for (size_t i = 0; i < listen->n; i++)
        if (strncmp(listen->values[i], "127.", 4) != 0 && listen->origin != FF_FROM_FLAG) {
            ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy demo --listen ADDR:PORT",
                       "the demo does not listen on %s by itself", listen->values[i]);
            ff_trouble_why(&cli->t,
                           "its passwords are known to everybody, and %s says so, not "
                           "the command line",
                           listen->where);
            return false;
        }
    return true;
}

int ff_cmd_demo(struct ff_cli *cli)
{
    static struct place place; /* outlives this frame: the signal thread may need it */
    ff_harden(ff_opt_bool(&cli->o, FF_OPT_OPEN));
    if (!is_private(cli))
        return FF_EXIT_USAGE;
    int64_t noon_ms = frozen_noon(&cli->o);
    struct ff_demo d = {.cli = cli,
                        .today_ms = noon_ms ? noon_ms : real_now(),
                        .seed = (uint64_t)ff_opt_int(&cli->o, FF_OPT_SEED)};
    int code = FF_EXIT_INTERNAL;
    if (!ff_signals_start(remove_place, &place))
        ff_trouble(&cli->t, FF_EXIT_INTERNAL, NULL, "signals cannot be set up");
    else if (find_place(cli, &place) && make(&d, place.dir))
        code = serve(&d, place.dir, noon_ms);
    remove_place(&place);
    return code;
}
