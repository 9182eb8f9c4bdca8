/* SPDX-License-Identifier: MIT */
/* crypto_version.c - which libsodium runs. */
#include <sodium.h>

#include "auth/auth.h"

struct ff_library ff_auth_library(void)
{
    return (struct ff_library){"libsodium", SODIUM_VERSION_STRING, sodium_version_string()};
}
