/* SPDX-License-Identifier: MIT */
/* files.h - input read whole, output that never overwrites. */
#ifndef FF_CLI_FILES_H
#define FF_CLI_FILES_H

#include "base/buf.h"
#include "cli/cli.h"

/* Reads all of `path` ("-": standard input) into `buf`. FF_EXIT_NO_INPUT when it is missing,
 * FF_EXIT_DATA above the buffer's maximum. */
bool ff_file_read(struct ff_cli *cli, const char *path, struct ff_buf *buf);

/* Writes to a new file (mode 0600), or to standard output when `path` is NULL or "-".
 * FF_EXIT_NO_CREATE when it exists. */
bool ff_file_write(struct ff_cli *cli, const char *path, const char *text, size_t n);

/* The same for CSV: with --bom, the mark by which a spreadsheet knows UTF-8 goes first. */
bool ff_file_write_csv(struct ff_cli *cli, const char *path, const char *text, size_t n);

/* Could ff_file_write make this file? Leaves nothing behind. */
bool ff_file_try(struct ff_cli *cli, const char *path);

/* The whole path, for a server with another working directory; in the run's memory. */
const char *ff_file_absolute(struct ff_cli *cli, const char *path);

#endif
