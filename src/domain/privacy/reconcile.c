/* SPDX-License-Identifier: MIT */
/* reconcile.c - after the transaction of an erasure: the bytes of the old rows leave the files, and
 * whoever a restored backup brought back goes again. */
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "domain/privacy/erasure.h"
#include "domain/privacy/tables.h"

enum { TRIES = 20, PAUSE_MS = 50 };

/* ---- bytes ---- */

/* *until: the newest erasure that waits; FF_NULL_INT: none. */
static enum ff_rc find_waiting(struct ff_ctx *cx, int64_t *until)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ERASURE_WAITING, &st);
    *until = FF_NULL_INT;
    if (!rc && !(rc = ff_db_row(cx, st, &row)) && row)
        *until = ff_db_col_opt_int(st, FF_C_ERASURE_WAITING_UNTIL);
    return rc;
}

static enum ff_rc mark(struct ff_ctx *cx, void *arg)
{
    const int64_t *until = arg;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ERASURE_SCRUBBED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ERASURE_SCRUBBED_UNTIL, *until);
    return ff_db_run(cx, st);
}

bool ff_erase_scrub(struct ff_ctx *cx)
{
    int64_t until;
    enum ff_rc rc = find_waiting(cx, &until);
    ff_db_release(cx);
    if (rc || until == FF_NULL_INT)
        return rc == FF_OK;
    for (int i = 0; i < TRIES; i++) {
        ff_err_clear(cx);
        if ((rc = ff_db_scrub(cx, ff_privacy_plain())) != FF_BUSY)
            break;
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
    }
    return rc == FF_OK && ff_db_write(cx, mark, &until) == FF_OK;
}

/* ---- people who came back ---- */

/* The person of the line is in the database and not erased. */
static enum ff_rc is_back(struct ff_ctx *cx, const struct ff_erased_line *line, bool *back)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ERASURE_SUBJECT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ERASURE_SUBJECT_EMPLOYEE, line->employee_id);
    rc = ff_db_row(cx, st, &row);
    *back = !rc && row && ff_db_col_null(st, FF_C_ERASURE_SUBJECT_ERASED_AT_MS) &&
            ff_db_col_int(st, FF_C_ERASURE_SUBJECT_CREATED_AT_MS) == line->created_at;
    return rc;
}

/* The money that the backup brought back was settled once already; what does not fit any more is
 * written off. */
static enum ff_rc erase_again(struct ff_ctx *cx, const struct ff_erased_line *line)
{
    struct ff_erasure out = {.employee_id = line->employee_id};
    struct ff_erasure_new in = {.reason = "erased before a backup was restored",
                                .settle =
                                    strcmp(line->settle, "payout") == 0 ? "payout" : "writeoff"};
    struct ff_erase_job e = {.in = &in, .out = &out, .is_repeat = true};
    enum ff_rc rc = ff_db_write(cx, ff_erase_in_job, &e);
    if (rc != FF_ERASURE_BALANCE)
        return rc;
    ff_err_clear(cx);
    in.settle = "writeoff";
    return ff_db_write(cx, ff_erase_in_job, &e);
}

static enum ff_rc look_at(struct ff_ctx *cx, void *arg, const struct ff_erased_line *line)
{
    int64_t *again = arg;
    bool back = false;
    enum ff_rc rc = is_back(cx, line, &back);
    ff_db_release(cx);
    if (rc || !back)
        return rc;
    *again += 1;
    return erase_again(cx, line);
}

enum ff_rc ff_privacy_reconcile(struct ff_ctx *cx, int64_t *again)
{
    *again = 0;
    enum ff_rc rc = ff_erased_list_read(cx, look_at, again);
    if (rc)
        return rc;
    if (!ff_erased_list_complete(cx))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The file keys/erased cannot be written.");
    if (*again)
        ff_logf(FF_LOG_WARN, NULL,
                "privacy: %lld people of the restored backup had been erased since: erased again",
                (long long)*again);
    (void)ff_erase_scrub(cx);
    ff_err_clear(cx);
    return FF_OK;
}

/* ---- how it stands ---- */

static enum ff_rc count_line(struct ff_ctx *cx, void *arg, const struct ff_erased_line *line)
{
    struct ff_erasure_state *state = arg;
    bool back = false;
    enum ff_rc rc = is_back(cx, line, &back);
    state->listed++;
    state->back += back;
    return rc;
}

enum ff_rc ff_privacy_look(struct ff_ctx *cx, struct ff_erasure_state *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    *out = (struct ff_erasure_state){0};
    enum ff_rc rc = ff_erased_list_read(cx, count_line, out);
    if (rc || (rc = ff_db_query(cx, FF_Q_ERASURE_WAITING, &st)))
        return rc;
    if (!(rc = ff_db_row(cx, st, &row)) && row)
        out->waiting = ff_db_col_int(st, FF_C_ERASURE_WAITING_WAITING);
    return rc;
}
