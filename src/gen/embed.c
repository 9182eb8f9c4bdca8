/* SPDX-License-Identifier: MIT */
/* embed.c - build-time program: turns files into constant byte arrays.
 *     embed NAME FILE [NAME FILE ...] > seed.c
 * gives `const char ff_seed_NAME[]` with a NUL at the end and `const size_t ff_seed_NAME_len`.
 * Arrays of numbers, because a string literal may be no longer than 4,095 bytes in C11. */
#include <stdio.h>
#include <string.h>

static int embed(const char *name, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) {
        perror(path);
        return 1;
    }
    printf("const char ff_seed_%s[] = {", name);
    size_t n = 0;
    for (int c; (c = getc(in)) != EOF; n++)
        printf("%s%d,", n % 24 ? "" : "\n    ", c > 127 ? c - 256 : c);
    printf("\n    0\n};\nconst size_t ff_seed_%s_len = %zu;\n", name, n);
    int bad = ferror(in);
    fclose(in);
    return bad;
}

int main(int argc, char **argv)
{
    printf("/* made by embed; do not edit */\n#include \"app/seed.h\"\n\n");
    for (int i = 1; i + 1 < argc; i += 2)
        if (embed(argv[i], argv[i + 1]))
            return 1;
    return fflush(stdout) != 0;
}
