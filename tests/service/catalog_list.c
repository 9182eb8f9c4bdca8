/* SPDX-License-Identifier: MIT */
/* catalog_list.c - the menu as a list: order, search, filters, pages; and as a kiosk shows it. */
#include "../lib/canteen.h"

static struct ff_fixture fx;

struct dish {
    const char *name;
    int64_t price;
    const char *category;
    int64_t sort, available;
};

/* Ids 1 to 7 in this order. */
static const struct dish menu[] = {
    {"Újházy tyúkhúsleves", 950, "food", 20, 1},
    {"Tea", 250, "beverage", 10, 1},
    {"Áfonyás pite", 490, "snack", 10, 0},
    {"Zsemle", 80, "snack", 10, 1},
    {"rizs", 390, "food", 10, 1},
    {"Paprikás csirke", 1590, "food", 20, 1},
    {"Csirkepörkölt", 1590, "food", 20, 0},
};

static void setup(void)
{
    ff_fixture_open(&fx);
    for (int i = 0; i < FF_ROWS(menu); i++) {
        struct ff_product_in in = ff_test_dish(menu[i].name, menu[i].price, menu[i].category);
        struct ff_product p;
        in.set |= 1u << FF_PRODUCT_SORT | 1u << FF_PRODUCT_AVAILABLE;
        in.sort = menu[i].sort;
        in.available = menu[i].available;
        ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_OK);
        ck_assert_int_eq(p.id, i + 1);
    }
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

/* The ids of a page as digits, and "/total". */
static const char *ids(const struct ff_product_filter *f)
{
    static char out[64];
    struct ff_list list;
    int64_t total;
    ck_assert_msg(ff_product_list(&fx.cx, f, &list, &total) == FF_OK, "%s", fx.cx.err.detail);
    const struct ff_product *items = list.items;
    size_t at = 0;
    for (size_t i = 0; i < list.n; i++)
        out[at++] = (char)('0' + items[i].id);
    snprintf(out + at, sizeof out - at, "/%d", (int)total);
    return out;
}

struct order {
    const char *sort, *ids;
};

static const struct order sorted[] = {
    {NULL, "3524761/7"}, /* sort, then name: accents and case do not count */
    {"sort,name", "3524761/7"},
    {"name", "3765214/7"}, /* afonyas csirke paprikas rizs tea ujhazy */
    {"-name", "4125673/7"},
    {"id", "1234567/7"},
    {"-id", "7654321/7"},
    {"price", "4253167/7"},
    {"price,-id", "4253176/7"},
    {"-price,name", "7613524/7"},
    {"category,name", "2765134/7"},
    {"category,-price", "2671534/7"},
    {"-category,price,name", "4351762/7"},
    {"sort", "2345167/7"},
};

START_TEST(each_order_is_what_it_says)
{
    struct ff_product_filter f = ff_test_menu(1, 10);
    f.sort = sorted[_i].sort;
    ck_assert_str_eq(ids(&f), sorted[_i].ids);
}
END_TEST

static const char *const bad_orders[] = {
    "colour", "name,",       "name,,price", "name,name", "name,-name",        "-",
    "Name",   "name, price", "name;price",  "+name",     "sort,name,price,id"};

START_TEST(an_order_that_is_not_ours_is_refused)
{
    struct ff_product_filter f = ff_test_menu(1, 10);
    struct ff_list list;
    int64_t total;
    f.sort = bad_orders[_i];
    ck_assert_int_eq(ff_product_list(&fx.cx, &f, &list, &total), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "?sort", "VALUE");
}
END_TEST

static const struct order searches[] = {
    {"leves", "1/1"},
    {"LEVES", "1/1"},
    {"ujhazy", "1/1"},
    {"csirke", "76/2"},
    {"csirke paprikas", "6/1"},
    {"paprikás   csirke", "6/1"},
    {"é", "324761/6"},
    {"x", "/0"},
    {"  ", "3524761/7"},
    {"", "3524761/7"},
    {"csirke tea", "/0"},
    {"a b c d", "/0"},
    {"%", "/0"},
    {"_", "/0"},
    {"'", "/0"},
    {"áfonyás pite", "3/1"},
};

START_TEST(a_search_finds_words_without_case_and_accents)
{
    struct ff_product_filter f = ff_test_menu(1, 10);
    f.q = searches[_i].sort;
    ck_assert_str_eq(ids(&f), searches[_i].ids);
}
END_TEST

START_TEST(filters_thin_out_and_count)
{
    struct ff_product_filter f = ff_test_menu(1, 10);
    f.category_id = 1;
    ck_assert_str_eq(ids(&f), "5761/4");
    f.available = 1;
    ck_assert_str_eq(ids(&f), "561/3");
    f.available = 0;
    ck_assert_str_eq(ids(&f), "7/1");
    f.category_id = FF_NULL_INT;
    ck_assert_str_eq(ids(&f), "37/2");
    f.q = "pite";
    f.sort = "-price";
    ck_assert_str_eq(ids(&f), "3/1");
    f.category_id = 4711;
    ck_assert_str_eq(ids(&f), "/0");
}
END_TEST

struct page {
    int64_t page, limit;
    const char *ids;
};

static const struct page pages[] = {
    {1, 3, "352/7"}, {2, 3, "476/7"},       {3, 3, "1/7"},      {4, 3, "/7"},  {1, 7, "3524761/7"},
    {2, 7, "/7"},    {1, 100, "3524761/7"}, {10000, 100, "/7"}, {7, 1, "1/7"},
};

START_TEST(pages_cut_without_gap_or_overlap)
{
    struct ff_product_filter f = ff_test_menu(pages[_i].page, pages[_i].limit);
    ck_assert_str_eq(ids(&f), pages[_i].ids);
}
END_TEST

/* With an index and without one; some rows are equal in the first key. */
static const char *const walked[] = {NULL,     "name",  "-name",     "price",
                                     "-price", "-sort", "-category", "category,-price"};

START_TEST(pages_of_an_order_follow_each_other)
{
    struct ff_product_filter all = ff_test_menu(1, 100);
    char whole[64], joined[64];
    size_t n = 0;
    all.sort = walked[_i];
    snprintf(whole, sizeof whole, "%s", ids(&all));
    for (int page = 1; page <= 4; page++) {
        struct ff_product_filter part = ff_test_menu(page, 2);
        part.sort = walked[_i];
        const char *rows = ids(&part);
        for (; *rows != '/'; rows++)
            joined[n++] = *rows;
    }
    snprintf(joined + n, sizeof joined - n, "/7");
    ck_assert_str_eq(joined, whole);
}
END_TEST

START_TEST(archived_ones_are_neither_listed_nor_counted_on_a_page)
{
    struct ff_product_filter f = ff_test_menu(1, 10);
    struct ff_product p;
    ck_assert_int_eq(ff_product_get(&fx.cx, 2, &p), FF_OK);
    ck_assert_int_eq(ff_product_archive(&fx.cx, 2, p.version), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_str_eq(ids(&f), "354761/6");
    f.archived = 1;
    ck_assert_str_eq(ids(&f), "2/1");
    f.sort = "-name";
    ck_assert_str_eq(ids(&f), "2/1");
}
END_TEST

START_TEST(a_page_takes_as_many_statements_however_many_rows_it_has)
{
    for (int i = 0; i < 5; i++) { /* the total, where the page begins, the page */
        struct ff_product_filter one = ff_test_menu(2, 1), many = ff_test_menu(1, 100);
        one.sort = many.sort = walked[i];
        (void)ids(&one);
        ck_assert_uint_eq(fx.cx.statements, 3);
        ff_fixture_again(&fx);
        (void)ids(&many);
        ck_assert_uint_eq(fx.cx.statements, 3);
        ff_fixture_again(&fx);
    }
    struct ff_product_filter f = ff_test_menu(1, 10);
    f.sort = "-price,name";
    f.q = "csirke";
    (void)ids(&f);
    ck_assert_uint_eq(fx.cx.statements, 2);
}
END_TEST

START_TEST(a_kiosk_sees_the_shelf_in_its_order)
{
    struct ff_shelf shelf;
    struct ff_product p;
    ck_assert_int_eq(ff_product_get(&fx.cx, 6, &p), FF_OK);
    ck_assert_int_eq(ff_product_archive(&fx.cx, 6, p.version), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_shelf(&fx.cx, &shelf), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 4);
    const struct ff_category *categories = shelf.categories.items;
    const struct ff_product *products = shelf.products.items;
    ck_assert_uint_eq(shelf.categories.n, 3);
    ck_assert_str_eq(categories[0].name, "food");
    ck_assert_str_eq(categories[2].name, "snack");
    static const int64_t order[] = {5, 7, 1, 2, 3, 4}; /* sold out 7 and 3 too, archived 6 not */
    ck_assert_uint_eq(shelf.products.n, 6);
    for (int i = 0; i < FF_ROWS(order); i++)
        ck_assert_int_eq(products[i].id, order[i]);
    ck_assert_int_eq(products[1].available, 0);
}
END_TEST

START_TEST(memory_that_runs_out_is_an_internal_error)
{
    struct ff_product_filter f = ff_test_menu(1, 100);
    struct ff_arena *small = ff_arena_new(256);
    struct ff_list list;
    struct ff_shelf shelf;
    int64_t total;
    fx.cx.arena = small;
    enum ff_rc rc = ff_product_list(&fx.cx, &f, &list, &total);
    ff_err_clear(&fx.cx);
    enum ff_rc shelf_rc = ff_product_shelf(&fx.cx, &shelf);
    fx.cx.arena = fx.arena;
    ff_arena_free(small);
    ck_assert_int_eq(rc, FF_INTERNAL);
    ck_assert_int_eq(shelf_rc, FF_INTERNAL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog_list");
    TCase *cases = tcase_create("list");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, each_order_is_what_it_says, 0, FF_ROWS(sorted));
    tcase_add_loop_test(cases, an_order_that_is_not_ours_is_refused, 0, FF_ROWS(bad_orders));
    tcase_add_loop_test(cases, a_search_finds_words_without_case_and_accents, 0, FF_ROWS(searches));
    tcase_add_test(cases, filters_thin_out_and_count);
    tcase_add_loop_test(cases, pages_cut_without_gap_or_overlap, 0, FF_ROWS(pages));
    tcase_add_loop_test(cases, pages_of_an_order_follow_each_other, 0, FF_ROWS(walked));
    tcase_add_test(cases, archived_ones_are_neither_listed_nor_counted_on_a_page);
    tcase_add_test(cases, a_page_takes_as_many_statements_however_many_rows_it_has);
    tcase_add_test(cases, a_kiosk_sees_the_shelf_in_its_order);
    tcase_add_test(cases, memory_that_runs_out_is_an_internal_error);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
