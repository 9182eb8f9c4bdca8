/* SPDX-License-Identifier: MIT */
/* catalog_barcode.c - barcodes: which codes are good, whose they are, and what archiving means for
 * them and for the name. */
#include "../lib/canteen.h"
#include "domain/catalog/barcode.h"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static int64_t make(const char *name)
{
    ff_fixture_again(&fx);
    return ff_fixture_product(&fx, name, 100);
}

static enum ff_rc add(int64_t product, const char *code)
{
    struct ff_barcode b;
    ff_fixture_again(&fx);
    return ff_barcode_add(&fx.cx, product, code, &b);
}

static int64_t found(const char *code)
{
    struct ff_product p;
    ff_fixture_again(&fx);
    return ff_product_by_barcode(&fx.cx, code, &p) ? 0 : p.id;
}

static const struct {
    const char *code;
    bool is_good;
} codes[] = {
    {"5901234123457", true}, {"5901234123458", false},
    {"4006381333931", true}, {"4006381333913", false},
    {"96385074", true},      {"96385075", false},
    {"036000291452", true},  {"036000291453", false},
    {"00000000", true},      {"1", true},
    {"1234567", true},       {"12345678901234567890", true},
    {"ABC-1", false},        {"ABC1", true},
    {"abc1", true},          {"", false},
    {"A B", false},          {"\xc3\xa1", false},
    {"9638507X", true},      {"A123456789012", true},
};

START_TEST(a_number_as_long_as_an_article_number_ends_with_its_check_digit)
{
    ck_assert_msg((ff_barcode_fault(codes[_i].code) == NULL) == codes[_i].is_good, "%s",
                  codes[_i].code);
}
END_TEST

START_TEST(a_code_has_at_most_forty_eight_characters)
{
    char code[FF_BARCODE_MAX + 2];
    memset(code, 'A', sizeof code);
    code[FF_BARCODE_MAX + 1] = '\0';
    ck_assert_ptr_nonnull(ff_barcode_fault(code));
    code[FF_BARCODE_MAX] = '\0';
    ck_assert_ptr_null(ff_barcode_fault(code));
}
END_TEST

START_TEST(a_code_names_one_product)
{
    int64_t cola = make("Cola"), tea = make("Tea");
    ck_assert_int_eq(add(cola, "A1"), FF_OK);
    ck_assert_int_eq(add(cola, "A2"), FF_OK);
    ck_assert_int_eq(add(tea, "A1"), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "product"), "Cola");
    ck_assert_int_eq(add(cola, "A1"), FF_ALREADY_EXISTS);
    ck_assert_int_eq(add(4711, "A3"), FF_NOT_FOUND);
    ck_assert_int_eq(add(tea, "5901234123458"), FF_VALIDATION);
    ck_assert_int_eq(found("A1"), cola);
    ck_assert_int_eq(found("A2"), cola);
    ck_assert_int_eq(found("a1"), 0); /* as it is printed */
}
END_TEST

START_TEST(a_product_has_twenty_codes_at_most)
{
    int64_t cola = make("Cola");
    char code[8];
    for (int i = 0; i < FF_BARCODES_OF_ONE; i++) {
        (void)snprintf(code, sizeof code, "A%d", i);
        ck_assert_int_eq(add(cola, code), FF_OK);
    }
    ck_assert_int_eq(add(cola, "B1"), FF_VALIDATION);
    ck_assert_int_eq(ff_barcode_remove(&fx.cx, cola, "A7"), FF_OK);
    ck_assert_int_eq(add(cola, "B1"), FF_OK);
}
END_TEST

START_TEST(an_archived_product_keeps_history_and_codes_until_another_takes_them)
{
    int64_t old = make("Cola");
    struct ff_product p;
    ck_assert_int_eq(add(old, "A1"), FF_OK);
    ck_assert_int_eq(ff_product_archive(&fx.cx, old, 1), FF_OK);
    ck_assert_int_eq(ff_product_get(&fx.cx, old, &p), FF_OK); /* it is still there */
    ff_fixture_as(&fx, FF_ROLE_DEVICE, FF_ALL, 0);
    ck_assert_int_eq(found("A1"), 0);
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, 0);
    ck_assert_int_eq(found("A1"), old);
    int64_t next = make("Cola"); /* the name is free */
    ck_assert_int_ne(next, old);
    ck_assert_int_eq(add(next, "A1"), FF_OK);
    ff_fixture_as(&fx, FF_ROLE_DEVICE, FF_ALL, 0);
    ck_assert_int_eq(found("A1"), next);
}
END_TEST

START_TEST(a_kiosk_is_told_the_codes_of_what_is_on_the_menu)
{
    struct ff_shelf shelf;
    int64_t old = make("Cola"), tea = make("Tea");
    ck_assert_int_eq(add(old, "A1"), FF_OK);
    ck_assert_int_eq(add(tea, "B2"), FF_OK);
    ck_assert_int_eq(add(tea, "A9"), FF_OK);
    ck_assert_int_eq(ff_product_archive(&fx.cx, old, 1), FF_OK);
    ck_assert_int_eq(ff_product_shelf(&fx.cx, &shelf), FF_OK);
    const struct ff_barcode *b = shelf.barcodes.items;
    ck_assert_uint_eq(shelf.barcodes.n, 2);
    ck_assert_str_eq(b[0].code, "A9");
    ck_assert_str_eq(b[1].code, "B2");
    ck_assert_int_eq(b[1].product_id, tea);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog_barcode");
    TCase *cases = tcase_create("barcode");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_number_as_long_as_an_article_number_ends_with_its_check_digit, 0,
                        FF_ROWS(codes));
    tcase_add_test(cases, a_code_has_at_most_forty_eight_characters);
    tcase_add_test(cases, a_code_names_one_product);
    tcase_add_test(cases, a_product_has_twenty_codes_at_most);
    tcase_add_test(cases, an_archived_product_keeps_history_and_codes_until_another_takes_them);
    tcase_add_test(cases, a_kiosk_is_told_the_codes_of_what_is_on_the_menu);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
