/* SPDX-License-Identifier: MIT */
/* catalog_product.c - products: made, read, changed, archived, sold. */
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

static struct ff_product make(const char *name, int64_t price)
{
    const struct ff_product_in in = ff_test_dish(name, price, "food");
    struct ff_product p;
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_OK);
    return p;
}

START_TEST(a_new_product_is_read_back_whole)
{
    struct ff_product_in in = ff_test_dish("Gulyásleves", 890, "FOOD");
    in.set |= 1u << FF_PRODUCT_DESCRIPTION | 1u << FF_PRODUCT_AVAILABLE | 1u << FF_PRODUCT_EMOJI |
              1u << FF_PRODUCT_GLAZE | 1u << FF_PRODUCT_SORT;
    in.description = "soup";
    in.available = 0;
    in.emoji = "🍲";
    in.glaze = "green";
    in.sort = 7;
    struct ff_product made, read;
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &made), FF_OK);
    ck_assert_int_eq(ff_product_get(&fx.cx, made.id, &read), FF_OK);
    ck_assert_str_eq(read.name, "Gulyásleves");
    ck_assert_int_eq(read.price, 890);
    ck_assert_int_eq(read.category_id, 1);
    ck_assert_str_eq(read.category, "food"); /* found whatever its case */
    ck_assert_str_eq(read.description, "soup");
    ck_assert_int_eq(read.available, 0);
    ck_assert_int_eq(read.archived, 0);
    ck_assert_str_eq(read.emoji, "🍲");
    ck_assert_str_eq(read.glaze, "green");
    ck_assert_int_eq(read.sort, 7);
    ck_assert_int_eq(read.version, 1);
    ck_assert_int_eq(read.created_at, FF_TEST_NOW);
    ck_assert_int_eq(read.updated_at, FF_TEST_NOW);
}
END_TEST

START_TEST(what_is_not_said_has_its_default)
{
    struct ff_product p = make("Rizs", 390);
    ck_assert_str_eq(p.description, "");
    ck_assert_int_eq(p.available, 1);
    ck_assert_ptr_null(p.emoji);
    ck_assert_ptr_null(p.glaze);
    ck_assert_int_eq(p.sort, 0);
}
END_TEST

START_TEST(reading_one_takes_one_statement)
{
    struct ff_product p = make("Rizs", 390);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_get(&fx.cx, p.id, &p), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 1);
}
END_TEST

START_TEST(a_missing_product_is_not_found)
{
    struct ff_product p;
    ck_assert_int_eq(ff_product_get(&fx.cx, 4711, &p), FF_NOT_FOUND);
}
END_TEST

START_TEST(the_category_must_be_there)
{
    struct ff_product p;
    struct ff_product_in in = ff_test_dish("Rizs", 390, "foods");
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/category", "VALUE");
    in.set ^= 1u << FF_PRODUCT_CATEGORY | 1u << FF_PRODUCT_CATEGORY_ID;
    in.category_id = 99;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/categoryId", "VALUE");
    in.set |= 1u << FF_PRODUCT_CATEGORY;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/category", "VALUE");
    in.set &= ~(uint64_t)(1u << FF_PRODUCT_CATEGORY | 1u << FF_PRODUCT_CATEGORY_ID);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/categoryId", "REQUIRED");
}
END_TEST

START_TEST(a_name_is_given_once_among_the_living)
{
    struct ff_product first = make("Tea", 250), p;
    const struct ff_product_in in = ff_test_dish("Tea", 300, "beverage");
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "name");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_archive(&fx.cx, first.id, first.version), FF_OK);
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_OK);
    /* and the archived one cannot come back while the name is in use */
    const struct ff_product_in back = {.set = 1u << FF_PRODUCT_ARCHIVED, .archived = 0};
    ck_assert_int_eq(ff_product_change(&fx.cx, first.id, 2, &back, &p), FF_ALREADY_EXISTS);
}
END_TEST

START_TEST(a_change_touches_only_what_was_given)
{
    struct ff_product p = make("Rizs", 390), changed;
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 5000));
    const struct ff_product_in in = {.set = 1u << FF_PRODUCT_PRICE, .price = 410, .name = "x"};
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, p.version, &in, &changed), FF_OK);
    ck_assert_str_eq(changed.name, "Rizs");
    ck_assert_int_eq(changed.price, 410);
    ck_assert_int_eq(changed.version, 2);
    ck_assert_int_eq(changed.created_at, FF_TEST_NOW);
    ck_assert_int_eq(changed.updated_at, FF_TEST_NOW + 5000);
}
END_TEST

START_TEST(each_field_can_be_changed_and_cleared)
{
    struct ff_product p = make("Rizs", 390);
    struct ff_product_in in = {.set = (1u << FF_PRODUCT_FIELDS) - 1 - (1u << FF_PRODUCT_CATEGORY),
                               .name = "Párolt rizs",
                               .price = 350,
                               .category_id = 2,
                               .description = "side",
                               .available = 0,
                               .emoji = "🍚",
                               .glaze = "meal",
                               .sort = 3};
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 1, &in, &p), FF_OK);
    ck_assert_str_eq(p.name, "Párolt rizs");
    ck_assert_str_eq(p.category, "beverage");
    ck_assert_str_eq(p.emoji, "🍚");
    ck_assert_str_eq(p.glaze, "meal");
    ck_assert_int_eq(p.available, 0);
    ck_assert_int_eq(p.sort, 3);
    in = (struct ff_product_in){.set = 1u << FF_PRODUCT_EMOJI | 1u << FF_PRODUCT_GLAZE};
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 2, &in, &p), FF_OK);
    ck_assert_ptr_null(p.emoji);
    ck_assert_ptr_null(p.glaze);
}
END_TEST

START_TEST(who_was_slower_is_told)
{
    struct ff_product p = make("Rizs", 390);
    const struct ff_product_in in = {.set = 1u << FF_PRODUCT_PRICE, .price = 410};
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 1, &in, &p), FF_OK);
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 1, &in, &p), FF_VERSION_CONFLICT);
    ck_assert_int_eq(ff_product_archive(&fx.cx, p.id, 1), FF_VERSION_CONFLICT);
    ck_assert_int_eq(ff_product_change(&fx.cx, 4711, 1, &in, &p), FF_NOT_FOUND);
    ck_assert_int_eq(ff_product_archive(&fx.cx, 4711, 1), FF_NOT_FOUND);
}
END_TEST

START_TEST(a_change_may_not_lead_to_nowhere)
{
    struct ff_product p = make("Rizs", 390), other = make("Galuska", 390), read;
    const struct ff_product_in away = {.set = 1u << FF_PRODUCT_CATEGORY_ID, .category_id = 99};
    const struct ff_product_in clash = {.set = 1u << FF_PRODUCT_NAME, .name = "Galuska"};
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 1, &away, &read), FF_VALIDATION);
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 1, &clash, &read), FF_ALREADY_EXISTS);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_get(&fx.cx, p.id, &read), FF_OK);
    ck_assert_int_eq(read.version, 1);
    ck_assert_int_eq(other.version, 1);
}
END_TEST

START_TEST(an_archived_product_is_there_for_managers_and_admins_only)
{
    static const struct {
        enum ff_role role;
        enum ff_rc one, list;
    } cases[] = {
        {FF_ROLE_DEVICE, FF_NOT_FOUND, FF_FORBIDDEN},
        {FF_ROLE_PERSON, FF_NOT_FOUND, FF_FORBIDDEN},
        {FF_ROLE_EMPLOYEE, FF_NOT_FOUND, FF_FORBIDDEN},
        {FF_ROLE_MANAGER, FF_OK, FF_OK},
        {FF_ROLE_ADMIN, FF_OK, FF_OK},
    };
    struct ff_product p = make("Rizs", 390), read;
    ck_assert_int_eq(ff_product_archive(&fx.cx, p.id, 1), FF_OK);
    for (int i = 0; i < FF_ROWS(cases); i++) {
        struct ff_list list;
        int64_t total = 0;
        struct ff_product_filter f = ff_test_menu(1, 10);
        f.archived = 1;
        ff_fixture_as(&fx, cases[i].role, FF_ALL, 0);
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_product_get(&fx.cx, p.id, &read), cases[i].one);
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_product_list(&fx.cx, &f, &list, &total), cases[i].list);
        ck_assert_int_eq(total, cases[i].list ? 0 : 1);
        ff_fixture_again(&fx);
        f.archived = 0;
        ck_assert_int_eq(ff_product_list(&fx.cx, &f, &list, &total), FF_OK);
        ck_assert_int_eq(total, 0);
    }
}
END_TEST

START_TEST(only_an_admin_archives_and_brings_back)
{
    struct ff_product p = make("Rizs", 390);
    const struct ff_product_in back = {.set = 1u << FF_PRODUCT_ARCHIVED, .archived = 0};
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_ALL, 0);
    ck_assert_int_eq(ff_product_archive(&fx.cx, p.id, 1), FF_FORBIDDEN);
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_archive(&fx.cx, p.id, 1), FF_OK);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_ALL, 0);
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 2, &back, &p), FF_FORBIDDEN);
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 2, &back, &p), FF_OK);
    ck_assert_int_eq(p.archived, 0);
}
END_TEST

START_TEST(what_is_for_sale_has_the_price_of_now)
{
    struct ff_product p = make("Rizs", 390);
    struct ff_product_sale sale;
    ck_assert_int_eq(ff_product_for_sale(&fx.cx, p.id, &sale), FF_OK);
    ck_assert_int_eq(sale.id, p.id);
    ck_assert_str_eq(sale.name, "Rizs");
    ck_assert_int_eq(sale.price, 390);
}
END_TEST

START_TEST(what_is_not_for_sale_says_why_and_which)
{
    struct ff_product p = make("Rizs", 390);
    struct ff_product_sale sale;
    const struct ff_product_in out = {.set = 1u << FF_PRODUCT_AVAILABLE, .available = 0};
    ck_assert_int_eq(ff_product_change(&fx.cx, p.id, 1, &out, &p), FF_OK);
    ck_assert_int_eq(ff_product_for_sale(&fx.cx, p.id, &sale), FF_OUT_OF_STOCK);
    ck_assert_str_eq(ff_test_said(&fx.cx, "product"), "Rizs");
    ck_assert_str_eq(fx.cx.err.params[0].name, "productId");
    ck_assert_int_eq(fx.cx.err.params[0].number, p.id);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_archive(&fx.cx, p.id, 2), FF_OK);
    ck_assert_int_eq(ff_product_for_sale(&fx.cx, p.id, &sale), FF_PRODUCT_INACTIVE);
    ck_assert_str_eq(ff_test_said(&fx.cx, "product"), "Rizs");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_for_sale(&fx.cx, 4711, &sale), FF_PRODUCT_INACTIVE);
    ck_assert_int_eq(fx.cx.err.params[0].number, 4711);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog_product");
    TCase *cases = tcase_create("product");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_new_product_is_read_back_whole);
    tcase_add_test(cases, what_is_not_said_has_its_default);
    tcase_add_test(cases, reading_one_takes_one_statement);
    tcase_add_test(cases, a_missing_product_is_not_found);
    tcase_add_test(cases, the_category_must_be_there);
    tcase_add_test(cases, a_name_is_given_once_among_the_living);
    tcase_add_test(cases, a_change_touches_only_what_was_given);
    tcase_add_test(cases, each_field_can_be_changed_and_cleared);
    tcase_add_test(cases, who_was_slower_is_told);
    tcase_add_test(cases, a_change_may_not_lead_to_nowhere);
    tcase_add_test(cases, an_archived_product_is_there_for_managers_and_admins_only);
    tcase_add_test(cases, only_an_admin_archives_and_brings_back);
    tcase_add_test(cases, what_is_for_sale_has_the_price_of_now);
    tcase_add_test(cases, what_is_not_for_sale_says_why_and_which);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
