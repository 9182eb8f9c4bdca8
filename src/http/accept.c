/* SPDX-License-Identifier: MIT */
/* accept.c - weighted lists in headers, read part by part without copying. */
#include "http/accept.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

struct item {
    const char *name;
    size_t len;
    int weight; /* thousandths */
};

/* Reads `0.5` or `1.000`; -1 for anything else. */
static int read_weight(const char *text, size_t n)
{
    int weight = 0, digit = 1000;
    if (!n || (text[0] != '0' && text[0] != '1') || n > 5 || (n > 1 && text[1] != '.'))
        return -1;
    weight = (text[0] - '0') * 1000;
    for (size_t i = 2; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        weight += (text[i] - '0') * (digit /= 10);
    }
    return weight <= 1000 ? weight : -1;
}

static size_t trim(const char *text, size_t n)
{
    while (n && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    return n;
}

/* Takes the weight from the parameters of one part. */
static int part_weight(const char *text, const char *end)
{
    while (text < end) {
        text += strspn(text, " \t;");
        size_t n = strcspn(text, ";,");
        if (n > 2 && (text[0] == 'q' || text[0] == 'Q') && text[1] == '=')
            return read_weight(text + 2, trim(text + 2, n - 2));
        text += n;
    }
    return 1000;
}

/* Takes the next part of the list at *at. False at the end. */
static bool next_item(const char **at, struct item *item)
{
    *at += strspn(*at, " \t,");
    if (!**at)
        return false;
    size_t whole = strcspn(*at, ","), name = strcspn(*at, ";,");
    item->name = *at;
    item->len = trim(*at, name);
    item->weight = part_weight(*at + name, *at + whole);
    *at += whole;
    return true;
}

static bool names(const struct item *item, const char *text, size_t n)
{
    return item->len == n && !strncasecmp(item->name, text, n);
}

/* How closely a range names a type: 3 itself, 2 its group, 1 anything, 0 not at all. */
static int closeness(const struct item *item, const char *type)
{
    size_t group = strcspn(type, "/") + 1;
    if (names(item, type, strlen(type)))
        return 3;
    if (item->len == group + 1 && item->name[group] == '*' && !strncasecmp(item->name, type, group))
        return 2;
    return names(item, "*/*", 3) ? 1 : 0;
}

int ff_accept_media(const char *header, const char *type)
{
    struct item item;
    int best = 0, weight = 0;
    if (!header || !*header)
        return 1000;
    while (next_item(&header, &item)) {
        int close = item.weight < 0 ? 0 : closeness(&item, type);
        if (close > best) {
            best = close;
            weight = item.weight;
        }
    }
    return weight;
}

bool ff_accept_names(const char *header, const char *type)
{
    struct item item;
    while (header && next_item(&header, &item))
        if (item.weight > 0 && names(&item, type, strlen(type)))
            return true;
    return false;
}

int ff_accept_coding(const char *header, const char *coding)
{
    struct item item;
    bool identity = !strcmp(coding, "identity");
    int any = -1;
    while (header && next_item(&header, &item)) {
        if (item.weight < 0)
            continue;
        if (names(&item, coding, strlen(coding)))
            return item.weight;
        if (names(&item, "*", 1))
            any = item.weight;
    }
    if (any >= 0)
        return any;
    return identity ? 1 : 0;
}

/* The opaque part of a tag: without W/. */
static const char *opaque(const char *tag)
{
    return strncmp(tag, "W/", 2) ? tag : tag + 2;
}

bool ff_none_match_hits(const char *header, const char *etag)
{
    struct item item;
    const char *wanted = opaque(etag);
    if (header && !strcmp(header, etag)) /* as browsers send it */
        return true;
    while (header && next_item(&header, &item)) {
        if (names(&item, "*", 1))
            return true;
        size_t skip = (size_t)(opaque(item.name) - item.name);
        if (item.len - skip == strlen(wanted) &&
            !strncmp(item.name + skip, wanted, item.len - skip))
            return true;
    }
    return false;
}
