/* SPDX-License-Identifier: MIT */
/* food.h - what a product holds and whom it suits: sets of words, kept as masks. The words and
 * their places never change; a new one goes behind the last. FF_NULL_INT is "not known", which
 * nobody may take for "none". */
#ifndef FF_DOMAIN_CATALOG_FOOD_H
#define FF_DOMAIN_CATALOG_FOOD_H

#include "domain/catalog/product.h"

/* Bits of the sets. Source: Regulation (EU) 1169/2011, Annex II, in its order. */
enum ff_allergen {
    FF_GLUTEN,
    FF_CRUSTACEANS,
    FF_EGGS,
    FF_FISH,
    FF_PEANUTS,
    FF_SOYBEANS,
    FF_MILK,
    FF_NUTS,
    FF_CELERY,
    FF_MUSTARD,
    FF_SESAME,
    FF_SULPHITES,
    FF_LUPIN,
    FF_MOLLUSCS
};
enum ff_diet { FF_VEGETARIAN, FF_VEGAN, FF_HALAL, FF_KOSHER, FF_GLUTEN_FREE, FF_LACTOSE_FREE };

/* The words of the bits, NULL-terminated. */
extern const char *const ff_allergens[];
extern const char *const ff_diets[];

/* Adds to *diets what follows from it (vegan: vegetarian). FF_VALIDATION at "/diets" when it and
 * the allergens cannot both be true: vegan with milk, eggs or animals of the sea, vegetarian with
 * these, gluten-free with gluten. Milk may be lactose-free. */
FF_MUST_CHECK enum ff_rc ff_food_settle(struct ff_ctx *cx, int64_t allergens, int64_t *diets);

#endif
