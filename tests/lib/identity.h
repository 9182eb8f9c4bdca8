/* SPDX-License-Identifier: MIT */
/* identity.h - callers for tests: accounts that are signed in, kiosks that are paired, people who
 * identified themselves. Made by the services the product uses; a failure fails the test. */
#ifndef FF_TESTS_IDENTITY_H
#define FF_TESTS_IDENTITY_H

#include "argon.h"
#include "fixture.h"

/* An account; employee_id 0: of nobody. Its id. */
int64_t ff_test_user(struct ff_fixture *fx, const char *email, const char *role,
                     int64_t employee_id);

/* Tokens of an account; text here and below is good until the test ends. */
struct ff_test_tokens {
    const char *access, *refresh;
};
struct ff_test_tokens ff_test_sign_in(struct ff_fixture *fx, const char *email);

/* A kiosk that is paired; its cookie's value. */
const char *ff_test_kiosk(struct ff_fixture *fx, const char *name);

/* A visit by badge at that kiosk; the person's token. */
const char *ff_test_visit(struct ff_fixture *fx, const char *device, const char *badge);

#endif
