/* SPDX-License-Identifier: MIT */
/* product_record.c - what the audit log says of a product that is made or changed. */
#include "domain/audit/audit.h"
#include "domain/catalog/food.h"
#include "domain/catalog/product_repo.h"

enum { VALUES = 13 };

/* A set as the log shows it: its words; NULL: not known. */
static const char *words(struct ff_ctx *cx, const char *const *values, int64_t mask)
{
    struct ff_buf buf;
    if (mask == FF_NULL_INT)
        return NULL;
    ff_buf_init(&buf, 513);
    ff_flags_text(&buf, values, mask);
    const char *text = ff_strdup(cx, buf.data);
    ff_buf_free(&buf);
    return text;
}

/* `p` NULL: no values. */
static size_t list_values(struct ff_ctx *cx, const struct ff_product *p,
                          struct ff_audit_value out[VALUES])
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
    out[n++] = (struct ff_audit_value){"taxRatePpm", NULL, p->tax_rate};
    out[n++] =
        (struct ff_audit_value){"allergens", words(cx, ff_allergens, p->allergens), FF_NULL_INT};
    out[n++] = (struct ff_audit_value){"diets", words(cx, ff_diets, p->diets), FF_NULL_INT};
    out[n++] = (struct ff_audit_value){"menuOnly", NULL, p->menu_only};
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
                                           .n_before = list_values(cx, before, was),
                                           .after = is,
                                           .n_after = list_values(cx, after, is)});
}
