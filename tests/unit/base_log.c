/* SPDX-License-Identifier: MIT */
/* base_log.c - log lines: the three formats, what may not get through, and the largest line. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"

enum { CAUGHT_CAP = 16384 };

static char caught[CAUGHT_CAP];
static int pipe_ends[2];

/* Each test runs in its own process, so its standard error is its own to take. */
static void catch_lines(enum ff_log_level level, enum ff_log_format format)
{
    ck_assert(!pipe(pipe_ends));
    ck_assert_int_eq(dup2(pipe_ends[1], STDERR_FILENO), STDERR_FILENO);
    ff_log_setup(level, format);
}

/* What was written since; one write is one read from a pipe with nothing else in it. */
static const char *line(void)
{
    ssize_t n = read(pipe_ends[0], caught, CAUGHT_CAP - 1);
    ck_assert_int_ge(n, 0);
    caught[n] = '\0';
    return caught;
}

static void ck_contains(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "no %s in %s", part, text);
}

START_TEST(json_lines_hold_their_members_in_order)
{
    catch_lines(FF_LOG_INFO, FF_LOG_JSON);
    const struct ff_log_kv kv[] = {
        {"port", NULL, 8080}, {"host", "::1", 0}, {"lost", NULL, INT64_MIN}};
    ff_log(FF_LOG_INFO, "req-12345", "listening", kv, 3);
    const char *text = line();
    ck_assert_int_eq(strncmp(text, "{\"ts\":\"2", 8), 0);
    ck_contains(text, "Z\",\"level\":\"info\",\"event\":\"listening\",\"requestId\":\"req-12345\","
                      "\"port\":8080,\"host\":\"::1\",\"lost\":-9223372036854775808}\n");
}
END_TEST

START_TEST(text_lines_quote_only_what_needs_it)
{
    catch_lines(FF_LOG_DEBUG, FF_LOG_TEXT);
    const struct ff_log_kv kv[] = {{"a", "word", 0}, {"b", "two words", 0}, {"c", "x=y", 0},
                                   {"d", "", 0},     {"e", "q\"\\", 0},     {"f", NULL, -3},
                                   {"g", "é", 0}};
    ff_log(FF_LOG_WARN, NULL, "slow query", kv, 7);
    ck_contains(line(), "Z warn  slow query a=word b=\"two words\" c=\"x=y\" d=\"\" "
                        "e=\"q\\\"\\\\\" f=-3 g=\"é\"\n");
}
END_TEST

START_TEST(journal_lines_begin_with_the_priority)
{
    static const char *const heads[] = {"<3>gone\n", "<4>gone\n", "<6>gone\n", "<7>gone\n"};
    catch_lines(FF_LOG_DEBUG, FF_LOG_JOURNAL);
    for (int level = FF_LOG_ERROR; level <= FF_LOG_DEBUG; level++) {
        ff_log((enum ff_log_level)level, NULL, "gone", NULL, 0);
        ck_assert_str_eq(line(), heads[level]);
    }
    ff_log(FF_LOG_INFO, "12345678", "gone", NULL, 0);
    ck_assert_str_eq(line(), "<6>gone requestId=12345678\n");
}
END_TEST

START_TEST(levels_below_the_chosen_one_are_silent)
{
    catch_lines(FF_LOG_WARN, FF_LOG_JOURNAL);
    ck_assert(ff_log_enabled(FF_LOG_ERROR));
    ck_assert(ff_log_enabled(FF_LOG_WARN));
    ck_assert(!ff_log_enabled(FF_LOG_INFO));
    ff_log(FF_LOG_INFO, NULL, "quiet", NULL, 0);
    ff_logf(FF_LOG_DEBUG, NULL, "quiet %d", 1);
    ff_logf(FF_LOG_ERROR, NULL, "loud %d", 2);
    ck_assert_str_eq(line(), "<3>loud 2\n");
}
END_TEST

START_TEST(what_could_forge_a_line_is_escaped)
{
    static const int formats[] = {FF_LOG_JSON, FF_LOG_TEXT};
    for (int i = 0; i < 2; i++) {
        catch_lines(FF_LOG_INFO, (enum ff_log_format)formats[i]);
        const struct ff_log_kv kv[] = {
            {"agent",
             "x\n2026 error forged\r\x1b[31m\x7f\xC2\x85\xE2\x80\xA8\xE2\x80\xAE\xE2\x81\xA6", 0},
            {"bad",
             "a\xFF"
             "b\xC3",
             0}};
        ff_log(FF_LOG_INFO, NULL, "seen\n\x1b", kv, 2);
        const char *text = line();
        ck_contains(text, "seen\\u000a\\u001b");
        ck_contains(
            text, "x\\u000a2026 error forged\\u000d\\u001b[31m\\u007f\\u0085\\u2028\\u202e\\u2066");
        ck_contains(text, "a\xEF\xBF\xBD"
                          "b\xEF\xBF\xBD\"");
        ck_assert_ptr_eq(strchr(text, '\n'), text + strlen(text) - 1);
        ck_assert_ptr_null(strchr(text, 0x1b));
    }
}
END_TEST

START_TEST(a_line_has_at_most_four_kilobytes_and_stays_whole)
{
    static const int formats[] = {FF_LOG_JSON, FF_LOG_TEXT, FF_LOG_JOURNAL};
    static char large[9000];
    for (int i = 0; i < 3; i++) {
        catch_lines(FF_LOG_INFO, (enum ff_log_format)formats[i]);
        for (size_t size = 3900; size < 4300; size++) {
            memset(large, size % 2 ? '"' : 'x', size);
            if (size % 3 == 0)
                memcpy(large + size - 2, "\xC3\xA1", 2);
            large[size] = '\0';
            const struct ff_log_kv kv[] = {{"large", large, 0}, {"n", NULL, 1}, {"after", "x", 0}};
            ff_log(FF_LOG_INFO, NULL, "big", kv, 3);
            const char *text = line();
            size_t n = strlen(text);
            ck_assert_uint_le(n, 4096);
            ck_assert(ff_utf8_valid(text, n));
            ck_assert_ptr_eq(strchr(text, '\n'), text + n - 1);
            if (formats[i] == FF_LOG_JSON)
                ck_assert_str_eq(text + n - 2, "}\n");
        }
    }
}
END_TEST

START_TEST(many_members_end_before_the_line_does)
{
    static struct ff_log_kv kv[600];
    for (int i = 0; i < 600; i++)
        kv[i] = (struct ff_log_kv){"member", i % 2 ? "text" : NULL, i};
    catch_lines(FF_LOG_INFO, FF_LOG_JSON);
    ff_log(FF_LOG_INFO, NULL, "many", kv, 600);
    const char *text = line();
    ck_assert_uint_le(strlen(text), 4096);
    ck_assert_uint_gt(strlen(text), 4000);
    ck_assert_str_eq(text + strlen(text) - 2, "}\n");
    size_t quotes = 0;
    for (const char *p = text; *p; p++)
        quotes += *p == '"';
    ck_assert_uint_eq(quotes % 2, 0);
}
END_TEST

START_TEST(a_long_sentence_is_cut_at_a_character)
{
    static char sentence[2000];
    catch_lines(FF_LOG_INFO, FF_LOG_JOURNAL);
    for (size_t i = 0; i < 999; i++)
        memcpy(sentence + 2 * i, "\xC3\xA1", 2);
    ff_logf(FF_LOG_INFO, NULL, "%s", sentence);
    const char *text = line();
    ck_assert_uint_lt(strlen(text), 1100);
    ck_assert(ff_utf8_valid(text, strlen(text)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_log");
    TCase *cases = tcase_create("log");
    tcase_add_test(cases, json_lines_hold_their_members_in_order);
    tcase_add_test(cases, text_lines_quote_only_what_needs_it);
    tcase_add_test(cases, journal_lines_begin_with_the_priority);
    tcase_add_test(cases, levels_below_the_chosen_one_are_silent);
    tcase_add_test(cases, what_could_forge_a_line_is_escaped);
    tcase_add_test(cases, a_line_has_at_most_four_kilobytes_and_stays_whole);
    tcase_add_test(cases, many_members_end_before_the_line_does);
    tcase_add_test(cases, a_long_sentence_is_cut_at_a_character);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
