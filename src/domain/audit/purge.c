/* SPDX-License-Identifier: MIT */
/* purge.c - retention: the oldest entries go, and what the last of them sealed stays as the anchor,
 * signed, since whoever can write to the database could write an anchor too. The database lets a
 * row go only while the guard row names it, and that is there only inside this transaction. */
#include "domain/audit/purge.h"

#include "auth/mark.h"
#include "domain/audit/row.h"

enum { DAY_MS = 86400000 };

struct purge {
    int64_t before_ms;
    int64_t gone; /* out */
};

/* last->seq 0: nothing is old enough. */
static enum ff_rc find_last(struct ff_ctx *cx, int64_t before_ms, struct ff_mark *last)
{
    FF_STMT *st = NULL;
    bool row = false;
    *last = (struct ff_mark){0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_OLD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_AUDIT_OLD_LIMIT, FF_AUDIT_PURGE_ROWS);
    ff_db_int(st, FF_P_AUDIT_OLD_BEFORE, before_ms);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    last->seq = ff_db_col_int(st, FF_C_AUDIT_OLD_SEQ);
    if (!ff_db_col_blob(st, FF_C_AUDIT_OLD_HASH, last->hash, sizeof last->hash))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "An entry of the audit log has no hash.");
    return FF_OK;
}

static enum ff_rc set_guard(struct ff_ctx *cx, int64_t through)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_PURGE_BEGIN, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_AUDIT_PURGE_BEGIN_THROUGH, through);
    return ff_db_run(cx, st);
}

static enum ff_rc drop_guard(struct ff_ctx *cx)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_PURGE_END, &st);
    return rc ? rc : ff_db_run(cx, st);
}

static enum ff_rc take_away(struct ff_ctx *cx, int64_t through, int64_t *gone)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_PURGE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_AUDIT_PURGE_THROUGH, through);
    rc = ff_db_run(cx, st);
    *gone = rc ? 0 : ff_db_changes(st);
    return rc;
}

static enum ff_rc set_anchor(struct ff_ctx *cx, const struct ff_mark *last)
{
    FF_STMT *st = NULL;
    unsigned char mac[32];
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_ANCHOR_SET, &st);
    if (rc)
        return rc;
    ff_mark_sign(cx->auth, FF_MARK_ANCHOR, last, mac);
    ff_db_int(st, FF_P_AUDIT_ANCHOR_SET_SEQ, last->seq);
    ff_db_blob(st, FF_P_AUDIT_ANCHOR_SET_HASH, last->hash, sizeof last->hash);
    ff_db_blob(st, FF_P_AUDIT_ANCHOR_SET_MAC, mac, sizeof mac);
    return ff_db_run(cx, st);
}

/* It comes first, so that there is always a last row to go on from. */
static enum ff_rc record(struct ff_ctx *cx, int64_t through)
{
    const struct ff_audit_value value = {"throughSeq", NULL, through};
    return ff_audit(cx,
                    &(struct ff_audit){
                        .action = "audit.purge", .entity = "audit", .after = &value, .n_after = 1});
}

static enum ff_rc purge_some(struct ff_ctx *cx, void *arg)
{
    struct purge *p = arg;
    struct ff_mark last;
    p->gone = 0;
    enum ff_rc rc = find_last(cx, p->before_ms, &last);
    if (rc || !last.seq)
        return rc;
    if ((rc = record(cx, last.seq)) || (rc = set_guard(cx, last.seq)) ||
        (rc = take_away(cx, last.seq, &p->gone)) || (rc = drop_guard(cx)))
        return rc;
    return set_anchor(cx, &last);
}

enum ff_rc ff_audit_purge(struct ff_ctx *cx, int64_t days, int64_t *rows)
{
    struct purge p = {.before_ms = ff_clock_now_ms(cx->clock) - days * (int64_t)DAY_MS};
    enum ff_rc rc;
    *rows = 0;
    do {
        rc = ff_db_write(cx, purge_some, &p);
        *rows += p.gone;
    } while (!rc && p.gone);
    return rc;
}
