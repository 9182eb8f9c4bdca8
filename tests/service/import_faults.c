/* SPDX-License-Identifier: MIT */
/* import_faults.c - files with faults: each bad row is named by line and column, and nothing is
 * changed. */
#include "../lib/canteen.h"
#include "../lib/money.h"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc import(bool people, const char *text, size_t n, enum ff_amounts amounts,
                         bool dry_run)
{
    const struct ff_import_file file = {
        .text = text, .n = n, .amounts = amounts, .dry_run = dry_run};
    struct ff_import_result result;
    ff_fixture_again(&fx);
    return people ? ff_employee_import(&fx.cx, &file, &result)
                  : ff_product_import(&fx.cx, &file, &result);
}

/* "7/price:RANGE 9/name:VALUE" of the error. */
static const char *faults(void)
{
    static char out[4096];
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < fx.cx.err.n_fields; i++) {
        const struct ff_field_error *f = &fx.cx.err.fields[i];
        ck_assert_int_eq(strncmp(f->pointer, "/line/", 6), 0);
        ck_assert_str_ne(f->detail, "");
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s:%s", i ? " " : "", f->pointer + 6,
                               f->code);
    }
    return out;
}

static int64_t rows_in(const char *table)
{
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s", table);
    return ff_test_number(&fx, sql);
}

struct bad_file {
    bool people;
    enum ff_amounts amounts;
    const char *text, *faults;
    int64_t rows, bad;
};

#define MENU  "name,price,category,description,available\n"
#define STAFF "employeeNumber,name,email,department,monthlyLimit,openingBalance\n"
#define MINOR FF_AMOUNTS_MINOR

static const struct bad_file bad_files[] = {
    /* the whole file */
    {false, MINOR, "", "1/header:REQUIRED", 0, 1},
    {false, MINOR, "\xEF\xBB\xBF", "1/header:REQUIRED", 0, 1},
    {false, MINOR, "\n", "1/header:UNKNOWN 1/name:REQUIRED 1/price:REQUIRED 1/category:REQUIRED", 0,
     1},
    {false, MINOR, "na\"me,price\n", "1/header:REQUIRED", 0, 1},
    {false, MINOR, "name,price\nTea,250\n", "1/category:REQUIRED", 0, 1},
    {false, MINOR, "name,price,category,colour\nTea,250,food,red\n", "1/header:UNKNOWN", 0, 1},
    {false, MINOR, "name,price,category,name\nTea,250,food,Tea\n", "1/header:UNKNOWN", 0, 1},
    {false, MINOR, "name;price;category\nTea;250;food\n",
     "1/header:UNKNOWN 1/name:REQUIRED 1/price:REQUIRED 1/category:REQUIRED", 0, 1},
    {true, MINOR, MENU "Tea,250,food,,\n",
     "1/header:UNKNOWN 1/header:UNKNOWN 1/header:UNKNOWN 1/header:UNKNOWN "
     "1/employeeNumber:REQUIRED",
     0, 1},
    /* three bad rows among good ones */
    {false, MINOR,
     MENU "Tea,250,food,,\nRice,0,food,,\nSoup,690,food,,\nX,100,food,,\n\nCake,1e3,snack,,\n",
     "3/price:RANGE 5/name:LENGTH 7/price:MONEY_FORMAT", 5, 3},
    /* each column */
    {false, MINOR, MENU ",250,food,,\n", "2/name:REQUIRED", 1, 1},
    {false, MINOR, MENU "Tea,,food,,\n", "2/price:REQUIRED", 1, 1},
    {false, MINOR, MENU "Tea,1000001,food,,\n", "2/price:RANGE", 1, 1},
    {false, MINOR, MENU "Tea,-1,food,,\n", "2/price:RANGE", 1, 1},
    {false, MINOR, MENU "Tea,2.50,food,,\n", "2/price:MONEY_FORMAT", 1, 1},
    {false, MINOR, MENU "Tea, 250,food,,\n", "2/price:MONEY_FORMAT", 1, 1},
    {false, MINOR, MENU "Tea,0250,food,,\n", "2/price:MONEY_FORMAT", 1, 1},
    {false, MINOR, MENU "Tea,250,foods,,\n", "2/category:VALUE", 1, 1},
    {false, MINOR, MENU "Tea,250,,,\n", "2/category:REQUIRED", 1, 1},
    {false, MINOR, MENU "Tea,250,food,,yes\n", "2/available:TYPE", 1, 1},
    {false, MINOR, MENU "Tea,250,food,,TRUE\n", "2/available:TYPE", 1, 1},
    {false, MINOR,
     MENU "T\xE2\x80\xAE"
          "ea,250,food,,\n",
     "2/name:PATTERN", 1, 1},
    {false, MINOR, MENU "\"Te\na\",250,food,,\nSoup,0,food,,\n", "2/name:PATTERN 4/price:RANGE", 2,
     2},
    {false, FF_AMOUNTS_DECIMAL, MENU "Tea,2.505,food,,\n", "2/price:MONEY_FORMAT", 1, 1},
    {false, FF_AMOUNTS_DECIMAL, MENU "Tea,\"2,50\",food,,\n", "2/price:MONEY_FORMAT", 1, 1},
    {false, FF_AMOUNTS_DECIMAL, MENU "Tea,10000.01,food,,\n", "2/price:RANGE", 1, 1},
    {false, FF_AMOUNTS_DECIMAL, MENU "Tea,0.00,food,,\n", "2/price:RANGE", 1, 1},
    /* all of one row */
    {false, MINOR, MENU "X,0,,,maybe\n",
     "2/name:LENGTH 2/price:RANGE 2/available:TYPE 2/category:REQUIRED", 1, 1},
    /* the shape of a row */
    {false, MINOR, MENU "Tea,250,food,\nRice,390,food,,,\n", "2/row:PATTERN 3/row:PATTERN", 2, 2},
    {false, MINOR, MENU "Tea,2\"50,food,,\n", "2/price:PATTERN", 1, 1},
    {false, MINOR, MENU "Tea,250,\xFF,,\n", "2/category:PATTERN", 1, 1},
    {false, MINOR, MENU "Tea,250,food,,,\"x\n", "2/row:PATTERN", 1, 1},
    {false, MINOR, MENU "Tea,250,food,,\n\"Rice,390,food,,\n", "3/name:PATTERN", 2, 1},
    /* what repeats, in the file and on the menu */
    {false, MINOR, MENU "Tea,250,food,,\nRice,390,food,,\nTea,260,food,,\nTea,270,food,,\n",
     "4/name:VALUE 5/name:VALUE", 4, 2},
    {false, MINOR, MENU "Lángos,590,snack,,\nTea,0,food,,\n", "2/name:VALUE 3/price:RANGE", 2, 2},
    /* people */
    {true, MINOR, STAFF "E 1,Anna,,,,\nE2,,,,,\nE3,Cili,not an address,,,\n",
     "2/employeeNumber:PATTERN 3/name:REQUIRED 4/email:PATTERN", 3, 3},
    {true, MINOR,
     STAFF "E1,Anna,,,-1,\nE2,Bela,,,,-1\nE3,Cili,,,100000001,\nE4,Dora,,,,100000001\n",
     "2/monthlyLimit:RANGE 3/openingBalance:RANGE 4/monthlyLimit:RANGE 5/openingBalance:RANGE", 4,
     4},
    {true, MINOR, STAFF "E1,Anna,a@x.hu,,,\nE1,Bela,b@x.hu,,,\nE3,Cili,A@X.hu,,,\n",
     "3/employeeNumber:VALUE 4/email:VALUE", 3, 2},
    {true, MINOR, STAFF "G1,Anna,,,,\nE2,Bela,guest@x.hu,,,\n",
     "2/employeeNumber:VALUE 3/email:VALUE", 2, 2},
    {true, MINOR, STAFF "E123456789012345678901,Anna,,,,\n", "2/employeeNumber:LENGTH", 1, 1},
};

START_TEST(a_file_with_faults_names_them_and_changes_nothing)
{
    const struct bad_file *f = &bad_files[_i];
    struct ff_product_in in = ff_test_dish("Lángos", 590, "snack");
    struct ff_product p;
    struct ff_employee guest = {.number = "G1", .name = "Guest", .email = "guest@x.hu"};
    guest.monthly_limit = FF_NULL_INT;
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_OK);
    ck_assert_int_eq(ff_test_employee(&fx.cx, &guest), FF_OK);
    for (int dry_run = 0; dry_run < 2; dry_run++) {
        ck_assert_int_eq(import(f->people, f->text, strlen(f->text), f->amounts, dry_run),
                         FF_IMPORT_ROWS);
        ck_assert_str_eq(faults(), f->faults);
        ck_assert_int_eq(ff_test_param(&fx.cx, "rows"), f->rows);
        ck_assert_int_eq(ff_test_param(&fx.cx, "bad"), f->bad);
        ck_assert_int_eq(rows_in("product"), 1);
        ck_assert_int_eq(rows_in("employee"), 1);
        ck_assert_int_eq(rows_in("department"), 0);
    }
    ff_test_books(&fx);
}
END_TEST

START_TEST(the_error_says_where_to_begin)
{
    static const char text[] = MENU "Tea,250,food,,\nRice,0,food,,\n";
    ck_assert_int_eq(import(false, text, sizeof text - 1, MINOR, false), FF_IMPORT_ROWS);
    ck_assert_str_eq(fx.cx.err.detail, "Nothing was imported. The first fault is at "
                                       "/line/3/price: Must be between 1 and 1000000.");
    const struct ff_field_error *f = &fx.cx.err.fields[0];
    ck_assert(f->has_range);
    ck_assert_int_eq(f->max, 1000000);
}
END_TEST

START_TEST(a_repeat_says_where_the_first_one_is)
{
    static const char text[] = MENU "Tea,250,food,,\nRice,390,food,,\nTea,260,food,,\n";
    ck_assert_int_eq(import(false, text, sizeof text - 1, MINOR, false), FF_IMPORT_ROWS);
    ck_assert_str_eq(fx.cx.err.fields[0].detail, "The same value is on line 2.");
}
END_TEST

START_TEST(departments_of_a_refused_file_are_not_made)
{
    static const char text[] = STAFF "E1,Anna,,Kitchen,,500\nE2,Bela,,Office,,x\n";
    ck_assert_int_eq(import(true, text, sizeof text - 1, MINOR, false), FF_IMPORT_ROWS);
    ck_assert_int_eq(rows_in("department"), 0);
    ck_assert_int_eq(rows_in("wallet"), 0);
    ck_assert_int_eq(ff_test_books(&fx), 0);
}
END_TEST

START_TEST(two_spellings_are_one_department)
{
    static const char text[] = STAFF "E1,Anna,,Kitchen,,\nE2,Bela,,KITCHEN,,\n";
    ck_assert_int_eq(import(true, text, sizeof text - 1, MINOR, false), FF_OK);
    ck_assert_int_eq(rows_in("department"), 1);
}
END_TEST

START_TEST(a_currency_with_decimals_must_be_told_how_amounts_are_written)
{
    static const char text[] = MENU "Tea,250,food,,\n";
    ck_assert_int_eq(import(false, text, sizeof text - 1, FF_AMOUNTS_UNSAID, false), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "?amounts", "REQUIRED");
    ck_assert_int_eq(ff_amounts_of(NULL), FF_AMOUNTS_UNSAID);
    ck_assert_int_eq(ff_amounts_of("minor"), FF_AMOUNTS_MINOR);
    ck_assert_int_eq(ff_amounts_of("decimal"), FF_AMOUNTS_DECIMAL);
}
END_TEST

START_TEST(a_file_without_rows_is_no_fault)
{
    ck_assert_int_eq(import(false, MENU, sizeof MENU - 1, MINOR, false), FF_OK);
    ck_assert_int_eq(import(true, STAFF "\n\n", sizeof STAFF + 1, MINOR, false), FF_OK);
    ck_assert_int_eq(rows_in("product"), 0);
}
END_TEST

START_TEST(columns_come_in_any_order_and_optional_ones_may_miss)
{
    static const char text[] = "\xEF\xBB\xBF"
                               "category,name,price\r\nsnack,Lángos,590\r\n";
    struct ff_product p;
    ck_assert_int_eq(import(false, text, sizeof text - 1, MINOR, false), FF_OK);
    ck_assert_int_eq(ff_product_get(&fx.cx, 1, &p), FF_OK);
    ck_assert_str_eq(p.name, "Lángos");
    ck_assert_str_eq(p.category, "snack");
    ck_assert_str_eq(p.description, "");
}
END_TEST

/* `rows` bad rows: every price is 0, and every name is the same from the third on. */
static char *bad_rows(int rows, size_t *n)
{
    size_t cap = sizeof MENU + (size_t)rows * 32;
    char *text = malloc(cap);
    ck_assert_ptr_nonnull(text);
    *n = (size_t)snprintf(text, cap, "%s", MENU);
    for (int i = 0; i < rows; i++)
        *n += (size_t)snprintf(text + *n, cap - *n, "Dish %d,0,food,,\n", i);
    return text;
}

START_TEST(two_hundred_faults_are_listed_and_all_are_counted)
{
    size_t n;
    char *text = bad_rows(1000, &n);
    ck_assert_int_eq(import(false, text, n, MINOR, false), FF_IMPORT_ROWS);
    free(text);
    ck_assert_uint_eq(fx.cx.err.n_fields, FF_IMPORT_LISTED);
    ff_test_field(&fx.cx, 0, "/line/2/price", "RANGE");
    ff_test_field(&fx.cx, 199, "/line/201/price", "RANGE");
    ck_assert_int_eq(ff_test_param(&fx.cx, "rows"), 1000);
    ck_assert_int_eq(ff_test_param(&fx.cx, "bad"), 1000);
}
END_TEST

/* Good rows whose category is missing, but for every other one, whose price is bad: the first 200
 * by line come from both lists. */
START_TEST(the_listed_faults_are_the_first_ones_of_the_file)
{
    size_t cap = 64 * 1024, n = (size_t)snprintf(NULL, 0, "%s", MENU);
    char *text = malloc(cap);
    ck_assert_ptr_nonnull(text);
    memcpy(text, MENU, n);
    for (int i = 0; i < 600; i++)
        n += (size_t)snprintf(text + n, cap - n,
                              i % 2 ? "Dish %d,0,food,,\n" : "Dish %d,1,none,,\n", i);
    ck_assert_int_eq(import(false, text, n, MINOR, false), FF_IMPORT_ROWS);
    free(text);
    ck_assert_uint_eq(fx.cx.err.n_fields, FF_IMPORT_LISTED);
    ff_test_field(&fx.cx, 0, "/line/2/category", "VALUE");
    ff_test_field(&fx.cx, 1, "/line/3/price", "RANGE");
    ff_test_field(&fx.cx, 199, "/line/201/price", "RANGE");
    ck_assert_int_eq(ff_test_param(&fx.cx, "bad"), 600);
}
END_TEST

START_TEST(a_file_may_have_fifty_thousand_rows)
{
    size_t cap = sizeof MENU + (size_t)(FF_IMPORT_ROWS_MAX + 1) * 16;
    char *text = malloc(cap);
    ck_assert_ptr_nonnull(text);
    size_t n = (size_t)snprintf(text, cap, "name,price,category\n");
    for (int i = 0; i <= FF_IMPORT_ROWS_MAX; i++)
        n += (size_t)snprintf(text + n, cap - n, "%05d,1,x\n", i);
    ck_assert_int_eq(import(false, text, n, MINOR, false), FF_IMPORT_ROWS);
    free(text);
    ck_assert_str_eq(faults(), "50002/row:LENGTH");
    ck_assert_int_eq(ff_test_param(&fx.cx, "rows"), FF_IMPORT_ROWS_MAX);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("import_faults");
    TCase *cases = tcase_create("faults");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_file_with_faults_names_them_and_changes_nothing, 0,
                        FF_ROWS(bad_files));
    tcase_add_test(cases, the_error_says_where_to_begin);
    tcase_add_test(cases, a_repeat_says_where_the_first_one_is);
    tcase_add_test(cases, departments_of_a_refused_file_are_not_made);
    tcase_add_test(cases, two_spellings_are_one_department);
    tcase_add_test(cases, a_currency_with_decimals_must_be_told_how_amounts_are_written);
    tcase_add_test(cases, a_file_without_rows_is_no_fault);
    tcase_add_test(cases, columns_come_in_any_order_and_optional_ones_may_miss);
    tcase_add_test(cases, two_hundred_faults_are_listed_and_all_are_counted);
    tcase_add_test(cases, the_listed_faults_are_the_first_ones_of_the_file);
    tcase_add_test(cases, a_file_may_have_fifty_thousand_rows);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
