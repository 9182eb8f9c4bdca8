/* SPDX-License-Identifier: MIT */
/* migrate.h - the schema's steps, embedded at build time from sql/schema by sqlgen, each with a
 * checksum. */
#ifndef FF_DB_MIGRATE_H
#define FF_DB_MIGRATE_H

#include "db/db.h"

struct ff_migration {
    int version;
    const char *name;
    const char *up, *down;
    const char *checksum; /* hex digest of `up` and its trigger file */
};

extern const struct ff_migration ff_migrations[];
extern const int ff_n_migrations;

/* Moves an open database file (path) up or down to `version`, each step in one transaction. For
 * ff_db_open, `migrate` and tests. FF_STORAGE_FAULT when a recorded checksum differs from the
 * program's. */
FF_MUST_CHECK enum ff_rc ff_migrate_file(struct ff_ctx *cx, const char *path, int version);

/* The version of the database in `dir`, whether this program knows it or not; no lock is taken.
 * FF_NOT_FOUND when there is none. */
FF_MUST_CHECK enum ff_rc ff_migrate_have(struct ff_ctx *cx, const char *dir, int *version);

/* Moves the database in `dir` to `version` under the directory's lock, with a safety copy in
 * DATA/backups first. FF_BUSY when a server runs. */
FF_MUST_CHECK enum ff_rc ff_migrate_dir(struct ff_ctx *cx, const char *dir, int version);

#endif
