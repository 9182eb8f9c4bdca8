/* SPDX-License-Identifier: MIT */
/* version.c - what the Makefile knows, in one small object. */
#include "base/version.h"

#include "gen/version.h"

const char *ff_version(void)
{
    return FF_VERSION;
}

const char *ff_build_id(void)
{
    return FF_BUILD_ID;
}

int64_t ff_source_time_ms(void)
{
    return FF_SOURCE_TIME * INT64_C(1000);
}
