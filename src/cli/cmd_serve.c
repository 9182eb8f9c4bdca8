/* SPDX-License-Identifier: MIT */
/* cmd_serve.c - serve: the server in the foreground. */
#include <string.h>

#include "app/check.h"
#include "app/harden.h"
#include "app/lifecycle.h"
#include "app/paths.h"
#include "app/signals.h"
#include "base/log.h"
#include "cli/cli.h"

extern char **environ;

enum { RELOAD_BYTES = 16 << 20 };

/* The clock of --test-clock, or NULL for the system's. */
static struct ff_clock *test_clock(const struct ff_options *o)
{
    const char *start = ff_opt_text(o, FF_OPT_TEST_CLOCK);
    int64_t ms = 0;
    if (!start || !ff_instant_parse(start, &ms))
        return NULL;
    return ff_clock_new_test(ms);
}

/* Names what has changed and is read at a start only. */
static void name_unheard(const struct ff_options *was, const struct ff_options *is)
{
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        const struct ff_option *row = &ff_option_rows[id];
        const struct ff_setting *a = &was->settings[id], *b = &is->settings[id];
        bool same = a->n == b->n;
        for (size_t i = 0; same && i < a->n; i++)
            same = strcmp(a->values[i], b->values[i]) == 0;
        if (row->key && !same && strcmp(row->section, "log") != 0)
            ff_logf(FF_LOG_WARN, NULL, "%s.%s has changed and needs a new start", row->section,
                    row->key);
    }
}

/* After SIGHUP: the log follows the settings at once. A bad file is refused as a whole. */
static void reload(void *arg)
{
    struct ff_cli *cli = arg;
    struct ff_trouble t = {.code = FF_EXIT_OK};
    struct ff_arena *arena = ff_arena_new(RELOAD_BYTES);
    struct ff_options *o = arena ? ff_arena_alloc(arena, sizeof *o) : NULL;
    if (o) {
        ff_options_init(o, arena);
        if (ff_options_argv(o, cli->argc, cli->argv, &t) && ff_options_settle(o, environ, &t)) {
            ff_cli_setup_log(o, true);
            ff_logf(FF_LOG_INFO, NULL, "settings read again");
            name_unheard(&cli->o, o);
        }
    }
    if (!o || t.code)
        ff_logf(FF_LOG_ERROR, NULL, "settings stay as they were: %s%s%s", t.what,
                t.why[0] ? ": " : "", t.why);
    ff_arena_free(arena);
}

int ff_cmd_serve(struct ff_cli *cli)
{
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    ff_harden(ff_opt_bool(&cli->o, FF_OPT_OPEN));
    if (!dir || !ff_data_dir_check(dir, &cli->t))
        return FF_EXIT_CONFIG;
    if (!ff_signals_start(NULL, NULL)) {
        ff_trouble(&cli->t, FF_EXIT_INTERNAL, NULL, "signals cannot be set up");
        return FF_EXIT_INTERNAL;
    }
    struct ff_clock *clock = test_clock(&cli->o);
    struct ff_app app;
    struct ff_app_wants wants = {
        .dir = dir,
        .clock = clock,
        .no_migrate = !ff_opt_bool(&cli->o, FF_OPT_AUTO_MIGRATE),
        .allow_remote_fs = ff_opt_bool(&cli->o, FF_OPT_ALLOW_REMOTE_FS),
        .queue_max = (size_t)ff_opt_int(&cli->o, FF_OPT_QUEUE),
        .slow_ms = (int)ff_opt_int(&cli->o, FF_OPT_SLOW_QUERY),
        .cache_mib = (size_t)ff_opt_int(&cli->o, FF_OPT_CACHE_SIZE),
    };
    struct ff_check_env env = {.options = &cli->o, .dir = dir};
    int code = FF_EXIT_INTERNAL;
    if (ff_check_start(&env, &cli->t) && ff_app_open(&app, &wants, &cli->t)) {
        struct ff_serving serving = {.app = &app,
                                     .options = &cli->o,
                                     .flags = {.test_clock = clock != NULL},
                                     .reload = reload,
                                     .reload_arg = cli};
        code = ff_serve(&serving, &cli->t);
        ff_app_close(&app);
    }
    if (clock)
        ff_clock_free(clock);
    return code;
}
