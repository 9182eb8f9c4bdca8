/* SPDX-License-Identifier: MIT */
/* backup.h - copies of a live database by the engine's backup API, checked before they count. */
#ifndef FF_DB_BACKUP_H
#define FF_DB_BACKUP_H

#include "db/db.h"

struct ff_backup_info {
    char file[512];
    int64_t bytes;
    int schema_version;
    int64_t head_id; /* last journal */
    char digest[65]; /* SHA-256 of the file, hex */
};

/* Copies the database to `file` (NULL: DATA/backups/feastfrenzy-<UTC>-v<schema>-<digest>.db, with
 * the first eight digits of the digest), on the writer's connection between batches, into a
 * temporary file that is checked, fsynced and renamed. One file in DELETE journal mode, mode 0600.
 * FF_ALREADY_EXISTS when `file` exists; FF_BUSY while another backup runs. */
FF_MUST_CHECK enum ff_rc ff_backup_create(struct ff_ctx *cx, const char *file,
                                          struct ff_backup_info *info);

/* Opens a backup read-only and runs quick_check, foreign_key_check, the check of its version and
 * schema steps, the sum of all entries, and of its digest when its name has one; fills `info`.
 * FF_STORAGE_FAULT with the finding when it is not usable, FF_NOT_FOUND, FF_BAD_REQUEST for the
 * live database itself. */
FF_MUST_CHECK enum ff_rc ff_backup_verify(struct ff_ctx *cx, const char *file,
                                          struct ff_backup_info *info);

/* Puts a verified backup in place of the database in `dir`: takes the lock, keeps the old files
 * aside (feastfrenzy.db.before-restore-<UTC>), removes stale -wal and -shm, fsyncs. FF_BUSY when a
 * server runs. */
FF_MUST_CHECK enum ff_rc ff_backup_restore(struct ff_ctx *cx, const char *dir, const char *file,
                                           char kept[512]);

/* The name of the newest automatic backup in DATA/backups, "" when there is none. */
void ff_backup_newest(const char *dir, char out[512]);

#endif
