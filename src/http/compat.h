/* SPDX-License-Identifier: MIT */
/* compat.h - what compat*.c puts between CivetWeb and the C library, and how the start finds out
 * whether it is really there. */
#ifndef FF_HTTP_COMPAT_H
#define FF_HTTP_COMPAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http/address.h"
#include "http/compat_aside.h"

enum { FF_WORKER_STACK_BYTES = 1 << 20, FF_WORKER_STACK_MIN_BYTES = 512 << 10 };

/* Stack size of the calling thread. */
size_t ff_compat_stack_bytes(void);

/* Gives the system back what the calling worker's stack held below this call: a page and a half of
 * it are used while a worker waits, six while it serves. */
void ff_compat_shrink_stack(void);

/* How often accept() went through us. */
uint64_t ff_compat_accepts(void);

/* True when the last search for CivetWeb's TLS library went through us and found one. */
bool ff_compat_tls_found(void);

/* Most connections at a time from one address, and from 127.0.0.1 or ::1; 0: no bound. When `all`
 * are open (0: never), a new one costs the one its place that has waited longest for a request. */
void ff_compat_set_caps(int per_address, int loopback, int all);

/* These may have as many as loopback: many people come through them. Copied; up to FF_MAX_PROXIES.
 */
void ff_compat_trust(const struct ff_network *proxies, size_t n);

/* Ends all accepted connections on these local ports, so that whoever reads from one wakes up. */
void ff_compat_hang_up(const int *ports, size_t n);

/* This thread serves connections; each has `head_ms` for the head of a request. */
void ff_compat_worker(int head_ms);

/* A connection that says nothing for so long after a reply has ended. Before any worker. */
void ff_compat_keep_alive(int ms);

/* Gives the headers of the request in hand what was kept from CivetWeb of them. */
void ff_compat_put_back(struct ff_header *headers, size_t n);

/* From here on waiting for the client's bytes ends with ETIMEDOUT once the monotonic clock shows
 * `deadline_ms`; waiting to be rid of ours ends the connection; 0: never. */
void ff_compat_read_until(int64_t deadline_ms);
void ff_compat_write_until(int64_t deadline_ms);

/* The reply is out: the connection waits for its next request, without a deadline of ours, and may
 * be ended meanwhile to make room. */
void ff_compat_next_head(void);

/* The connection of this thread has ended. */
void ff_compat_ended(void);

/* When the request in hand began: its first byte came, or the connection was taken; now, when it
 * had come with an earlier one. */
int64_t ff_compat_began_ms(void);

/* True when the last wait ended by its deadline. */
bool ff_compat_is_late(void);

/* Bytes this thread received since the head began or a deadline was set: how much came for the head
 * that CivetWeb could not read. */
size_t ff_compat_received(void);

/* Ends the sending side of the connection that this thread last received from, and takes what still
 * comes until the other side ends too, at most `ms`. */
void ff_compat_linger(int ms);
int64_t ff_compat_mono_ms(void);

#endif
