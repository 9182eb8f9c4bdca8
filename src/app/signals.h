/* SPDX-License-Identifier: MIT */
/* signals.h - SIGTERM, SIGINT and SIGHUP ask for a graceful end; a second one ends at once. */
#ifndef FF_APP_SIGNALS_H
#define FF_APP_SIGNALS_H

#include <stdbool.h>

/* Blocks the signals in this thread (and all it starts later) and gives them to a thread of their
 * own. Call before any other thread exists. On the second signal `last` (may be NULL) is called and
 * the process ends with 128 + signal (130, 143). */
bool ff_signals_start(void (*last)(void *arg), void *arg);

/* Waits at most `timeout_ms` (negative: for ever) for the first signal; its number, or 0. */
int ff_signals_wait(int timeout_ms);

#endif
