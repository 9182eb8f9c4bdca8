/* SPDX-License-Identifier: MIT */
/* replay.c - gives each file of the named folders to a harness, once and as it is. The last line is
 * what tests/lib/run.sh reads. */
#include <dirent.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { PATH_CAP = 512 };

static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stat st;
    FF_PROMISE(file && !fstat(fileno(file), &st));
    size_t n = (size_t)st.st_size;
    uint8_t *data = malloc(n ? n : 1);
    FF_PROMISE(data && fread(data, 1, n, file) == n);
    (void)fclose(file);
    (void)LLVMFuzzerTestOneInput(data, n);
    free(data);
}

static int replay_folder(const char *folder)
{
    int n = 0;
    char path[PATH_CAP];
    DIR *dir = opendir(folder);
    if (!dir) {
        fprintf(stderr, "%s: no such folder\n", folder);
        exit(EXIT_FAILURE);
    }
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        FF_PROMISE(snprintf(path, sizeof path, "%s/%s", folder, e->d_name) < PATH_CAP);
        replay(path);
        n++;
    }
    closedir(dir);
    return n;
}

int main(int argc, char **argv)
{
    int n = 0;
    for (int i = 1; i < argc; i++)
        n += replay_folder(argv[i]);
    printf("100%%: Checks: %d, Failures: 0, Errors: 0\n", n);
    return EXIT_SUCCESS;
}
