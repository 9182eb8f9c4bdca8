/* SPDX-License-Identifier: MIT */
/* check_rows.c - the rows of THE check table, in the order doctor prints them: files first, because
 * what is wrong there explains the rest. */
#include "app/check_rows.h"

#define PART(member) offsetof(struct ff_health, member)
#define START        FF_AT_START

/* clang-format off */
const struct ff_check ff_checks[] = {
    /* id                when                  app    exit code           look                  mend */
    { "config-parse",    0,                    false, FF_EXIT_CONFIG,     ff_look_config_parse, NULL, 0 },
    { "config-perms",    START,                false, FF_EXIT_PERMISSION, ff_look_config_perms, ff_mend_config_perms, 0 },
    { "data-perms",      START,                false, FF_EXIT_PERMISSION, ff_look_data_perms, ff_mend_data_perms, 0 },
    { "data-fs-local",   0,                    false, FF_EXIT_CONFIG,     ff_look_data_fs_local, NULL, 0 },
    { "disk-free",       FF_AT_READY,          false, FF_EXIT_IO,         ff_look_disk_free, NULL, PART(disk) },
    { "lock",            0,                    false, FF_EXIT_TRY_LATER,  ff_look_lock, ff_mend_lock, 0 },
    { "schema-version",  0,                    false, FF_EXIT_CONFIG,     ff_look_schema_version, NULL, 0 },
    { "sync-mode",       START,                true,  FF_EXIT_IO,         ff_look_sync_mode, NULL, 0 },
    { "write-probe",     FF_AT_READY,          true,  FF_EXIT_IO,         ff_look_write_probe, NULL, PART(database) },
    { "wal-size",        0,                    false, FF_EXIT_IO,         ff_look_wal_size, NULL, 0 },
    { "quick-check",     FF_AT_BOOKS,          true,  FF_EXIT_IO,         ff_look_quick_check, NULL, 0 },
    { "foreign-keys",    FF_AT_BOOKS,          true,  FF_EXIT_IO,         ff_look_foreign_keys, NULL, 0 },
    { "ledger-tail",     START,                true,  FF_EXIT_IO,         ff_look_ledger_tail, NULL, 0 },
    { "ledger-balance",  FF_AT_BOOKS,          true,  FF_EXIT_IO,         ff_look_ledger_balance, NULL, 0 },
    { "stock",           0,                    true,  FF_EXIT_IO,         ff_look_stock, NULL, 0 },
    { "audit-chain",     0,                    true,  FF_EXIT_IO,         ff_look_audit_chain, NULL, 0 },
    { "erasures",        0,                    true,  FF_EXIT_CONFIG,     ff_look_erasures, NULL, 0 },
    { "keyring",         0,                    true,  FF_EXIT_CONFIG,     ff_look_keyring, NULL, 0 },
    { "admin-exists",    START,                true,  FF_EXIT_CONFIG,     ff_look_admin_exists, NULL, 0 },
    { "backup-age",      0,                    false, FF_EXIT_IO,         ff_look_backup_age, NULL, 0 },
    { "backup-verify-latest", 0,               true,  FF_EXIT_IO,         ff_look_backup_verify_latest, NULL, 0 },
    { "clock-sane",      FF_AT_READY,          true,  FF_EXIT_CONFIG,     ff_look_clock_sane, NULL, PART(clock) },
    { "clock-synced",    0,                    false, FF_EXIT_CONFIG,     ff_look_clock_synced, NULL, 0 },
    { "time-zone",       0,                    true,  FF_EXIT_CONFIG,     ff_look_time_zone, NULL, 0 },
    { "listen-port",     0,                    false, FF_EXIT_LISTEN,     ff_look_listen_port, NULL, 0 },
    { "certificate",     0,                    false, FF_EXIT_CONFIG,     ff_look_certificate, NULL, 0 },
    { "library-versions", START,               false, FF_EXIT_CONFIG,     ff_look_library_versions, NULL, 0 },
    { "entropy",         START,                false, FF_EXIT_CONFIG,     ff_look_entropy, NULL, 0 },
    { "core-dumps-off",  START,                false, FF_EXIT_PERMISSION, ff_look_core_dumps_off, NULL, 0 },
    { "no-new-privs",    START,                false, FF_EXIT_PERMISSION, ff_look_no_new_privs, NULL, 0 },
    { "umask",           START,                false, FF_EXIT_PERMISSION, ff_look_umask, NULL, 0 },
};
/* clang-format on */

const size_t ff_n_checks = sizeof ff_checks / sizeof *ff_checks;

_Static_assert(sizeof ff_checks / sizeof *ff_checks <= FF_CHECKS_MAX, "FF_CHECKS_MAX");
