/* SPDX-License-Identifier: MIT */
/* check.h - THE table of checks: what must be so for a canteen to be served safely. `doctor` runs
 * all rows, a start those that are quick, the readiness those that may change while serving, the
 * check of the books after a start those that take long. A row is one function that looks and says
 * one sentence and one remedy. */
#ifndef FF_APP_CHECK_H
#define FF_APP_CHECK_H

#include "app/app.h"
#include "app/options.h"
#include "app/runfile.h"

enum ff_check_level { FF_CHECK_OK, FF_CHECK_WARN, FF_CHECK_ERROR };

/* Text and fix are plain English without a full stop; fix is empty when all is well. */
struct ff_finding {
    enum ff_check_level level;
    char text[400], fix[300];
};

/* What a check may look at. */
struct ff_check_env {
    const struct ff_options *options;
    const struct ff_trouble *config; /* why the configuration could not be read; NULL: it could */
    const char *dir;                 /* the data directory */
    struct ff_app *app;              /* NULL: it is not open */
    const struct ff_trouble *closed; /* then why */
    struct ff_ctx *cx;               /* over the app, the thread's own */
    long server;                     /* the process that serves `dir`; 0: none */
};

enum {
    FF_AT_START = 1, /* quick; an error refuses the start */
    FF_AT_READY = 2, /* every few seconds while serving; an error: not ready */
    FF_AT_BOOKS = 4, /* slow, once after each start; an error: nothing is booked any more */
};

struct ff_check {
    const char *id;
    unsigned when; /* 0: only doctor */
    bool needs_app;
    enum ff_exit refusal; /* how a start ends that it refuses */
    void (*look)(const struct ff_check_env *env, struct ff_finding *out);
    bool (*mend)(const struct ff_check_env *env); /* for --fix; NULL: nothing for a program to do */
    size_t part; /* offset in struct ff_health of the state it sets; 0: none */
};

enum { FF_CHECKS_MAX = 48 };
extern const struct ff_check ff_checks[];
extern const size_t ff_n_checks;

/* Runs one row: a row that needs the app warns when that is not open. */
void ff_check_run(const struct ff_check *check, const struct ff_check_env *env,
                  struct ff_finding *out);

/* For the functions of the rows: what was found, printf style; returns nothing so that a row can
 * end with it. `fix` NULL: none. */
void ff_found(struct ff_finding *out, enum ff_check_level level, const char *fix,
              const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The rows of FF_AT_START: before the app is open (env->app NULL) those that need none, after it
 * those that need it. False with trouble for the first error; warnings are logged, or printed at a
 * terminal. */
bool ff_check_start(const struct ff_check_env *env, struct ff_trouble *t);

/* The environment of a serving process. */
struct ff_check_env ff_check_env_of(struct ff_app *app, const struct ff_options *options);

/* The rows of FF_AT_READY, into app->health; what changes is logged. */
void ff_check_ready(struct ff_app *app, const struct ff_options *options);

#endif
