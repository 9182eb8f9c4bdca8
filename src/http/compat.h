/* SPDX-License-Identifier: MIT */
/* compat.h - what compat.c puts between CivetWeb and the C library, and how the start finds out
 * whether it is really there. */
#ifndef FF_HTTP_COMPAT_H
#define FF_HTTP_COMPAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FF_WORKER_STACK_BYTES = 1 << 20, FF_WORKER_STACK_MIN_BYTES = 512 << 10 };

/* Stack size of the calling thread. */
size_t ff_compat_stack_bytes(void);

/* How often accept() went through us. */
uint64_t ff_compat_accepts(void);

/* True when the last search for CivetWeb's TLS library went through us and found one. */
bool ff_compat_tls_found(void);

/* Most connections at a time from one address, and from the loopback addresses; 0: no bound. */
void ff_compat_set_caps(int per_address, int loopback);

/* Ends all accepted connections on these local ports, so that whoever reads from one wakes up. */
void ff_compat_hang_up(const int *ports, size_t n);

/* From here on a recv() of this thread fails with ETIMEDOUT once the monotonic clock shows
 * `deadline_ms`; 0: never. For CivetWeb a byte now and then is no reason to stop waiting. */
void ff_compat_read_until(int64_t deadline_ms);

/* Bytes this thread received since it last set a deadline: how much came for the head that CivetWeb
 * could not read. */
size_t ff_compat_received(void);

/* Ends the sending side of the connection that this thread last received from, and takes what still
 * comes until the other side ends too, at most `ms`. */
void ff_compat_linger(int ms);
int64_t ff_compat_mono_ms(void);

#endif
