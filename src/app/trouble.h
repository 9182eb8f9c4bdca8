/* SPDX-License-Identifier: MIT */
/* trouble.h - how a command ends badly: three lines for the operator (what happened, why, what to
 * type) and an exit code of the table in operator terms. */
#ifndef FF_APP_TROUBLE_H
#define FF_APP_TROUBLE_H

#include <stdbool.h>

/* Exit codes: the values of sysexits.h and three of ours. */
enum ff_exit {
    FF_EXIT_OK = 0,
    FF_EXIT_CHECK_FAILED = 1, /* a check ran and found something */
    FF_EXIT_CHECK_WARNED = 2, /* doctor: nothing worse than warnings */
    FF_EXIT_USAGE = 64,
    FF_EXIT_DATA = 65,      /* input file malformed */
    FF_EXIT_NO_INPUT = 66,  /* input file missing */
    FF_EXIT_LISTEN = 69,    /* cannot listen */
    FF_EXIT_INTERNAL = 70,  /* a bug of ours */
    FF_EXIT_NO_CREATE = 73, /* would overwrite, or cannot create */
    FF_EXIT_IO = 74,
    FF_EXIT_TRY_LATER = 75, /* another process holds the data directory */
    FF_EXIT_PERMISSION = 77,
    FF_EXIT_CONFIG = 78, /* configuration, or a database newer than the program */
    FF_EXIT_SIGINT = 130,
    FF_EXIT_SIGTERM = 143
};

struct ff_trouble {
    enum ff_exit code;
    char what[512], why[512], hint[512]; /* why and hint may be empty */
};

/* Fills `t` (the first trouble stays) and returns false, so that `return ff_trouble(...)` reads
 * well. `hint` is what the operator can type or do; NULL: nothing to add. */
bool ff_trouble(struct ff_trouble *t, enum ff_exit code, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Adds the reason line, once. */
void ff_trouble_why(struct ff_trouble *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints the lines to standard error and returns the code. */
int ff_trouble_print(const struct ff_trouble *t);

#endif
