/* SPDX-License-Identifier: MIT */
/* erase.c - a person becomes nobody, in one transaction: money first, then every table by its own
 * query, from the last of the table of tables to the first; last the row that says who asked for it
 * and why. What only works outside a transaction - the file beside the database, the bytes of the
 * old rows - comes after it, and is tried again by the housekeeping when it fails. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/utf8.h"
#include "domain/audit/audit.h"
#include "domain/identity/user.h"
#include "domain/ledger/ledger.h"
#include "domain/privacy/erasure.h"
#include "domain/privacy/tables.h"
#include "domain/subsidy/allowance.h"

enum { FOLD_CAP = 512 };

/* ---- who it is ---- */

static enum ff_rc find_subject(struct ff_ctx *cx, int64_t id, struct ff_subject *s)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ERASURE_SUBJECT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ERASURE_SUBJECT_EMPLOYEE, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such person.");
    *s = (struct ff_subject){
        .employee_id = id,
        .user_id = ff_db_col_int(st, FF_C_ERASURE_SUBJECT_USER_ID),
        .created_at = ff_db_col_int(st, FF_C_ERASURE_SUBJECT_CREATED_AT_MS),
        .is_erased = !ff_db_col_null(st, FF_C_ERASURE_SUBJECT_ERASED_AT_MS),
        .words = {ff_db_col_text(cx, st, FF_C_ERASURE_SUBJECT_NAME),
                  ff_db_col_text(cx, st, FF_C_ERASURE_SUBJECT_NUMBER),
                  ff_db_col_text(cx, st, FF_C_ERASURE_SUBJECT_EMAIL),
                  ff_db_col_text(cx, st, FF_C_ERASURE_SUBJECT_USER_NAME),
                  ff_db_col_text(cx, st, FF_C_ERASURE_SUBJECT_USER_EMAIL)},
    };
    return cx->err.rc;
}

/* ---- the reason: it stays, so it may not name the person ---- */

static bool says(const char *reason, const char *word, size_t n)
{
    enum { SHORTEST = 3 }; /* "Li" is in too many words */
    char copy[FOLD_CAP];
    if (n < SHORTEST)
        return false;
    (void)snprintf(copy, sizeof copy, "%.*s", (int)n, word);
    return strstr(reason, copy) != NULL;
}

/* Any word of a name, or the whole of a number or an address. */
static bool names(const char *reason, const char *text)
{
    char folded[FOLD_CAP];
    ff_utf8_fold(text ? text : "", folded, sizeof folded);
    for (const char *at = folded; *at;) {
        size_t n = strcspn(at, " ");
        if (says(reason, at, n))
            return true;
        at += n + strspn(at + n, " ");
    }
    return false;
}

static enum ff_rc check_reason(struct ff_ctx *cx, const char *reason, const struct ff_subject *s)
{
    char folded[4 * FOLD_CAP];
    ff_utf8_fold(reason, folded, sizeof folded);
    for (size_t i = 0; i < FF_SUBJECT_WORDS; i++) {
        if (names(folded, s->words[i]))
            return ff_field_fail(cx, "/reason", "VALUE",
                                 "The reason is kept: it may not name the person.");
    }
    return FF_OK;
}

/* ---- the transaction ---- */

static enum ff_settle settle_of(const char *word)
{
    if (!word)
        return FF_SETTLE_NONE;
    return strcmp(word, "payout") == 0 ? FF_SETTLE_PAYOUT : FF_SETTLE_WRITEOFF;
}

/* Runs every table's query with what an erased row holds instead. */
static enum ff_rc run_query(struct ff_ctx *cx, const struct ff_subject *s, enum ff_query query,
                            int64_t now)
{
    char number[24], name[48], login[64];
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, query, &st);
    if (rc)
        return rc;
    snprintf(number, sizeof number, "erased-%lld", (long long)s->employee_id);
    snprintf(name, sizeof name, "Erased person %lld", (long long)s->employee_id);
    snprintf(login, sizeof login, "erased-%lld@erased.invalid", (long long)s->employee_id);
    const char *fold = ff_fold(cx, name);
    ff_privacy_bind(st, "employee", s->employee_id);
    ff_privacy_bind(st, "user", s->user_id);
    ff_privacy_bind(st, "now", now);
    ff_privacy_bind_text(st, "number", number);
    ff_privacy_bind_text(st, "name", name);
    ff_privacy_bind_text(st, "name_fold", fold);
    ff_privacy_bind_text(st, "login", login);
    return fold ? ff_db_run(cx, st) : cx->err.rc;
}

static enum ff_rc blank(struct ff_ctx *cx, const struct ff_subject *s, int64_t now)
{
    enum ff_rc rc = FF_OK;
    for (size_t i = FF_ERASED_MAX * ff_n_privacy_tables; i-- > 0 && !rc;) {
        struct ff_maybe_query query =
            ff_privacy_tables[i / FF_ERASED_MAX].erased[i % FF_ERASED_MAX];
        if (query.plus_one)
            rc = run_query(cx, s, (enum ff_query)(query.plus_one - 1), now);
    }
    return rc;
}

static enum ff_rc shred(struct ff_ctx *cx, const struct ff_subject *s)
{
    enum ff_rc rc = ff_audit_shred(cx, FF_AUDIT_EMPLOYEE, s->employee_id);
    return rc || !s->user_id ? rc : ff_audit_shred(cx, FF_AUDIT_USER, s->user_id);
}

static enum ff_rc add_row(struct ff_ctx *cx, const struct ff_erase_job *e)
{
    FF_STMT *st = NULL;
    int64_t user_id = cx->who.user_id;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ERASURE_INSERT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ERASURE_INSERT_EMPLOYEE, e->out->employee_id);
    ff_db_int(st, FF_P_ERASURE_INSERT_NOW, e->out->erased_at);
    ff_db_opt_int(st, FF_P_ERASURE_INSERT_ACTOR, user_id ? user_id : FF_NULL_INT);
    ff_db_text(st, FF_P_ERASURE_INSERT_REASON, e->out->reason);
    ff_db_text(st, FF_P_ERASURE_INSERT_SETTLE, e->out->settle);
    ff_db_opt_int(st, FF_P_ERASURE_INSERT_JOURNAL, e->out->journal_id);
    ff_db_int(st, FF_P_ERASURE_INSERT_REPEAT, e->is_repeat);
    return ff_db_run(cx, st);
}

static enum ff_rc record(struct ff_ctx *cx, const struct ff_erase_job *e)
{
    const struct ff_audit_value values[] = {
        {.name = "settle", .text = e->out->settle},
        {.name = "journalId", .number = e->out->journal_id},
    };
    const struct ff_audit event = {
        .action = "employee.erase",
        .entity = "employee",
        .entity_id = e->out->employee_id,
        .reason = e->in->reason,
        .after = values,
        .n_after = e->out->settle ? 2 : 0,
    };
    return ff_audit(cx, &event);
}

static enum ff_rc read_back(struct ff_ctx *cx, struct ff_erasure *out, bool *found)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ERASURE_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ERASURE_GET_EMPLOYEE, out->employee_id);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    out->erased_at = ff_db_col_int(st, FF_C_ERASURE_GET_ERASED_AT_MS);
    out->reason = ff_db_col_text(cx, st, FF_C_ERASURE_GET_REASON);
    out->settle = ff_db_col_text(cx, st, FF_C_ERASURE_GET_SETTLE);
    out->journal_id = ff_db_col_opt_int(st, FF_C_ERASURE_GET_JOURNAL_ID);
    out->is_scrubbed = ff_db_col_int(st, FF_C_ERASURE_GET_IS_SCRUBBED);
    return cx->err.rc;
}

/* Money before people: nobody goes while money is open. */
static enum ff_rc settle(struct ff_ctx *cx, struct ff_erase_job *e)
{
    int64_t journal_id = 0;
    enum ff_rc rc = ff_allowance_settle(cx, e->out->employee_id);
    if (!rc)
        rc = ff_ledger_settle(cx, e->out->employee_id, settle_of(e->in->settle), &journal_id);
    e->out->settle = journal_id ? e->in->settle : NULL;
    e->out->journal_id = journal_id ? journal_id : FF_NULL_INT;
    return rc;
}

static enum ff_rc erase(struct ff_ctx *cx, struct ff_erase_job *e)
{
    e->out->erased_at = ff_clock_now_ms(cx->clock);
    e->out->reason = e->in->reason;
    /* After a restore the erasure is a fact; it only has to become true again. */
    enum ff_rc rc = e->is_repeat ? FF_OK : ff_user_spare_person(cx, e->out->employee_id);
    if (rc || (rc = settle(cx, e)) || (rc = blank(cx, &e->subject, e->out->erased_at)) ||
        (rc = shred(cx, &e->subject)) || (rc = add_row(cx, e)))
        return rc;
    return record(cx, e);
}

enum ff_rc ff_erase_in_job(struct ff_ctx *cx, void *arg)
{
    struct ff_erase_job *e = arg;
    bool found = false;
    int64_t id = e->out->employee_id;
    *e->out = (struct ff_erasure){.employee_id = id, .journal_id = FF_NULL_INT};
    enum ff_rc rc = find_subject(cx, id, &e->subject);
    if (rc || (rc = read_back(cx, e->out, &found)))
        return rc;
    e->out->replayed = found;
    if (found)
        return FF_OK;
    if (cx->who.employee_id == id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Someone else must erase you.");
    if (!e->is_repeat && (rc = check_reason(cx, e->in->reason, &e->subject)))
        return rc;
    return erase(cx, e);
}

enum ff_rc ff_privacy_erase(struct ff_ctx *cx, int64_t employee_id, const struct ff_erasure_new *in,
                            struct ff_erasure *out)
{
    struct ff_erase_job e = {.in = in, .out = out};
    out->employee_id = employee_id;
    enum ff_rc rc = ff_db_write(cx, ff_erase_in_job, &e);
    if (rc)
        return rc;
    if (!ff_erased_list_complete(cx))
        ff_logf(FF_LOG_ERROR, cx->request_id,
                "keys/erased could not be written: a restore would bring an erased person back");
    if (!out->is_scrubbed)
        out->is_scrubbed = ff_erase_scrub(cx);
    ff_err_clear(cx);
    return FF_OK;
}
