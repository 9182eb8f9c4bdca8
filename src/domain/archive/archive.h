/* SPDX-License-Identifier: MIT */
/* archive.h - the whole database outside its file: every table as JSON lines, for other programs
 * and for keeping. Which tables there are the schema says; what may not leave, the table of tables
 * (domain/privacy). The format is described in packaging/doc/OPERATING.md. */
#ifndef FF_DOMAIN_ARCHIVE_ARCHIVE_H
#define FF_DOMAIN_ARCHIVE_ARCHIVE_H

#include "base/ctx.h"

#define FF_ARCHIVE_FORMAT   "feastfrenzy-export-1"
#define FF_ARCHIVE_MANIFEST "MANIFEST.json"

struct ff_archive {
    const char *dir;
    int64_t tables, rows, bytes; /* of the files without the manifest */
    int64_t schema_version;
    int64_t head_id;    /* last journal; 0: none */
    char head_hash[65]; /* its hash, hex */
    char sha256[65];    /* of the manifest, which has those of the files */
};

/* Writes every table into its own file TABLE.jsonl of the folder `dir` (absolute; made, mode 0700,
 * or empty; NULL: a new one in DATA/exports), and last MANIFEST.json with rows, bytes and SHA-256
 * of each: all as of one moment, while bookings go on. Columns with secrets stay out and are named
 * in the manifest. Recorded in the audit. FF_ALREADY_EXISTS: the folder holds something;
 * FF_STORAGE_FULL, FF_STORAGE_FAULT: the files of this call are gone again. Ends the request's read
 * snapshot. */
FF_MUST_CHECK enum ff_rc ff_archive_write(struct ff_ctx *cx, const char *dir,
                                          struct ff_archive *out);

#endif
