/* SPDX-License-Identifier: MIT */
/* lifecycle.h - serving: from an opened data directory to a graceful stop. */
#ifndef FF_APP_LIFECYCLE_H
#define FF_APP_LIFECYCLE_H

#include "app/app.h"
#include "app/options.h"

struct ff_serving {
    struct ff_app *app;
    const struct ff_options *options;
    struct ff_run_flags flags;
    /* Tells the operator where it is, once it listens; `url` without a path. NULL: two lines. */
    void (*announce)(void *arg, const char *url);
    void *arg;
    /* Reads the settings again after SIGHUP; NULL: nothing to read. */
    void (*reload)(void *arg);
    void *reload_arg;
};

/* Listens, says so, checks the books in the background, and serves until a signal comes
 * (ff_signals_start was called before the app was opened) or the storage fails. The exit code: 0
 * after a graceful stop, 74 when a commit ended with an unknown outcome, else `t` says why. */
int ff_serve(const struct ff_serving *serving, struct ff_trouble *t);

#endif
