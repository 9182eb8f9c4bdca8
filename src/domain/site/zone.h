/* SPDX-License-Identifier: MIT */
/* zone.h - is this the name of a time zone that the C library will follow? It silently takes UTC
 * for one it does not know, so a misspelt zone would move every business date. */
#ifndef FF_DOMAIN_SITE_ZONE_H
#define FF_DOMAIN_SITE_ZONE_H

#include <stdbool.h>

enum { FF_ZONE_CAP = 64 };

/* True for "UTC", for a zone of the system's database ("Europe/Budapest") and for a POSIX rule
 * ("CET-1CEST,M3.5.0,M10.5.0/3"), which needs no database. At most FF_ZONE_CAP - 1 bytes. */
bool ff_zone_valid(const char *zone);

#endif
