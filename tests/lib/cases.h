/* SPDX-License-Identifier: MIT */
/* cases.h - a list of inputs with what must come of each, kept as a text file (tests/golden/bad):
 * read and added to without C.
 *
 *     # a comment
 *     400 ERR_BAD_REQUEST /a//b               one line: status, code ("-": none), input
 *
 *     411 ERR_LENGTH_REQUIRED no length       or a name, and the input in indented lines, which
 *         POST / HTTP/1.1~r~n                 are put together without their line ends
 *         ~r~n
 *
 * In an input `~` begins an escape: ~r ~n ~t ~0 ~~ ~s (space) ~xHH, ~{N text} for N times the text,
 * and ~$name~ for what the test knows by that name. */
#ifndef FF_TESTS_CASES_H
#define FF_TESTS_CASES_H

#include <stddef.h>

struct ff_case {
    int line; /* in the file */
    int status;
    char *code;
    char *name; /* of a one-line case: its input as it stands in the file */
    char *text; /* decoded, NUL behind it */
    size_t n;
};

struct ff_cases {
    struct ff_case *at;
    size_t n;
};

/* What ~$name~ stands for, ends with a NULL name. */
struct ff_case_word {
    const char *name, *text;
};

/* Reads a list of tests/golden/bad; ends the program with a sentence when it is not one.
 * `words` may be NULL: then they stand for nothing. */
struct ff_cases ff_cases_read(const char *file, const struct ff_case_word *words);
void ff_cases_free(struct ff_cases *cases);

/* The number of cases. */
int ff_cases_count(const char *file);

#endif
