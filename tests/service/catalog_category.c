/* SPDX-License-Identifier: MIT */
/* catalog_category.c - the shelves of the menu: list, make, change, delete. */
#include "../lib/canteen.h"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_category make(const char *name)
{
    const struct ff_category_in in = {.set = 1u << FF_CATEGORY_NAME, .name = name};
    struct ff_category c;
    ck_assert_int_eq(ff_category_create(&fx.cx, &in, &c), FF_OK);
    return c;
}

/* Names of a page with commas, and "/total". */
static const char *names(const struct ff_list_filter *f)
{
    static char out[256];
    struct ff_list list;
    int64_t total;
    ck_assert_msg(ff_category_list(&fx.cx, f, &list, &total) == FF_OK, "%s", fx.cx.err.detail);
    const struct ff_category *items = list.items;
    size_t at = 0;
    for (size_t i = 0; i < list.n; i++)
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s", i ? "," : "", items[i].name);
    snprintf(out + at, sizeof out - at, "/%d", (int)total);
    return out;
}

START_TEST(a_new_site_has_food_beverage_and_snack)
{
    const struct ff_list_filter f = {.page = 1, .limit = 10};
    ck_assert_str_eq(names(&f), "food,beverage,snack/3");
    ck_assert_uint_eq(fx.cx.statements, 2);
}
END_TEST

START_TEST(a_category_is_read_back_whole)
{
    const struct ff_category_in in = {.set = (1u << FF_CATEGORY_FIELDS) - 1,
                                      .name = "Saláták",
                                      .emoji = "🥗",
                                      .glaze = "green",
                                      .sort = 15};
    struct ff_category made, read;
    ck_assert_int_eq(ff_category_create(&fx.cx, &in, &made), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_category_get(&fx.cx, made.id, &read), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 1);
    ck_assert_str_eq(read.name, "Saláták");
    ck_assert_str_eq(read.emoji, "🥗");
    ck_assert_str_eq(read.glaze, "green");
    ck_assert_int_eq(read.sort, 15);
    ck_assert_int_eq(read.version, 1);
}
END_TEST

START_TEST(order_search_and_pages_work)
{
    struct ff_list_filter f = {.page = 1, .limit = 10, .sort = "-name"};
    make("Édesség");
    ck_assert_str_eq(names(&f), "snack,food,Édesség,beverage/4");
    f.sort = "sort,-id";
    ck_assert_str_eq(names(&f), "Édesség,food,beverage,snack/4");
    f.sort = NULL;
    f.page = 2;
    f.limit = 3;
    ck_assert_str_eq(names(&f), "snack/4");
    f.page = 1;
    f.q = "edes";
    ck_assert_str_eq(names(&f), "Édesség/1");
    f.sort = "price";
    struct ff_list list;
    int64_t total;
    ck_assert_int_eq(ff_category_list(&fx.cx, &f, &list, &total), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "?sort", "VALUE");
}
END_TEST

START_TEST(a_name_is_given_once_whatever_its_case_and_accents)
{
    const struct ff_category_in same = {.set = 1u << FF_CATEGORY_NAME, .name = "SALATAK"};
    struct ff_category c = make("Saláták"), other = make("Levesek");
    ck_assert_int_eq(ff_category_create(&fx.cx, &same, &c), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "name");
    ck_assert_int_eq(ff_category_change(&fx.cx, other.id, 1, &same, &c), FF_ALREADY_EXISTS);
}
END_TEST

START_TEST(a_change_touches_only_what_was_given)
{
    struct ff_category c = make("Saláták");
    const struct ff_category_in sort = {.set = 1u << FF_CATEGORY_SORT, .sort = 5};
    const struct ff_category_in all = {
        .set = (1u << FF_CATEGORY_FIELDS) - 1, .name = "Salads", .glaze = "drink"};
    ck_assert_int_eq(ff_category_change(&fx.cx, c.id, 1, &sort, &c), FF_OK);
    ck_assert_str_eq(c.name, "Saláták");
    ck_assert_str_eq(c.glaze, "meal");
    ck_assert_int_eq(c.sort, 5);
    ck_assert_int_eq(c.version, 2);
    ck_assert_int_eq(ff_category_change(&fx.cx, c.id, 2, &all, &c), FF_OK);
    ck_assert_str_eq(c.name, "Salads");
    ck_assert_ptr_null(c.emoji);
    ck_assert_int_eq(c.sort, 0);
    ck_assert_int_eq(ff_category_change(&fx.cx, c.id, 2, &all, &c), FF_VERSION_CONFLICT);
    ck_assert_int_eq(ff_category_change(&fx.cx, 99, 1, &all, &c), FF_NOT_FOUND);
}
END_TEST

START_TEST(only_an_empty_category_is_deleted)
{
    struct ff_category c = make("Saláták");
    struct ff_product_in in = ff_test_dish("Cézár", 1290, "salatak");
    struct ff_product p;
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_OK);
    ck_assert_int_eq(ff_category_delete(&fx.cx, c.id, 1), FF_IN_USE);
    ck_assert_int_eq(ff_product_archive(&fx.cx, p.id, 1), FF_OK);
    ck_assert_int_eq(ff_category_delete(&fx.cx, c.id, 1), FF_IN_USE); /* its history needs it */
    in = (struct ff_product_in){.set = 1u << FF_PRODUCT_CATEGORY, .category = "snack"};
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 2, &in, &p), FF_OK);
    ck_assert_int_eq(ff_category_delete(&fx.cx, c.id, 2), FF_VERSION_CONFLICT);
    ck_assert_int_eq(ff_category_delete(&fx.cx, c.id, 1), FF_OK);
    ck_assert_int_eq(ff_category_delete(&fx.cx, c.id, 1), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_category_get(&fx.cx, c.id, &c), FF_NOT_FOUND);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog_category");
    TCase *cases = tcase_create("category");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_new_site_has_food_beverage_and_snack);
    tcase_add_test(cases, a_category_is_read_back_whole);
    tcase_add_test(cases, order_search_and_pages_work);
    tcase_add_test(cases, a_name_is_given_once_whatever_its_case_and_accents);
    tcase_add_test(cases, a_change_touches_only_what_was_given);
    tcase_add_test(cases, only_an_empty_category_is_deleted);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
