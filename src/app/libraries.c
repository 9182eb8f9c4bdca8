/* SPDX-License-Identifier: MIT */
/* libraries.c - one row a library, told by the layer behind whose fence it stands. */
#include "app/libraries.h"

#include <assert.h>

#include "auth/auth.h"
#include "db/db.h"
#include "http/server.h"
#include "json/schema.h"

struct ff_library ff_library_at(size_t i)
{
    static struct ff_library (*const rows[FF_LIBRARIES])(void) = {
        ff_db_library, ff_server_library, ff_json_library, ff_auth_library, ff_digest_library};
    assert(i < FF_LIBRARIES);
    return rows[i]();
}
