/* SPDX-License-Identifier: MIT */
/* engine_version.c - which engine and which libcrypto run. */
#include <openssl/crypto.h>
#include <openssl/opensslv.h>

#include "db/engine.h"

struct ff_library ff_db_library(void)
{
    return (struct ff_library){"SQLite", SQLITE_VERSION, sqlite3_libversion()};
}

struct ff_library ff_digest_library(void)
{
    return (struct ff_library){"OpenSSL", OPENSSL_VERSION_STR,
                               OpenSSL_version(OPENSSL_VERSION_STRING)};
}
