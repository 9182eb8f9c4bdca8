/* SPDX-License-Identifier: MIT */
/* exchange.h - a request and its reply as a file that people read and review: what differs from run
 * to run is masked, what every reply carries is left out. */
#ifndef FF_TESTS_EXCHANGE_H
#define FF_TESTS_EXCHANGE_H

#include "base/buf.h"
#include "raw.h"

/* Writes both. `secrets` (ends with NULL) are masked wherever they stand. */
void ff_exchange_write(struct ff_buf *out, const char *request, const struct ff_raw_reply *reply,
                       const char *const *secrets);

/* Fails the test when the file differs; with FF_ACCEPT in the environment it is written instead. */
void ff_exchange_compare(const char *path, const struct ff_buf *got);

#endif
