/* SPDX-License-Identifier: MIT */
/* record.c - every journal passes ff_ledger_post and from there here, so this is the one place that
 * records them. */
#include "domain/ledger/post_parts.h"

#include <string.h>

#include "domain/audit/audit.h"

/* What a journal is called there. A void that gives a day's spending back undoes a purchase. */
static const char *action_of(const struct ff_posting *p)
{
    static const char *const names[][2] = {
        {"purchase", "purchase.create"},   {"refund", "purchase.refund"},
        {"topup", "ledger.topup"},         {"opening", "ledger.opening"},
        {"writeoff", "ledger.writeoff"},   {"payout", "ledger.payout"},
        {"adjust", "ledger.adjust"},       {"transfer", "ledger.transfer"},
        {"allowance", "ledger.allowance"}, {"payroll", "ledger.payroll"}};
    if (strcmp(p->kind, "void") == 0)
        return p->returns_to ? "purchase.undo" : "ledger.void";
    if (strcmp(p->kind, "purchase") == 0 && !p->enforce_floor)
        return "purchase.override";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i][0], p->kind) == 0)
            return names[i][1];
    }
    return "ledger.post";
}

static const struct ff_entry *wallet_of(const struct ff_posting *p)
{
    for (size_t i = 0; i < p->n_entries; i++) {
        const struct ff_entry *e = &p->entries[i];
        if (e->balance_after != FF_NULL_INT && e->account_id != p->allowance_id)
            return e;
    }
    return NULL;
}

/* Amounts and ids are nothing that erasure must take; what a person wrote may be. */
enum ff_rc ff_ledger_record(struct ff_ctx *cx, const struct ff_posting *p)
{
    const struct ff_entry *wallet = wallet_of(p);
    const int64_t none = FF_NULL_INT, after = wallet ? wallet->balance_after : none;
    const struct ff_audit_value was[] = {{"balance", NULL, wallet ? after - wallet->amount : none}},
                                is[] = {
                                    {"balance", NULL, after},
                                    {"amount", NULL, wallet ? wallet->amount : none},
                                    {"reason", p->reason_code, none},
                                    {"approvalId", NULL, p->approval_id ? p->approval_id : none},
                                    {"approvalSkipped", p->approval_skipped, none},
                                    {"journalId", NULL, p->reverses_id ? p->journal_id : none}};
    const char *action = action_of(p);
    return ff_audit(
        cx, &(struct ff_audit){.action = action,
                               .entity = strncmp(action, "purchase", 8) ? "journal" : "purchase",
                               .entity_id = p->reverses_id ? p->reverses_id : p->journal_id,
                               .subject = p->employee_id ? FF_AUDIT_EMPLOYEE : FF_AUDIT_NOBODY,
                               .subject_id = p->employee_id,
                               .is_open = !p->note,
                               .reason = p->note,
                               .before = was,
                               .n_before = sizeof was / sizeof was[0],
                               .after = is,
                               .n_after = sizeof is / sizeof is[0]});
}
