/* SPDX-License-Identifier: MIT */
/* argon.h - passwords of fixtures without the tenth of a second that each hash costs. */
#ifndef FF_TESTS_ARGON_H
#define FF_TESTS_ARGON_H

#include <stdbool.h>

#define FF_TEST_PASSWORD "Lunch2026"

/* A hash of FF_TEST_PASSWORD as the product makes them; unit/auth_password verifies it. */
extern const char ff_test_password_hash[];

/* From now on and until it is taken back, in this thread: a hash of FF_TEST_PASSWORD with today's
 * parameters is ff_test_password_hash, and that one is known to match. Everything else is reckoned.
 * Only around what furnishes a test, never around what it tests. */
void ff_test_know_password(bool is_known);

#endif
