/* SPDX-License-Identifier: MIT */
/* field.h - which bytes the value of a header may have. */
#ifndef FF_HTTP_FIELD_H
#define FF_HTTP_FIELD_H

#include <stdbool.h>
#include <stddef.h>

/* Visible characters, spaces and tabs; bytes from 0x80 up are opaque. */
bool ff_is_field_value(const char *text, size_t n);

#endif
