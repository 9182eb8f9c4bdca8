/* SPDX-License-Identifier: MIT */
/* nearest.c - edit distance over three rows; words are short, longer ones are not compared. */
#include "app/nearest.h"

#include <stdbool.h>
#include <string.h>

enum { MAX_WORD = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t edits(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);
    if (la > MAX_WORD || lb > MAX_WORD)
        return MAX_WORD;
    size_t rows[3][MAX_WORD + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    memset(rows, 0, sizeof rows);
    for (size_t j = 0; j <= lb; j++)
        above[j] = j;
    for (size_t i = 1; i <= la; i++) {
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[lb];
}

struct ff_nearest ff_nearest_to(const char *word)
{
    return (struct ff_nearest){.word = word, .distance = strlen(word) / 3 + 2};
}

void ff_nearest_offer(struct ff_nearest *n, const char *candidate)
{
    size_t typed = strlen(n->word);
    bool begins = typed >= 3 && strncmp(candidate, n->word, typed) == 0;
    size_t distance = begins ? 1 : edits(n->word, candidate);
    if (distance < n->distance) {
        n->distance = distance;
        n->best = candidate;
    }
}
