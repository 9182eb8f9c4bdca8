/* SPDX-License-Identifier: MIT */
/* rate.h - how often something happened in the last quarter of an hour, for many somethings at
 * once: a table of fixed size, least recently counted goes first. Knows nothing of requests.
 * Source: security.md S36-S38. */
#ifndef FF_HTTP_RATE_H
#define FF_HTTP_RATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FF_RATE_KEYS = 4096, FF_RATE_WINDOW_MS = 15 * 60 * 1000 };

struct ff_rate;

/* What is counted: a kind and whatever tells two of the kind apart. */
struct ff_rate_key {
    unsigned char kind;
    unsigned char id[16];
};

/* Where a key stands after one more. */
struct ff_rate_state {
    int64_t limit;     /* 0: not counted */
    int64_t remaining; /* 0 also when over */
    int64_t reset_s;   /* until the window ends, 1 or more */
    bool is_over;
    bool is_news; /* the first one over in this window */
};

/* An empty table; NULL when memory is out. Safe from all threads. */
struct ff_rate *ff_rate_new(void);
void ff_rate_free(struct ff_rate *rate);

/* Counts one more of `key` against `limit` (1 or more). A window begins with the first one and ends
 * FF_RATE_WINDOW_MS later; `now_ms` is monotonic. */
struct ff_rate_state ff_rate_count(struct ff_rate *rate, const struct ff_rate_key *key,
                                   int64_t limit, int64_t now_ms);

/* Keys in the table now. */
size_t ff_rate_keys(struct ff_rate *rate);

#endif
