/* SPDX-License-Identifier: MIT */
/* pick.h - reads single values out of a JSON reply of our own server. Bounds are checked, nothing
 * is allocated but texts; a member that is not there reads as empty. */
#ifndef FF_CLI_PICK_H
#define FF_CLI_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* A value inside the text. at NULL: not there. */
struct ff_pick {
    const char *at, *end;
};

/* The whole text as a value. */
struct ff_pick ff_pick(const char *text, size_t n);

/* The member of an object. */
struct ff_pick ff_pick_get(struct ff_pick object, const char *member);

/* Walks a list: `item` is empty at first. False at the end. */
bool ff_pick_next(struct ff_pick list, struct ff_pick *item);

bool ff_pick_is_null(struct ff_pick value); /* null or not there */
int64_t ff_pick_int(struct ff_pick value);  /* 0 when it is no integer */
bool ff_pick_bool(struct ff_pick value);    /* false unless true */
/* A string without its escapes, copied to the arena; "" when it is none. */
const char *ff_pick_text(struct ff_arena *arena, struct ff_pick value);

#endif
