/* SPDX-License-Identifier: MIT */
/* food.c - the words of allergens and diets, and which of them cannot go together. */
#include "domain/catalog/food.h"

/* clang-format off */
const char *const ff_allergens[] = {
    [FF_GLUTEN] = "gluten",       [FF_CRUSTACEANS] = "crustaceans", [FF_EGGS] = "eggs",
    [FF_FISH] = "fish",           [FF_PEANUTS] = "peanuts",         [FF_SOYBEANS] = "soybeans",
    [FF_MILK] = "milk",           [FF_NUTS] = "nuts",               [FF_CELERY] = "celery",
    [FF_MUSTARD] = "mustard",     [FF_SESAME] = "sesame",           [FF_SULPHITES] = "sulphites",
    [FF_LUPIN] = "lupin",         [FF_MOLLUSCS] = "molluscs",       [FF_MOLLUSCS + 1] = NULL,
};
const char *const ff_diets[] = {
    [FF_VEGETARIAN] = "vegetarian", [FF_VEGAN] = "vegan",             [FF_HALAL] = "halal",
    [FF_KOSHER] = "kosher",         [FF_GLUTEN_FREE] = "glutenFree",
    [FF_LACTOSE_FREE] = "lactoseFree", [FF_LACTOSE_FREE + 1] = NULL,
};

#define BIT(word) (INT64_C(1) << (word))
#define ANIMALS   (BIT(FF_CRUSTACEANS) | BIT(FF_FISH) | BIT(FF_MOLLUSCS))
static const struct {
    enum ff_diet diet;
    int64_t never;
    const char *detail;
} rules[] = {
    { FF_VEGAN, ANIMALS | BIT(FF_EGGS) | BIT(FF_MILK),
      "What holds milk, eggs, fish, crustaceans or molluscs is not vegan." },
    { FF_VEGETARIAN, ANIMALS, "What holds fish, crustaceans or molluscs is not vegetarian." },
    { FF_GLUTEN_FREE, BIT(FF_GLUTEN), "What holds gluten is not glutenFree." },
};
/* clang-format on */

enum ff_rc ff_food_settle(struct ff_ctx *cx, int64_t allergens, int64_t *diets)
{
    if (*diets == FF_NULL_INT)
        return FF_OK;
    if (*diets & BIT(FF_VEGAN))
        *diets |= BIT(FF_VEGETARIAN);
    if (allergens == FF_NULL_INT)
        return FF_OK;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (*diets & BIT(rules[i].diet) && allergens & rules[i].never)
            return ff_field_fail(cx, "/diets", "VALUE", rules[i].detail);
    }
    return FF_OK;
}
