/* SPDX-License-Identifier: MIT */
/* crypto_version.c - which libsodium runs, for `version`. */
#include <sodium.h>

#include "auth/auth.h"

const char *ff_auth_library_version(void)
{
    return sodium_version_string();
}
