/* SPDX-License-Identifier: MIT */
/* catalog_food.c - allergens and diets: what is not known is never taken for none. */
#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/catalog/food.h"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer send(const char *method, const char *target, const char *version,
                             const char *body)
{
    return ff_call(
        &fx,
        &(struct ff_call){
            .method = method, .target = target, .if_match = version, .body = body, .cli = true});
}

static struct ff_answer make(const char *name, const char *more)
{
    return send("POST", "/api/v1/products", NULL,
                ff_arena_printf(fx.arena, "{\"name\":\"%s\",\"price\":100,\"category\":\"food\"%s}",
                                name, more));
}

static int64_t total(const char *query)
{
    struct ff_answer a =
        send("GET", ff_arena_printf(fx.arena, "/api/v1/products?%s", query), NULL, NULL);
    return ff_answer_int(&fx, &a, "total");
}

START_TEST(the_fourteen_of_the_regulation_have_words)
{
    size_t n = 0;
    while (ff_allergens[n])
        n++;
    ck_assert_uint_eq(n, 14);
}
END_TEST

START_TEST(unknown_is_null_and_none_is_an_empty_list)
{
    struct ff_answer a = make("Bread", "");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "allergens"), "null");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "diets"), "null");
    a = make("Rice", ",\"allergens\":[],\"diets\":[\"vegan\",\"halal\"]");
    ck_assert(strstr(a.body, "\"allergens\":[]"));
    ck_assert(strstr(a.body, "\"diets\":[\"vegetarian\",\"vegan\",\"halal\"]"));
    a = send("PATCH", "/api/v1/products/2", "\"v1\"", "{\"allergens\":[\"celery\",\"gluten\"]}");
    ck_assert(strstr(a.body, "\"allergens\":[\"gluten\",\"celery\"]"));
    a = send("PATCH", "/api/v1/products/2", "\"v2\"", "{\"allergens\":null}");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "allergens"), "null");
    a = send("GET", "/api/v1/kiosk/catalogue", NULL, NULL);
    ck_assert(strstr(a.body, "\"diets\":[\"vegetarian\",\"vegan\",\"halal\"]"));
}
END_TEST

START_TEST(a_filter_finds_only_what_is_known)
{
    (void)make("Bread", ",\"allergens\":[\"gluten\"],\"diets\":[\"vegan\"]");
    (void)make("Cream soup", ",\"allergens\":[\"milk\",\"celery\"],\"diets\":[\"vegetarian\"]");
    (void)make("Rice", ",\"allergens\":[],\"diets\":[\"vegan\",\"glutenFree\"]");
    (void)make("Dish of the day", "");
    ck_assert_int_eq(total(""), 4);
    ck_assert_int_eq(total("without=gluten"), 2);
    ck_assert_int_eq(total("without=gluten,milk"), 1);
    ck_assert_int_eq(total("without=gluten%20milk&diet=vegan"), 1);
    ck_assert_int_eq(total("without=none"), 3); /* somebody has looked */
    ck_assert_int_eq(total("diet=vegetarian"), 3);
    ck_assert_int_eq(total("diet=vegan,glutenFree"), 1);
    ck_assert_int_eq(total("diet=kosher"), 0);
    struct ff_answer a = send("GET", "/api/v1/products?without=dust", NULL, NULL);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), "?without");
}
END_TEST

static const struct {
    const char *more, *pointer; /* NULL: taken */
} cases[] = {
    {",\"allergens\":[\"dust\"]", "/allergens/0"},
    {",\"allergens\":[\"milk\",7]", "/allergens/1"},
    {",\"allergens\":\"milk\"", "/allergens"},
    {",\"allergens\":[\"milk\"],\"diets\":[\"vegan\"]", "/diets"},
    {",\"allergens\":[\"fish\"],\"diets\":[\"vegetarian\"]", "/diets"},
    {",\"allergens\":[\"gluten\"],\"diets\":[\"glutenFree\"]", "/diets"},
    {",\"allergens\":[\"milk\"],\"diets\":[\"lactoseFree\"]", NULL},
    {",\"allergens\":[\"milk\"],\"diets\":[\"vegetarian\"]", NULL},
    {",\"diets\":[\"vegan\"]", NULL},
};

START_TEST(what_cannot_be_true_is_refused)
{
    struct ff_answer a = make("Dish", cases[_i].more);
    ck_assert_int_eq(a.status, cases[_i].pointer ? 400 : 201);
    if (cases[_i].pointer)
        ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), cases[_i].pointer);
}
END_TEST

/* What is added later is judged with what is there. */
START_TEST(an_allergen_found_later_ends_the_diet_or_is_refused)
{
    (void)make("Soup", ",\"allergens\":[],\"diets\":[\"vegan\"]");
    ck_assert_int_eq(
        send("PATCH", "/api/v1/products/1", "\"v1\"", "{\"allergens\":[\"milk\"]}").status, 400);
    struct ff_answer a = send("PATCH", "/api/v1/products/1", "\"v1\"",
                              "{\"allergens\":[\"milk\"],\"diets\":[\"vegetarian\"]}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_test_number(&fx,
                                    "SELECT COUNT(*) FROM audit WHERE action = "
                                    "'product.change' AND CAST(detail AS TEXT) LIKE '%\"milk\"%'"),
                     1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog_food");
    TCase *tests = tcase_create("food");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_fourteen_of_the_regulation_have_words);
    tcase_add_test(tests, unknown_is_null_and_none_is_an_empty_list);
    tcase_add_test(tests, a_filter_finds_only_what_is_known);
    tcase_add_loop_test(tests, what_cannot_be_true_is_refused, 0, FF_ROWS(cases));
    tcase_add_test(tests, an_allergen_found_later_ends_the_diet_or_is_refused);
    suite_add_tcase(suite, tests);
    return ff_test_run(suite);
}
