/* SPDX-License-Identifier: MIT */
/* show.h - lists on a terminal: columns of a JSON list, or the list itself with --json. */
#ifndef FF_CLI_SHOW_H
#define FF_CLI_SHOW_H

#include "cli/call.h"

enum ff_column_kind { FF_SHOW_TEXT, FF_SHOW_INT, FF_SHOW_BOOL, FF_SHOW_MONEY };

struct ff_column {
    const char *title, *member;
    int width; /* of the column, in characters; the last one is not padded */
    enum ff_column_kind kind;
};

/* Prints the list at `target` with n columns, or as JSON when asked for. */
bool ff_show_list(struct ff_caller *c, const char *target, const char *what,
                  const struct ff_column *columns, size_t n);

/* `text` padded to `width` characters. */
void ff_show_cell(const char *text, int width);

/* Decimals and currency code of the canteen, from GET /public. */
bool ff_show_currency(struct ff_caller *c, int *decimals, char currency[4]);

#endif
