/* SPDX-License-Identifier: MIT */
/* zone.c - checks of time zone names: the system's database and the POSIX form. */
#include "domain/site/zone.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char zone_dir[] = "/usr/share/zoneinfo";
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char digits[] = "0123456789";
static const char iana_marks[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                 "0123456789_+-/";

/* A file of the zone database; the name cannot lead out of it. */
static bool is_in_database(const char *zone)
{
    if (zone[0] == '/' || zone[strspn(zone, iana_marks)])
        return false;
    char path[sizeof zone_dir + FF_ZONE_CAP + 1], magic[4];
    (void)snprintf(path, sizeof path, "%s/%s", zone_dir, zone);
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    bool is_zone = fread(magic, sizeof magic, 1, file) == 1 && memcmp(magic, "TZif", 4) == 0;
    (void)fclose(file);
    return is_zone;
}

/* Each of these takes one piece of a POSIX rule from *at. */

/* 1-3 digits within max. */
static bool take_number(const char **at, int64_t max)
{
    size_t n = strspn(*at, digits);
    int64_t value = 0;
    for (size_t i = 0; i < n && i < 4; i++)
        value = value * 10 + ((*at)[i] - '0');
    *at += n;
    return n >= 1 && n <= 3 && value <= max;
}

/* hh[:mm[:ss]] with an optional sign, up to max_hours. */
static bool take_time(const char **at, int64_t max_hours)
{
    *at += **at == '+' || **at == '-';
    if (!take_number(at, max_hours))
        return false;
    for (int i = 0; i < 2 && **at == ':'; i++) {
        ++*at;
        if (!take_number(at, 59))
            return false;
    }
    return true;
}

/* CET or <+0330> */
static bool take_name(const char **at)
{
    bool is_quoted = **at == '<';
    *at += is_quoted;
    size_t n = is_quoted ? strcspn(*at, ">") : strspn(*at, letters);
    bool is_name = n >= 3 && (!is_quoted || (*at)[n] == '>');
    *at += is_name ? n + is_quoted : 0;
    return is_name;
}

/* ,Mm.w.d[/time] */
static bool take_change(const char **at)
{
    static const int64_t most[] = {12, 5, 6};
    if (strncmp(*at, ",M", 2) != 0)
        return false;
    *at += 2;
    for (size_t i = 0; i < 3; i++) {
        if (i && *(*at)++ != '.')
            return false;
        if (!take_number(at, most[i]))
            return false;
    }
    if (**at != '/')
        return true;
    ++*at;
    return take_time(at, 167);
}

static bool is_posix_rule(const char *at)
{
    if (!take_name(&at) || !take_time(&at, 24))
        return false;
    if (!*at)
        return true;
    if (!take_name(&at) || (*at != ',' && !take_time(&at, 24)))
        return false;
    bool begins = take_change(&at);
    return begins && take_change(&at) && !*at;
}

bool ff_zone_valid(const char *zone)
{
    if (strlen(zone) >= FF_ZONE_CAP)
        return false;
    return strcmp(zone, "UTC") == 0 || is_in_database(zone) || is_posix_rule(zone);
}
