/* SPDX-License-Identifier: MIT */
/* callers.h - what the database said of callers, kept together with the state it was said of, so
 * that the same question is not asked at each request. What is kept and what a state is, the user
 * of this table decides. See decision 0017. */
#ifndef FF_AUTH_CALLERS_H
#define FF_AUTH_CALLERS_H

#include "base/ctx.h"

enum { FF_CALLER_BYTES = 40 };

/* Who: a session of a user, or a device's cookie and the person before it. */
struct ff_caller_key {
    uint64_t part[3];
};
struct ff_caller_key ff_caller_of_session(int64_t user_id, int64_t session_id);
/* The cookie goes in as a keyed tag of 128 bits. employee_id 0: the device alone. */
struct ff_caller_key ff_caller_of_device(const struct ff_auth *auth, const char *cookie,
                                         int64_t employee_id);

/* Copies to `out` (n bytes, at most FF_CALLER_BYTES) what was kept of this caller as of exactly
 * `generation`; false: nothing was. */
bool ff_caller_find(struct ff_auth *auth, const struct ff_caller_key *key, uint64_t generation,
                    void *out, size_t n);

/* Keeps n bytes of a caller, in place of an older state or of the caller of its set that came
 * first. `generation` was read before the snapshot that `bytes` are from. */
void ff_caller_keep(struct ff_auth *auth, const struct ff_caller_key *key, uint64_t generation,
                    const void *bytes, size_t n);

#endif
