/* SPDX-License-Identifier: MIT */
/* product_record.c - what the audit log says of a product that is made or changed. */
#include "domain/audit/audit.h"
#include "domain/catalog/product_repo.h"

enum { VALUES = 9 };

/* `p` NULL: no values. */
static size_t list_values(const struct ff_product *p, struct ff_audit_value out[VALUES])
{
    if (!p)
        return 0;
    size_t n = 0;
    out[n++] = (struct ff_audit_value){"name", p->name, 0};
    out[n++] = (struct ff_audit_value){"price", NULL, p->price};
    out[n++] = (struct ff_audit_value){"categoryId", NULL, p->category_id};
    out[n++] = (struct ff_audit_value){"description", p->description, FF_NULL_INT};
    out[n++] = (struct ff_audit_value){"available", NULL, p->available};
    out[n++] = (struct ff_audit_value){"archived", NULL, p->archived};
    out[n++] = (struct ff_audit_value){"emoji", p->emoji, FF_NULL_INT};
    out[n++] = (struct ff_audit_value){"glaze", p->glaze, FF_NULL_INT};
    out[n++] = (struct ff_audit_value){"sort", NULL, p->sort};
    return n;
}

enum ff_rc ff_product_record(struct ff_ctx *cx, const char *action, const struct ff_product *before,
                             const struct ff_product *after)
{
    struct ff_audit_value was[VALUES], is[VALUES];
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "product",
                                           .entity_id = after->id,
                                           .before = was,
                                           .n_before = list_values(before, was),
                                           .after = is,
                                           .n_after = list_values(after, is)});
}
