/* SPDX-License-Identifier: MIT */
/* import_files.c - the real files: imported, looked at, exported again byte for byte; tried without
 * a trace; refused as a whole; and large ones in time. */
#include <time.h>

#include "../lib/canteen.h"
#include "../lib/money.h"

#include "domain/ledger/ledger.h"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

typedef enum ff_rc (*importer)(struct ff_ctx *cx, const struct ff_import_file *file,
                               struct ff_import_result *out);

static enum ff_rc import(importer into, const char *text, size_t n, enum ff_amounts amounts,
                         bool dry_run, struct ff_import_result *out)
{
    const struct ff_import_file file = {
        .text = text, .n = n, .amounts = amounts, .dry_run = dry_run};
    ff_fixture_again(&fx);
    return into(&fx.cx, &file, out);
}

static void import_golden(importer into, const char *path, struct ff_import_result *out)
{
    size_t n;
    char *text = ff_test_file(path, &n);
    ck_assert_msg(import(into, text, n, FF_AMOUNTS_MINOR, false, out) == FF_OK, "%s",
                  fx.cx.err.detail);
    free(text);
}

static struct ff_text export_products(int decimals)
{
    const struct ff_product_filter f = ff_test_menu(1, 10);
    struct ff_text text;
    ck_assert_int_eq(ff_product_export(&fx.cx, &f, decimals, &text), FF_OK);
    return text;
}

static struct ff_text export_people(int decimals)
{
    const struct ff_employee_filter f = ff_test_staff(1, 10);
    struct ff_text text;
    ck_assert_int_eq(ff_employee_export(&fx.cx, &f, decimals, &text), FF_OK);
    return text;
}

static void same_as_file(const struct ff_text *text, const char *path)
{
    size_t n;
    char *file = ff_test_file(path, &n);
    ck_assert_uint_eq(text->n, n);
    ck_assert_mem_eq(text->text, file, n);
    free(file);
}

static const char *const menus[] = {FF_GOLDEN "products.csv", FF_GOLDEN "bakery-products.csv"};

START_TEST(a_menu_comes_out_as_it_went_in)
{
    struct ff_import_result result;
    import_golden(ff_product_import, menus[_i], &result);
    ck_assert_int_eq(result.rows, _i ? 94 : 65);
    ck_assert_int_eq(result.created, result.rows);
    struct ff_text text = export_products(0);
    size_t n;
    char *file = ff_test_menu_out(menus[_i], &n);
    ck_assert_uint_eq(text.n, n);
    ck_assert_mem_eq(text.text, file, n);
    free(file);
}
END_TEST

START_TEST(the_works_canteen_has_its_dishes_in_order)
{
    struct ff_import_result result;
    struct ff_product p;
    struct ff_list page;
    int64_t total;
    import_golden(ff_product_import, FF_GOLDEN "products.csv", &result);
    const struct ff_import_dear *dear = result.dearest.items;
    ck_assert_uint_eq(result.dearest.n, 3);
    ck_assert_str_eq(dear[0].name, "Borjúpörkölt");
    ck_assert_str_eq(dear[0].amount, "22.90 EUR"); /* read as minor units of the wrong currency */
    ck_assert_str_eq(dear[1].name, "Bécsi szelet");
    ck_assert_str_eq(dear[2].name, "Bakonyi sertésszelet");
    ck_assert_int_eq(ff_product_get(&fx.cx, 1, &p), FF_OK);
    ck_assert_str_eq(p.name, "Gulyásleves");
    ck_assert_int_eq(p.price, 890);
    ck_assert_int_eq(ff_product_get(&fx.cx, 48, &p), FF_OK);
    ck_assert_str_eq(p.name, "Palacsinta (lekváros/túrós/nutellás)");
    ck_assert_str_eq(p.category, "snack");
    ck_assert_str_eq(p.description, "dessert");
    const struct ff_product_filter f = ff_test_menu(1, 10);
    ck_assert_int_eq(ff_product_list(&fx.cx, &f, &page, &total), FF_OK);
    ck_assert_int_eq(total, 65);
    for (int64_t i = 0; i < 10; i++) /* the file's order is the menu's */
        ck_assert_int_eq(((struct ff_product *)page.items)[i].id, i + 1);
}
END_TEST

START_TEST(a_second_menu_stands_behind_the_first)
{
    static const char more[] = "name,price,category\nAaa,100,food\nBbb,100,snack\n";
    struct ff_import_result result;
    struct ff_product p;
    import_golden(ff_product_import, FF_GOLDEN "products.csv", &result);
    ck_assert_int_eq(
        import(ff_product_import, more, sizeof more - 1, FF_AMOUNTS_MINOR, false, &result), FF_OK);
    ck_assert_int_eq(ff_product_get(&fx.cx, 66, &p), FF_OK);
    ck_assert_int_eq(p.sort, 660);
    ck_assert_int_eq(p.available, 1); /* a column that is not there */
}
END_TEST

START_TEST(the_staff_comes_out_as_it_went_in)
{
    struct ff_import_result result;
    struct ff_employee e;
    import_golden(ff_employee_import, FF_GOLDEN "employees.csv", &result);
    ck_assert_int_eq(result.rows, 20);
    ck_assert_int_eq(result.created, 20);
    ck_assert_int_eq(result.departments_created, 4);
    ck_assert_str_eq(((struct ff_import_dear *)result.dearest.items)[0].name, "Molnár Gábor");
    struct ff_text text = export_people(0);
    same_as_file(&text, FF_GOLDEN "employees.csv");
    ck_assert_int_eq(ff_employee_get(&fx.cx, 1, &e), FF_OK);
    ck_assert_str_eq(e.number, "EMP001");
    ck_assert_str_eq(e.name, "Kovács Péter");
    ck_assert_str_eq(e.department, "Engineering");
    ck_assert_int_eq(e.monthly_limit, 25000);
    ck_assert_int_eq(ff_fixture_balance(&fx, 1), 25000);
    ck_assert_int_eq(ff_test_books(&fx), 20);
}
END_TEST

START_TEST(an_opening_balance_stays_what_it_was)
{
    struct ff_import_result result;
    struct ff_purchase p;
    struct ff_movement topup;
    import_golden(ff_employee_import, FF_GOLDEN "employees.csv", &result);
    int64_t soup = ff_fixture_product(&fx, "Gulyásleves", 890);
    ck_assert_int_eq(ff_test_buy(&fx.cx, 1, soup, 2, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(ff_test_topup(&fx.cx, 2, 1000, ff_test_key(2), &topup), FF_OK);
    ff_fixture_again(&fx);
    struct ff_text text = export_people(0);
    same_as_file(&text, FF_GOLDEN "employees.csv");
}
END_TEST

START_TEST(decimals_go_both_ways)
{
    static const char menu[] =
        "name,price,category,description,available" FF_MENU_MORE "\r\n"
        "Soup,8.90,food,,true,8.875,milk celery,vegetarian,🍲,meal,true,5901234123457 S1\r\n"
        "Tea,2.50,beverage,hot,false,0,none,vegetarian vegan,,,false,\r\n"
        "Dish of the day,3.00,food,,true,27,,,,,false,\r\n";
    static const char staff[] =
        "employeeNumber,name,email,department,monthlyLimit,openingBalance,group\r\n"
        "E1,Anna,,,250.00,99.99,Guests\r\n"
        "E2,Bela,,,,,\r\n"
        "E3,Cili,,,0.00,,Guests\r\n";
    struct ff_import_result result;
    struct ff_product p;
    ck_assert_int_eq(
        import(ff_product_import, menu, sizeof menu - 1, FF_AMOUNTS_DECIMAL, false, &result),
        FF_OK);
    ck_assert_str_eq(((struct ff_import_dear *)result.dearest.items)[0].amount, "8.90 EUR");
    ck_assert_int_eq(ff_product_get(&fx.cx, 1, &p), FF_OK);
    ck_assert_int_eq(p.price, 890);
    ck_assert_str_eq(export_products(2).text, menu);
    ck_assert_int_eq(
        import(ff_employee_import, staff, sizeof staff - 1, FF_AMOUNTS_DECIMAL, false, &result),
        FF_OK);
    ck_assert_uint_eq(result.dearest.n, 1); /* only one opening balance */
    ck_assert_str_eq(export_people(2).text, staff);
    ck_assert_int_eq(ff_fixture_balance(&fx, 1), 9999);
    ck_assert_int_eq(ff_fixture_balance(&fx, 2), 0);
}
END_TEST

START_TEST(a_formula_is_made_harmless_and_comes_back)
{
    static const char in[] = "name,price,category,description\n"
                             "=1+1,100,food,@home\n"
                             "\"a \"\"b\"\", c\",100,food,-5\n";
    static const char out[] = "name,price,category,description,available" FF_MENU_MORE "\r\n"
                              "'=1+1,100,food,'@home,true" FF_MENU_EMPTY "\r\n"
                              "\"a \"\"b\"\", c\",100,food,-5,true" FF_MENU_EMPTY "\r\n";
    struct ff_import_result result;
    struct ff_product p;
    ck_assert_int_eq(import(ff_product_import, in, sizeof in - 1, FF_AMOUNTS_MINOR, false, &result),
                     FF_OK);
    struct ff_text text = export_products(0);
    ck_assert_str_eq(text.text, out);
    char *again = strdup(text.text);
    for (int64_t id = 1; id <= 2; id++)
        ck_assert_int_eq(ff_product_archive(&fx.cx, id, 1), FF_OK);
    ck_assert_int_eq(
        import(ff_product_import, again, strlen(again), FF_AMOUNTS_MINOR, false, &result), FF_OK);
    free(again);
    ck_assert_int_eq(ff_product_get(&fx.cx, 3, &p), FF_OK);
    ck_assert_str_eq(p.name, "=1+1");
    ck_assert_str_eq(p.description, "@home");
    ck_assert_str_eq(export_products(0).text, out);
}
END_TEST

static const struct ff_import_change *told(const struct ff_import_result *result, size_t i)
{
    ck_assert_uint_gt(result->changes.n, i);
    return (const struct ff_import_change *)result->changes.items + i;
}

static enum ff_rc update(const char *csv, bool dry_run, struct ff_import_result *result)
{
    const struct ff_import_file file = {.text = csv,
                                        .n = strlen(csv),
                                        .amounts = FF_AMOUNTS_DECIMAL,
                                        .dry_run = dry_run,
                                        .updates = true};
    ff_fixture_again(&fx);
    return ff_product_import(&fx.cx, &file, result);
}

START_TEST(an_update_says_what_differs_and_touches_nothing_else)
{
    static const char menu[] = "name,price,category,taxPercent,barcodes\n"
                               "Soup,8.90,food,7,A1 A2\nTea,2.50,beverage,7,\n";
    static const char next[] = "name,price,category,taxPercent,barcodes\n"
                               "Soup,9.20,food,,A2 A3\nTea,2.50,BEVERAGE,7,\nCake,4.10,snack,,\n";
    struct ff_import_result result;
    struct ff_product p;
    ck_assert_int_eq(update(menu, false, &result), FF_OK);
    ck_assert_int_eq(result.created, 2);
    for (int pass = 0; pass < 2; pass++) { /* the preview says the same as the deed */
        ck_assert_int_eq(update(next, pass == 0, &result), FF_OK);
        ck_assert_int_eq(result.created, 1);
        ck_assert_int_eq(result.changed, 1);
        ck_assert_int_eq(result.same, 1);
        ck_assert_str_eq(told(&result, 0)->what, "changed");
        ck_assert_int_eq(told(&result, 0)->line, 2);
        const struct ff_import_value *v = told(&result, 0)->values.items;
        ck_assert_uint_eq(told(&result, 0)->values.n, 2);
        ck_assert_str_eq(v[0].column, "price");
        ck_assert_str_eq(v[0].before, "8.90");
        ck_assert_str_eq(v[0].after, "9.20");
        ck_assert_str_eq(v[1].column, "barcodes");
        ck_assert_str_eq(v[1].before, "A1 A2");
        ck_assert_str_eq(v[1].after, "A2 A3");
        ck_assert_str_eq(told(&result, 1)->what, "same");
        ck_assert_str_eq(told(&result, 2)->what, "added");
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_product_get(&fx.cx, 1, &p), FF_OK);
        ck_assert_int_eq(p.price, pass ? 920 : 890);
        ck_assert_int_eq(p.tax_rate, 70000); /* an empty cell leaves what was there */
        ck_assert_int_eq(p.version, pass ? 2 : 1);
        ck_assert_int_eq(ff_product_get(&fx.cx, 2, &p), FF_OK);
        ck_assert_int_eq(p.version, 1);
    }
    ck_assert_int_eq(update(next, false, &result), FF_OK);
    ck_assert_int_eq(result.same, 3);
}
END_TEST

START_TEST(a_file_that_came_out_goes_in_again_and_changes_nothing)
{
    struct ff_import_result result;
    import_golden(ff_product_import, FF_GOLDEN "products.csv", &result);
    char *out = strdup(export_products(2).text);
    ck_assert_int_eq(update(out, false, &result), FF_OK);
    ck_assert_int_eq(result.same, 65);
    ck_assert_str_eq(export_products(2).text, out);
    free(out);
}
END_TEST

START_TEST(what_an_update_may_not_do_names_its_line)
{
    static const char menu[] = "name,price,category\nSoup,8.90,food\nTea,2.50,beverage\n";
    static const char bad[] = "name,price,category,taxPercent,allergens,diets,barcodes\n"
                              "Soup,8.90,food,7,milk,vegan,\n"
                              "Tea,2.50,drinks,7,,,\n"
                              "Cake,4.10,snack,seven,,,\n"
                              "Roll,1.10,snack,7,,,5901234123458\n"
                              "Bun,1.10,snack,7,dust,,\n";
    static const char *const pointers[] = {"/line/2/diets", "/line/3/category",
                                           "/line/4/taxPercent", "/line/5/barcodes",
                                           "/line/6/allergens"};
    struct ff_import_result result;
    ck_assert_int_eq(update(menu, false, &result), FF_OK);
    ck_assert_int_eq(update(bad, false, &result), FF_IMPORT_ROWS);
    ck_assert_uint_eq(fx.cx.err.n_fields, 5);
    for (size_t i = 0; i < 5; i++)
        ck_assert_str_eq(fx.cx.err.fields[i].pointer, pointers[i]);
}
END_TEST

START_TEST(an_export_keeps_to_the_filter_and_the_order)
{
    struct ff_import_result result;
    struct ff_text text;
    struct ff_product_filter f = ff_test_menu(1, 1);
    import_golden(ff_product_import, FF_GOLDEN "products.csv", &result);
    f.category_id = 2;
    f.sort = "-price";
    f.q = "udito";
    ck_assert_int_eq(ff_product_export(&fx.cx, &f, 0, &text), FF_OK);
    ck_assert_str_eq(text.text,
                     "name,price,category,description,available" FF_MENU_MORE "\r\n"
                     "Szénsavas üdítő (0.5l),350,beverage,drink,true" FF_MENU_EMPTY "\r\n");
    f.sort = "colour";
    ck_assert_int_eq(ff_product_export(&fx.cx, &f, 0, &text), FF_VALIDATION);
    ff_fixture_again(&fx);
    f = ff_test_menu(1, 1);
    f.sort = "price,name";
    ck_assert_int_eq(ff_product_export(&fx.cx, &f, 0, &text), FF_OK);
    ck_assert_ptr_nonnull(strstr(text.text, "barcodes\r\nZsemle,80,"));
}
END_TEST

START_TEST(a_manager_exports_the_own_department)
{
    struct ff_import_result result;
    struct ff_employee_filter f = ff_test_staff(1, 10);
    struct ff_text text;
    import_golden(ff_employee_import, FF_GOLDEN "employees.csv", &result);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 4);
    fx.cx.who.department_id = 4; /* Kitchen */
    f.q = "katalin";
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_export(&fx.cx, &f, 0, &text), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 1);
    ck_assert_str_eq(
        text.text, "employeeNumber,name,email,department,monthlyLimit,openingBalance,group\r\n"
                   "EMP004,Tóth Katalin,toth.katalin@feastfrenzy.example,Kitchen,22000,22000,\r\n");
    f = ff_test_staff(1, 10);
    f.department_id = 1;
    ck_assert_int_eq(ff_employee_export(&fx.cx, &f, 0, &text), FF_OK);
    ck_assert_str_eq(text.text,
                     "employeeNumber,name,email,department,monthlyLimit,openingBalance,group\r\n");
}
END_TEST

/* What is in the tables an import may touch. */
static int64_t everything(void)
{
    return ff_test_number(&fx, "SELECT (SELECT COUNT(*) FROM product) + "
                               "(SELECT COUNT(*) FROM employee) + "
                               "(SELECT COUNT(*) FROM department) + "
                               "(SELECT COUNT(*) FROM wallet) + (SELECT COUNT(*) FROM account) + "
                               "(SELECT COUNT(*) FROM journal) + (SELECT COUNT(*) FROM entry) + "
                               "(SELECT COUNT(*) FROM period)");
}

START_TEST(a_dry_run_says_all_and_leaves_no_trace)
{
    static const struct {
        importer into;
        const char *path;
        int64_t rows, departments;
        const char *dearest;
    } files[] = {
        {ff_product_import, FF_GOLDEN "products.csv", 65, 0, "22.90 EUR"},
        {ff_employee_import, FF_GOLDEN "employees.csv", 20, 4, "350.00 EUR"},
    };
    struct ff_import_result result;
    size_t n;
    char *text = ff_test_file(files[_i].path, &n);
    ck_assert_int_eq(import(files[_i].into, text, n, FF_AMOUNTS_MINOR, true, &result), FF_OK);
    ck_assert_int_eq(fx.cx.err.rc, FF_OK);
    ck_assert_int_eq(result.dry_run, 1);
    ck_assert_int_eq(result.rows, files[_i].rows);
    ck_assert_int_eq(result.created, files[_i].rows);
    ck_assert_int_eq(result.departments_created, files[_i].departments);
    ck_assert_str_eq(((struct ff_import_dear *)result.dearest.items)[0].amount, files[_i].dearest);
    ck_assert_int_eq(everything(), 0);
    ck_assert_int_eq(ff_test_books(&fx), 0);
    /* and the chain goes on as if nothing had been */
    ck_assert_int_eq(import(files[_i].into, text, n, FF_AMOUNTS_MINOR, false, &result), FF_OK);
    ck_assert_int_eq(ff_test_books(&fx), _i ? 20 : 0);
    free(text);
}
END_TEST

START_TEST(the_same_staff_twice_changes_nothing)
{
    struct ff_import_result result;
    size_t n;
    char *text = ff_test_file(FF_GOLDEN "employees.csv", &n);
    ck_assert_int_eq(import(ff_employee_import, text, n, FF_AMOUNTS_MINOR, false, &result), FF_OK);
    int64_t before = everything();
    ck_assert_int_eq(import(ff_employee_import, text, n, FF_AMOUNTS_MINOR, false, &result),
                     FF_IMPORT_ROWS);
    free(text);
    ck_assert_int_eq(ff_test_param(&fx.cx, "rows"), 20);
    ck_assert_int_eq(ff_test_param(&fx.cx, "bad"), 20);
    ck_assert_uint_eq(fx.cx.err.n_fields, 20);
    ff_test_field(&fx.cx, 19, "/line/21/employeeNumber", "VALUE");
    ck_assert_int_eq(everything(), before);
}
END_TEST

enum { MANY = 10000, LINE_BYTES = 64 };

/* A file of MANY rows: a menu, or the staff of one hall. */
static char *many(bool people, size_t *n)
{
    size_t cap = (MANY + 2) * LINE_BYTES;
    char *text = malloc(cap);
    ck_assert_ptr_nonnull(text);
    *n = (size_t)snprintf(text, cap, "%s",
                          people ? "employeeNumber,name,department,openingBalance\r\n"
                                 : "name,price,category,description,available" FF_MENU_MORE "\r\n");
    for (int i = 1; i <= MANY; i++)
        *n += (size_t)(people ? snprintf(text + *n, cap - *n, "E%05d,Person %d,Hall,5000\r\n", i, i)
                              : snprintf(text + *n, cap - *n,
                                         "Dish %05d,%d,food,soup,true" FF_MENU_EMPTY "\r\n", i, i));
    return text;
}

#if defined(FF_SANITIZED)
enum { BUDGET_MS = 20000 };
#else
enum { BUDGET_MS = 2000 };
#endif

/* Processor time of all threads: what another program does meanwhile is not counted. */
static int64_t worked_ms(void)
{
    struct timespec now;
    ck_assert_int_eq(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

START_TEST(ten_thousand_rows_take_less_than_two_seconds_and_one_commit)
{
    struct ff_import_result result;
    struct ff_db_stats before, after;
    size_t n;
    char *text = many(_i == 1, &n);
    ff_db_get_stats(fx.db, &before);
    int64_t began = worked_ms();
    ck_assert_int_eq(import(_i ? ff_employee_import : ff_product_import, text, n, FF_AMOUNTS_MINOR,
                            false, &result),
                     FF_OK);
    int64_t took = worked_ms() - began;
    ff_db_get_stats(fx.db, &after);
    free(text);
    ck_assert_int_eq(result.created, MANY);
    ck_assert_int_eq(after.commits, before.commits + 1);
    ck_assert_msg(took < BUDGET_MS, "%d ms", (int)took);
}
END_TEST

START_TEST(a_large_list_is_exported_as_a_whole)
{
    struct ff_import_result result;
    size_t n;
    char *text = many(false, &n);
    ck_assert_int_eq(import(ff_product_import, text, n, FF_AMOUNTS_MINOR, false, &result), FF_OK);
    ff_fixture_again(&fx);
    struct ff_text out = export_products(0);
    ck_assert_uint_eq(out.n, n);
    ck_assert_mem_eq(out.text, text, n);
    free(text);
}
END_TEST

START_TEST(what_is_too_large_for_a_reply_is_refused)
{
    char description[501];
    struct ff_product_in in = ff_test_dish("x", 100, "food");
    struct ff_product p;
    struct ff_text text;
    memset(description, 'd', 500);
    description[500] = '\0';
    in.set |= 1u << FF_PRODUCT_DESCRIPTION;
    in.description = description;
    for (int i = 0; i < 2000; i++) {
        char name[16];
        snprintf(name, sizeof name, "Dish %d", i);
        in.name = name;
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_OK);
    }
    ff_fixture_again(&fx);
    const struct ff_product_filter f = ff_test_menu(1, 10);
    ck_assert_int_eq(ff_product_export(&fx.cx, &f, 0, &text), FF_VALIDATION);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("import_files");
    TCase *cases = tcase_create("files");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_menu_comes_out_as_it_went_in, 0, FF_ROWS(menus));
    tcase_add_test(cases, the_works_canteen_has_its_dishes_in_order);
    tcase_add_test(cases, a_second_menu_stands_behind_the_first);
    tcase_add_test(cases, the_staff_comes_out_as_it_went_in);
    tcase_add_test(cases, an_opening_balance_stays_what_it_was);
    tcase_add_test(cases, decimals_go_both_ways);
    tcase_add_test(cases, a_formula_is_made_harmless_and_comes_back);
    tcase_add_test(cases, an_export_keeps_to_the_filter_and_the_order);
    tcase_add_test(cases, an_update_says_what_differs_and_touches_nothing_else);
    tcase_add_test(cases, a_file_that_came_out_goes_in_again_and_changes_nothing);
    tcase_add_test(cases, what_an_update_may_not_do_names_its_line);
    tcase_add_test(cases, a_manager_exports_the_own_department);
    tcase_add_loop_test(cases, a_dry_run_says_all_and_leaves_no_trace, 0, 2);
    tcase_add_test(cases, the_same_staff_twice_changes_nothing);
    tcase_add_loop_test(cases, ten_thousand_rows_take_less_than_two_seconds_and_one_commit, 0, 2);
    tcase_add_test(cases, a_large_list_is_exported_as_a_whole);
    tcase_add_test(cases, what_is_too_large_for_a_reply_is_refused);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
