/* SPDX-License-Identifier: MIT */
/* employer.c - who else pays: first the employer by a rule, then what the employer gave as an
 * allowance; what is left is the person's own. Without rules and without an allowance it asks
 * nothing. Source: ledger.md, "Payment order". */
#include <string.h>

#include "base/money.h"
#include "domain/purchase/sale.h"
#include "domain/subsidy/allowance.h"
#include "domain/subsidy/cost_centre.h"

/* What of the list can still be spent, without booking what cannot. */
static int64_t leave_out_old(const char *date, struct ff_list *grants)
{
    struct ff_allowance *grant = grants->items;
    int64_t left = 0;
    size_t kept = 0;
    for (size_t i = 0; i < grants->n; i++) {
        if (strcmp(grant[i].expires_on, date) < 0)
            continue;
        left += grant[i].left;
        grant[kept++] = grant[i];
    }
    grants->n = kept;
    return left;
}

static enum ff_rc find_allowance(struct ff_ctx *cx, struct ff_sale *s, bool books)
{
    if (s->buyer.allowance <= 0)
        return FF_OK;
    enum ff_rc rc = ff_allowance_read(cx, s->buyer.id, &s->grants);
    if (rc)
        return rc;
    if (books)
        return ff_allowance_run_out(cx, &s->posting, &s->grants, &s->buyer.allowance);
    s->buyer.allowance = leave_out_old(s->posting.business_date, &s->grants);
    return FF_OK;
}

/* The lines share the allowance by what is left of each. */
static enum ff_rc spread(struct ff_ctx *cx, struct ff_sale *s)
{
    int64_t weights[FF_PURCHASE_MAX_LINES], parts[FF_PURCHASE_MAX_LINES];
    const int64_t due = s->total - s->subsidy;
    const int64_t amount = s->buyer.allowance < due ? s->buyer.allowance : due;
    if (amount <= 0)
        return FF_OK;
    for (size_t i = 0; i < s->n_lines; i++)
        weights[i] = s->lines[i].total - s->lines[i].subsidy;
    if (!ff_money_split(amount, weights, s->n_lines, parts))
        return FF_FAIL(cx, FF_INTERNAL, "an allowance over nothing");
    for (size_t i = 0; i < s->n_lines; i++)
        s->lines[i].allowance = parts[i];
    return FF_OK;
}

enum ff_rc ff_sale_find_payers(struct ff_ctx *cx, struct ff_sale *s, bool books)
{
    enum ff_rc rc = FF_OK;
    s->employer = (struct ff_subsidy){0};
    s->grants = (struct ff_list){0};
    if (s->buyer.has_rules &&
        (rc = ff_subsidy_choose(cx, s->buyer.id, s->posting.business_date,
                                s->posting.recorded_at_ms, s->lines, s->n_lines, &s->employer)))
        return rc;
    ff_sale_share(s);
    if ((rc = find_allowance(cx, s, books)) || (rc = spread(cx, s)))
        return rc;
    ff_sale_share(s);
    return FF_OK;
}

static void pay(struct ff_posting *p, int64_t account_id, int64_t amount)
{
    p->entries[p->n_entries++] = (struct ff_entry){.account_id = account_id, .amount = -amount};
}

enum ff_rc ff_sale_add_payers(struct ff_ctx *cx, struct ff_sale *s)
{
    struct ff_posting *p = &s->posting;
    int64_t account = 0;
    p->allowance_id = s->buyer.allowance_id;
    p->allowance_balance = s->buyer.allowance;
    if (s->allowance)
        pay(p, s->buyer.allowance_id, s->allowance);
    if (!s->subsidy)
        return FF_OK;
    enum ff_rc rc = ff_cost_centre_account(cx, s->employer.cost_centre, &account);
    if (!rc)
        pay(p, account, s->subsidy);
    return rc;
}

enum ff_rc ff_sale_record_payers(struct ff_ctx *cx, const struct ff_sale *s)
{
    enum ff_rc rc = FF_OK;
    if (s->subsidy)
        rc = ff_subsidy_take(cx, &s->posting, &s->employer);
    if (!rc && s->allowance)
        rc = ff_allowance_use(cx, s->posting.journal_id, &s->grants, s->allowance);
    return rc;
}
