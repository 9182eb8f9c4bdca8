/* SPDX-License-Identifier: MIT */
/* base_text.c - UTF-8, names, folding, identifiers, and the buffer that replies are written into.
 */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/ids.h"
#include "base/utf8.h"

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

static const struct {
    const char *bytes;
    bool is_valid;
} texts[] = {
    {"", true},
    {"plain", true},
    {"Gulyásleves", true},
    {"\xE6\x97\xA5\xE6\x9C\xAC", true},
    {"\xF0\x9F\x8D\xB2", true},
    {"\xC2\x80", true},
    {"\xDF\xBF", true},
    {"\xE0\xA0\x80", true},
    {"\xED\x9F\xBF", true},     /* U+D7FF */
    {"\xEE\x80\x80", true},     /* U+E000 */
    {"\xEF\xBF\xBF", true},     /* U+FFFF */
    {"\xF0\x90\x80\x80", true}, /* U+10000 */
    {"\xF4\x8F\xBF\xBF", true}, /* U+10FFFF */
    {"\x80", false},
    {"\xBF", false},
    {"a\x80", false},
    {"\xC0\x80", false}, /* overlong NUL */
    {"\xC1\xBF", false},
    {"\xC2", false},
    {"\xC2g", false},
    {"\xC2\xC2\x80", false},
    {"\xE0\x9F\xBF", false}, /* overlong */
    {"\xE0\x80\x80", false},
    {"\xE1\x80", false},
    {"\xE1\x80g", false},
    {"\xED\xA0\x80", false}, /* surrogates */
    {"\xED\xBF\xBF", false},
    {"\xF0\x8F\xBF\xBF", false}, /* overlong */
    {"\xF0\x90\x80", false},
    {"\xF0\x90\x80g", false},
    {"\xF4\x90\x80\x80", false}, /* U+110000 */
    {"\xF5\x80\x80\x80", false},
    {"\xF8\x88\x80\x80\x80", false},
    {"\xFE", false},
    {"\xFF", false},
};

START_TEST(only_strict_utf8_is_valid)
{
    ck_assert_int_eq(ff_utf8_valid(texts[_i].bytes, strlen(texts[_i].bytes)), texts[_i].is_valid);
}
END_TEST

START_TEST(a_nul_is_no_text)
{
    ck_assert(!ff_utf8_valid("a\0b", 3));
    ck_assert(ff_utf8_valid("a\0b", 1));
}
END_TEST

START_TEST(what_is_encoded_decodes)
{
    for (uint32_t point = 1; point <= 0x10FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        char bytes[4];
        uint32_t again = 0;
        size_t n = ff_utf8_put(point, bytes);
        if (ff_utf8_next(bytes, n, &again) != n || again != point)
            ck_abort_msg("U+%04X", (unsigned)point);
    }
}
END_TEST

START_TEST(length_counts_characters)
{
    ck_assert_uint_eq(ff_utf8_length(""), 0);
    ck_assert_uint_eq(ff_utf8_length("Gulyás"), 6);
    ck_assert_uint_eq(ff_utf8_length("\xF0\x9F\x8D\xB2!"), 2);
}
END_TEST

static const struct {
    const char *cut, *rest;
} cuts[] = {
    {"", ""},
    {"abc", "abc"},
    {"ab\xC3\xA1", "ab\xC3\xA1"},
    {"ab\xC3", "ab"},
    {"ab\xE2\x82", "ab"},
    {"ab\xE2", "ab"},
    {"ab\xE2\x82\xAC", "ab\xE2\x82\xAC"},
    {"\xF0\x9F\x8D", ""},
    {"\xF0\x9F\x8D\xB2", "\xF0\x9F\x8D\xB2"},
    {"\xF0", ""},
    {"\x80\x80", "\x80\x80"}, /* not begun: not ours to repair */
};

START_TEST(a_cut_character_is_trimmed)
{
    char text[16];
    memcpy(text, cuts[_i].cut, strlen(cuts[_i].cut) + 1);
    ff_utf8_trim(text);
    ck_assert_str_eq(text, cuts[_i].rest);
}
END_TEST

static const struct {
    const char *text;
    bool is_name;
} names[] = {
    {"Kovács Péter", true},
    {"Ő", true},
    {"O'Brien-Smith, Jr.", true},
    {"山田太郎", true},
    {"Coffee ☕", true},
    {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8D\xB3", true}, /* cook: joined by U+200D */
    {"<b>bold</b>", true},                                  /* harmless as text */
    {"a\xE2\x80\x8B"
     "b",
     true},
    {"", false},
    {" ", false},
    {"\xC2\xA0", false},
    {"\xE3\x80\x80", false},
    {" Anna", true}, /* outer spaces: a real till's names have them */
    {"Coffee granules ", true},
    {"Anna\xC2\xA0", true},
    {"\xE2\x80\x83\xE1\x9A\x80\xE2\x80\xAF\xE2\x81\x9F", false},
    {"An\tna", false},
    {"An\nna", false},
    {"An\x1b[31mna", false},
    {"An\x7fna", false},
    {"An\xC2\x85na", false},     /* NEL */
    {"An\xE2\x80\xAEna", false}, /* right-to-left override */
    {"An\xE2\x80\xAA"
     "na",
     false},
    {"An\xE2\x81\xA6na", false}, /* isolate */
    {"An\xE2\x81\xA9na", false},
    {"An\xE2\x80\xA8na", false}, /* line separator */
    {"\xE2\x80\x8B", false},     /* zero width only */
    {"\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF", false},
    {"\xC2\xAD", false},
    {"\xE3\x85\xA4", false},     /* HANGUL FILLER */
    {"\xE2\xA0\x80", false},     /* blank braille */
    {"\xEF\xB8\x8F", false},     /* variation selector */
    {"\xF3\xA0\x81\xA1", false}, /* tag */
    {"An\xFFna", false},
};

START_TEST(names_can_be_seen_and_do_not_deceive)
{
    ck_assert_int_eq(ff_utf8_is_name(names[_i].text), names[_i].is_name);
}
END_TEST

static const struct {
    const char *text, *folded;
} folds[] = {
    {"", ""},
    {"ABC xyz 123", "abc xyz 123"},
    {"Gulyásleves", "gulyasleves"},
    {"ŐŰÖÜÓÚÉÁÍ őűöüóúéáí", "ouououeai ouououeai"},
    {"Straße GROẞ", "strasse gross"},
    {"Þór Æble Œuvre Øl Łódź Đuro", "thor aeble oeuvre ol lodz duro"},
    {"Ĳssel Ŋ ıI", "ijssel n ii"},
    {"Nguyễn Thị Ánh", "nguyen thi anh"},
    {"Țară Ǆ ǈ ǌ", "tara dz lj nj"},
    {"a\xCC\x81"
     "e\xCC\x88",
     "ae"}, /* decomposed */
    {"5 × 3 ÷ 2", "5 × 3 ÷ 2"},
    {"Ελλάδα Москва 日本", "Ελλάδα Москва 日本"},
    {"ỿ ȷ", "ỿ ȷ"}, /* in the tables, no base letter */
    {"\xF0\x9F\x8D\xB2", "\xF0\x9F\x8D\xB2"},
};

START_TEST(folding_forgets_case_and_latin_accents)
{
    char out[128];
    ff_utf8_fold(folds[_i].text, out, sizeof out);
    ck_assert_str_eq(out, folds[_i].folded);
}
END_TEST

START_TEST(a_fold_that_does_not_fit_is_cut_at_a_character)
{
    char out[8] = "xxxxxxx";
    ff_utf8_fold("ab日本", out, 6);
    ck_assert_str_eq(out, "ab日");
    ff_utf8_fold("aß", out, 3);
    ck_assert_str_eq(out, "a");
    ff_utf8_fold("abc", out, 1);
    ck_assert_str_eq(out, "");
    out[0] = 'y';
    ff_utf8_fold("abc", out, 0);
    ck_assert_int_eq(out[0], 'y');
    ff_utf8_fold("ab\xFFzz", out, sizeof out);
    ck_assert_str_eq(out, "ab");
}
END_TEST

static const struct {
    const char *name, *initials;
} people[] = {
    {"Kovács Péter", "KP"},
    {"kovács péter", "KP"},
    {"Áron", "Á"},
    {"áron őri", "ÁŐ"},
    {"Dr. Nagy Éva", "DÉ"},
    {"  Two   spaces ", "TS"},
    {"ÿ ĺ", "ÿĹ"},
    {"ŋ ž", "ŊŽ"},
    {"ıx ÷y", "ı÷"},
    {"ćx ńx", "ĆŃ"},
    {"山田 太郎", "山太"},
    {"", ""},
    {"   ", ""},
    {"\xFF x", "X"},
};

START_TEST(initials_are_of_the_first_and_last_word)
{
    char out[12];
    ff_utf8_initials(people[_i].name, out);
    ck_assert_str_eq(out, people[_i].initials);
}
END_TEST

START_TEST(a_uuid_has_its_form_and_differs)
{
    char a[37], b[37];
    ff_uuid(a);
    ff_uuid(b);
    ck_assert_uint_eq(strlen(a), 36);
    ck_assert_uint_eq(strspn(a, "0123456789abcdef-"), 36);
    for (int i = 0; i < 36; i++)
        ck_assert_int_eq(a[i] == '-', i == 8 || i == 13 || i == 18 || i == 23);
    ck_assert_int_eq(a[14], '4');
    ck_assert_ptr_nonnull(strchr("89ab", a[19]));
    ck_assert_str_ne(a, b);
    ck_assert(ff_request_id_ok(a));
}
END_TEST

START_TEST(request_ids_have_the_form_of_a_uuid_and_never_repeat)
{
    enum { IDS = 200 }; /* more than are drawn at once */
    static char ids[IDS][37];
    for (int i = 0; i < IDS; i++) {
        ff_request_id(ids[i]);
        ck_assert_uint_eq(strspn(ids[i], "0123456789abcdef-"), 36);
        ck_assert(ids[i][8] == '-' && ids[i][13] == '-' && ids[i][18] == '-' && ids[i][23] == '-');
        ck_assert(ids[i][14] == '4' && strchr("89ab", ids[i][19]));
        for (int k = 0; k < i; k++)
            ck_assert_str_ne(ids[i], ids[k]);
    }
}
END_TEST

static void *draw(void *out)
{
    ff_request_id(out);
    return out;
}

START_TEST(a_child_and_another_thread_draw_request_ids_of_their_own)
{
    char mine[37], childs[37] = "", others[37];
    int ends[2];
    pthread_t thread;
    ff_request_id(mine); /* some are drawn ahead now */
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (!child) {
        ff_request_id(childs);
        _exit(write(ends[1], childs, sizeof childs) == sizeof childs ? 0 : 1);
    }
    ck_assert_int_eq(pthread_create(&thread, NULL, draw, others), 0);
    pthread_join(thread, NULL);
    ck_assert_int_eq(read(ends[0], childs, sizeof childs), sizeof childs);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ff_request_id(mine);
    ck_assert_str_ne(mine, childs);
    ck_assert_str_ne(mine, others);
    close(ends[0]);
    close(ends[1]);
}
END_TEST

START_TEST(request_ids_are_short_and_plain)
{
    char id[80];
    memset(id, 'a', sizeof id);
    id[64] = '\0';
    ck_assert(ff_request_id_ok(id));
    id[64] = 'a';
    id[65] = '\0';
    ck_assert(!ff_request_id_ok(id));
    ck_assert(ff_request_id_ok("Az09._-x"));
    static const char *const bad[] = {"",          "1234567",          "12345678 ", "1234/678",
                                      "12345\n78", "12345678\xC3\xA1", "<script>1", "1234567{"};
    for (int i = 0; i < ROWS(bad); i++)
        ck_assert_msg(!ff_request_id_ok(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(hex_goes_there_and_back)
{
    const unsigned char bytes[] = {0x00, 0x7f, 0x80, 0xff, 0xa5};
    char text[2 * sizeof bytes + 1];
    unsigned char again[sizeof bytes];
    ff_hex(bytes, sizeof bytes, text);
    ck_assert_str_eq(text, "007f80ffa5");
    ck_assert(ff_unhex(text, 10, again, sizeof again));
    ck_assert_mem_eq(again, bytes, sizeof bytes);
    ck_assert(ff_unhex("007F80FFA5", 10, again, sizeof again));
    ck_assert(!ff_unhex("007f80ffa", 9, again, sizeof again));
    ck_assert(!ff_unhex("007f80ff", 8, again, sizeof again));
    ck_assert(!ff_unhex("007f80ffag", 10, again, sizeof again));
    ck_assert(!ff_unhex("007f80ff:5", 10, again, sizeof again));
    ck_assert(!ff_unhex("007f80ff`5", 10, again, sizeof again));
}
END_TEST

static const struct {
    const char *bytes, *text;
} base64[] = {
    {"", ""},
    {"f", "Zg"},
    {"fo", "Zm8"},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg"},
    {"fooba", "Zm9vYmE"},
    {"foobar", "Zm9vYmFy"},
    {"\xfb\xff\xbf", "-_-_"},
    {"\xff\xff\xff\xff\xff\xff", "________"},
};

START_TEST(base64url_is_that_of_rfc_4648)
{
    char out[32];
    ff_b64url(base64[_i].bytes, strlen(base64[_i].bytes), out);
    ck_assert_str_eq(out, base64[_i].text);
}
END_TEST

START_TEST(ids_are_positive_integers)
{
    int64_t id = 0;
    ck_assert(ff_parse_id("1", &id));
    ck_assert_int_eq(id, 1);
    ck_assert(ff_parse_id("9223372036854775807", &id));
    ck_assert_int_eq(id, INT64_MAX);
    static const char *const bad[] = {"",
                                      "0",
                                      "-1",
                                      "01",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.0",
                                      "1e3",
                                      "0x1",
                                      "a",
                                      "9223372036854775808",
                                      "99999999999999999999999",
                                      "1/",
                                      "\xD9\xA1"};
    for (int i = 0; i < ROWS(bad); i++)
        ck_assert_msg(!ff_parse_id(bad[i], &id), "%s", bad[i]);
    ck_assert_int_eq(id, INT64_MAX);
}
END_TEST

START_TEST(integers_stay_within_their_bounds)
{
    int64_t n = 3;
    ck_assert(ff_parse_int("-9223372036854775808", INT64_MIN, INT64_MAX, &n));
    ck_assert_int_eq(n, INT64_MIN);
    ck_assert(!ff_parse_int("-9223372036854775809", INT64_MIN, INT64_MAX, &n));
    ck_assert(ff_parse_int("0", 0, 0, &n));
    ck_assert(ff_parse_int("-0", 0, 0, &n));
    ck_assert(!ff_parse_int("1", 2, 9, &n));
    ck_assert(!ff_parse_int("10", 2, 9, &n));
    ck_assert(!ff_parse_int("-", INT64_MIN, INT64_MAX, &n));
    ck_assert(!ff_parse_int("--1", INT64_MIN, INT64_MAX, &n));
    ck_assert_int_eq(n, 0);
}
END_TEST

START_TEST(a_buffer_takes_what_fits_and_then_nothing)
{
    struct ff_buf buf;
    ff_buf_init(&buf, 8);
    ff_buf_str(&buf, "12345678");
    ck_assert(!buf.failed);
    ck_assert_str_eq(buf.data, "12345678");
    ff_buf_char(&buf, '9');
    ck_assert(buf.failed);
    ff_buf_add(&buf, "", 0);
    ff_buf_int(&buf, 1);
    ff_buf_json(&buf, "x");
    ff_buf_printf(&buf, "%d", 1);
    ck_assert_ptr_null(ff_buf_take(&buf, 0));
    ck_assert_str_eq(buf.data, "12345678");
    ck_assert_uint_eq(buf.len, 8);
    ff_buf_clear(&buf);
    ck_assert(!buf.failed);
    ck_assert_str_eq(buf.data, "");
    ff_buf_str(&buf, "again");
    ck_assert_str_eq(buf.data, "again");
    ff_buf_free(&buf);
    ck_assert_ptr_null(buf.data);
    ck_assert_uint_eq(buf.max, 8);
}
END_TEST

START_TEST(a_buffer_grows_without_losing_a_byte)
{
    struct ff_buf buf;
    ff_buf_init(&buf, 1 << 20);
    ff_buf_clear(&buf);
    for (int i = 0; i < 20000; i++)
        ff_buf_printf(&buf, "%05d,", i);
    ck_assert(!buf.failed);
    ck_assert_uint_eq(buf.len, 120000);
    ck_assert_str_eq(buf.data + buf.len - 6, "19999,");
    ck_assert_int_eq(memcmp(buf.data, "00000,00001,", 12), 0);
    ff_buf_free(&buf);
}
END_TEST

START_TEST(integers_are_written_in_full)
{
    struct ff_buf buf;
    ff_buf_init(&buf, 200);
    static const int64_t numbers[] = {0, -1, 7, 10, -1205, INT64_MAX, INT64_MIN};
    for (int i = 0; i < ROWS(numbers); i++) {
        ff_buf_int(&buf, numbers[i]);
        ff_buf_char(&buf, ' ');
    }
    ck_assert_str_eq(buf.data, "0 -1 7 10 -1205 9223372036854775807 -9223372036854775808 ");
    ff_buf_free(&buf);
}
END_TEST

static const struct {
    const char *text, *json;
} strings[] = {
    {"", "\"\""},
    {"plain text of more than eight bytes", "\"plain text of more than eight bytes\""},
    {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
    {"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
    {"\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\""},
    {"1234567\"", "\"1234567\\\"\""},
    {"12345678\"12345678\\", "\"12345678\\\"12345678\\\\\""},
    {"1234567\n90123456789", "\"1234567\\n90123456789\""},
    {"Gulyásleves 🍲 ázsiai", "\"Gulyásleves 🍲 ázsiai\""},
    {"\xE2\x80\xA8", "\"\xE2\x80\xA8\""},
};

START_TEST(json_strings_are_escaped)
{
    struct ff_buf buf;
    ff_buf_init(&buf, 200);
    ff_buf_json(&buf, strings[_i].text);
    ck_assert_str_eq(buf.data, strings[_i].json);
    ff_buf_free(&buf);
}
END_TEST

/* Each byte at each place of a word of eight: the fast path and the slow one must agree. */
START_TEST(every_byte_is_escaped_wherever_it_stands)
{
    struct ff_buf buf;
    ff_buf_init(&buf, 200);
    for (int c = 1; c < 256; c++) {
        bool is_plain = c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
        for (int place = 0; place < 20; place++) {
            char text[21] = "aaaaaaaaaaaaaaaaaaaa";
            text[place] = (char)c;
            ff_buf_clear(&buf);
            ff_buf_json(&buf, text);
            if ((buf.len == 22) != is_plain)
                ck_abort_msg("byte %d at %d: %s", c, place, buf.data);
        }
    }
    ff_buf_free(&buf);
}
END_TEST

static const struct {
    const char *text, *cell;
} cells[] = {
    {"", ""},
    {"plain", "plain"},
    {"a,b", "\"a,b\""},
    {"a;b", "\"a;b\""},
    {"say \"hi\"", "\"say \"\"hi\"\"\""},
    {"two\nlines", "\"two\nlines\""},
    {"two\r\nlines", "\"two\r\nlines\""},
    {"tab\there", "\"tab\there\""},
    {" led", " led"}, /* RFC 4180: spaces are part of a field */
    {"trail ", "trail "},
    {"=1+2", "'=1+2"},
    {"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
    {"+36 1 234", "'+36 1 234"},
    {"@SUM(A1)", "'@SUM(A1)"},
    {"-x", "'-x"},
    {"-", "'-"},
    {"-1.", "'-1."},
    {"-1.2.3", "'-1.2.3"},
    {"-1205", "-1205"},
    {"-12.05", "-12.05"},
    {"+1", "'+1"},
    {"1e5", "1e5"},
    {"\tx", "\"'\tx\""},
    {"\rx", "\"'\rx\""},
    {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
};

START_TEST(csv_cells_are_quoted_and_harmless)
{
    struct ff_buf buf;
    ff_buf_init(&buf, 200);
    ff_buf_str(&buf, "");
    ff_buf_csv(&buf, cells[_i].text);
    ck_assert_str_eq(buf.data, cells[_i].cell);
    ff_buf_free(&buf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_text");
    TCase *cases = tcase_create("text");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, only_strict_utf8_is_valid, 0, ROWS(texts));
    tcase_add_test(cases, a_nul_is_no_text);
    tcase_add_test(cases, what_is_encoded_decodes);
    tcase_add_test(cases, length_counts_characters);
    tcase_add_loop_test(cases, a_cut_character_is_trimmed, 0, ROWS(cuts));
    tcase_add_loop_test(cases, names_can_be_seen_and_do_not_deceive, 0, ROWS(names));
    tcase_add_loop_test(cases, folding_forgets_case_and_latin_accents, 0, ROWS(folds));
    tcase_add_test(cases, a_fold_that_does_not_fit_is_cut_at_a_character);
    tcase_add_loop_test(cases, initials_are_of_the_first_and_last_word, 0, ROWS(people));
    tcase_add_test(cases, a_uuid_has_its_form_and_differs);
    tcase_add_test(cases, request_ids_have_the_form_of_a_uuid_and_never_repeat);
    tcase_add_test(cases, a_child_and_another_thread_draw_request_ids_of_their_own);
    tcase_add_test(cases, request_ids_are_short_and_plain);
    tcase_add_test(cases, hex_goes_there_and_back);
    tcase_add_loop_test(cases, base64url_is_that_of_rfc_4648, 0, ROWS(base64));
    tcase_add_test(cases, ids_are_positive_integers);
    tcase_add_test(cases, integers_stay_within_their_bounds);
    tcase_add_test(cases, a_buffer_takes_what_fits_and_then_nothing);
    tcase_add_test(cases, a_buffer_grows_without_losing_a_byte);
    tcase_add_test(cases, integers_are_written_in_full);
    tcase_add_loop_test(cases, json_strings_are_escaped, 0, ROWS(strings));
    tcase_add_test(cases, every_byte_is_escaped_wherever_it_stands);
    tcase_add_loop_test(cases, csv_cells_are_quoted_and_harmless, 0, ROWS(cells));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
