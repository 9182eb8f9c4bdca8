/* SPDX-License-Identifier: MIT */
/* product_change.c - changing the menu. Versions are compared in the writer's job, so two people
 * who edit one product cannot overwrite each other. */
#include "domain/catalog/food.h"
#include "domain/catalog/product_repo.h"

static bool has(const struct ff_product_in *in, enum ff_product_field field)
{
    return in->set >> field & 1;
}

struct change {
    int64_t id, version;
    const struct ff_product_in *in;
    struct ff_product *out;
};

/* The category that was given by id or by name, checked; in a job. */
static enum ff_rc resolve_category(struct ff_ctx *cx, const struct ff_product_in *in,
                                   struct ff_product *p)
{
    struct ff_category category;
    if (has(in, FF_PRODUCT_CATEGORY_ID) && has(in, FF_PRODUCT_CATEGORY))
        return ff_field_fail(cx, "/category", "VALUE", "Give categoryId or category, not both.");
    if (has(in, FF_PRODUCT_CATEGORY)) {
        enum ff_rc rc = ff_category_find(cx, in->category, &p->category_id);
        return rc || p->category_id
                   ? rc
                   : ff_field_fail(cx, "/category", "VALUE", "There is no category of this name.");
    }
    if (!has(in, FF_PRODUCT_CATEGORY_ID))
        return FF_OK;
    p->category_id = in->category_id;
    enum ff_rc rc = ff_category_get(cx, in->category_id, &category);
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return ff_field_fail(cx, "/categoryId", "VALUE", "There is no such category.");
}

/* Sets what was given; FF_VALIDATION when it cannot be. */
static enum ff_rc apply(struct ff_ctx *cx, const struct ff_product_in *in, struct ff_product *p)
{
    if (has(in, FF_PRODUCT_NAME))
        p->name = in->name;
    if (has(in, FF_PRODUCT_PRICE))
        p->price = in->price;
    if (has(in, FF_PRODUCT_DESCRIPTION))
        p->description = in->description;
    if (has(in, FF_PRODUCT_AVAILABLE))
        p->available = in->available;
    if (has(in, FF_PRODUCT_EMOJI))
        p->emoji = in->emoji;
    if (has(in, FF_PRODUCT_GLAZE))
        p->glaze = in->glaze;
    if (has(in, FF_PRODUCT_SORT))
        p->sort = in->sort;
    if (has(in, FF_PRODUCT_TAX_RATE))
        p->tax_rate = in->tax_rate;
    if (has(in, FF_PRODUCT_MENU_ONLY))
        p->menu_only = in->menu_only;
    if (has(in, FF_PRODUCT_ARCHIVED))
        p->archived = in->archived;
    if (has(in, FF_PRODUCT_ALLERGENS))
        p->allergens = in->allergens;
    if (has(in, FF_PRODUCT_DIETS))
        p->diets = in->diets;
    return ff_food_settle(cx, p->allergens, &p->diets);
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_product p = {
        .description = "", .available = 1, .allergens = FF_NULL_INT, .diets = FF_NULL_INT};
    enum ff_rc rc = apply(cx, c->in, &p);
    if (rc)
        return rc;
    if (!has(c->in, FF_PRODUCT_CATEGORY_ID) && !has(c->in, FF_PRODUCT_CATEGORY))
        return ff_field_fail(cx, "/categoryId", "REQUIRED", "Give categoryId or category.");
    if ((rc = resolve_category(cx, c->in, &p)) || (rc = ff_product_insert(cx, &p)) ||
        (rc = ff_product_read(cx, p.id, 1, c->out)))
        return rc;
    return ff_product_record(cx, "product.create", NULL, c->out);
}

enum ff_rc ff_product_create(struct ff_ctx *cx, const struct ff_product_in *in,
                             struct ff_product *out)
{
    struct change c = {.in = in, .out = out};
    return ff_db_write(cx, create, &c);
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_product p;
    enum ff_rc rc = ff_product_read(cx, c->id, 1, &p);
    if (rc || (rc = ff_version_check(cx, p.version, c->version)))
        return rc;
    const struct ff_product before = p;
    if ((rc = resolve_category(cx, c->in, &p)) || (rc = apply(cx, c->in, &p)) ||
        (rc = ff_product_update(cx, &p)) || (rc = ff_product_read(cx, c->id, 1, c->out)))
        return rc;
    bool is_gone = c->out->archived && !before.archived;
    return ff_product_record(cx, is_gone ? "product.archive" : "product.change", &before, c->out);
}

enum ff_rc ff_product_change(struct ff_ctx *cx, int64_t id, int64_t version,
                             const struct ff_product_in *in, struct ff_product *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    if (has(in, FF_PRODUCT_ARCHIVED) && !cx->who.is_cli && cx->who.role != FF_ROLE_ADMIN)
        return FF_FAIL(cx, FF_FORBIDDEN, "Only an admin may archive a product or bring it back.");
    return ff_db_write(cx, change, &c);
}

static enum ff_rc switch_sale(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    enum ff_rc rc = ff_product_read(cx, c->id, 0, c->out);
    if (rc || c->out->available == c->in->available)
        return rc;
    const struct ff_product before = *c->out;
    c->out->available = c->in->available;
    if ((rc = ff_product_update(cx, c->out)) || (rc = ff_product_read(cx, c->id, 0, c->out)))
        return rc;
    return ff_product_record(cx, "product.change", &before, c->out);
}

enum ff_rc ff_product_switch(struct ff_ctx *cx, int64_t id, int64_t available,
                             struct ff_product *out)
{
    const struct ff_product_in in = {.available = available};
    struct change c = {.id = id, .in = &in, .out = out};
    return ff_db_write(cx, switch_sale, &c);
}

enum ff_rc ff_product_archive(struct ff_ctx *cx, int64_t id, int64_t version)
{
    const struct ff_product_in in = {.set = 1u << FF_PRODUCT_ARCHIVED, .archived = 1};
    struct ff_product p;
    return ff_product_change(cx, id, version, &in, &p);
}
