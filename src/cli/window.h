/* SPDX-License-Identifier: MIT */
/* window.h - a serving window as people name it on a command line. */
#ifndef FF_CLI_WINDOW_H
#define FF_CLI_WINDOW_H

#include "cli/call.h"

struct ff_window_ref {
    int64_t id, version;
};

/* The window of exactly this name. */
bool ff_window_look(struct ff_caller *c, const char *name, struct ff_window_ref *out);

#endif
