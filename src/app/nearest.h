/* SPDX-License-Identifier: MIT */
/* nearest.h - "did you mean": the known word that is closest to a mistyped one. */
#ifndef FF_APP_NEAREST_H
#define FF_APP_NEAREST_H

#include <stddef.h>

struct ff_nearest {
    const char *word; /* what was typed */
    const char *best; /* closest offered so far; NULL: none close enough */
    size_t distance;
};

/* Begins a search for `word` (borrowed). */
struct ff_nearest ff_nearest_to(const char *word);

/* Offers a candidate (borrowed). Taken when fewer edits away than the best so far and than a third
 * of the word plus one; a swap of neighbours, or all that is left
 * away at the end, counts as one edit. */
void ff_nearest_offer(struct ff_nearest *n, const char *candidate);

#endif
