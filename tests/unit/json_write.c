/* SPDX-License-Identifier: MIT */
/* json_write.c - structs as JSON, the schema as a document, and replies held against it. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "json/schema.h"

struct line {
    int64_t line_no, quantity;
    const char *name;
};
struct device {
    const char *name;
};
struct purchase {
    int64_t id, total, undone, recorded_at, undo_until, spare;
    const char *who, *nick, *kind, *day, *email, *code, *secret;
    struct device till;
    struct device *device;
    struct ff_list items, usuals;
};

static const char *const kinds[] = {"meal", "drink", NULL};

/* clang-format off */
static const struct ff_field line_f[] = {
    {"lineNo",   FF_T_INT,  offsetof(struct line, line_no),  FF_F_REQUIRED, 1, 50, "place in the list", NULL, NULL},
    {"name",     FF_T_NAME, offsetof(struct line, name),     FF_F_REQUIRED, 1, 100, NULL, NULL, NULL},
    {"quantity", FF_T_INT,  offsetof(struct line, quantity), FF_F_REQUIRED, 1, 99, NULL, NULL, NULL},
};
static const struct ff_schema line_s = {"PurchaseLine", sizeof(struct line), FF_NO_SET, FF_FIELDS(line_f)};
static const struct ff_field device_f[] = {
    {"name", FF_T_NAME, offsetof(struct device, name), 0, 1, 40, NULL, NULL, NULL},
};
static const struct ff_schema device_s = {"Device", sizeof(struct device), FF_NO_SET, FF_FIELDS(device_f)};

#define AT(member) offsetof(struct purchase, member)
#define REQ FF_F_REQUIRED
#define NUL FF_F_NULLABLE
static const struct ff_field purchase_f[] = {
    {"id",         FF_T_INT,        AT(id),          REQ,       1, INT64_MAX, "number", NULL, NULL},
    {"total",      FF_T_MONEY,      AT(total),       REQ,       -100, 10000000, "what was paid", NULL, NULL},
    {"undone",     FF_T_BOOL,       AT(undone),      REQ,       0, 0, NULL, NULL, NULL},
    {"recordedAt", FF_T_INSTANT,    AT(recorded_at), REQ,       0, 0, NULL, NULL, NULL},
    {"undoUntil",  FF_T_INSTANT,    AT(undo_until),  REQ | NUL, 0, 0, "null: too late", NULL, NULL},
    {"spare",      FF_T_INT,        AT(spare),       0,         0, 0, NULL, NULL, NULL},
    {"who",        FF_T_TEXT,       AT(who),         REQ,       0, 40, "a \"name\"", NULL, NULL},
    {"nick",       FF_T_TEXT,       AT(nick),        NUL,       1, INT64_MAX, NULL, NULL, NULL},
    {"kind",       FF_T_ENUM,       AT(kind),        REQ | NUL, 0, 0, NULL, NULL, kinds},
    {"day",        FF_T_DATE,       AT(day),         0,         0, 0, NULL, NULL, NULL},
    {"email",      FF_T_EMAIL,      AT(email),       0,         0, 0, NULL, NULL, NULL},
    {"code",       FF_T_CODE,       AT(code),        0,         2, 20, NULL, NULL, NULL},
    {"secret",     FF_T_SECRET,     AT(secret),      0,         8, 200, NULL, NULL, NULL},
    {"till",       FF_T_OBJECT,     AT(till),        REQ,       0, 0, "where", &device_s, NULL},
    {"device",     FF_T_OPT_OBJECT, AT(device),      REQ | NUL, 0, 0, NULL, &device_s, NULL},
    {"items",      FF_T_LIST,       AT(items),       REQ,       1, 50, NULL, &line_s, NULL},
    {"usuals",     FF_T_INT_LIST,   AT(usuals),      0,         0, 8, NULL, NULL, NULL},
};
static const struct ff_schema purchase_s = {"Purchase", sizeof(struct purchase), FF_NO_SET, FF_FIELDS(purchase_f)};
static const struct ff_field kind_f[] = {{"kind", FF_T_ENUM, 0, 0, 0, 0, NULL, NULL, kinds}};
static const struct ff_schema kind_s = {"Kind", sizeof(const char *), FF_NO_SET, FF_FIELDS(kind_f)};
/* clang-format on */

static struct ff_arena *arena;
static struct ff_clock *test_clock;
static struct ff_ctx cx;
static struct ff_buf buf;

static struct line lines[] = {{1, 2, "Gulyásleves"}, {2, 99, "Quote \" and \\"}};
static int64_t usuals[] = {17, -3, INT64_MAX};
static struct device kiosk = {"Canteen kiosk"};
static struct purchase full = {
    .id = INT64_MAX,
    .total = 4270,
    .undone = 0,
    .recorded_at = INT64_C(1795422301123),
    .undo_until = FF_NULL_INT,
    .spare = -5,
    .who = "Kovács\nPéter",
    .nick = "P",
    .kind = "meal",
    .day = "2026-11-23",
    .email = "a@b.c",
    .code = "P-48213",
    .secret = "opaque-token",
    .till = {"Till 1"},
    .device = &kiosk,
    .items = {lines, 2},
    .usuals = {usuals, 3},
};
static const char full_text[] =
    "{\"id\":9223372036854775807,\"total\":4270,\"undone\":false,\"recordedAt\":\"2026-11-23T08:25:"
    "01."
    "123Z\",\"undoUntil\":null,\"spare\":-5,\"who\":\"Kovács\\nPéter\",\"nick\":\"P\",\"kind\":"
    "\"meal\",\"day\":\"2026-11-23\",\"email\":\"a@b.c\",\"code\":\"P-48213\",\"secret\":"
    "\"opaque-token\",\"till\":{\"name\":\"Till 1\"},\"device\":{\"name\":\"Canteen kiosk\"},"
    "\"items\":[{\"lineNo\":1,\"name\":\"Gulyásleves\",\"quantity\":2},{\"lineNo\":2,\"name\":"
    "\"Quote "
    "\\\" and \\\\\",\"quantity\":99}],\"usuals\":[17,-3,9223372036854775807]}";

static void setup(void)
{
    arena = ff_arena_new(0);
    test_clock = ff_clock_new_test(1000);
    ff_ctx_init(&cx, arena, test_clock);
    ff_buf_init(&buf, 1 << 20);
}

static void teardown(void)
{
    ff_buf_free(&buf);
    ff_clock_free(test_clock);
    ff_arena_free(arena);
}

START_TEST(a_struct_is_written_in_the_order_of_its_fields)
{
    ff_json_write(&buf, &purchase_s, &full);
    ck_assert_str_eq(buf.data, full_text);
    ck_assert_uint_eq(buf.len, strlen(buf.data));
}
END_TEST

START_TEST(null_is_written_where_it_is_promised)
{
    struct purchase bare = {.total = FF_NULL_INT,
                            .undone = FF_NULL_INT,
                            .recorded_at = 0,
                            .undo_until = FF_NULL_INT,
                            .spare = FF_NULL_INT};
    ff_json_write(&buf, &purchase_s, &bare);
    ck_assert_str_eq(
        buf.data, "{\"id\":0,\"total\":null,\"undone\":null,\"recordedAt\":\"1970-01-01T00:00:00."
                  "000Z\",\"undoUntil\":null,\"who\":null,\"nick\":null,\"kind\":null,\"till\":{},"
                  "\"device\":null,\"items\":[],\"usuals\":[]}");
}
END_TEST

START_TEST(booleans_are_true_and_false)
{
    struct purchase undone = full;
    undone.undone = 1;
    ff_json_write(&buf, &purchase_s, &undone);
    ck_assert_ptr_nonnull(strstr(buf.data, "\"undone\":true,"));
}
END_TEST

START_TEST(what_is_written_reads_back_the_same)
{
    struct purchase again;
    struct ff_buf twice;
    ff_buf_init(&twice, 1 << 20);
    ck_assert_int_eq(ff_json_read(&cx, &purchase_s, full_text, sizeof full_text - 1, &again),
                     FF_OK);
    ck_assert_int_eq(again.id, INT64_MAX);
    ck_assert_str_eq(again.who, full.who);
    ck_assert_str_eq(again.device->name, kiosk.name);
    ff_json_write(&twice, &purchase_s, &again);
    ck_assert_str_eq(twice.data, full_text);
    ff_buf_free(&twice);
}
END_TEST

START_TEST(a_buffer_that_is_full_says_so)
{
    for (size_t max = 0; max < sizeof full_text - 1; max++) {
        struct ff_buf small;
        ff_buf_init(&small, max);
        ff_json_write(&small, &purchase_s, &full);
        ck_assert(small.failed);
        ck_assert_uint_le(small.len, max);
        ff_buf_free(&small);
    }
}
END_TEST

START_TEST(a_schema_prints_itself)
{
    ff_schema_write(&buf, &purchase_s);
    ck_assert_str_eq(
        buf.data,
        "{\"type\":\"object\",\"properties\":{"
        "\"id\":{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":1,\"description\":"
        "\"number\"},"
        "\"total\":{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":-100,\"maximum\":"
        "10000000,"
        "\"description\":\"what was paid\"},"
        "\"undone\":{\"type\":\"boolean\"},"
        "\"recordedAt\":{\"type\":\"string\",\"format\":\"date-time\"},"
        "\"undoUntil\":{\"type\":[\"string\",\"null\"],\"format\":\"date-time\","
        "\"description\":\"null: too late\"},"
        "\"spare\":{\"type\":\"integer\",\"format\":\"int64\"},"
        "\"who\":{\"type\":\"string\",\"maxLength\":40,\"description\":\"a \\\"name\\\"\"},"
        "\"nick\":{\"type\":[\"string\",\"null\"],\"minLength\":1},"
        "\"kind\":{\"type\":[\"string\",\"null\"],\"enum\":[\"meal\",\"drink\",null]},"
        "\"day\":{\"type\":\"string\",\"format\":\"date\"},"
        "\"email\":{\"type\":\"string\",\"format\":\"email\"},"
        "\"code\":{\"type\":\"string\",\"minLength\":2,\"maxLength\":20,"
        "\"pattern\":\"^[A-Za-z0-9._-]*$\"},"
        "\"secret\":{\"type\":\"string\",\"format\":\"password\",\"minLength\":8,\"maxLength\":200}"
        ","
        "\"till\":{\"$ref\":\"#/components/schemas/Device\",\"description\":\"where\"},"
        "\"device\":{\"anyOf\":[{\"$ref\":\"#/components/schemas/Device\"},{\"type\":\"null\"}]},"
        "\"items\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/PurchaseLine\"},"
        "\"minItems\":1,\"maxItems\":50},"
        "\"usuals\":{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"format\":\"int64\"},"
        "\"maxItems\":8}},"
        "\"required\":[\"id\",\"total\",\"undone\",\"recordedAt\",\"undoUntil\",\"who\",\"kind\","
        "\"till\",\"device\",\"items\"],\"additionalProperties\":false}");
}
END_TEST

START_TEST(a_schema_without_required_fields_has_no_such_list)
{
    ff_schema_write(&buf, &kind_s);
    ck_assert_str_eq(buf.data,
                     "{\"type\":\"object\",\"properties\":{\"kind\":{\"type\":\"string\",\"enum\":["
                     "\"meal\",\"drink\"]}},\"additionalProperties\":false}");
}
END_TEST

START_TEST(a_written_reply_conforms)
{
    ck_assert_msg(ff_json_conforms(&cx, &purchase_s, full_text, sizeof full_text - 1) == FF_OK,
                  "%s", cx.err.detail);
}
END_TEST

/* A part of the full reply, what stands in its place, and where the difference is reported. */
static const struct {
    const char *part, *instead, *pointer;
} breaks[] = {
    {"\"undone\":false,", "", "/undone"},
    {"\"undoUntil\":null,", "", "/undoUntil"},
    {"\"undone\":false", "\"undone\":0", "/undone"},
    {"\"undone\":false", "\"undone\":null", "/undone"},
    {"\"total\":4270", "\"total\":4270.0", "/total"},
    {"\"total\":4270", "\"total\":\"4270\"", "/total"},
    {"\"total\":4270", "\"total\":-101", "/total"},
    {"\"total\":4270", "\"total\":null", "/total"},
    {"\"id\":9223372036854775807", "\"id\":0", "/id"},
    {"\"spare\":-5", "\"extra\":-5", "/extra"},
    {"2026-11-23T08:25:01.123Z", "2026-11-23T08:25:01Z", "/recordedAt"},
    {"2026-11-23T08:25:01.123Z", "2026-11-23T09:25:01.123+01:00", "/recordedAt"},
    {"2026-11-23T08:25:01.123Z", "2026-11-23", "/recordedAt"},
    {"\"kind\":\"meal\"", "\"kind\":\"soup\"", "/kind"},
    {"\"day\":\"2026-11-23\"", "\"day\":\"2026-11-31\"", "/day"},
    {"{\"name\":\"Till 1\"}", "null", "/till"},
    {"{\"name\":\"Till 1\"}", "{\"name\":\"Till 1\",\"pin\":\"1\"}", "/till/pin"},
    {"{\"name\":\"Canteen kiosk\"}", "[]", "/device"},
    {"\"lineNo\":2,", "", "/items/1/lineNo"},
    {"\"quantity\":99", "\"quantity\":100", "/items/1/quantity"},
    {"[17,", "[null,", "/usuals/0"},
    {"[17,", "[1,2,3,4,5,6,7,8,9,", "/usuals"},
};

static void replaced(const char *part, const char *instead)
{
    const char *at = strstr(full_text, part);
    ck_assert_msg(at != NULL, "%s", part);
    ff_buf_add(&buf, full_text, (size_t)(at - full_text));
    ff_buf_str(&buf, instead);
    ff_buf_str(&buf, at + strlen(part));
}

START_TEST(a_reply_that_differs_is_told_where)
{
    replaced(breaks[_i].part, breaks[_i].instead);
    ck_assert_int_eq(ff_json_conforms(&cx, &purchase_s, buf.data, buf.len), FF_VALIDATION);
    ck_assert_int_eq(cx.err.rc, FF_VALIDATION);
    ck_assert_str_eq(cx.err.fields[0].pointer, breaks[_i].pointer);
}
END_TEST

START_TEST(a_reply_may_leave_out_what_is_optional)
{
    replaced("\"spare\":-5,", "");
    ck_assert_int_eq(ff_json_conforms(&cx, &purchase_s, buf.data, buf.len), FF_OK);
    ff_buf_clear(&buf);
    replaced("{\"name\":\"Canteen kiosk\"}", "null");
    ck_assert_int_eq(ff_json_conforms(&cx, &purchase_s, buf.data, buf.len), FF_OK);
}
END_TEST

START_TEST(a_broken_reply_is_malformed)
{
    ck_assert_int_eq(ff_json_conforms(&cx, &purchase_s, full_text, sizeof full_text - 2),
                     FF_MALFORMED_JSON);
    ff_err_clear(&cx);
    replaced("\"total\":4270", "\"total\":4270,\"total\":1");
    ck_assert_int_eq(ff_json_conforms(&cx, &purchase_s, buf.data, buf.len), FF_MALFORMED_JSON);
}
END_TEST

START_TEST(a_long_page_conforms_beyond_the_limits_of_requests)
{
    static struct line many[50];
    static struct purchase page[20];
    struct field_list {
        struct ff_list rows;
    } list = {{page, 20}};
    static const struct ff_field rows_f[] = {
        {"data", FF_T_LIST, 0, FF_F_REQUIRED, 0, 100, NULL, &purchase_s, NULL}};
    static const struct ff_schema rows_s = {"Page", sizeof(struct field_list), FF_NO_SET,
                                            FF_FIELDS(rows_f)};
    for (int i = 0; i < 50; i++)
        many[i] = (struct line){i + 1, 1, "Kávé"};
    for (int i = 0; i < 20; i++) {
        page[i] = full;
        page[i].items = (struct ff_list){many, 50};
    }
    ff_json_write(&buf, &rows_s, &list);
    ck_assert_msg(ff_json_conforms(&cx, &rows_s, buf.data, buf.len) == FF_OK, "%s", cx.err.detail);
    struct field_list again;
    ck_assert_int_eq(ff_json_read(&cx, &rows_s, buf.data, buf.len, &again), FF_MALFORMED_JSON);
}
END_TEST

START_TEST(without_memory_nothing_conforms)
{
    struct ff_arena *small = ff_arena_new(16);
    struct ff_ctx poor;
    ff_ctx_init(&poor, small, test_clock);
    ck_assert_int_eq(ff_json_conforms(&poor, &purchase_s, full_text, sizeof full_text - 1),
                     FF_INTERNAL);
    ff_arena_free(small);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("json_write");
    TCase *cases = tcase_create("write");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_struct_is_written_in_the_order_of_its_fields);
    tcase_add_test(cases, null_is_written_where_it_is_promised);
    tcase_add_test(cases, booleans_are_true_and_false);
    tcase_add_test(cases, what_is_written_reads_back_the_same);
    tcase_add_test(cases, a_buffer_that_is_full_says_so);
    tcase_add_test(cases, a_schema_prints_itself);
    tcase_add_test(cases, a_schema_without_required_fields_has_no_such_list);
    tcase_add_test(cases, a_written_reply_conforms);
    tcase_add_loop_test(cases, a_reply_that_differs_is_told_where, 0, ROWS(breaks));
    tcase_add_test(cases, a_reply_may_leave_out_what_is_optional);
    tcase_add_test(cases, a_broken_reply_is_malformed);
    tcase_add_test(cases, a_long_page_conforms_beyond_the_limits_of_requests);
    tcase_add_test(cases, without_memory_nothing_conforms);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
