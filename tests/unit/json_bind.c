/* SPDX-License-Identifier: MIT */
/* json_bind.c - bodies, query strings and CSV rows into structs: what is taken, what is refused,
 * and where the refusal points. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/schema.h"

struct item {
    int64_t product_id, quantity;
};
struct address {
    const char *street;
    int64_t number;
};
struct body {
    uint64_t set;
    int64_t price, count, free_int, is_active, at;
    const char *name, *note, *email, *code, *secret, *day, *kind;
    struct address home;
    struct address *work;
    struct ff_list items, numbers;
};

static const char *const kinds[] = {"meal", "drink", NULL};

/* clang-format off */
static const struct ff_field item_f[] = {
    {"productId", FF_T_INT, offsetof(struct item, product_id), FF_F_REQUIRED, 1, INT64_MAX, "what", NULL, NULL},
    {"quantity",  FF_T_INT, offsetof(struct item, quantity),   FF_F_REQUIRED, 1, 99, "pieces", NULL, NULL},
};
static const struct ff_schema item_s = {"Item", sizeof(struct item), FF_NO_SET, FF_FIELDS(item_f)};

static const struct ff_field address_f[] = {
    {"street", FF_T_NAME, offsetof(struct address, street), FF_F_REQUIRED, 1, 20, "street", NULL, NULL},
    {"number", FF_T_INT,  offsetof(struct address, number), 0, 1, 999, "house", NULL, NULL},
};
static const struct ff_schema address_s = {"Address", sizeof(struct address), FF_NO_SET, FF_FIELDS(address_f)};

#define AT(member) offsetof(struct body, member)
static const struct ff_field body_f[] = {
    {"price",   FF_T_MONEY,      AT(price),    0, -100, 1000000, "price", NULL, NULL},
    {"count",   FF_T_INT,        AT(count),    FF_F_NULLABLE, 1, 99, "count", NULL, NULL},
    {"free",    FF_T_INT,        AT(free_int), 0, 0, 0, "any integer", NULL, NULL},
    {"active",  FF_T_BOOL,       AT(is_active), FF_F_NULLABLE, 0, 0, "active", NULL, NULL},
    {"at",      FF_T_INSTANT,    AT(at),       FF_F_NULLABLE, 0, INT64_C(4102444800000), "instant", NULL, NULL},
    {"name",    FF_T_NAME,       AT(name),     0, 1, 10, "name", NULL, NULL},
    {"note",    FF_T_TEXT,       AT(note),     FF_F_NULLABLE, 0, 10, "note", NULL, NULL},
    {"email",   FF_T_EMAIL,      AT(email),    FF_F_NULLABLE, 0, 0, "e-mail", NULL, NULL},
    {"code",    FF_T_CODE,       AT(code),     0, 2, 8, "code", NULL, NULL},
    {"secret",  FF_T_SECRET,     AT(secret),   0, 4, 8, "secret", NULL, NULL},
    {"day",     FF_T_DATE,       AT(day),      0, 0, 0, "day", NULL, NULL},
    {"kind",    FF_T_ENUM,       AT(kind),     FF_F_NULLABLE, 0, 0, "kind", NULL, kinds},
    {"home",    FF_T_OBJECT,     AT(home),     0, 0, 0, "home", &address_s, NULL},
    {"work",    FF_T_OPT_OBJECT, AT(work),     FF_F_NULLABLE, 0, 0, "work", &address_s, NULL},
    {"items",   FF_T_LIST,       AT(items),    0, 1, 3, "items", &item_s, NULL},
    {"numbers", FF_T_INT_LIST,   AT(numbers),  0, 0, 0, "numbers", NULL, NULL},
};
static const struct ff_schema body_s = {"Body", sizeof(struct body), AT(set), FF_FIELDS(body_f)};
/* clang-format on */

static struct ff_arena *arena;
static struct ff_clock *test_clock;
static struct ff_ctx cx;
static struct body body;

static void setup(void)
{
    arena = ff_arena_new(0);
    test_clock = ff_clock_new_test(1000);
    ff_ctx_init(&cx, arena, test_clock);
}

static void teardown(void)
{
    ff_clock_free(test_clock);
    ff_arena_free(arena);
}

static enum ff_rc read_body(const char *text)
{
    ff_err_clear(&cx);
    memset(&body, 0xAA, sizeof body);
    return ff_json_read(&cx, &body_s, text, strlen(text), &body);
}

#define ck_reads(text) ck_assert_msg(read_body(text) == FF_OK, "%s", cx.err.detail)

static void ck_field(size_t i, const char *pointer, const char *code)
{
    ck_assert_uint_lt(i, cx.err.n_fields);
    ck_assert_str_eq(cx.err.fields[i].pointer, pointer);
    ck_assert_str_eq(cx.err.fields[i].code, code);
}

START_TEST(every_type_lands_in_its_member)
{
    ck_reads(
        "{\"price\":1590,\"count\":2,\"free\":-9223372036854775807,\"active\":true,"
        "\"at\":\"2026-11-23T09:25:01.123+01:00\",\"name\":\"Guly\\u00e1s\",\"note\":\"a\\nb\","
        "\"email\":\"Anna.K@Example.COM\",\"code\":\"EMP-01\",\"secret\":\"pa ss!\","
        "\"day\":\"2026-11-23\",\"kind\":\"drink\",\"home\":{\"street\":\"Fő\",\"number\":7},"
        "\"work\":{\"street\":\"Kis\"},\"items\":[{\"productId\":17,\"quantity\":2},"
        "{\"quantity\":1,\"productId\":9223372036854775807}],\"numbers\":[3,-1,0]}");
    ck_assert_int_eq(body.price, 1590);
    ck_assert_int_eq(body.count, 2);
    ck_assert_int_eq(body.free_int, -INT64_MAX);
    ck_assert_int_eq(body.is_active, 1);
    ck_assert_int_eq(body.at, INT64_C(1795422301123));
    ck_assert_str_eq(body.name, "Gulyás");
    ck_assert_str_eq(body.note, "a\nb");
    ck_assert_str_eq(body.email, "anna.k@example.com");
    ck_assert_str_eq(body.code, "EMP-01");
    ck_assert_str_eq(body.secret, "pa ss!");
    ck_assert_str_eq(body.day, "2026-11-23");
    ck_assert_ptr_eq(body.kind, kinds[1]);
    ck_assert_str_eq(body.home.street, "Fő");
    ck_assert_int_eq(body.home.number, 7);
    ck_assert_str_eq(body.work->street, "Kis");
    ck_assert_int_eq(body.work->number, FF_NULL_INT);
    const struct item *items = body.items.items;
    ck_assert_uint_eq(body.items.n, 2);
    ck_assert_int_eq(items[0].product_id, 17);
    ck_assert_int_eq(items[1].product_id, INT64_MAX);
    ck_assert_int_eq(items[1].quantity, 1);
    const int64_t *numbers = body.numbers.items;
    ck_assert_uint_eq(body.numbers.n, 3);
    ck_assert(numbers[0] == 3 && numbers[1] == -1 && numbers[2] == 0);
    ck_assert_uint_eq(body.set, 0xFFFF);
}
END_TEST

START_TEST(absent_members_have_their_defaults)
{
    ck_reads("{}");
    ck_assert_uint_eq(body.set, 0);
    ck_assert_int_eq(body.price, FF_NULL_INT);
    ck_assert_int_eq(body.is_active, FF_NULL_INT);
    ck_assert_int_eq(body.at, FF_NULL_INT);
    ck_assert_ptr_null(body.name);
    ck_assert_ptr_null(body.kind);
    ck_assert_int_eq(body.home.number, FF_NULL_INT);
    ck_assert_ptr_null(body.home.street);
    ck_assert_ptr_null(body.work);
    ck_assert_uint_eq(body.items.n, 0);
    ck_assert_ptr_null(body.numbers.items);
}
END_TEST

START_TEST(a_patch_tells_null_from_absent)
{
    ck_reads("{\"kind\":null,\"count\":null,\"work\":null,\"active\":null,\"email\":null}");
    ck_assert_uint_eq(body.set, 1u << 11 | 1u << 1 | 1u << 13 | 1u << 3 | 1u << 7);
    ck_assert_ptr_null(body.kind);
    ck_assert_int_eq(body.count, FF_NULL_INT);
    ck_assert_ptr_null(body.work);
    ck_assert_int_eq(body.is_active, FF_NULL_INT);
    ck_assert_int_eq(read_body("{\"price\":null}"), FF_VALIDATION);
    ck_field(0, "/price", "NULL");
    ck_reads("{\"active\":false}");
    ck_assert_int_eq(body.is_active, 0);
    ck_assert_uint_eq(body.set, 1u << 3);
}
END_TEST

#define DIGITS_64 "1234567890123456789012345678901234567890123456789012345678901234"

/* What may stand for an amount, and the field's answer: NULL means taken. Range -100..1000000. */
static const struct {
    const char *token, *code;
    enum ff_rc rc;
    int64_t minor;
} amounts[] = {
    {"0", NULL, FF_OK, 0},
    {"-0", NULL, FF_OK, 0},
    {"1", NULL, FF_OK, 1},
    {"3", NULL, FF_OK, 3},
    {"1000000", NULL, FF_OK, 1000000},
    {"-1", NULL, FF_OK, -1},
    {"-100", NULL, FF_OK, -100},
    {"-101", "RANGE", FF_AMOUNT_OUT_OF_RANGE, 0},
    {"1000001", "RANGE", FF_AMOUNT_OUT_OF_RANGE, 0},
    {"999999999999", "RANGE", FF_AMOUNT_OUT_OF_RANGE, 0},
    {"-999999999999", "RANGE", FF_AMOUNT_OUT_OF_RANGE, 0},
    {"1000000000000", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1000000000000000", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"-1000000000000000", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"9007199254740993", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"9223372036854775807", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"9223372036854775808", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"-9223372036854775808", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {DIGITS_64, "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"-" DIGITS_64 DIGITS_64, "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"0." DIGITS_64, "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1.5", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1.0", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"3.00", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"0.0", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"-0.0", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"0.1", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1e3", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1E3", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1e+3", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1000e-3", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1e0", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"0e0", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1.5e1", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1e999", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"1e-999", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"\"3\"", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"\"3.00\"", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"\"\"", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"\"NaN\"", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"true", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"false", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"[3]", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"[]", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"{}", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"{\"amount\":3}", "MONEY_FORMAT", FF_MONEY_FORMAT, 0},
    {"null", "NULL", FF_VALIDATION, 0},
    {"+1", "", FF_MALFORMED_JSON, 0},
    {"01", "", FF_MALFORMED_JSON, 0},
    {"-01", "", FF_MALFORMED_JSON, 0},
    {".5", "", FF_MALFORMED_JSON, 0},
    {"5.", "", FF_MALFORMED_JSON, 0},
    {"0x10", "", FF_MALFORMED_JSON, 0},
    {"1_000", "", FF_MALFORMED_JSON, 0},
    {"1,000", "", FF_MALFORMED_JSON, 0},
    {"NaN", "", FF_MALFORMED_JSON, 0},
    {"Infinity", "", FF_MALFORMED_JSON, 0},
    {"--1", "", FF_MALFORMED_JSON, 0},
    {"", "", FF_MALFORMED_JSON, 0},
};

START_TEST(an_amount_is_an_integer_token_or_refused)
{
    char text[256];
    (void)snprintf(text, sizeof text, "{\"name\":\"x\",\"price\":%s,\"free\":5}",
                   amounts[_i].token);
    ck_assert_int_eq(read_body(text), amounts[_i].rc);
    ck_assert_int_eq(cx.err.rc, amounts[_i].rc);
    if (amounts[_i].rc == FF_OK)
        ck_assert_int_eq(body.price, amounts[_i].minor);
    else if (*amounts[_i].code)
        ck_field(0, "/price", amounts[_i].code);
    if (!amounts[_i].code || *amounts[_i].code)
        ck_assert_int_eq(body.free_int, 5);
}
END_TEST

START_TEST(an_amount_out_of_range_names_the_range)
{
    (void)read_body("{\"price\":1000001}");
    ck_assert(cx.err.fields[0].has_range);
    ck_assert_int_eq(cx.err.fields[0].min, -100);
    ck_assert_int_eq(cx.err.fields[0].max, 1000000);
    ck_assert_str_eq(cx.err.detail, "/price: Must be between -100 and 1000000.");
}
END_TEST

START_TEST(whole_numbers_keep_all_their_digits)
{
    ck_reads("{\"free\":9007199254740993}");
    ck_assert_int_eq(body.free_int, INT64_C(9007199254740993));
    ck_reads("{\"free\":9223372036854775807}");
    ck_assert_int_eq(body.free_int, INT64_MAX);
    ck_reads("{\"numbers\":[9007199254740993,-9007199254740993]}");
    ck_assert_int_eq(((const int64_t *)body.numbers.items)[1], INT64_C(-9007199254740993));
}
END_TEST

/* One wrong member each: the text, and where and how it is refused. */
static const struct {
    const char *text, *pointer, *code;
    enum ff_rc rc;
} refusals[] = {
    {"{\"count\":0}", "/count", "RANGE", FF_VALIDATION},
    {"{\"count\":100}", "/count", "RANGE", FF_VALIDATION},
    {"{\"count\":-1}", "/count", "RANGE", FF_VALIDATION},
    {"{\"count\":1.0}", "/count", "TYPE", FF_VALIDATION},
    {"{\"count\":1e1}", "/count", "TYPE", FF_VALIDATION},
    {"{\"count\":\"1\"}", "/count", "TYPE", FF_VALIDATION},
    {"{\"count\":true}", "/count", "TYPE", FF_VALIDATION},
    {"{\"count\":[1]}", "/count", "TYPE", FF_VALIDATION},
    {"{\"count\":99999999999999999999}", "/count", "RANGE", FF_VALIDATION},
    {"{\"count\":" DIGITS_64 "}", "/count", "RANGE", FF_VALIDATION},
    {"{\"free\":9223372036854775808}", "/free", "RANGE", FF_VALIDATION},
    {"{\"free\":-9223372036854775808}", "/free", "RANGE", FF_VALIDATION},
    {"{\"free\":-9223372036854775809}", "/free", "RANGE", FF_VALIDATION},
    {"{\"active\":1}", "/active", "TYPE", FF_VALIDATION},
    {"{\"active\":\"true\"}", "/active", "TYPE", FF_VALIDATION},
    {"{\"at\":1795422301123}", "/at", "TYPE", FF_VALIDATION},
    {"{\"at\":\"2026-11-23\"}", "/at", "PATTERN", FF_VALIDATION},
    {"{\"at\":\"1969-12-31T23:59:59Z\"}", "/at", "RANGE", FF_VALIDATION},
    {"{\"name\":\"\"}", "/name", "LENGTH", FF_VALIDATION},
    {"{\"name\":\"abcdefghijk\"}", "/name", "LENGTH", FF_VALIDATION},
    {"{\"name\":\"  \"}", "/name", "PATTERN", FF_VALIDATION},
    {"{\"name\":\"a\\nb\"}", "/name", "PATTERN", FF_VALIDATION},
    {"{\"name\":\"a\\u202eb\"}", "/name", "PATTERN", FF_VALIDATION},
    {"{\"name\":\"\\u200b\"}", "/name", "PATTERN", FF_VALIDATION},
    {"{\"name\":5}", "/name", "TYPE", FF_VALIDATION},
    {"{\"name\":null}", "/name", "NULL", FF_VALIDATION},
    {"{\"name\":{}}", "/name", "TYPE", FF_VALIDATION},
    {"{\"note\":\"12345678901\"}", "/note", "LENGTH", FF_VALIDATION},
    {"{\"note\":\"a\\tb\"}", "/note", "PATTERN", FF_VALIDATION},
    {"{\"note\":\"a\\u0085b\"}", "/note", "PATTERN", FF_VALIDATION},
    {"{\"email\":\"anna\"}", "/email", "PATTERN", FF_VALIDATION},
    {"{\"email\":\"@x\"}", "/email", "PATTERN", FF_VALIDATION},
    {"{\"email\":\"a@\"}", "/email", "PATTERN", FF_VALIDATION},
    {"{\"email\":\"a@b@c\"}", "/email", "PATTERN", FF_VALIDATION},
    {"{\"email\":\"a b@c\"}", "/email", "PATTERN", FF_VALIDATION},
    {"{\"email\":\"a@b\\r\\nBcc:c\"}", "/email", "PATTERN", FF_VALIDATION},
    {"{\"email\":\"<a@b>\"}", "/email", "PATTERN", FF_VALIDATION},
    {"{\"code\":\"a\"}", "/code", "LENGTH", FF_VALIDATION},
    {"{\"code\":\"123456789\"}", "/code", "LENGTH", FF_VALIDATION},
    {"{\"code\":\"a b\"}", "/code", "PATTERN", FF_VALIDATION},
    {"{\"code\":\"\\u00e1a\"}", "/code", "PATTERN", FF_VALIDATION},
    {"{\"code\":\"a/b\"}", "/code", "PATTERN", FF_VALIDATION},
    {"{\"secret\":\"abc\"}", "/secret", "LENGTH", FF_VALIDATION},
    {"{\"secret\":1397}", "/secret", "TYPE", FF_VALIDATION},
    {"{\"day\":\"2026-02-29\"}", "/day", "PATTERN", FF_VALIDATION},
    {"{\"day\":\"23.11.2026\"}", "/day", "PATTERN", FF_VALIDATION},
    {"{\"kind\":\"Meal\"}", "/kind", "VALUE", FF_VALIDATION},
    {"{\"kind\":\"\"}", "/kind", "VALUE", FF_VALIDATION},
    {"{\"kind\":1}", "/kind", "TYPE", FF_VALIDATION},
    {"{\"home\":[]}", "/home", "TYPE", FF_VALIDATION},
    {"{\"home\":null}", "/home", "NULL", FF_VALIDATION},
    {"{\"home\":{}}", "/home/street", "REQUIRED", FF_VALIDATION},
    {"{\"home\":{\"street\":\"x\",\"number\":0}}", "/home/number", "RANGE", FF_VALIDATION},
    {"{\"home\":{\"street\":\"x\",\"zip\":1}}", "/home/zip", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"{\"work\":\"x\"}", "/work", "TYPE", FF_VALIDATION},
    {"{\"work\":{\"number\":1}}", "/work/street", "REQUIRED", FF_VALIDATION},
    {"{\"items\":{}}", "/items", "TYPE", FF_VALIDATION},
    {"{\"items\":[]}", "/items", "LENGTH", FF_VALIDATION},
    {"{\"items\":[1,2,3,4]}", "/items", "LENGTH", FF_VALIDATION},
    {"{\"items\":[5]}", "/items/0", "TYPE", FF_VALIDATION},
    {"{\"items\":[null]}", "/items/0", "TYPE", FF_VALIDATION},
    {"{\"items\":[{\"productId\":1,\"quantity\":1},{\"productId\":1,\"quantity\":0}]}",
     "/items/1/quantity", "RANGE", FF_VALIDATION},
    {"{\"items\":[{\"productId\":1}]}", "/items/0/quantity", "REQUIRED", FF_VALIDATION},
    {"{\"numbers\":[1,\"2\"]}", "/numbers/1", "TYPE", FF_VALIDATION},
    {"{\"numbers\":[[1]]}", "/numbers/0", "TYPE", FF_VALIDATION},
    {"{\"numbers\":[1.5]}", "/numbers/0", "TYPE", FF_VALIDATION},
    {"{\"numbers\":5}", "/numbers", "TYPE", FF_VALIDATION},
    {"{\"Price\":1}", "/Price", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"{\"role\":\"admin\"}", "/role", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"{\"\":1}", "/", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"{\"a/b~c\":1}", "/a~1b~0c", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"{\"__proto__\":{\"x\":[1,2]}}", "/__proto__", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"[]", "", "TYPE", FF_VALIDATION},
    {"null", "", "TYPE", FF_VALIDATION},
    {"5", "", "TYPE", FF_VALIDATION},
    {"\"x\"", "", "TYPE", FF_VALIDATION},
};

START_TEST(a_wrong_member_is_named_where_it_lies)
{
    ck_assert_int_eq(read_body(refusals[_i].text), refusals[_i].rc);
    ck_assert_uint_eq(cx.err.n_fields, 1);
    ck_field(0, refusals[_i].pointer, refusals[_i].code);
    ck_assert_uint_gt(strlen(cx.err.fields[0].detail), 8);
}
END_TEST

START_TEST(all_errors_come_at_once_and_the_first_decides)
{
    ck_assert_int_eq(
        read_body("{\"items\":[{\"productId\":17,\"quantity\":0},{\"productId\":1.5}],"
                  "\"price\":1e3,\"extra\":[{\"deep\":[1]}],\"free\":7,\"name\":\"\"}"),
        FF_VALIDATION);
    ck_assert_uint_eq(cx.err.n_fields, 6);
    ck_field(0, "/items/0/quantity", "RANGE");
    ck_field(1, "/items/1/productId", "TYPE");
    ck_field(2, "/items/1/quantity", "REQUIRED");
    ck_field(3, "/price", "MONEY_FORMAT");
    ck_field(4, "/extra", "UNKNOWN");
    ck_field(5, "/name", "LENGTH");
    ck_assert_int_eq(body.free_int, 7);
    ck_assert_int_eq(read_body("{\"price\":1e3,\"name\":\"\"}"), FF_MONEY_FORMAT);
    ck_assert_int_eq(read_body("{\"x\":1,\"price\":1e3}"), FF_UNKNOWN_FIELD);
}
END_TEST

START_TEST(at_most_twenty_errors_are_kept)
{
    char text[2000] = "{\"n0\":0";
    for (int i = 1; i < 40; i++) {
        size_t used = strlen(text);
        (void)snprintf(text + used, sizeof text - used, ",\"n%d\":0", i);
    }
    memcpy(text + strlen(text), "}", 2);
    ck_assert_int_eq(read_body(text), FF_UNKNOWN_FIELD);
    ck_assert_uint_eq(cx.err.n_fields, FF_ERR_MAX_FIELDS);
}
END_TEST

START_TEST(what_is_no_json_is_not_bound)
{
    ck_assert_int_eq(read_body("{\"name\":\"x\",\"name\":\"y\"}"), FF_MALFORMED_JSON);
    ck_assert_int_eq(read_body("{\"name\":\"x\"} "), FF_OK);
    ck_assert_int_eq(read_body("{\"name\":\"x\"} {}"), FF_MALFORMED_JSON);
    ck_assert_int_eq(read_body("{\"name\":\"x\\u0000y\"}"), FF_MALFORMED_JSON);
    ck_assert_int_eq(read_body(""), FF_MALFORMED_JSON);
    ck_assert_ptr_null(body.name);
    ck_assert_uint_eq(cx.err.n_fields, 0);
}
END_TEST

START_TEST(a_long_number_hides_nothing_behind_it)
{
    ck_assert_int_eq(read_body("{\"numbers\":[" DIGITS_64 ",2],\"name\":\"" DIGITS_64
                               "\",\"free\":-"
                               "" DIGITS_64 ",\"count\":3}"),
                     FF_VALIDATION);
    ck_assert_uint_eq(cx.err.n_fields, 3);
    ck_field(0, "/numbers/0", "RANGE");
    ck_field(1, "/name", "LENGTH");
    ck_field(2, "/free", "RANGE");
    ck_assert_int_eq(((const int64_t *)body.numbers.items)[1], 2);
    ck_assert_int_eq(body.count, 3);
}
END_TEST

START_TEST(bounded_strings_are_measured_in_characters)
{
    ck_reads("{\"name\":\"áéíóöőúüű🍲\"}");
    ck_assert_int_eq(read_body("{\"name\":\"áéíóöőúüű🍲x\"}"), FF_VALIDATION);
    char text[400] = "{\"email\":\"";
    memset(text + 10, 'a', 252);
    memcpy(text + 262, "@b\"}", 5);
    ck_assert_int_eq(read_body(text), FF_OK);
    memcpy(text + 262, "c@b\"}", 6);
    ck_assert_int_eq(read_body(text), FF_VALIDATION);
    ck_field(0, "/email", "LENGTH");
}
END_TEST

START_TEST(memory_that_runs_out_is_an_internal_error)
{
    static const char text[] = "{\"name\":\"abc\",\"note\":\"x\",\"work\":{\"street\":\"Kis\"},"
                               "\"items\":[{\"productId\":1,"
                               "\"quantity\":1}],\"free\":" DIGITS_64 "}";
    bool has_passed = false;
    for (size_t cap = 16; !has_passed; cap += 16) {
        struct ff_arena *small = ff_arena_new(cap);
        struct ff_ctx poor;
        ff_ctx_init(&poor, small, test_clock);
        enum ff_rc rc = ff_json_read(&poor, &body_s, text, sizeof text - 1, &body);
        has_passed = rc == FF_VALIDATION && poor.err.n_fields == 1;
        ck_assert(rc == FF_INTERNAL || rc == FF_VALIDATION);
        ck_assert_uint_lt(cap, 100000);
        ff_arena_free(small);
    }
}
END_TEST

static enum ff_rc read_pairs(const struct ff_pair *pairs, size_t n, const char *prefix)
{
    memset(&body, 0xAA, sizeof body);
    return ff_pairs_read(&cx, &body_s, pairs, n, prefix, &body);
}

START_TEST(pairs_fill_the_same_members)
{
    const struct ff_pair pairs[] = {{"price", "-7"},    {"count", "99"},
                                    {"active", "true"}, {"name", "Anna"},
                                    {"kind", "meal"},   {"day", "2026-11-23"},
                                    {"email", "A@b.c"}, {"code", "EMP001"},
                                    {"note", ""},       {"at", "2026-11-23T08:25:01.123Z"},
                                    {"free", NULL}};
    ck_assert_int_eq(read_pairs(pairs, 11, "?"), FF_OK);
    ck_assert_int_eq(body.price, -7);
    ck_assert_int_eq(body.count, 99);
    ck_assert_int_eq(body.is_active, 1);
    ck_assert_str_eq(body.name, "Anna");
    ck_assert_ptr_eq(body.kind, kinds[0]);
    ck_assert_str_eq(body.email, "a@b.c");
    ck_assert_int_eq(body.at, INT64_C(1795422301123));
    ck_assert_ptr_null(body.note);
    ck_assert_int_eq(body.free_int, FF_NULL_INT);
    ck_assert_uint_eq(body.set, 0xDBB); /* all given but note and free, which were empty */
    const struct ff_pair off = {"active", "false"};
    ck_assert_int_eq(read_pairs(&off, 1, "?"), FF_OK);
    ck_assert_int_eq(body.is_active, 0);
}
END_TEST

static const struct {
    const char *name, *value, *pointer, *code;
    enum ff_rc rc;
} pair_refusals[] = {
    {"price", "1.5", "?price", "MONEY_FORMAT", FF_MONEY_FORMAT},
    {"price", "abc", "?price", "MONEY_FORMAT", FF_MONEY_FORMAT},
    {"price", "2000000", "?price", "RANGE", FF_AMOUNT_OUT_OF_RANGE},
    {"count", "0", "?count", "RANGE", FF_VALIDATION},
    {"count", "x", "?count", "TYPE", FF_VALIDATION},
    {"count", "-", "?count", "TYPE", FF_VALIDATION},
    {"count", "1.0", "?count", "TYPE", FF_VALIDATION},
    {"count", "+1", "?count", "TYPE", FF_VALIDATION},
    {"count", "01", "?count", "TYPE", FF_VALIDATION},
    {"count", " 1", "?count", "TYPE", FF_VALIDATION},
    {"active", "1", "?active", "TYPE", FF_VALIDATION},
    {"active", "TRUE", "?active", "TYPE", FF_VALIDATION},
    {"kind", "soup", "?kind", "VALUE", FF_VALIDATION},
    {"day", "2026-11-31", "?day", "PATTERN", FF_VALIDATION},
    {"name", "a\xFF", "?name", "PATTERN", FF_VALIDATION},
    {"name", "abcdefghijk", "?name", "LENGTH", FF_VALIDATION},
    {"nope", "1", "?nope", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"nope", "", "?nope", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"a/b", "1", "?a/b", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"\xFF\xFE", "1", "?", "UNKNOWN", FF_UNKNOWN_FIELD},
};

START_TEST(a_wrong_pair_is_named)
{
    const struct ff_pair pair = {pair_refusals[_i].name, pair_refusals[_i].value};
    ck_assert_int_eq(read_pairs(&pair, 1, "?"), pair_refusals[_i].rc);
    ck_assert_uint_eq(cx.err.n_fields, 1);
    ck_field(0, pair_refusals[_i].pointer, pair_refusals[_i].code);
}
END_TEST

START_TEST(a_long_unknown_name_is_shown_in_part)
{
    char name[200];
    memset(name, 'x', sizeof name);
    memcpy(name + 63, "\xC3\xA1", 2);
    name[199] = '\0';
    const struct ff_pair pair = {name, "1"};
    ck_assert_int_eq(read_pairs(&pair, 1, "?"), FF_UNKNOWN_FIELD);
    ck_assert_uint_eq(strlen(cx.err.fields[0].pointer), 64);
}
END_TEST

START_TEST(a_name_given_twice_is_refused)
{
    const struct ff_pair pairs[] = {{"count", "1"}, {"count", "2"}, {"name", ""}, {"name", "x"}};
    ck_assert_int_eq(read_pairs(pairs, 4, "?"), FF_VALIDATION);
    ck_assert_uint_eq(cx.err.n_fields, 2);
    ck_field(0, "?count", "VALUE");
    ck_field(1, "?name", "VALUE");
    ck_assert_int_eq(body.count, 1);
}
END_TEST

START_TEST(rows_collect_their_errors_but_answer_for_themselves)
{
    struct address row;
    const struct ff_pair bad[] = {{"street", ""}, {"number", "0"}};
    const struct ff_pair good[] = {{"street", "Kis"}, {"number", "5"}};
    ck_assert_int_eq(ff_pairs_read(&cx, &address_s, bad, 2, "/line/7/", &row), FF_VALIDATION);
    ck_assert_int_eq(ff_pairs_read(&cx, &address_s, good, 2, "/line/8/", &row), FF_OK);
    ck_assert_str_eq(row.street, "Kis");
    ck_assert_uint_eq(cx.err.n_fields, 2);
    ck_field(0, "/line/7/number", "RANGE");
    ck_field(1, "/line/7/street", "REQUIRED");
    const struct ff_pair odd = {"a/b~", "1"};
    ck_assert_int_ne(ff_pairs_read(&cx, &address_s, &odd, 1, "/line/9/", &row), FF_OK);
    ck_field(2, "/line/9/a~1b~0", "UNKNOWN");
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("json_bind");
    TCase *cases = tcase_create("bind");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, every_type_lands_in_its_member);
    tcase_add_test(cases, absent_members_have_their_defaults);
    tcase_add_test(cases, a_patch_tells_null_from_absent);
    tcase_add_loop_test(cases, an_amount_is_an_integer_token_or_refused, 0, ROWS(amounts));
    tcase_add_test(cases, an_amount_out_of_range_names_the_range);
    tcase_add_test(cases, whole_numbers_keep_all_their_digits);
    tcase_add_loop_test(cases, a_wrong_member_is_named_where_it_lies, 0, ROWS(refusals));
    tcase_add_test(cases, all_errors_come_at_once_and_the_first_decides);
    tcase_add_test(cases, at_most_twenty_errors_are_kept);
    tcase_add_test(cases, what_is_no_json_is_not_bound);
    tcase_add_test(cases, a_long_number_hides_nothing_behind_it);
    tcase_add_test(cases, bounded_strings_are_measured_in_characters);
    tcase_add_test(cases, memory_that_runs_out_is_an_internal_error);
    tcase_add_test(cases, pairs_fill_the_same_members);
    tcase_add_loop_test(cases, a_wrong_pair_is_named, 0, ROWS(pair_refusals));
    tcase_add_test(cases, a_long_unknown_name_is_shown_in_part);
    tcase_add_test(cases, a_name_given_twice_is_refused);
    tcase_add_test(cases, rows_collect_their_errors_but_answer_for_themselves);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
