/* SPDX-License-Identifier: MIT */
/* option_check.c - one check a type; the sentence says what would be right. */
#include "app/option_check.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/ids.h"
#include "base/utf8.h"
#include "http/address.h"
#include "http/cors.h"

bool ff_option_bool(const char *value, bool *out)
{
    static const char *const words[] = {"no", "yes", "false", "true", "off", "on"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(value, words[i]) == 0) {
            *out = i % 2 == 1;
            return true;
        }
    }
    return false;
}

bool ff_option_duration(const char *value, int64_t *ms)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    size_t digits = strspn(value, "0123456789");
    char number[10];
    if (digits == 0 || digits >= sizeof number)
        return false;
    memcpy(number, value, digits);
    number[digits] = 0;
    int64_t n;
    if (!ff_parse_int(number, 0, 99999999, &n))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(value + digits, units[i].unit) == 0) {
            *ms = n * units[i].ms;
            return true;
        }
    }
    return false;
}

bool ff_option_address(const char *value, char host[16], int *port)
{
    const char *colon = strrchr(value, ':');
    int64_t n;
    struct in_addr address;
    if (!colon || colon == value || colon - value > 15 || !ff_parse_int(colon + 1, 0, 65535, &n))
        return false;
    memcpy(host, value, (size_t)(colon - value));
    host[colon - value] = 0;
    *port = (int)n;
    return inet_pton(AF_INET, host, &address) == 1;
}

static bool is_host(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n <= 253 && name[0] != '-' && name[0] != '.' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == n;
}

static bool is_url(const char *url)
{
    const char *rest = strstr(url, "://");
    if (!rest || (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0))
        return false;
    rest += 3;
    char host[256];
    size_t n = strcspn(rest, ":/");
    if (n == 0 || n >= sizeof host)
        return false;
    memcpy(host, rest, n);
    host[n] = 0;
    const char *end = rest + n;
    if (*end == ':')
        end += 1 + strspn(end + 1, "0123456789");
    return is_host(host) && (*end == 0 || strcmp(end, "/") == 0);
}

static bool is_one_of(const char *const *values, const char *value, char *why, size_t cap)
{
    for (size_t i = 0; values[i]; i++)
        if (strcmp(values[i], value) == 0)
            return true;
    size_t used = (size_t)snprintf(why, cap, "it must be one of");
    for (size_t i = 0; values[i] && used < cap; i++)
        used += (size_t)snprintf(why + used, cap - used, "%s %s", i ? "," : "", values[i]);
    return false;
}

static bool in_range(const struct ff_option *row, int64_t n, const char *unit, char *why,
                     size_t cap)
{
    snprintf(why, cap, "it must be between %lld and %lld%s", (long long)row->min,
             (long long)row->max, unit);
    return n >= row->min && n <= row->max;
}

static bool expect(bool ok, char *why, size_t cap, const char *what)
{
    snprintf(why, cap, "it must be %s", what);
    return ok;
}

bool ff_option_check(const struct ff_option *row, const char *value, char *why, size_t cap)
{
    int64_t n = 0;
    bool flag;
    char host[16];
    int port;
    struct ff_network network;
    if (!ff_utf8_valid(value, strlen(value)) || !value[0])
        return expect(false, why, cap, "some text");
    switch (row->type) {
    case FF_OT_TEXT:
        n = (int64_t)ff_utf8_length(value);
        return in_range(row, n, " characters long", why, cap);
    case FF_OT_INT:
        if (!ff_parse_int(value, INT64_MIN / 2, INT64_MAX / 2, &n))
            n = row->min - 1;
        return in_range(row, n, "", why, cap);
    case FF_OT_BOOL:
        return expect(ff_option_bool(value, &flag), why, cap, "yes or no");
    case FF_OT_ENUM:
        return is_one_of(row->values, value, why, cap);
    case FF_OT_ADDRESS:
        return expect(ff_option_address(value, host, &port), why, cap,
                      "an IPv4 address and a port, like 127.0.0.1:8080");
    case FF_OT_HOSTS:
        return expect(is_host(value), why, cap, "a host name, like canteen.example");
    case FF_OT_ORIGIN:
        return expect(ff_origin_ok(value), why, cap,
                      "an origin as browsers write it, like https://intranet.example");
    case FF_OT_NETWORK:
        return expect(ff_network_read(value, &network), why, cap,
                      "an address or a network, like 10.0.0.7 or 10.0.0.0/24");
    case FF_OT_URL:
        return expect(is_url(value), why, cap, "like http://canteen.example, without a path");
    case FF_OT_DATE:
        return expect(ff_date_valid(value), why, cap, "a day, like 2026-03-02");
    case FF_OT_INSTANT:
        return expect(ff_instant_parse(value, &n), why, cap,
                      "an instant, like 2026-03-02T11:45:00Z");
    case FF_OT_DURATION:
        if (!ff_option_duration(value, &n))
            return expect(false, why, cap, "a time, like 500ms, 3s, 15m or 7d");
        return in_range(row, n, " ms", why, cap);
    case FF_OT_FILE:
        return expect(strlen(value) < 1024, why, cap, "a path shorter than 1024 bytes");
    }
    return false;
}
