/* SPDX-License-Identifier: MIT */
/* option_check.h - is this text a value of that row? */
#ifndef FF_APP_OPTION_CHECK_H
#define FF_APP_OPTION_CHECK_H

#include "app/options.h"

/* True when `value` is one of the row. Else false, and `why` (cap bytes) says what is expected. */
bool ff_option_check(const struct ff_option *row, const char *value, char *why, size_t cap);

/* Spellings of a boolean: yes no true false on off. */
bool ff_option_bool(const char *value, bool *out);

/* 500ms, 3s, 15m, 1h into milliseconds. */
bool ff_option_duration(const char *value, int64_t *ms);

/* IPv4:PORT into its parts. `host` holds 16 bytes. */
bool ff_option_address(const char *value, char host[16], int *port);

#endif
