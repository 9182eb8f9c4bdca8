/* SPDX-License-Identifier: MIT */
/* check_books.c - the rows that look into the database: its settings, its pages, the ledger, who
 * can sign in, the time, and whether there is a copy. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/check_rows.h"
#include "auth/keyring.h"
#include "base/version.h"
#include "db/backup.h"
#include "db/db.h"
#include "domain/audit/verify.h"
#include "domain/identity/user.h"
#include "domain/ledger/verify.h"
#include "domain/privacy/privacy.h"
#include "domain/site/zone.h"
#include "domain/stock/stock.h"

static const char restore_hint[] =
    "feastfrenzy restore FILE   (the newest good copy is in DATA/backups)";

/* A failed call as a finding, or the sentence for a good one. */
static void by_rc(const struct ff_check_env *env, enum ff_rc rc, const char *good,
                  struct ff_finding *out)
{
    if (rc)
        ff_found(out, FF_CHECK_ERROR, restore_hint, "%s", env->cx->err.detail);
    else
        ff_found(out, FF_CHECK_OK, NULL, "%s", good);
}

void ff_look_schema_version(const struct ff_check_env *env, struct ff_finding *out)
{
    const struct ff_trouble *t = env->closed;
    if (env->app)
        ff_found(out, FF_CHECK_OK, NULL, "the database and the program are at version %d",
                 ff_db_schema_version());
    else if (t)
        ff_found(out, FF_CHECK_ERROR, t->hint, "%s%s%s", t->what, t->why[0] ? ": " : "", t->why);
    else
        ff_found(out, FF_CHECK_ERROR, "feastfrenzy init", "there is no database");
}

void ff_look_sync_mode(const struct ff_check_env *env, struct ff_finding *out)
{
    by_rc(env, ff_db_check_settings(env->cx),
          "every setting holds: write-ahead log, synchronous FULL, foreign keys", out);
}

void ff_look_write_probe(const struct ff_check_env *env, struct ff_finding *out)
{
    by_rc(env, ff_db_probe(env->cx),
          env->server == (long)getpid() ? "the database is read and written"
                                        : "the database is read",
          out);
}

void ff_look_quick_check(const struct ff_check_env *env, struct ff_finding *out)
{
    by_rc(env, ff_db_check_pages(env->cx), "every page of the database is sound", out);
}

void ff_look_foreign_keys(const struct ff_check_env *env, struct ff_finding *out)
{
    by_rc(env, ff_db_check_references(env->cx), "every reference between rows holds", out);
}

/* ---- the ledger ---- */

static void by_report(const struct ff_check_env *env, enum ff_rc rc,
                      const struct ff_verify_report *r, struct ff_finding *out)
{
    if (rc)
        by_rc(env, rc, "", out);
    else if (!r->ok)
        ff_found(out, FF_CHECK_ERROR, restore_hint, "the ledger is not sound, %s %" PRId64 ": %s",
                 r->table, r->id, r->finding);
    else
        ff_found(out, FF_CHECK_OK, NULL, "%" PRId64 " journals add up, up to number %" PRId64,
                 r->journals, r->head_id);
}

void ff_look_ledger_tail(const struct ff_check_env *env, struct ff_finding *out)
{
    struct ff_verify_report report;
    by_report(env, ff_ledger_verify_tail(env->cx, &report), &report, out);
}

void ff_look_ledger_balance(const struct ff_check_env *env, struct ff_finding *out)
{
    struct ff_verify_report report;
    by_report(env, ff_ledger_verify(env->cx, &report), &report, out);
}

void ff_look_stock(const struct ff_check_env *env, struct ff_finding *out)
{
    struct ff_stock_finding stock;
    enum ff_rc rc = ff_stock_verify(env->cx, &stock);
    if (rc || stock.ok)
        by_rc(env, rc, "every level of stock is the sum of its moves", out);
    else
        ff_found(out, FF_CHECK_ERROR, restore_hint,
                 "the stock of product %" PRId64 " is %" PRId64 ", its moves come to %" PRId64,
                 stock.product_id, stock.found, stock.expected);
}

void ff_look_audit_chain(const struct ff_check_env *env, struct ff_finding *out)
{
    struct ff_audit_report report;
    enum ff_rc rc = ff_audit_verify(env->cx, NULL, &report);
    if (rc)
        by_rc(env, rc, "", out);
    else if (!report.ok)
        ff_found(out, FF_CHECK_ERROR, "keep the database as it is, and ask who had access to it",
                 "the audit log was altered at entry %" PRId64 ": %s", report.seq, report.finding);
    else
        ff_found(out, FF_CHECK_OK, NULL, "%" PRId64 " audit entries hold together, up to %" PRId64,
                 report.rows, report.head.seq);
}

void ff_look_erasures(const struct ff_check_env *env, struct ff_finding *out)
{
    struct ff_erasure_state state;
    if (ff_privacy_look(env->cx, &state))
        ff_found(out, FF_CHECK_ERROR, "put the newest keys/erased back from where you keep it",
                 "%s", env->cx->err.detail);
    else if (state.back)
        ff_found(out, FF_CHECK_ERROR, "feastfrenzy serve   (it erases them again before it serves)",
                 "%" PRId64 " erased people are back in the database", state.back);
    else if (state.waiting)
        ff_found(out, FF_CHECK_WARN, "feastfrenzy serve   (within the hour)",
                 "the old bytes of %" PRId64 " erasures are still in the file", state.waiting);
    else
        ff_found(out, FF_CHECK_OK, NULL, "%" PRId64 " people were erased, and nobody is back",
                 state.listed);
}

/* ---- who can sign in ---- */

void ff_look_keyring(const struct ff_check_env *env, struct ff_finding *out)
{
    enum { DAY_MS = 86400000, LATE_DAYS = FF_KEY_DAYS + 7 };
    struct ff_signing_key keys[FF_RING_MAX];
    const size_t n = ff_keyring_list(env->cx, keys);
    const int64_t days = (ff_clock_now_ms(env->cx->clock) - keys[n - 1].made_at_ms) / DAY_MS;
    if (days > LATE_DAYS)
        ff_found(out, FF_CHECK_WARN, "feastfrenzy keys rotate",
                 "tokens are signed by a key that is %" PRId64 " days old", days);
    else
        ff_found(out, FF_CHECK_OK, NULL,
                 "the keys in %s/keys are whole and this user's alone; %zu for tokens, the newest "
                 "%" PRId64 " days old",
                 env->dir, n, days);
}

void ff_look_admin_exists(const struct ff_check_env *env, struct ff_finding *out)
{
    bool exists = false;
    enum ff_rc rc = ff_admin_exists(env->cx, &exists);
    if (rc || exists)
        by_rc(env, rc, "an administrator can sign in", out);
    else
        ff_found(out, FF_CHECK_WARN, "feastfrenzy user add you@example.org --role admin",
                 "nobody can sign in yet");
}

/* ---- time ---- */

void ff_look_clock_sane(const struct ff_check_env *env, struct ff_finding *out)
{
    enum { TOLERATED_MS = 60000 };
    int64_t now = ff_clock_now_ms(env->cx->clock), newest = 0;
    char newest_text[FF_INSTANT_CAP];
    enum ff_rc rc = ff_db_newest(env->cx, &newest);
    if (rc) {
        by_rc(env, rc, "", out);
        return;
    }
    ff_instant_format(newest, newest_text);
    if (now < newest - TOLERATED_MS)
        ff_found(out, FF_CHECK_ERROR, "set the machine's clock",
                 "the clock is before the last booking, which is of %s", newest_text);
    else if (now < ff_source_time_ms() && !ff_clock_is_test(env->cx->clock))
        ff_found(out, FF_CHECK_WARN, "set the machine's clock",
                 "the clock is before the day this program was written");
    else
        ff_found(out, FF_CHECK_OK, NULL, "the clock is behind no booking");
}

void ff_look_time_zone(const struct ff_check_env *env, struct ff_finding *out)
{
    struct ff_site_settings site = ff_site_get(env->cx);
    if (ff_zone_valid(site.time_zone))
        ff_found(out, FF_CHECK_OK, NULL, "business days are reckoned in %s", site.time_zone);
    else
        ff_found(out, FF_CHECK_ERROR, "apt-get install tzdata",
                 "this system does not know the time zone %s", site.time_zone);
}

/* ---- copies ---- */

/* The whole path of the newest backup; false when there is none. */
static bool newest_backup(const struct ff_check_env *env, char path[1600])
{
    char name[512];
    ff_backup_newest(env->dir, name);
    (void)snprintf(path, 1600, "%s/backups/%s", env->dir, name);
    return name[0] != 0;
}

void ff_look_backup_age(const struct ff_check_env *env, struct ff_finding *out)
{
    enum { OLD_HOURS = 36 };
    char path[1600];
    struct stat st;
    if (!newest_backup(env, path) || stat(path, &st)) {
        ff_found(out, FF_CHECK_WARN, "feastfrenzy backup create", "there is no backup");
        return;
    }
    long long hours = (long long)(time(NULL) - st.st_mtime) / 3600;
    if (hours >= OLD_HOURS)
        ff_found(out, FF_CHECK_WARN, "feastfrenzy backup create",
                 "the newest backup is %lld hours old", hours);
    else
        ff_found(out, FF_CHECK_OK, NULL, "the newest backup is %lld hours old", hours);
}

void ff_look_backup_verify_latest(const struct ff_check_env *env, struct ff_finding *out)
{
    char path[1600];
    struct ff_backup_info info;
    if (!newest_backup(env, path))
        ff_found(out, FF_CHECK_WARN, "feastfrenzy backup create", "there is no backup to verify");
    else if (ff_backup_verify(env->cx, path, &info))
        ff_found(out, FF_CHECK_ERROR, "feastfrenzy backup create",
                 "the newest backup cannot be used: %s", env->cx->err.detail);
    else
        ff_found(out, FF_CHECK_OK, NULL, "the newest backup is good, up to journal %" PRId64,
                 info.head_id);
}
