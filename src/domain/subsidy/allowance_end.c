/* SPDX-License-Identifier: MIT */
/* allowance_end.c - what was not spent goes back to the employer: when it runs out, at the first
 * use or housekeeping after its last day, and when its person goes. A grant that is empty is not
 * found again, so this happens once. */
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "db/db.h"
#include "domain/subsidy/allowance.h"
#include "domain/subsidy/cost_centre.h"

enum { BATCH = 100 };

/* `when` NULL: now. The grants share a balance, which is moved on. */
static enum ff_rc book(struct ff_ctx *cx, const struct ff_allowance *g, int64_t balance,
                       const char *reason, const struct ff_posting *when)
{
    char key[FF_IDEM_KEY_CAP], uuid[37];
    const struct ff_list grants = {.items = (void *)(uintptr_t)g, .n = 1};
    struct ff_idem idem;
    struct ff_posting p = {.kind = "allowance",
                           .employee_id = g->employee_id,
                           .n_entries = 2,
                           .wallet_id = g->account_id,
                           .wallet_balance = balance,
                           .idem = &idem,
                           .reverses_id = g->id,
                           .reason_code = reason,
                           .enforce_floor = true};
    int64_t employer = 0;
    enum ff_rc rc = ff_cost_centre_account(cx, g->cost_centre, &employer);
    if (rc)
        return rc;
    ff_uuid(uuid);
    snprintf(key, sizeof key, "allowance-%s", uuid);
    ff_idem_make(cx, key, "endAllowance", g->employee_id, g->id, "", 0, &idem);
    p.entries[0] = (struct ff_entry){.account_id = g->account_id, .amount = -g->left};
    p.entries[1] = (struct ff_entry){.account_id = employer, .amount = g->left};
    if (when) {
        p.recorded_at_ms = when->recorded_at_ms;
        p.period_id = when->period_id;
        memcpy(p.business_date, when->business_date, sizeof p.business_date);
    }
    if ((rc = ff_ledger_post(cx, &p)))
        return rc;
    return ff_allowance_use(cx, p.journal_id, &grants, g->left);
}

enum ff_rc ff_allowance_run_out(struct ff_ctx *cx, const struct ff_posting *when,
                                struct ff_list *grants, int64_t *left)
{
    struct ff_allowance *grant = grants->items;
    int64_t balance = grants->n ? grant[0].balance : 0;
    size_t kept = 0;
    *left = 0;
    for (size_t i = 0; i < grants->n; i++) {
        if (strcmp(grant[i].expires_on, when->business_date) >= 0) {
            *left += grant[i].left;
            grant[kept++] = grant[i];
            continue;
        }
        enum ff_rc rc = book(cx, &grant[i], balance, "expired", when);
        if (rc)
            return rc;
        balance -= grant[i].left;
    }
    grants->n = kept;
    return FF_OK;
}

enum ff_rc ff_allowance_settle(struct ff_ctx *cx, int64_t employee_id)
{
    struct ff_list grants = {0};
    enum ff_rc rc = ff_allowance_read(cx, employee_id, &grants);
    const struct ff_allowance *grant = grants.items;
    int64_t balance = !rc && grants.n ? grant[0].balance : 0;
    for (size_t i = 0; !rc && i < grants.n; i++) {
        rc = book(cx, &grant[i], balance, "erasure", NULL);
        balance -= grant[i].left;
    }
    return rc;
}

/* ---- of everybody ---- */

struct batch {
    int64_t people;
};

static enum ff_rc read_due(struct ff_ctx *cx, const char *today, struct ff_list *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_DUE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_ALLOWANCE_DUE_TODAY, today);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        int64_t *id = ff_rows_add(cx, &rows, sizeof *id);
        if (!id)
            return cx->err.rc;
        *id = ff_db_col_int(st, FF_C_ALLOWANCE_DUE_EMPLOYEE_ID);
    }
    *out = rows.list;
    return rc;
}

static enum ff_rc expire_some(struct ff_ctx *cx, void *arg)
{
    struct batch *b = arg;
    struct ff_posting when = {0};
    struct ff_list due = {0}, grants = {0};
    int64_t left;
    b->people = 0;
    enum ff_rc rc = ff_ledger_date(cx, &when);
    if (rc || (rc = read_due(cx, when.business_date, &due)))
        return rc;
    const int64_t *id = due.items;
    for (size_t i = 0; i < due.n && !rc; i++) {
        if (!(rc = ff_allowance_read(cx, id[i], &grants)))
            rc = ff_allowance_run_out(cx, &when, &grants, &left);
        b->people += !rc;
    }
    return rc;
}

enum ff_rc ff_allowance_expire(struct ff_ctx *cx, int64_t *people)
{
    struct batch b;
    enum ff_rc rc;
    *people = 0;
    do {
        rc = ff_db_write(cx, expire_some, &b);
        *people += b.people;
    } while (!rc && b.people == BATCH);
    return rc;
}
