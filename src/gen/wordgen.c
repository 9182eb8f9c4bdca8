/* SPDX-License-Identifier: MIT */
/* wordgen.c - build-time program: a list of words becomes a sorted table of their hashes.
 *     wordgen FILE > common_passwords.c
 * One word a line; lines that begin with # are comments. Two words of one hash stop the build. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/word_hash.h"

enum { MAX_WORDS = 20000, MAX_LINE = 256 };

static uint64_t hashes[MAX_WORDS];

static int compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t read_words(FILE *in)
{
    char line[MAX_LINE];
    size_t n = 0;
    while (n < MAX_WORDS && fgets(line, sizeof line, in)) {
        const size_t length = strcspn(line, "\n");
        if (length && line[0] != '#')
            hashes[n++] = ff_word_hash(line, length);
    }
    return n;
}

int main(int argc, char **argv)
{
    FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!in) {
        perror(argc == 2 ? argv[1] : "wordgen FILE");
        return 1;
    }
    const size_t n = read_words(in);
    fclose(in);
    qsort(hashes, n, sizeof *hashes, compare);
    printf("/* made by wordgen; do not edit */\n#include \"domain/identity/common_passwords.h\"\n\n"
           "const uint64_t ff_common_passwords[] = {\n");
    for (size_t i = 0; i < n; i++) {
        if (i && hashes[i] == hashes[i - 1]) {
            fprintf(stderr, "wordgen: two words of one hash\n");
            return 1;
        }
        printf("    UINT64_C(0x%016" PRIx64 "),\n", hashes[i]);
    }
    printf("};\nconst size_t ff_n_common_passwords = %zu;\n", n);
    return fflush(stdout) != 0;
}
