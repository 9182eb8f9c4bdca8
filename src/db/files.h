/* SPDX-License-Identifier: MIT */
/* files.h - what has to be said to the file system when a file is to last, and what a file holds.
 */
#ifndef FF_DB_FILES_H
#define FF_DB_FILES_H

#include <stdbool.h>
#include <stdint.h>

/* Makes a rename or a new file in the directory durable. */
bool ff_dir_sync(const char *dir);
/* Syncs a file's content. */
bool ff_file_sync(const char *path);

/* SHA-256 of a file in hex, and its size; false when it cannot be read. */
bool ff_digest_file(const char *path, char out[65], int64_t *bytes);

#endif
