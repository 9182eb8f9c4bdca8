/* SPDX-License-Identifier: MIT */
/* json_version.c - which JSON library runs, for `version`. */
#include <cjson/cJSON.h>

#include "json/schema.h"

const char *ff_json_library_version(void)
{
    return cJSON_Version();
}
