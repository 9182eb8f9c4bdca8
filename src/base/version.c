/* SPDX-License-Identifier: MIT */
/* version.c - the two texts the Makefile knows, in one small object. */
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
