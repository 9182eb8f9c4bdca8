/* SPDX-License-Identifier: MIT */
/* field.h - names of headers, and which bytes their values may have. */
#ifndef FF_HTTP_FIELD_H
#define FF_HTTP_FIELD_H

#include <stdbool.h>
#include <stddef.h>

/* A name in a table, with its length. */
struct ff_field_name {
    const char *name;
    size_t len;
};
#define FF_FIELD_NAME(text)                                                                        \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }

/* Visible characters, spaces and tabs; bytes from 0x80 up are opaque. */
bool ff_is_field_value(const char *text, size_t n);

#endif
