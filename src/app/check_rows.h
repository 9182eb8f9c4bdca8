/* SPDX-License-Identifier: MIT */
/* check_rows.h - the functions of the rows of the check table: each looks at one thing, as
 * struct ff_check says; the mending ones undo what theirs finds and say whether they could. */
#ifndef FF_APP_CHECK_ROWS_H
#define FF_APP_CHECK_ROWS_H

#include "app/check.h"

#define FF_LOOK(name) void ff_look_##name(const struct ff_check_env *env, struct ff_finding *out)
#define FF_MEND(name) bool ff_mend_##name(const struct ff_check_env *env)

/* check_files.c: configuration and data directory */
FF_LOOK(config_parse);
FF_LOOK(config_perms);
FF_MEND(config_perms);
FF_LOOK(data_perms);
FF_MEND(data_perms);
FF_LOOK(data_fs_local);
FF_LOOK(disk_free);
FF_LOOK(wal_size);
FF_LOOK(lock);
FF_MEND(lock);

/* check_books.c: the database and what is in it */
FF_LOOK(schema_version);
FF_LOOK(sync_mode);
FF_LOOK(write_probe);
FF_LOOK(quick_check);
FF_LOOK(foreign_keys);
FF_LOOK(ledger_tail);
FF_LOOK(ledger_balance);
FF_LOOK(stock);
FF_LOOK(audit_chain);
FF_LOOK(erasures);
FF_LOOK(keyring);
FF_LOOK(admin_exists);
FF_LOOK(clock_sane);
FF_LOOK(time_zone);
FF_LOOK(backup_age);
FF_LOOK(backup_verify_latest);

/* check_process.c: the machine and the process that serves, or this one when none does */
FF_LOOK(clock_synced);
FF_LOOK(listen_port);
FF_LOOK(certificate);
FF_LOOK(library_versions);
FF_LOOK(entropy);
FF_LOOK(core_dumps_off);
FF_LOOK(no_new_privs);
FF_LOOK(umask);

#endif
