/* SPDX-License-Identifier: MIT */
/* compat_private.h - what compat_wait.c, which sees each wait, tells compat.c, which knows whose
 * connection a descriptor is. */
#ifndef FF_HTTP_COMPAT_PRIVATE_H
#define FF_HTTP_COMPAT_PRIVATE_H

#include <stdint.h>

/* Tells connections apart that had the same descriptor one after the other; 0: never accepted. */
uint64_t ff_compat_serial(int fd);

/* Connections that were open when the last one came. */
int ff_compat_open(void);

/* The connection waits for its next request (since `now_ms`, unless it did already), and no longer.
 * While it waits it may be shut down for reading, to make room. */
void ff_compat_idle(int fd, int64_t now_ms);
void ff_compat_busy(int fd);

/* Its connection has ended; the descriptor is no longer counted. */
void ff_compat_forget(int fd);

#endif
