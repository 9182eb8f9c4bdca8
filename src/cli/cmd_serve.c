/* SPDX-License-Identifier: MIT */
/* cmd_serve.c - serve: the server in the foreground. */
#include "app/check.h"
#include "app/harden.h"
#include "app/lifecycle.h"
#include "app/paths.h"
#include "app/signals.h"
#include "cli/cli.h"

/* The clock of --test-clock, or NULL for the system's. */
static struct ff_clock *test_clock(const struct ff_options *o)
{
    const char *start = ff_opt_text(o, FF_OPT_TEST_CLOCK);
    int64_t ms = 0;
    if (!start || !ff_instant_parse(start, &ms))
        return NULL;
    return ff_clock_new_test(ms);
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
    };
    struct ff_check_env env = {.options = &cli->o, .dir = dir};
    int code = FF_EXIT_INTERNAL;
    if (ff_check_start(&env, &cli->t) && ff_app_open(&app, &wants, &cli->t)) {
        struct ff_serving serving = {
            .app = &app, .options = &cli->o, .flags = {.test_clock = clock != NULL}};
        code = ff_serve(&serving, &cli->t);
        ff_app_close(&app);
    }
    if (clock)
        ff_clock_free(clock);
    return code;
}
