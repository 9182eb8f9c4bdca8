/* SPDX-License-Identifier: MIT */
/* cli_pick.c - single values out of a reply: found where they are, empty where they are not, and
 * never a byte beyond the text. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cli/pick.h"

static struct ff_arena *arena;

static void setup(void)
{
    arena = ff_arena_new(0);
}

static void teardown(void)
{
    ff_arena_free(arena);
}

static const char reply[] =
    "{ \"a\" : 12, \"text\":\"x\\\"y\\n\\u00e1\\u20ac\\u0041\\/\", \"no\":null,"
    " \"deep\":{\"list\":[1,{\"k\":\"v,]}\"},[2,3]],\"yes\":true},"
    " \"big\":9007199254740993, \"minus\":-5, \"float\":1.5 }\n";

static struct ff_pick get(const char *member)
{
    return ff_pick_get(ff_pick(reply, strlen(reply)), member);
}

START_TEST(members_are_found_by_their_whole_name)
{
    ck_assert_int_eq(ff_pick_int(get("a")), 12);
    ck_assert_int_eq(ff_pick_int(get("big")), INT64_C(9007199254740993));
    ck_assert_int_eq(ff_pick_int(get("minus")), -5);
    ck_assert(ff_pick_bool(ff_pick_get(get("deep"), "yes")));
    ck_assert(ff_pick_is_null(get("no")));
    ck_assert(!ff_pick_is_null(get("a")));
    ck_assert(ff_pick_is_null(get("tex")));
    ck_assert(ff_pick_is_null(get("k"))); /* of another object */
}
END_TEST

START_TEST(escapes_are_undone)
{
    ck_assert_str_eq(ff_pick_text(arena, get("text")), "x\"y\ná€A/");
}
END_TEST

START_TEST(what_is_of_another_type_reads_as_empty)
{
    ck_assert_int_eq(ff_pick_int(get("text")), 0);
    ck_assert_int_eq(ff_pick_int(get("float")), 0);
    ck_assert_int_eq(ff_pick_int(get("none")), 0);
    ck_assert(!ff_pick_bool(get("a")));
    ck_assert_str_eq(ff_pick_text(arena, get("a")), "");
    ck_assert_str_eq(ff_pick_text(arena, get("none")), "");
    ck_assert(ff_pick_is_null(ff_pick_get(get("a"), "b")));
}
END_TEST

START_TEST(a_list_is_walked_over_nested_values)
{
    struct ff_pick list = ff_pick_get(get("deep"), "list"), item = {0};
    ck_assert(ff_pick_next(list, &item));
    ck_assert_int_eq(ff_pick_int(item), 1);
    ck_assert(ff_pick_next(list, &item));
    ck_assert_str_eq(ff_pick_text(arena, ff_pick_get(item, "k")), "v,]}");
    ck_assert(ff_pick_next(list, &item));
    struct ff_pick inner = {0};
    ck_assert(ff_pick_next(item, &inner) && ff_pick_next(item, &inner));
    ck_assert_int_eq(ff_pick_int(inner), 3);
    ck_assert(!ff_pick_next(item, &inner));
    ck_assert(!ff_pick_next(list, &item));
    item = (struct ff_pick){0};
    ck_assert(!ff_pick_next(get("a"), &item));
}
END_TEST

/* Every beginning of the reply, in memory of exactly its size: a read beyond it is a fault under
 * the sanitizer, and nothing may hang. */
START_TEST(a_reply_that_is_cut_is_read_as_far_as_it_goes)
{
    static const char *const members[] = {"a", "text", "no", "deep", "big", "minus", "float"};
    for (size_t n = 0; n < strlen(reply); n++) {
        char *cut = malloc(n + 1);
        ck_assert_ptr_nonnull(cut);
        memcpy(cut, reply, n);
        cut = realloc(cut, n ? n : 1);
        for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
            struct ff_pick value = ff_pick_get(ff_pick(cut, n), members[i]), item = {0};
            ck_assert(value.at == NULL || (value.at >= cut && value.end <= cut + n));
            (void)ff_pick_int(value);
            (void)ff_pick_text(arena, value);
            value = ff_pick_get(value, "list");
            for (int steps = 0; ff_pick_next(value, &item); steps++)
                ck_assert_int_lt(steps, 10);
            ff_arena_reset(arena);
        }
        free(cut);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cli_pick");
    TCase *cases = tcase_create("pick");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, members_are_found_by_their_whole_name);
    tcase_add_test(cases, escapes_are_undone);
    tcase_add_test(cases, what_is_of_another_type_reads_as_empty);
    tcase_add_test(cases, a_list_is_walked_over_nested_values);
    tcase_add_test(cases, a_reply_that_is_cut_is_read_as_far_as_it_goes);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
