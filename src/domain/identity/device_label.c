/* SPDX-License-Identifier: MIT */
/* device_label.c - names of browsers and systems as they call themselves. Every browser says it is
 * several others too, so the order of the rows decides. */
#include "domain/identity/device_label.h"

#include <stdio.h>
#include <string.h>

enum { PROGRAM_CHARS = 40 };

struct mark {
    const char *text, *name;
};

static const struct mark browsers[] = {
    {"Edg", "Edge"},         {"OPR/", "Opera"},     {"SamsungBrowser/", "Samsung Internet"},
    {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},
    {"Chrome/", "Chrome"},   {"Safari/", "Safari"},
};

static const struct mark systems[] = {
    {"iPhone", "iPhone"},  {"iPad", "iPad"},     {"Android", "Android"}, {"Windows", "Windows"},
    {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
};

static const char *first_of(const struct mark *marks, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(text, marks[i].text))
            return marks[i].name;
    return NULL;
}
#define FIRST_OF(marks, text) first_of((marks), sizeof(marks) / sizeof((marks)[0]), (text))

void ff_device_label(const char *user_agent, char out[FF_LABEL_CAP])
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "._-/";
    out[0] = '\0';
    if (!user_agent)
        return;
    const char *browser = FIRST_OF(browsers, user_agent);
    const char *system = FIRST_OF(systems, user_agent);
    if (browser && system)
        snprintf(out, FF_LABEL_CAP, "%s, %s", browser, system);
    else if (browser)
        snprintf(out, FF_LABEL_CAP, "%s", browser);
    else {
        size_t n = strspn(user_agent, plain);
        snprintf(out, FF_LABEL_CAP, "%.*s", (int)(n < PROGRAM_CHARS ? n : PROGRAM_CHARS),
                 user_agent);
    }
}
