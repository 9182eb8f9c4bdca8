/* SPDX-License-Identifier: MIT */
/* allowance_give.c - an order to give an allowance: to whom, one journal each, the order itself. */
#include <stdio.h>
#include <string.h>

#include "auth/auth.h"
#include "base/ids.h"
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/site/site.h"
#include "domain/subsidy/allowance.h"
#include "domain/subsidy/cost_centre.h"

struct giving {
    const struct ff_allowance_new *in;
    const struct ff_idem *idem;
    struct ff_allowance_run *out;
    /* made anew by every run of the job */
    struct ff_list people; /* of int64_t */
    int64_t run_id;
};

/* ---- to whom ---- */

static enum ff_rc check_ways(struct ff_ctx *cx, const struct ff_allowance_new *in)
{
    const int ways = (in->employee_ids.n > 0) + (in->group_id != FF_NULL_INT) +
                     (in->department_id != FF_NULL_INT) + (in->all == 1);
    return ways == 1 ? FF_OK
                     : ff_field_fail(cx, "/employeeIds", "VALUE",
                                     "Say who gets it: people, a group, a department, or all.");
}

static enum ff_rc check_person(struct ff_ctx *cx, int64_t id, size_t at)
{
    const char *pointer = ff_arena_printf(cx->arena, "/employeeIds/%zu", at);
    FF_STMT *st = NULL;
    bool row = false;
    if (id == cx->who.employee_id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Somebody else must book money for you.");
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_PERSON, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_PERSON_EMPLOYEE, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return ff_field_fail(cx, pointer ? pointer : "/employeeIds", "VALUE",
                             "There is no such person.");
    return ff_db_col_int(st, FF_C_ALLOWANCE_PERSON_IS_ACTIVE)
               ? FF_OK
               : FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "Person %lld is not active.", (long long)id);
}

static bool is_named_before(const int64_t *id, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (id[k] == id[i])
            return true;
    }
    return false;
}

static enum ff_rc check_named(struct ff_ctx *cx, struct giving *g)
{
    const int64_t *id = g->in->employee_ids.items;
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < g->in->employee_ids.n && !rc; i++) {
        rc = is_named_before(id, i)
                 ? ff_field_fail(cx, "/employeeIds", "VALUE", "A person is named twice.")
                 : check_person(cx, id[i], i);
    }
    g->people = g->in->employee_ids;
    return rc;
}

static enum ff_rc read_people(struct ff_ctx *cx, struct giving *g)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_PEOPLE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_PEOPLE_ALL, g->in->all == 1);
    ff_db_opt_int(st, FF_P_ALLOWANCE_PEOPLE_GROUP, g->in->group_id);
    ff_db_opt_int(st, FF_P_ALLOWANCE_PEOPLE_DEPARTMENT, g->in->department_id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        int64_t *id = ff_rows_add(cx, &rows, sizeof *id);
        if (!id)
            return cx->err.rc;
        *id = ff_db_col_int(st, FF_C_ALLOWANCE_PEOPLE_ID);
    }
    g->people = rows.list;
    return rc;
}

static enum ff_rc find_people(struct ff_ctx *cx, struct giving *g)
{
    enum ff_rc rc = g->in->employee_ids.n ? check_named(cx, g) : read_people(cx, g);
    if (rc)
        return rc;
    if (g->people.n == 0)
        return ff_field_fail(cx, "/all", "VALUE", "Nobody who is active would get it.");
    return g->people.n <= FF_ALLOWANCE_PEOPLE_MAX
               ? FF_OK
               : ff_field_range(cx, "/all", "LENGTH", 1, FF_ALLOWANCE_PEOPLE_MAX);
}

/* ---- one person ---- */

static enum ff_rc find_centre(struct ff_ctx *cx, const struct giving *g, int64_t employee_id,
                              struct ff_cost_centre *out)
{
    if (g->in->cost_centre_id == FF_NULL_INT)
        return ff_cost_centre_of(cx, employee_id, out);
    enum ff_rc rc = ff_cost_centre_get(cx, g->in->cost_centre_id, out);
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return ff_field_fail(cx, "/costCentreId", "VALUE", "There is none with this id.");
}

static enum ff_rc add_grant(struct ff_ctx *cx, const struct giving *g, const struct ff_posting *p,
                            int64_t cost_centre_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_GRANT_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_GRANT_ADD_JOURNAL, p->journal_id);
    ff_db_int(st, FF_P_ALLOWANCE_GRANT_ADD_RUN, g->run_id);
    ff_db_int(st, FF_P_ALLOWANCE_GRANT_ADD_EMPLOYEE, p->employee_id);
    ff_db_int(st, FF_P_ALLOWANCE_GRANT_ADD_COST_CENTRE, cost_centre_id);
    ff_db_int(st, FF_P_ALLOWANCE_GRANT_ADD_AMOUNT, g->in->amount);
    ff_db_text(st, FF_P_ALLOWANCE_GRANT_ADD_EXPIRES_ON, g->in->expires_on);
    return ff_db_run(cx, st);
}

/* The order has the caller's key; each of its journals one of its own. */
static enum ff_rc give_one(struct ff_ctx *cx, const struct giving *g, int64_t employee_id)
{
    char key[FF_IDEM_KEY_CAP], uuid[37];
    struct ff_cost_centre centre;
    struct ff_idem idem = *g->idem;
    struct ff_posting p = {.kind = "allowance",
                           .employee_id = employee_id,
                           .idem = &idem,
                           .note = g->in->note,
                           .reason_code = "granted",
                           .enforce_floor = true,
                           .n_entries = 2};
    int64_t employer = 0;
    enum ff_rc rc = find_centre(cx, g, employee_id, &centre);
    if (rc || (rc = ff_ledger_allowance(cx, employee_id, &p.wallet_id, &p.wallet_balance)) ||
        (rc = ff_wallet_check_room(cx, p.wallet_balance, g->in->amount)) ||
        (rc = ff_cost_centre_account(cx, centre.code, &employer)))
        return rc;
    ff_uuid(uuid);
    snprintf(key, sizeof key, "allowance-%s", uuid);
    idem.key = key;
    p.entries[0] = (struct ff_entry){.account_id = p.wallet_id, .amount = g->in->amount};
    p.entries[1] = (struct ff_entry){.account_id = employer, .amount = -g->in->amount};
    rc = ff_ledger_post(cx, &p);
    return rc ? rc : add_grant(cx, g, &p, centre.id);
}

/* ---- the order ---- */

static enum ff_rc find_run(struct ff_ctx *cx, const struct ff_idem *idem, int64_t *id)
{
    unsigned char stored[FF_FINGERPRINT_BYTES];
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_RUN_BY_KEY, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_ALLOWANCE_RUN_BY_KEY_KEY, idem->key);
    ff_db_int(st, FF_P_ALLOWANCE_RUN_BY_KEY_SCOPE, idem->scope);
    *id = 0;
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    *id = ff_db_col_int(st, FF_C_ALLOWANCE_RUN_BY_KEY_ID);
    if (ff_db_col_blob(st, FF_C_ALLOWANCE_RUN_BY_KEY_REQUEST_FP, stored, sizeof stored) &&
        memcmp(stored, idem->fingerprint, sizeof stored) == 0)
        return FF_OK;
    return FF_FAIL(cx, FF_KEY_REUSED, "This Idempotency-Key was used for a different request.");
}

static enum ff_rc add_run(struct ff_ctx *cx, struct giving *g)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_RUN_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_RUN_ADD_SCOPE, g->idem->scope);
    ff_db_text(st, FF_P_ALLOWANCE_RUN_ADD_KEY, g->idem->key);
    ff_db_blob(st, FF_P_ALLOWANCE_RUN_ADD_REQUEST_FP, g->idem->fingerprint,
               sizeof g->idem->fingerprint);
    ff_db_int(st, FF_P_ALLOWANCE_RUN_ADD_AMOUNT, g->in->amount);
    ff_db_text(st, FF_P_ALLOWANCE_RUN_ADD_EXPIRES_ON, g->in->expires_on);
    ff_db_int(st, FF_P_ALLOWANCE_RUN_ADD_PEOPLE, (int64_t)g->people.n);
    ff_db_int(st, FF_P_ALLOWANCE_RUN_ADD_GIVEN_AT, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    g->run_id = ff_db_col_int(st, FF_C_ALLOWANCE_RUN_ADD_ID);
    return FF_OK;
}

static enum ff_rc record(struct ff_ctx *cx, const struct giving *g)
{
    const struct ff_audit_value is[] = {{"amount", NULL, g->in->amount},
                                        {"people", NULL, (int64_t)g->people.n},
                                        {"expiresOn", g->in->expires_on, 0}};
    return ff_audit(cx, &(struct ff_audit){.action = "allowance.give",
                                           .entity = "allowance",
                                           .entity_id = g->run_id,
                                           .reason = g->in->note,
                                           .after = is,
                                           .n_after = sizeof is / sizeof is[0]});
}

#define SAME(name) ((int)FF_C_ALLOWANCE_RUN_LIST_##name == (int)FF_C_ALLOWANCE_RUN_GET_##name)
_Static_assert(SAME(ID) && SAME(LEFT_MINOR), "one reader for both");

static enum ff_rc read_run(struct ff_ctx *cx, struct ff_stmt *st, struct ff_allowance_run *out)
{
    *out = (struct ff_allowance_run){
        .id = ff_db_col_int(st, FF_C_ALLOWANCE_RUN_GET_ID),
        .amount = ff_db_col_int(st, FF_C_ALLOWANCE_RUN_GET_AMOUNT),
        .expires_on = ff_db_col_text(cx, st, FF_C_ALLOWANCE_RUN_GET_EXPIRES_ON),
        .people = ff_db_col_int(st, FF_C_ALLOWANCE_RUN_GET_PEOPLE),
        .left = ff_db_col_int(st, FF_C_ALLOWANCE_RUN_GET_LEFT_MINOR),
        .given_at = ff_db_col_int(st, FF_C_ALLOWANCE_RUN_GET_GIVEN_AT_MS)};
    out->total = out->amount * out->people;
    return out->expires_on ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

static enum ff_rc load_run(struct ff_ctx *cx, int64_t id, struct ff_allowance_run *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_RUN_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_RUN_GET_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? read_run(cx, st, out) : FF_FAIL(cx, FF_INTERNAL, "an order without its row");
}

static enum ff_rc check_day(struct ff_ctx *cx, const char *expires_on)
{
    char today[FF_DATE_CAP];
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, today);
    return strcmp(expires_on, today) >= 0
               ? FF_OK
               : ff_field_fail(cx, "/expiresOn", "RANGE", "Its last day has passed.");
}

static enum ff_rc give(struct ff_ctx *cx, void *arg)
{
    struct giving *g = arg;
    int64_t booked = 0;
    enum ff_rc rc = find_run(cx, g->idem, &booked);
    if (rc)
        return rc;
    if (booked) {
        rc = load_run(cx, booked, g->out);
        g->out->replayed = 1;
        return rc;
    }
    if ((rc = check_day(cx, g->in->expires_on)) || (rc = find_people(cx, g)) ||
        (rc = add_run(cx, g)))
        return rc;
    const int64_t *id = g->people.items;
    for (size_t i = 0; i < g->people.n && !rc; i++)
        rc = give_one(cx, g, id[i]);
    if (rc || (rc = record(cx, g)))
        return rc;
    return load_run(cx, g->run_id, g->out);
}

enum ff_rc ff_allowance_give(struct ff_ctx *cx, const struct ff_allowance_new *in,
                             const struct ff_idem *idem, struct ff_allowance_run *out)
{
    struct giving g = {.in = in, .idem = idem, .out = out};
    enum ff_rc rc = check_ways(cx, in);
    return rc ? rc : ff_db_write(cx, give, &g);
}

/* ---- what was given ---- */

static enum ff_rc count_runs(struct ff_ctx *cx, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_RUN_COUNT, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_ALLOWANCE_RUN_COUNT_TOTAL);
    return FF_OK;
}

enum ff_rc ff_allowance_list(struct ff_ctx *cx, const struct ff_list_filter *f, struct ff_list *out,
                             int64_t *total)
{
    const struct ff_window window = ff_window_of(f->page, f->limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = count_runs(cx, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_ALLOWANCE_RUN_LIST, &st)))
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_RUN_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_ALLOWANCE_RUN_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_allowance_run *run = ff_rows_add(cx, &rows, sizeof *run);
        if (!run)
            return cx->err.rc;
        if ((rc = read_run(cx, st, run)))
            return rc;
    }
    *out = rows.list;
    return rc;
}
