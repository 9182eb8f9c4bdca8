/* SPDX-License-Identifier: MIT */
/* app.h - one opened data directory: database, keys, settings, and a context over them. */
#ifndef FF_APP_APP_H
#define FF_APP_APP_H

#include "app/trouble.h"
#include "base/ctx.h"
#include "base/health.h"
#include "base/log.h"
#include "domain/site/site.h"

enum { FF_APP_DIR_CAP = 1024 };

struct ff_app {
    char dir[FF_APP_DIR_CAP];
    struct ff_arena *arena; /* of `cx` only; other threads bring their own */
    struct ff_clock *clock;
    struct ff_db *db;
    struct ff_auth *auth;
    struct ff_site *site;
    struct ff_lru *cache;
    struct ff_audit_queue *audit;
    struct ff_metrics *metrics;
    struct ff_health health;
    struct ff_ctx cx; /* caller: the command line */
    bool is_held;     /* opening failed because another process holds the directory */
    bool was_unclean; /* the process before left its run file behind */
    bool keeps_clock; /* the clock is the caller's */
};

struct ff_app_wants {
    const char *dir;
    struct ff_clock *clock; /* NULL: the system's */
    bool read_only;         /* look beside a running server */
    bool create;            /* a new database: no settings yet, call ff_app_load_site */
    bool no_migrate, allow_remote_fs;
    size_t queue_max; /* 0: default */
    int slow_ms;      /* as in ff_db_options */
    size_t cache_mib; /* for replies that are kept; 0: none is */
};

/* Opens it all. The directory was checked before (ff_data_dir_check). On failure `t` says why, and
 * nothing stays open. */
bool ff_app_open(struct ff_app *app, const struct ff_app_wants *wants, struct ff_trouble *t);

/* After ff_site_init in a new database: loads the settings and sets the time zone. */
bool ff_app_load_site(struct ff_app *app, struct ff_trouble *t);

/* Closes what is open; harmless twice. */
void ff_app_close(struct ff_app *app);

/* A context over the opened parts for another thread or request; `arena` is the caller's. */
void ff_app_ctx(struct ff_app *app, struct ff_arena *arena, struct ff_ctx *cx);

/* Clears cx for the next use: arena, error, connection. */
void ff_app_again(struct ff_app *app);

/* Gives the system back what was needed once: after the start, and after each hour. */
void ff_app_shrink(struct ff_app *app);

/* The trouble of a failed call, as an exit: what was tried, the error's detail, what to do. */
bool ff_app_trouble(struct ff_app *app, struct ff_trouble *t, const char *hint, const char *what);

/* Exit code of an error. */
enum ff_exit ff_app_exit(enum ff_rc rc);

/* Level of what is news in a log but noise at a terminal, where a start is two lines. */
enum ff_log_level ff_app_news_level(void);

/* The system's own time zone, "UTC" when it has none. */
void ff_time_zone_system(char out[64]);

#endif
