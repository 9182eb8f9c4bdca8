/* SPDX-License-Identifier: MIT */
/* catalog_api.c - the menu on the wire: bodies and their bounds, versions and tags, pages, files.
 */
#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer get(const char *target)
{
    return ff_call(&fx, &(struct ff_call){.method = "GET", .target = target, .cli = true});
}

static struct ff_answer post(const char *target, const char *body)
{
    return ff_call(
        &fx, &(struct ff_call){.method = "POST", .target = target, .body = body, .cli = true});
}

static struct ff_answer patch(const char *target, const char *version, const char *body)
{
    return ff_call(
        &fx,
        &(struct ff_call){
            .method = "PATCH", .target = target, .if_match = version, .body = body, .cli = true});
}

static struct ff_answer post_csv(const char *target, const char *csv)
{
    return ff_call(
        &fx, &(struct ff_call){
                 .method = "POST", .target = target, .type = "text/csv", .body = csv, .cli = true});
}

static const char *member(struct ff_answer a, const char *name)
{
    return ff_answer_member(&fx, &a, name);
}

static const char *header(struct ff_answer a, const char *name)
{
    const char *value = ff_answer_header(&fx, &a, name);
    return value ? value : "";
}

START_TEST(a_product_is_made_changed_and_archived)
{
    struct ff_answer a = post("/api/v1/products", "{\"name\":\"Gulyásleves\",\"price\":890,"
                                                  "\"category\":\"food\",\"emoji\":\"🍲\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(header(a, "Location"), "/api/v1/products/1");
    ck_assert_str_eq(header(a, "ETag"), "\"v1\"");
    ck_assert_str_eq(member(a, "categoryId"), "1");
    ck_assert_str_eq(member(a, "glaze"), "null");
    ck_assert_str_eq(member(a, "createdAt"), "2026-03-02T11:45:00.000Z");
    a = patch("/api/v1/products/1", "\"v1\"", "{\"price\":900,\"emoji\":null}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(header(a, "ETag"), "\"v2\"");
    ck_assert_str_eq(member(a, "price"), "900");
    ck_assert_str_eq(member(a, "emoji"), "null");
    ck_assert_str_eq(member(a, "name"), "Gulyásleves");
    struct ff_call gone = {
        .method = "DELETE", .target = "/api/v1/products/1", .if_match = "\"v2\"", .cli = true};
    a = ff_call(&fx, &gone);
    ck_assert_int_eq(a.status, 204);
    ck_assert_uint_eq(a.body_len, 0);
    a = get("/api/v1/products/1");
    ck_assert_str_eq(member(a, "archived"), "true");
    ck_assert_str_eq(member(get("/api/v1/products"), "total"), "0");
    ck_assert_str_eq(member(get("/api/v1/products?archived=true"), "total"), "1");
}
END_TEST

START_TEST(a_change_needs_the_version_it_began_with)
{
    ff_fixture_product(&fx, "Tea", 250);
    struct ff_answer a = patch("/api/v1/products/1", NULL, "{\"price\":1}");
    ck_assert_int_eq(a.status, 428);
    ck_assert_str_eq(member(a, "code"), "ERR_PRECONDITION_REQUIRED");
    a = patch("/api/v1/products/1", "\"v2\"", "{\"price\":1}");
    ck_assert_int_eq(a.status, 412);
    ck_assert_str_eq(member(a, "code"), "ERR_VERSION_CONFLICT");
    a = patch("/api/v1/categories/1", "\"v9\"", "{\"sort\":1}");
    ck_assert_int_eq(a.status, 412);
    a = ff_call(&fx,
                &(struct ff_call){.method = "DELETE", .target = "/api/v1/products/1", .cli = true});
    ck_assert_int_eq(a.status, 428);
    ck_assert_str_eq(member(get("/api/v1/products/1"), "price"), "250");
}
END_TEST

struct bad_body {
    const char *body, *code, *pointer, *field;
};

#define NEW(more) "{\"name\":\"Rice\",\"price\":390,\"category\":\"food\"" more "}"

static const struct bad_body bad_products[] = {
    {"{}", "ERR_VALIDATION", "/name", "REQUIRED"},
    {"{\"name\":\"Rice\",\"price\":390}", "ERR_VALIDATION", "/categoryId", "REQUIRED"},
    {"{\"name\":\"R\",\"price\":390,\"category\":\"food\"}", "ERR_VALIDATION", "/name", "LENGTH"},
    {"{\"name\":\"\",\"price\":390,\"category\":\"food\"}", "ERR_VALIDATION", "/name", "LENGTH"},
    {"{\"name\":null,\"price\":390,\"category\":\"food\"}", "ERR_VALIDATION", "/name", "NULL"},
    {"{\"name\":5,\"price\":390,\"category\":\"food\"}", "ERR_VALIDATION", "/name", "TYPE"},
    {"{\"name\":\"a\\u0000b\",\"price\":390,\"category\":\"food\"}", "ERR_MALFORMED_JSON", "", ""},
    {"{\"name\":\"a\\nb\",\"price\":390,\"category\":\"food\"}", "ERR_VALIDATION", "/name",
     "PATTERN"},
    {"{\"name\":\"Rice\",\"price\":0,\"category\":\"food\"}", "ERR_AMOUNT_OUT_OF_RANGE", "/price",
     "RANGE"},
    {"{\"name\":\"Rice\",\"price\":1000001,\"category\":\"food\"}", "ERR_AMOUNT_OUT_OF_RANGE",
     "/price", "RANGE"},
    {"{\"name\":\"Rice\",\"price\":-1,\"category\":\"food\"}", "ERR_AMOUNT_OUT_OF_RANGE", "/price",
     "RANGE"},
    {"{\"name\":\"Rice\",\"price\":1.5,\"category\":\"food\"}", "ERR_MONEY_FORMAT", "/price",
     "MONEY_FORMAT"},
    {"{\"name\":\"Rice\",\"price\":1e3,\"category\":\"food\"}", "ERR_MONEY_FORMAT", "/price",
     "MONEY_FORMAT"},
    {"{\"name\":\"Rice\",\"price\":\"3\",\"category\":\"food\"}", "ERR_MONEY_FORMAT", "/price",
     "MONEY_FORMAT"},
    {NEW(",\"price\":1"), "ERR_MALFORMED_JSON", "", ""}, /* twice */
    {NEW(",\"archived\":true"), "ERR_UNKNOWN_FIELD", "/archived", "UNKNOWN"},
    {NEW(",\"id\":7"), "ERR_UNKNOWN_FIELD", "/id", "UNKNOWN"},
    {NEW(",\"version\":7"), "ERR_UNKNOWN_FIELD", "/version", "UNKNOWN"},
    {NEW(",\"createdAt\":\"2026-03-02T11:45:00Z\""), "ERR_UNKNOWN_FIELD", "/createdAt", "UNKNOWN"},
    {NEW(",\"categoryId\":1"), "ERR_VALIDATION", "/category", "VALUE"},
    {NEW(",\"available\":1"), "ERR_VALIDATION", "/available", "TYPE"},
    {NEW(",\"available\":null"), "ERR_VALIDATION", "/available", "NULL"},
    {NEW(",\"glaze\":\"blue\""), "ERR_VALIDATION", "/glaze", "VALUE"},
    {NEW(",\"emoji\":\"123456789\""), "ERR_VALIDATION", "/emoji", "LENGTH"},
    {NEW(",\"sort\":1000001"), "ERR_VALIDATION", "/sort", "RANGE"},
    {NEW(",\"sort\":1.5"), "ERR_VALIDATION", "/sort", "TYPE"},
    {"{\"name\":\"Rice\",\"price\":390,\"category\":\"nothing\"}", "ERR_VALIDATION", "/category",
     "VALUE"},
    {"{\"name\":\"Rice\",\"price\":390,\"categoryId\":99}", "ERR_VALIDATION", "/categoryId",
     "VALUE"},
    {"{\"name\":\"Rice\",\"price\":390,\"categoryId\":0}", "ERR_VALIDATION", "/categoryId",
     "RANGE"},
};

START_TEST(a_bad_product_is_refused_with_the_place)
{
    const struct bad_body *b = &bad_products[_i];
    struct ff_answer a = post("/api/v1/products", b->body);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(a, "code"), b->code);
    ck_assert_str_eq(member(a, "pointer"), b->pointer);
    if (*b->pointer) {
        const char *expected =
            ff_arena_printf(fx.arena, "\"pointer\":\"%s\",\"code\":\"%s\"", b->pointer, b->field);
        ck_assert_msg(strstr(a.body, expected) != NULL, "%s", a.body);
    }
    ck_assert_str_eq(member(get("/api/v1/products"), "total"), "0");
}
END_TEST

START_TEST(the_bounds_themselves_are_allowed)
{
    char body[2048], name[101 * 2] = "", description[501] = "";
    for (int i = 0; i < 100; i++)
        memcpy(name + 2 * i, "ű", 2);
    memset(description, 'd', 500);
    snprintf(body, sizeof body,
             "{\"name\":\"%s\",\"price\":1000000,\"categoryId\":3,\"description\":\"%s\","
             "\"available\":false,\"emoji\":\"👩‍🍳\",\"glaze\":\"bake\",\"sort\":-1000000}",
             name, description);
    ck_assert_int_eq(post("/api/v1/products", body).status, 201);
    ck_assert_int_eq(
        post("/api/v1/products", "{\"name\":\"Te\",\"price\":1,\"categoryId\":2}").status, 201);
    snprintf(body, sizeof body,
             "{\"name\":\"x%s\",\"price\":1,\"categoryId\":3,\"description\":\"%sd\"}", name,
             description);
    struct ff_answer a = post("/api/v1/products", body);
    ck_assert_int_eq(a.status, 400);
    ck_assert_ptr_nonnull(strstr(a.body, "\"pointer\":\"/name\",\"code\":\"LENGTH\""));
    ck_assert_ptr_nonnull(strstr(a.body, "\"pointer\":\"/description\",\"code\":\"LENGTH\""));
}
END_TEST

START_TEST(a_taken_name_is_a_conflict)
{
    ff_fixture_product(&fx, "Tea", 250);
    struct ff_answer a =
        post("/api/v1/products", "{\"name\":\"Tea\",\"price\":1,\"category\":\"food\"}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(a, "code"), "ERR_ALREADY_EXISTS");
    ck_assert_str_eq(member(a, "field"), "name");
    a = post("/api/v1/categories", "{\"name\":\"FOOD\"}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(a, "field"), "name");
}
END_TEST

static const struct bad_body bad_queries[] = {
    {"/api/v1/products?page=0", "ERR_VALIDATION", "?page", "RANGE"},
    {"/api/v1/products?page=10001", "ERR_VALIDATION", "?page", "RANGE"},
    {"/api/v1/products?limit=0", "ERR_VALIDATION", "?limit", "RANGE"},
    {"/api/v1/products?limit=101", "ERR_VALIDATION", "?limit", "RANGE"},
    {"/api/v1/products?limit=ten", "ERR_VALIDATION", "?limit", "TYPE"},
    {"/api/v1/products?sort=colour", "ERR_VALIDATION", "?sort", "VALUE"},
    {"/api/v1/products?categoryId=x", "ERR_VALIDATION", "?categoryId", "TYPE"},
    {"/api/v1/products?available=yes", "ERR_VALIDATION", "?available", "TYPE"},
    {"/api/v1/products?amounts=floats", "ERR_VALIDATION", "?amounts", "VALUE"},
    {"/api/v1/products?colour=red", "ERR_UNKNOWN_FIELD", "?colour", "UNKNOWN"},
    {"/api/v1/products?page=1&page=2", "ERR_VALIDATION", "?page", "VALUE"},
    {"/api/v1/categories?sort=price", "ERR_VALIDATION", "?sort", "VALUE"},
    {"/api/v1/categories?available=true", "ERR_UNKNOWN_FIELD", "?available", "UNKNOWN"},
};

START_TEST(a_bad_query_is_refused_with_the_name)
{
    const struct bad_body *b = &bad_queries[_i];
    struct ff_answer a = get(b->body);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(a, "code"), b->code);
    const char *expected =
        ff_arena_printf(fx.arena, "\"pointer\":\"%s\",\"code\":\"%s\"", b->pointer, b->field);
    ck_assert_msg(strstr(a.body, expected) != NULL, "%s", a.body);
}
END_TEST

START_TEST(a_page_says_where_it_is_and_takes_three_statements)
{
    for (int i = 0; i < 25; i++)
        ff_fixture_product(&fx, ff_arena_printf(fx.arena, "Dish %02d", i), 100 + i);
    struct ff_answer a = get("/api/v1/products?page=1&limit=10");
    ck_assert_int_eq(a.status, 200);
    ck_assert_uint_eq(a.statements, 3); /* how many, where it begins, the rows */
    ck_assert_ptr_nonnull(
        strstr(a.body, "\"pagination\":{\"page\":1,\"limit\":10,\"total\":25,\"totalPages\":3}"));
    ck_assert_str_eq(member(a, "name"), "Dish 00");
    a = get("/api/v1/products?page=3&limit=10&sort=-price");
    ck_assert_uint_eq(a.statements, 3); /* how many, where it begins, the rows */
    ck_assert_str_eq(member(a, "name"), "Dish 04");
    a = get("/api/v1/products?q=DISH%2007");
    ck_assert_str_eq(member(a, "total"), "1");
    a = get("/api/v1/products"); /* ten when nothing is said */
    ck_assert_str_eq(member(a, "limit"), "10");
    ck_assert_uint_eq(get("/api/v1/products/1").statements, 1);
    ck_assert_uint_eq(get("/api/v1/categories").statements, 2);
    ck_assert_uint_eq(get("/api/v1/categories/1").statements, 1);
    ck_assert_uint_eq(get("/api/v1/kiosk/catalogue").statements, 5);
}
END_TEST

static const char *const tagged[] = {"/api/v1/products", "/api/v1/products/1", "/api/v1/categories",
                                     "/api/v1/categories/1", "/api/v1/kiosk/catalogue"};

START_TEST(what_did_not_change_is_not_sent_again)
{
    ff_fixture_product(&fx, "Tea", 250);
    struct ff_call call = {.method = "GET", .target = tagged[_i], .cli = true};
    struct ff_answer first = ff_call(&fx, &call);
    ck_assert_int_eq(first.status, 200);
    ck_assert_str_eq(header(first, "Cache-Control"), "private, no-cache");
    call.none_match = header(first, "ETag");
    ck_assert_str_ne(call.none_match, "");
    ck_assert_int_eq(ff_call(&fx, &call).status, 304);
    bool is_category = strstr(tagged[_i], "categor") != NULL;
    struct ff_answer a = is_category
                             ? patch("/api/v1/categories/1", "\"v1\"", "{\"name\":\"foods\"}")
                             : patch("/api/v1/products/1", "\"v1\"", "{\"available\":false}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
}
END_TEST

START_TEST(a_scanner_finds_a_product_by_any_of_its_codes)
{
    ff_fixture_product(&fx, "Cola", 250);
    struct ff_answer a = post("/api/v1/products/1/barcodes", "{\"code\":\"5901234123457\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(header(a, "Location"), "/api/v1/products/by-barcode/5901234123457");
    ck_assert_int_eq(post("/api/v1/products/1/barcodes", "{\"code\":\"COLA033\"}").status, 201);
    ck_assert_str_eq(member(get("/api/v1/products/by-barcode/COLA033"), "name"), "Cola");
    a = get("/api/v1/products/by-barcode/5901234123457");
    ck_assert_str_eq(header(a, "ETag"), "\"v1\"");
    a = get("/api/v1/products/1/barcodes");
    ck_assert_str_eq(member(a, "total"), "2");
    ck_assert_str_eq(member(a, "code"), "5901234123457");
    a = get("/api/v1/kiosk/catalogue");
    ck_assert(strstr(a.body, "\"barcodes\":[{\"code\":\"5901234123457\",\"productId\":1},"
                             "{\"code\":\"COLA033\",\"productId\":1}]"));
    a = post("/api/v1/products/1/barcodes", "{\"code\":\"5901234123458\"}");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(a, "pointer"), "/code");
    struct ff_call gone = {
        .method = "DELETE", .target = "/api/v1/products/1/barcodes/COLA033", .cli = true};
    ck_assert_int_eq(ff_call(&fx, &gone).status, 204);
    ck_assert_int_eq(ff_call(&fx, &gone).status, 404);
    ck_assert_int_eq(get("/api/v1/products/by-barcode/COLA033").status, 404);
}
END_TEST

/* An office that edits the product at the same time is told; the kitchen never is. */
START_TEST(the_kitchen_says_sold_out_without_a_version)
{
    ff_fixture_product(&fx, "Stew", 650);
    struct ff_call out = {.method = "PUT",
                          .target = "/api/v1/products/1/available",
                          .body = "{\"available\":false}",
                          .cli = true};
    ck_assert_int_eq(patch("/api/v1/products/1", "\"v1\"", "{\"price\":700}").status, 200);
    struct ff_answer a = ff_call(&fx, &out);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "available"), "false");
    ck_assert_str_eq(member(a, "price"), "700");
    ck_assert_str_eq(header(a, "ETag"), "\"v3\"");
    ck_assert_str_eq(header(ff_call(&fx, &out), "ETag"), "\"v3\""); /* nothing to change */
    ck_assert_int_eq(patch("/api/v1/products/1", "\"v2\"", "{\"price\":710}").status, 412);
    out.target = "/api/v1/products/4711/available";
    ck_assert_int_eq(ff_call(&fx, &out).status, 404);
}
END_TEST

START_TEST(a_category_is_made_changed_and_deleted)
{
    struct ff_answer a =
        post("/api/v1/categories", "{\"name\":\"Saláták\",\"glaze\":\"green\",\"sort\":15}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(header(a, "Location"), "/api/v1/categories/4");
    a = patch("/api/v1/categories/4", header(a, "ETag"), "{\"emoji\":\"🥗\"}");
    ck_assert_str_eq(member(a, "emoji"), "🥗");
    ck_assert_str_eq(member(a, "sort"), "15");
    struct ff_call gone = {
        .method = "DELETE", .target = "/api/v1/categories/1", .if_match = "\"v1\"", .cli = true};
    ff_fixture_product(&fx, "Tea", 250); /* in category 1 */
    a = ff_call(&fx, &gone);
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(a, "code"), "ERR_IN_USE");
    gone.target = "/api/v1/categories/4";
    gone.if_match = "\"v2\"";
    ck_assert_int_eq(ff_call(&fx, &gone).status, 204);
    ck_assert_int_eq(get("/api/v1/categories/4").status, 404);
}
END_TEST

START_TEST(a_kiosk_gets_the_shelf_in_one_answer)
{
    size_t n;
    char *csv = ff_test_file(FF_GOLDEN "products.csv", &n);
    ck_assert_int_eq(post_csv("/api/v1/products/import?amounts=minor", csv).status, 200);
    free(csv);
    const char *device = ff_test_kiosk(&fx, "Hall");
    struct ff_answer a = ff_call(
        &fx,
        &(struct ff_call){.method = "GET", .target = "/api/v1/kiosk/catalogue", .device = device});
    ck_assert_int_eq(a.status, 200);
    size_t products = 0;
    for (const char *at = a.body; (at = strstr(at, "\"price\":")); at++)
        products++;
    ck_assert_uint_eq(products, 65);
    ck_assert_uint_lt(a.statements, 7);
}
END_TEST

START_TEST(a_menu_goes_in_and_comes_out_as_a_file)
{
    size_t n;
    char *csv = ff_test_file(FF_GOLDEN "bakery-products.csv", &n);
    struct ff_answer a = post_csv("/api/v1/products/import?amounts=minor&dryRun=true", csv);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "dryRun"), "true");
    ck_assert_str_eq(member(a, "rows"), "94");
    ck_assert_str_eq(member(get("/api/v1/products"), "total"), "0");
    a = post_csv("/api/v1/products/import?amounts=minor", csv);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "created"), "94");
    struct ff_call call = {.method = "GET",
                           .target = "/api/v1/products?amounts=minor",
                           .accept = "text/csv",
                           .cli = true};
    a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(header(a, "Content-Type"), "text/csv; charset=utf-8");
    free(csv);
    csv = ff_test_menu_out(FF_GOLDEN "bakery-products.csv", &n);
    ck_assert_uint_eq(a.body_len, n);
    ck_assert_mem_eq(a.body, csv, n);
    free(csv);
    call.target = "/api/v1/products?q=coffee&sort=price";
    a = ff_call(&fx, &call); /* decimals of the currency when nothing is said */
    ck_assert_ptr_nonnull(strstr(a.body, "\r\nCoffee,2.40,beverage,,true" FF_MENU_EMPTY "\r\n"));
    call.target = "/api/v1/products?sort=colour";
    call.accept = "text/csv";
    ck_assert_int_eq(ff_call(&fx, &call).status, 400);
}
END_TEST

START_TEST(a_bad_file_names_three_lines_and_changes_nothing)
{
    struct ff_answer a = post_csv("/api/v1/products/import?amounts=minor",
                                  "name,price,category\nTea,250,food\nRice,0,food\nSoup,6.9,food\n"
                                  "Cake,490,cakes\n");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(a, "code"), "ERR_IMPORT_ROWS");
    ck_assert_ptr_nonnull(strstr(a.body, "\"params\":{\"rows\":4,\"bad\":3}"));
    ck_assert_ptr_nonnull(strstr(a.body, "\"pointer\":\"/line/3/price\",\"code\":\"RANGE\""));
    ck_assert_ptr_nonnull(
        strstr(a.body, "\"pointer\":\"/line/4/price\",\"code\":\"MONEY_FORMAT\""));
    ck_assert_ptr_nonnull(strstr(a.body, "\"pointer\":\"/line/5/category\",\"code\":\"VALUE\""));
    ck_assert_str_eq(member(get("/api/v1/products"), "total"), "0");
    a = post_csv("/api/v1/products/import", "name,price,category\nTea,250,food\n");
    ck_assert_int_eq(a.status, 400);
    ck_assert_ptr_nonnull(strstr(a.body, "\"pointer\":\"?amounts\",\"code\":\"REQUIRED\""));
    a = post("/api/v1/products/import?amounts=minor", "{}");
    ck_assert_int_eq(a.status, 415);
}
END_TEST

START_TEST(who_only_eats_sees_no_archive)
{
    ff_fixture_product(&fx, "Tea", 250);
    ff_fixture_product(&fx, "Rice", 390);
    ck_assert_int_eq(ff_product_archive(&fx.cx, 2, 1), FF_OK);
    ff_test_user(&fx, "anna@example.com", "employee", 0);
    const char *anna = ff_test_sign_in(&fx, "anna@example.com").access;
    struct ff_call call = {.method = "GET", .target = "/api/v1/products", .bearer = anna};
    ck_assert_str_eq(member(ff_call(&fx, &call), "total"), "1");
    call.target = "/api/v1/products?archived=true";
    ck_assert_int_eq(ff_call(&fx, &call).status, 403);
    call.target = "/api/v1/products/2";
    struct ff_answer hidden = ff_call(&fx, &call);
    call.target = "/api/v1/products/3";
    struct ff_answer missing = ff_call(&fx, &call);
    ck_assert_int_eq(hidden.status, 404);
    ck_assert_int_eq(missing.status, 404);
    ck_assert_uint_eq(hidden.body_len, missing.body_len);
    ck_assert_str_eq(member(hidden, "detail"), member(missing, "detail"));
    ck_assert_str_eq(member(hidden, "code"), member(missing, "code"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog_api");
    TCase *cases = tcase_create("catalog");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_product_is_made_changed_and_archived);
    tcase_add_test(cases, a_change_needs_the_version_it_began_with);
    tcase_add_loop_test(cases, a_bad_product_is_refused_with_the_place, 0, FF_ROWS(bad_products));
    tcase_add_test(cases, the_bounds_themselves_are_allowed);
    tcase_add_test(cases, a_taken_name_is_a_conflict);
    tcase_add_loop_test(cases, a_bad_query_is_refused_with_the_name, 0, FF_ROWS(bad_queries));
    tcase_add_test(cases, a_page_says_where_it_is_and_takes_three_statements);
    tcase_add_loop_test(cases, what_did_not_change_is_not_sent_again, 0, FF_ROWS(tagged));
    tcase_add_test(cases, a_category_is_made_changed_and_deleted);
    tcase_add_test(cases, a_scanner_finds_a_product_by_any_of_its_codes);
    tcase_add_test(cases, the_kitchen_says_sold_out_without_a_version);
    tcase_add_test(cases, a_kiosk_gets_the_shelf_in_one_answer);
    tcase_add_test(cases, a_menu_goes_in_and_comes_out_as_a_file);
    tcase_add_test(cases, a_bad_file_names_three_lines_and_changes_nothing);
    tcase_add_test(cases, who_only_eats_sees_no_archive);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
