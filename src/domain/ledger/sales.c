/* SPDX-License-Identifier: MIT */
/* sales.c - the other side of a sale: revenue net of tax, and the tax of each rate to an account of
 * its own. Source: ledger.md, "Events". */
#include "domain/ledger/ledger.h"

static enum ff_rc add(struct ff_ctx *cx, struct ff_posting *p, const char *code, const char *kind,
                      int64_t amount)
{
    int64_t account = 0;
    if (amount == 0)
        return FF_OK;
    enum ff_rc rc = ff_ledger_account(cx, code, kind, &account);
    if (rc)
        return rc;
    if (p->n_entries == FF_LEDGER_MAX_ENTRIES)
        return FF_FAIL(cx, FF_INTERNAL, "a journal with too many entries");
    p->entries[p->n_entries++] = (struct ff_entry){.account_id = account, .amount = amount};
    return FF_OK;
}

/* Is line i the first one of its rate? */
static bool is_first(const struct ff_line *lines, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (lines[k].tax_rate == lines[i].tax_rate)
            return false;
    }
    return true;
}

static enum ff_rc add_tax(struct ff_ctx *cx, struct ff_posting *p, const struct ff_line *lines,
                          size_t n, size_t first, int sign)
{
    int64_t tax = 0;
    const char *code = ff_arena_printf(cx->arena, "vat:%lld", (long long)lines[first].tax_rate);
    if (!code)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    for (size_t i = first; i < n; i++)
        tax += lines[i].tax_rate == lines[first].tax_rate ? lines[i].tax : 0;
    return add(cx, p, code, "vat", sign * tax);
}

enum ff_rc ff_ledger_add_sales(struct ff_ctx *cx, struct ff_posting *p, const struct ff_line *lines,
                               size_t n, int sign)
{
    int64_t net = 0;
    for (size_t i = 0; i < n; i++)
        net += lines[i].total - lines[i].tax;
    enum ff_rc rc = add(cx, p, "revenue:sales", "revenue", sign * net);
    for (size_t i = 0; i < n && !rc; i++) {
        if (lines[i].tax && is_first(lines, i))
            rc = add_tax(cx, p, lines, n, i, sign);
    }
    return rc;
}
