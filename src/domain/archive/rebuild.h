/* SPDX-License-Identifier: MIT */
/* rebuild.h - wallets, counters and sums made again from the journals alone, and compared with the
 * living ones to the unit. Source: ledger.md, "Method"; issue 4. */
#ifndef FF_DOMAIN_ARCHIVE_REBUILD_H
#define FF_DOMAIN_ARCHIVE_REBUILD_H

#include "base/ctx.h"

/* Where the living database differs from the one made again. */
struct ff_difference {
    const char *table, *key;      /* key: the row's, its columns separated by "/" */
    const char *column;           /* NULL: the row is in one of them only */
    const char *rebuilt, *living; /* values as text; NULL: not there */
};
typedef void (*ff_difference_each)(void *arg, const struct ff_difference *d);

struct ff_rebuild_report {
    int64_t journals, wallets, rows; /* made again; compared in all tables */
    int64_t differences;
    int64_t stopped_at;  /* the journal that the database's own guards refused; 0: none */
    const char *finding; /* why, then */
};

/* Makes a fresh database in the new file `file`: everything that is no sum is copied, then every
 * journal is booked again in order under the triggers of the schema, and what else is a sum is
 * made of them. Reads one moment of the context's database, which may be in
 * use and opened for reading. `each` gets every difference in the order of tables and keys; its
 * texts are gone after the call. The file stays, also with differences: it is what the journals
 * say, as a backup that can be restored. When a journal cannot be booked again (stopped_at) there
 * is no file. FF_ALREADY_EXISTS: there is a file. Needs room for two copies beside it. */
FF_MUST_CHECK enum ff_rc ff_rebuild(struct ff_ctx *cx, const char *file, ff_difference_each each,
                                    void *arg, struct ff_rebuild_report *out);

#endif
