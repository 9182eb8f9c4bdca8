/* SPDX-License-Identifier: MIT */
/* cmd_doctor.c - doctor: every row of the check table, beside a running server or without one. It
 * also reads the configuration itself, so that a bad one is a finding and not the end. */
#include <stdio.h>
#include <string.h>

#include "app/check.h"
#include "app/harden.h"
#include "app/paths.h"
#include "base/buf.h"
#include "cli/cli.h"
#include "db/db.h"

extern char **environ;

static const char *const levels[] = {"ok", "warn", "error"};

struct doctor {
    struct ff_cli *cli;
    struct ff_check_env env;
    struct ff_trouble config, closed;
    struct ff_app app;
    struct ff_finding found[FF_CHECKS_MAX];
    bool chosen[FF_CHECKS_MAX], was_mended[FF_CHECKS_MAX];
};

static bool choose_one(struct doctor *d, const char *id, size_t n)
{
    for (size_t i = 0; i < ff_n_checks; i++) {
        if (strlen(ff_checks[i].id) != n || memcmp(ff_checks[i].id, id, n) != 0)
            continue;
        d->chosen[i] = true;
        return true;
    }
    return ff_trouble(&d->cli->t, FF_EXIT_USAGE, "feastfrenzy doctor --list",
                      "there is no check \"%.*s\"", (int)n, id);
}

/* The rows of --run, or all. */
static bool choose(struct doctor *d)
{
    const char *at = ff_opt_text(&d->cli->o, FF_OPT_RUN);
    for (size_t i = 0; !at && i < ff_n_checks; i++)
        d->chosen[i] = true;
    while (at) {
        size_t n = strcspn(at, ",");
        if (!choose_one(d, at, n))
            return false;
        at = at[n] ? at + n + 1 : NULL;
    }
    return true;
}

static int list_rows(void)
{
    for (size_t i = 0; i < ff_n_checks; i++)
        puts(ff_checks[i].id);
    return 0;
}

/* ---- looking ---- */

static void find_server(struct doctor *d)
{
    char holder[160];
    long pid = 0;
    if (ff_db_is_held(d->env.dir, holder) && sscanf(holder, "pid %10ld", &pid) == 1)
        d->env.server = pid;
}

static void open_app(struct doctor *d)
{
    struct ff_app_wants wants = {.dir = d->env.dir,
                                 .read_only = true,
                                 .allow_remote_fs =
                                     ff_opt_bool(&d->cli->o, FF_OPT_ALLOW_REMOTE_FS)};
    if (ff_data_dir_check(d->env.dir, &d->closed) && ff_app_open(&d->app, &wants, &d->closed)) {
        d->env.app = &d->app;
        d->env.cx = &d->app.cx;
    } else {
        d->env.closed = &d->closed;
    }
}

static void look(struct doctor *d, size_t i)
{
    const struct ff_check *check = &ff_checks[i];
    ff_check_run(check, &d->env, &d->found[i]);
    if (d->found[i].level != FF_CHECK_OK && check->mend && ff_opt_bool(&d->cli->o, FF_OPT_FIX) &&
        check->mend(&d->env)) {
        d->was_mended[i] = true;
        ff_check_run(check, &d->env, &d->found[i]);
    }
    if (d->env.app)
        ff_app_again(d->env.app);
}

/* First what can be mended: it may be what keeps the database from opening. */
static enum ff_check_level look_at_all(struct doctor *d)
{
    enum ff_check_level worst = FF_CHECK_OK;
    for (size_t i = 0; i < ff_n_checks; i++)
        if (d->chosen[i] && ff_checks[i].mend)
            look(d, i);
    open_app(d);
    for (size_t i = 0; i < ff_n_checks; i++) {
        if (d->chosen[i] && !ff_checks[i].mend)
            look(d, i);
        if (d->chosen[i] && d->found[i].level > worst)
            worst = d->found[i].level;
    }
    return worst;
}

/* ---- telling ---- */

static void print_json(const struct doctor *d, enum ff_check_level worst)
{
    struct ff_buf out;
    bool first = true;
    ff_buf_init(&out, 65536);
    ff_buf_printf(&out, "{\"level\":\"%s\",\"checks\":[", levels[worst]);
    for (size_t i = 0; i < ff_n_checks; i++) {
        if (!d->chosen[i])
            continue;
        ff_buf_printf(&out, "%s\n {\"id\":\"%s\",\"level\":\"%s\",\"text\":", first ? "" : ",",
                      ff_checks[i].id, levels[d->found[i].level]);
        ff_buf_json(&out, d->found[i].text);
        ff_buf_str(&out, ",\"fix\":");
        ff_buf_json(&out, d->found[i].fix);
        ff_buf_printf(&out, ",\"mended\":%s}", d->was_mended[i] ? "true" : "false");
        first = false;
    }
    ff_buf_str(&out, "]}");
    puts(out.data);
    ff_buf_free(&out);
}

static void print_text(const struct doctor *d)
{
    for (size_t i = 0; i < ff_n_checks; i++) {
        const struct ff_finding *f = &d->found[i];
        if (!d->chosen[i])
            continue;
        printf("%-5s %-20s %s%s\n", levels[f->level], ff_checks[i].id, f->text,
               d->was_mended[i] ? " (mended)" : "");
        if (f->fix[0])
            printf("      %-20s Try: %s\n", "", f->fix);
    }
}

/* Settings as far as they can be read. */
static void settle(struct doctor *d)
{
    if (ff_options_settle(&d->cli->o, environ, &d->config))
        return;
    ff_options_defaults(&d->cli->o);
    d->env.config = &d->config;
}

int ff_cmd_doctor(struct ff_cli *cli)
{
    struct doctor *d = ff_arena_alloc(cli->arena, sizeof *d);
    if (ff_opt_bool(&cli->o, FF_OPT_LIST))
        return list_rows();
    d->cli = cli;
    d->env.options = &cli->o;
    settle(d);
    ff_log_setup(FF_LOG_ERROR, FF_LOG_TEXT); /* what is wrong is a finding here */
    ff_harden(false);
    d->env.dir = ff_data_dir(&cli->o, &cli->t);
    if (!d->env.dir || !choose(d))
        return FF_EXIT_USAGE;
    find_server(d);
    enum ff_check_level worst = look_at_all(d);
    if (ff_opt_bool(&cli->o, FF_OPT_JSON))
        print_json(d, worst);
    else
        print_text(d);
    if (d->env.app)
        ff_app_close(&d->app);
    return worst == FF_CHECK_ERROR  ? FF_EXIT_CHECK_FAILED
           : worst == FF_CHECK_WARN ? FF_EXIT_CHECK_WARNED
                                    : FF_EXIT_OK;
}
