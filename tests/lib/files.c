/* SPDX-License-Identifier: MIT */
/* files.c - what is written in the files of a directory, whoever wrote it. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "store.h"

bool ff_test_file_says(const char *path, const char *word)
{
    FILE *file = fopen(path, "rb");
    static char bytes[32 << 20];
    size_t n = file ? fread(bytes, 1, sizeof bytes, file) : 0, len = strlen(word);
    if (file)
        (void)fclose(file);
    for (size_t i = 0; i + len <= n; i++) {
        if (bytes[i] == word[0] && memcmp(bytes + i, word, len) == 0)
            return true;
    }
    return false;
}

const char *ff_test_says_in(const char *folder, const char *word)
{
    static char path[512];
    DIR *dir = opendir(folder);
    const char *found = NULL;
    struct dirent *entry;
    while (dir && !found && (entry = readdir(dir))) {
        char below[256];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(below, sizeof below, "%s/%.100s", folder, entry->d_name);
        found = entry->d_type == DT_DIR ? ff_test_says_in(below, word) : NULL;
        if (entry->d_type != DT_DIR && ff_test_file_says(below, word)) {
            snprintf(path, sizeof path, "%s", below);
            found = path;
        }
    }
    if (dir)
        closedir(dir);
    return found;
}
