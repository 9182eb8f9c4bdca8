/* SPDX-License-Identifier: MIT */
/* app.c - opening and closing a data directory in the right order. */
#include "app/app.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "api/route.h"
#include "app/runfile.h"
#include "auth/auth.h"
#include "base/metrics.h"
#include "cache/lru.h"
#include "db/db.h"
#include "domain/audit/queue.h"
#include "domain/audit/verify.h"
#include "domain/catalog/price.h"
#include "domain/site/zone.h"

enum { MIB = 1 << 20 };

void ff_app_ctx(struct ff_app *app, struct ff_arena *arena, struct ff_ctx *cx)
{
    ff_ctx_init(cx, arena, app->clock);
    cx->db = app->db;
    cx->auth = app->auth;
    cx->site = app->site;
    cx->cache = app->cache;
    cx->health = &app->health;
    cx->audit = app->audit;
    cx->metrics = app->metrics;
    cx->who = (struct ff_actor){
        .role = FF_ROLE_ADMIN, .scope = FF_ALL, .is_cli = true, .cli_uid = (int64_t)getuid()};
}

void ff_app_again(struct ff_app *app)
{
    if (app->db)
        ff_db_release(&app->cx);
    ff_arena_reset(app->arena);
    ff_app_ctx(app, app->arena, &app->cx);
}

void ff_app_shrink(struct ff_app *app)
{
    ff_db_shrink(app->db);
    (void)malloc_trim(0);
}

enum ff_exit ff_app_exit(enum ff_rc rc)
{
    int status = rc == FF_OK ? 0 : ff_err_info(rc)->status;
    if (rc == FF_OK)
        return FF_EXIT_OK;
    if (rc == FF_BUSY || rc == FF_SHUTTING_DOWN)
        return FF_EXIT_TRY_LATER;
    if (rc == FF_STORAGE_FULL || rc == FF_STORAGE_FAULT)
        return FF_EXIT_IO;
    if (rc == FF_ALREADY_EXISTS)
        return FF_EXIT_NO_CREATE;
    if (status == 401 || status == 403)
        return FF_EXIT_PERMISSION;
    return status >= 500 ? FF_EXIT_INTERNAL : FF_EXIT_USAGE;
}

bool ff_app_trouble(struct ff_app *app, struct ff_trouble *t, const char *hint, const char *what)
{
    ff_trouble(t, ff_app_exit(app->cx.err.rc), hint, "%s", what);
    ff_trouble_why(t, "%s", app->cx.err.detail);
    return false;
}

enum ff_log_level ff_app_news_level(void)
{
    return isatty(STDERR_FILENO) ? FF_LOG_DEBUG : FF_LOG_INFO;
}

void ff_time_zone_system(char out[64])
{
    static const char root[] = "/usr/share/zoneinfo/";
    const char *tz = getenv("TZ");
    char link[256];
    snprintf(out, 64, "UTC");
    if (tz && tz[0] && ff_zone_valid(tz)) {
        snprintf(out, 64, "%s", tz);
        return;
    }
    ssize_t n = readlink("/etc/localtime", link, sizeof link - 1);
    if (n <= 0)
        return;
    link[n] = 0;
    const char *zone = strstr(link, root);
    if (zone && ff_zone_valid(zone + sizeof root - 1))
        snprintf(out, 64, "%s", zone + sizeof root - 1);
}

bool ff_app_load_site(struct ff_app *app, struct ff_trouble *t)
{
    if (ff_site_load(&app->cx, &app->site))
        return ff_app_trouble(app, t, "feastfrenzy verify", "cannot read the canteen's settings");
    app->cx.site = app->site;
    ff_price_watch(&app->cx);
    struct ff_site_settings s = ff_site_get(&app->cx);
    if (!ff_zone_valid(s.time_zone)) {
        ff_trouble(t, FF_EXIT_CONFIG, "apt-get install tzdata",
                   "this system does not know the canteen's time zone %s", s.time_zone);
        return false;
    }
    /* Business dates are reckoned in the canteen's zone; no other thread reads the time yet. */
    setenv("TZ", s.time_zone, 1);
    tzset();
    ff_app_again(app);
    return true;
}

/* What the operator can do about a database that did not open. */
static const char *open_hint(int exit_hint)
{
    switch (exit_hint) {
    case FF_EXIT_TRY_LATER:
        return "stop the other process, or wait for it";
    case FF_EXIT_PERMISSION:
        return "run as the owner of the data directory";
    case FF_EXIT_IO:
        return "feastfrenzy restore FILE   (the newest good copy is in DATA/backups)";
    case FF_EXIT_CONFIG:
        return "feastfrenzy migrate status";
    default:
        return NULL;
    }
}

static bool open_db(struct ff_app *app, const struct ff_app_wants *w, struct ff_trouble *t)
{
    struct ff_db_options options = {
        .dir = app->dir,
        .read_only = w->read_only,
        .create = w->create,
        .no_migrate = w->no_migrate,
        .allow_remote_fs = w->allow_remote_fs,
        .queue_max = w->queue_max,
        .slow_ms = w->slow_ms,
    };
    char hint[FF_APP_DIR_CAP + 64];
    if (!w->create && !ff_db_exists(app->dir)) {
        snprintf(hint, sizeof hint, "feastfrenzy init --data %s --currency EUR", app->dir);
        return ff_trouble(t, FF_EXIT_CONFIG, hint, "there is no database in %s yet", app->dir);
    }
    int exit_hint = 0;
    enum ff_rc rc = ff_db_open(&app->cx, &options, &app->db, &exit_hint);
    if (rc == FF_OK)
        return true;
    app->is_held = rc == FF_BUSY;
    ff_trouble(t, exit_hint ? (enum ff_exit)exit_hint : ff_app_exit(rc), open_hint(exit_hint),
               "cannot open the database in %s", app->dir);
    ff_trouble_why(t, "%s", app->cx.err.detail);
    return false;
}

static bool open_parts(struct ff_app *app, const struct ff_app_wants *w, struct ff_trouble *t)
{
    if (!open_db(app, w, t))
        return false;
    app->cx.db = app->db;
    if (ff_auth_open(&app->cx, app->dir, &app->auth)) {
        ff_trouble(t, FF_EXIT_CONFIG, "put the key file back from where you keep it",
                   "the keys in %s/keys cannot be used", app->dir);
        ff_trouble_why(t, "%s", app->cx.err.detail);
        return false;
    }
    if (w->cache_mib) /* without memory for it: slower, not wrong */
        app->cache = ff_lru_new(w->cache_mib * MIB);
    if (!w->read_only && !(app->audit = ff_audit_queue_new()))
        return ff_trouble(t, FF_EXIT_INTERNAL, NULL, "out of memory");
    if (!w->read_only)
        app->metrics = ff_metrics_new(ff_n_routes); /* without memory for it: nothing is counted */
    return w->create || ff_app_load_site(app, t);
}

bool ff_app_open(struct ff_app *app, const struct ff_app_wants *wants, struct ff_trouble *t)
{
    *app = (struct ff_app){.keeps_clock = wants->clock != NULL};
    snprintf(app->dir, sizeof app->dir, "%s", wants->dir);
    app->arena = ff_arena_new(0);
    app->clock = wants->clock ? wants->clock : ff_clock_new_system();
    if (!app->arena || !app->clock) {
        ff_app_close(app);
        return ff_trouble(t, FF_EXIT_INTERNAL, NULL, "out of memory");
    }
    ff_app_ctx(app, app->arena, &app->cx);
    app->was_unclean = ff_runfile_exists(app->dir);
    if (open_parts(app, wants, t)) {
        ff_app_again(app);
        return true;
    }
    bool is_held = app->is_held;
    ff_app_close(app);
    app->is_held = is_held;
    return false;
}

/* What a command did is in the mark too, not only what a server did. */
static void mark_audit(struct ff_app *app)
{
    struct ff_mark head;
    if (ff_audit_mark(&app->cx, true, &head))
        ff_logf(FF_LOG_ERROR, NULL, "audit log: %s", app->cx.err.detail);
}

/* What was noted is written before the database closes. */
static void flush_audit(struct ff_app *app)
{
    if (!app->audit)
        return;
    ff_app_again(app);
    if (ff_audit_flush(&app->cx))
        ff_logf(FF_LOG_ERROR, NULL, "the last notes of the audit log could not be written: %s",
                app->cx.err.detail);
    else
        mark_audit(app);
}

void ff_app_close(struct ff_app *app)
{
    flush_audit(app);
    if (app->db)
        ff_db_release(&app->cx);
    ff_site_free(app->site);
    ff_lru_free(app->cache);
    ff_metrics_free(app->metrics);
    ff_audit_queue_free(app->audit);
    ff_auth_free(app->auth);
    if (app->db)
        ff_db_close(app->db);
    if (!app->keeps_clock)
        ff_clock_free(app->clock);
    ff_arena_free(app->arena);
    app->site = NULL;
    app->cache = NULL;
    app->metrics = NULL;
    app->audit = NULL;
    app->auth = NULL;
    app->db = NULL;
    app->clock = NULL;
    app->arena = NULL;
}
