/* SPDX-License-Identifier: MIT */
/* json_version.c - which JSON library runs. */
#include <cjson/cJSON.h>

#include "json/schema.h"

#define TEXT_OF(macro) #macro
#define TEXT(macro)    TEXT_OF(macro)
#define BUILT          TEXT(CJSON_VERSION_MAJOR) "." TEXT(CJSON_VERSION_MINOR) "." TEXT(CJSON_VERSION_PATCH)

struct ff_library ff_json_library(void)
{
    return (struct ff_library){"cJSON", BUILT, cJSON_Version()};
}
