/* SPDX-License-Identifier: MIT */
/* trouble.c - three lines and an exit code. */
#include "app/trouble.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool ff_trouble(struct ff_trouble *t, enum ff_exit code, const char *hint, const char *format, ...)
{
    if (t->code)
        return false;
    t->code = code;
    va_list ap;
    va_start(ap, format);
    vsnprintf(t->what, sizeof t->what, format, ap);
    va_end(ap);
    if (hint)
        snprintf(t->hint, sizeof t->hint, "%s", hint);
    return false;
}

void ff_trouble_why(struct ff_trouble *t, const char *format, ...)
{
    if (t->why[0])
        return;
    va_list ap;
    va_start(ap, format);
    vsnprintf(t->why, sizeof t->why, format, ap);
    va_end(ap);
}

int ff_trouble_print(const struct ff_trouble *t)
{
    fflush(stdout);
    fprintf(stderr, "feastfrenzy: %s\n", t->what);
    if (t->why[0])
        fprintf(stderr, "  Why: %s\n", t->why);
    if (t->hint[0])
        fprintf(stderr, "  Try: %s\n", t->hint);
    return (int)t->code;
}
