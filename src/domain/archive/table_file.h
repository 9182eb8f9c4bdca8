/* SPDX-License-Identifier: MIT */
/* table_file.h - one table, one file. For this folder. */
#ifndef FF_DOMAIN_ARCHIVE_TABLE_FILE_H
#define FF_DOMAIN_ARCHIVE_TABLE_FILE_H

#include <stdio.h>

#include "base/buf.h"
#include "base/ctx.h"

/* Writes table `table` to the new file `path` (mode 0600), synced, and appends its member of the
 * manifest's list to `manifest`. Adds rows and bytes to the sums. FF_STORAGE_FULL,
 * FF_STORAGE_FAULT: the file may be half there. */
FF_MUST_CHECK enum ff_rc ff_table_file_write(struct ff_ctx *cx, int table, const char *path,
                                             struct ff_buf *manifest, int64_t *rows,
                                             int64_t *bytes);

/* A file that cannot be written: FF_STORAGE_FULL or FF_STORAGE_FAULT by errno. */
enum ff_rc ff_archive_cannot(struct ff_ctx *cx, const char *what);

/* A new file of mode 0600 to write to; NULL with errno. */
FILE *ff_archive_create(const char *path);

#endif
