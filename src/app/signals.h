/* SPDX-License-Identifier: MIT */
/* signals.h - SIGTERM, SIGINT and a terminal that hangs up ask for a graceful end; a second one
 * ends at once. A SIGHUP that somebody sends asks to read the settings again, SIGUSR2 to log more.
 */
#ifndef FF_APP_SIGNALS_H
#define FF_APP_SIGNALS_H

#include <stdbool.h>

/* Blocks the signals in this thread (and all it starts later) and gives them to a thread of their
 * own. Call before any other thread exists. On the second signal `last` (may be NULL) is called and
 * the process ends with 128 + signal (130, 143). */
bool ff_signals_start(void (*last)(void *arg), void *arg);

/* Waits at most `timeout_ms` (negative: for ever) for the first signal; its number, or 0. */
int ff_signals_wait(int timeout_ms);

/* What was asked for since the last call, bits of FF_WISH_*; ff_signals_wait returns early for it.
 */
enum { FF_WISH_RELOAD = 1, FF_WISH_DEBUG = 2 };
unsigned ff_signals_wishes(void);

#endif
