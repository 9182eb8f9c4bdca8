/* SPDX-License-Identifier: MIT */
/* harden.h - what a process that holds money and secrets does to itself before it opens them. */
#ifndef FF_APP_HARDEN_H
#define FF_APP_HARDEN_H

#include <stdbool.h>

/* Descriptors that --threads 2048 needs, with the database and the rest. */
enum { FF_HARDEN_FILES = 4096 };

/* umask 0077, no core files, not dumpable (no debugger of another process of the same user), and,
 * unless `may_start_browser`, no new privileges through set-uid programs. SIGPIPE is ignored.
 * As many descriptors as a server needs at most, if the system's hard limit allows it; heaps for
 * threads by the number of cores. */
void ff_harden(bool may_start_browser);

#endif
