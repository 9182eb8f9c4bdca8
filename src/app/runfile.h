/* SPDX-License-Identifier: MIT */
/* runfile.h - DATA/run.json: which process serves this data directory, on which loopback port, and
 * the secret by which the operator's commands reach it. Mode 0600; made at start, gone at stop. */
#ifndef FF_APP_RUNFILE_H
#define FF_APP_RUNFILE_H

#include "app/trouble.h"
#include "base/ctx.h"

enum { FF_RUN_SECRET_CAP = 65 };

struct ff_run {
    int64_t pid, port;
    const char *secret, *started; /* in the context's arena after a read */
};

/* Writes the file for this process. */
bool ff_runfile_write(const char *dir, const struct ff_run *run, struct ff_trouble *t);
void ff_runfile_remove(const char *dir);

/* Reads it; false when there is none or it is not ours. */
bool ff_runfile_read(struct ff_ctx *cx, const char *dir, struct ff_run *run);

/* True when a file of an earlier process is still there: that one ended without shutdown. */
bool ff_runfile_exists(const char *dir);

#endif
