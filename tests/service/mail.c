/* SPDX-License-Identifier: MIT */
/* mail.c - messages: what is put into the outbox, what becomes of it, and that nobody's name can
 * write a line of its own into a head. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "app/mail_delivery.h"
#include "domain/code/one_time_code.h"
#include "domain/mail/mail.h"
#include "domain/mail/outbox.h"
#include "domain/site/site.h"

enum { MINUTE_MS = 60000, HOUR_MS = 3600000 };

static const struct ff_mail_site where = {.url = "https://canteen.example",
                                          .from = "canteen@canteen.example"};
static struct ff_fixture fx;
static atomic_bool stopping;

static void setup(void)
{
    ff_fixture_open(&fx);
    ff_site_set_run(fx.site, (struct ff_run_flags){.mail = true});
    ff_test_user(&fx, "anna@example.com", "manager", 0);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static void post(enum ff_mail_kind kind, const char *address)
{
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_mail_post(&fx.cx, kind, address), FF_OK);
}

static bool take(struct ff_letter *letter)
{
    bool found;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_mail_take(&fx.cx, &where, letter, &found), FF_OK);
    return found;
}

static int64_t rows(void)
{
    return ff_test_number(&fx, "SELECT COUNT(*) FROM mail_outbox");
}

/* ---- the outbox ---- */

START_TEST(a_link_is_made_when_the_message_is)
{
    struct ff_letter letter;
    struct ff_code_holder holder;
    post(FF_MAIL_RESET, "anna@example.com");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM one_time_code"), 0);
    ck_assert(take(&letter));
    ck_assert_str_eq(letter.to, "anna@example.com");
    const char *link = strstr(letter.text, "\nhttps://canteen.example/reset#");
    ck_assert_ptr_nonnull(link);
    link = strchr(link, '#') + 1;
    const char *code = ff_arena_strndup(fx.arena, link, strcspn(link, "\n"));
    ck_assert_int_eq(ff_code_look(&fx.cx, FF_CODE_RESET, code, &holder), FF_OK);
    ck_assert_int_eq(ff_mail_sent(&fx.cx, &letter), FF_OK);
    ck_assert_int_eq(rows(), 0);
    ck_assert(!take(&letter));
}
END_TEST

START_TEST(a_message_for_nobody_is_dropped)
{
    struct ff_letter letter;
    post(FF_MAIL_RESET, "none@example.com");
    ck_assert(take(&letter));
    ck_assert_ptr_null(letter.to);
    ck_assert_int_eq(rows(), 0);
    ff_test_change(&fx, "UPDATE user_account SET is_active = 0");
    post(FF_MAIL_RESET, "anna@example.com");
    ck_assert(take(&letter));
    ck_assert_ptr_null(letter.to);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM one_time_code"), 0);
}
END_TEST

START_TEST(who_registers_must_be_a_person_of_the_canteen)
{
    struct ff_letter letter;
    ff_fixture_person(&fx, "EMP001", "Béla Szabó", 0);
    ff_test_change(&fx, "UPDATE employee SET email = 'bela@example.com'");
    post(FF_MAIL_REGISTER, "bela@example.com");
    ck_assert(take(&letter));
    ck_assert_ptr_nonnull(strstr(letter.text, "/welcome#"));
    ck_assert_ptr_nonnull(strstr(letter.text, "Hello Béla Szabó,"));
    ck_assert_int_eq(ff_mail_sent(&fx.cx, &letter), FF_OK);
    post(FF_MAIL_REGISTER, "stranger@example.com");
    ck_assert(take(&letter));
    ck_assert_ptr_null(letter.to);
    post(FF_MAIL_REGISTER, "anna@example.com"); /* has an account: a new password is what helps */
    ck_assert(take(&letter));
    ck_assert_ptr_nonnull(strstr(letter.text, "/reset#"));
}
END_TEST

START_TEST(what_fails_is_tried_again_later_and_given_up_in_the_end)
{
    static const int64_t minutes[] = {1, 2, 4, 8, 16, 32, 60};
    struct ff_letter letter;
    bool given_up;
    post(FF_MAIL_PASSWORD_CHANGED, "anna@example.com");
    for (int i = 0; i < FF_ROWS(minutes); i++) {
        ck_assert(take(&letter));
        ck_assert_int_eq(letter.tries, i);
        ck_assert_int_eq(ff_mail_failed(&fx.cx, &letter, &given_up), FF_OK);
        ck_assert(!given_up);
        const int64_t now = ff_clock_now_ms(fx.clock);
        ck_assert(ff_clock_advance_to(fx.clock, now + minutes[i] * MINUTE_MS - 1));
        ck_assert(!take(&letter));
        ck_assert(ff_clock_advance_to(fx.clock, now + minutes[i] * MINUTE_MS));
    }
    ck_assert(take(&letter));
    ck_assert_int_eq(ff_mail_failed(&fx.cx, &letter, &given_up), FF_OK);
    ck_assert(given_up);
    ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + HOUR_MS));
    ck_assert(!take(&letter));
    ck_assert_int_eq(rows(), 1); /* to be seen, for a week */
}
END_TEST

START_TEST(the_outbox_has_a_bound)
{
    ff_test_change(&fx, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                        "1000) INSERT INTO mail_outbox (kind, address, due_at_ms, created_at_ms) "
                        "SELECT 'reset', 'a@example.com', 0, 0 FROM n");
    post(FF_MAIL_RESET, "anna@example.com");
    ck_assert_int_eq(rows(), FF_MAIL_WAITING);
}
END_TEST

START_TEST(without_mail_nothing_is_kept)
{
    ff_site_set_run(fx.site, (struct ff_run_flags){.mail = false});
    post(FF_MAIL_RESET, "anna@example.com");
    ck_assert_int_eq(rows(), 0);
}
END_TEST

/* ---- the text ---- */

static const char *compose(const char *site_name, const char *name)
{
    const struct ff_mail_words words = {.name = name, .code = "CODE"};
    const struct ff_site_patch patch = {.set = 1u << FF_SITE_NAME, .name = site_name};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_OK);
    const char *text = ff_mail_compose(&fx.cx, FF_MAIL_RESET, &where, "anna@example.com", &words);
    ck_assert_ptr_nonnull(text);
    return text;
}

START_TEST(the_text_is_in_the_sites_language)
{
    static const struct {
        const char *locale, *hello, *subject;
    } tongues[] = {{"en", "Hello Anna,", "Subject: A new password\n"},
                   {"hu", "Kedves Anna!", "Subject: =?UTF-8?B?w5pqIGplbHN6w7M=?=\n"},
                   {"de", "Guten Tag Anna,", "Subject: Neues Passwort\n"}};
    for (int i = 0; i < FF_ROWS(tongues); i++) {
        const struct ff_site_patch patch = {.set = 1u << FF_SITE_LOCALE,
                                            .locale = tongues[i].locale};
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_OK);
        const char *text = compose("Test canteen", "Anna");
        ck_assert_ptr_nonnull(strstr(text, tongues[i].hello));
        ck_assert_ptr_nonnull(strstr(text, tongues[i].subject));
        ck_assert_ptr_nonnull(strstr(text, "\nDate: Mon, 02 Mar 2026 11:45:00 +0000\n"));
    }
}
END_TEST

/* Names as the settings and the database would hold them if every check before had failed. */
static const char *const evil[] = {
    "Canteen\r\nBcc: all@example.com",
    "Canteen\nX: y",
    "a <b@c.example>, d",
    "\"; rm -rf /",
    "Büfé \xE2\x80\xAE x",
    "=?UTF-8?B?Qmw=?=",
};

START_TEST(no_name_begins_a_line_of_the_head)
{
    struct ff_buf head;
    ff_buf_init(&head, 4096);
    ff_mail_head(&head, &(struct ff_mail_head){.site_name = evil[_i],
                                               .from = where.from,
                                               .to = "anna@example.com",
                                               .subject = evil[_i],
                                               .now_ms = FF_TEST_NOW});
    int lines = 0;
    for (const char *c = head.data; *c; c++) {
        ck_assert_msg(*c == '\n' || (*c >= ' ' && *c <= '~'), "%s", head.data);
        lines += *c == '\n' && c[1] != ' '; /* a blank goes on with the line before */
    }
    ck_assert_int_eq(lines, 10);
    ck_assert_ptr_null(strstr(head.data, "\nBcc:"));
    ck_assert_ptr_null(strstr(head.data, "\nX:"));
    ff_buf_free(&head);
}
END_TEST

/* ---- handing on ---- */

static const struct {
    const char *address;
    bool ok;
} addresses[] = {
    {"anna@example.com", true},
    {"a.b+c@x.example", true},
    {"-oQ/tmp@example.com", false},
    {"a@b@c", false},
    {"@example.com", false},
    {"anna@", false},
    {"anna", false},
    {"a b@example.com", false},
    {"a\nb@example.com", false},
    {"a,b@example.com", false},
    {"<a@example.com>", false},
    {"\"a\"@example.com", false},
    {"\xC3\xA1@example.com", false},
};

START_TEST(only_plain_addresses_are_used)
{
    ck_assert_msg(ff_mail_address_ok(addresses[_i].address) == addresses[_i].ok, "%s",
                  addresses[_i].address);
}
END_TEST

static const struct ff_letter letter = {.id = 7,
                                        .kind = "reset",
                                        .to = "anna@example.com",
                                        .text = "To: <anna@example.com>\n\nHello\n"};

START_TEST(a_message_is_a_file_for_this_user_alone)
{
    char spool[128], path[600], why[128] = "", text[200];
    struct stat st;
    struct dirent *entry;
    snprintf(spool, sizeof spool, "%s/spool", fx.dir);
    const struct ff_delivery d = {.spool = spool, .from = where.from, .stopping = &stopping};
    ck_assert_msg(ff_deliver(&d, &letter, why, sizeof why), "%s", why);
    DIR *dir = opendir(spool);
    ck_assert_ptr_nonnull(dir);
    int n = 0;
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        n++;
        ck_assert_str_eq(strrchr(entry->d_name, '.'), ".eml");
        snprintf(path, sizeof path, "%s/%s", spool, entry->d_name);
    }
    closedir(dir);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
    ck_assert_int_eq(stat(spool, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0700);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(text, letter.text);
}
END_TEST

/* A sendmail that writes down what it is given, and ends with `code`. */
static const char *make_sendmail(int code)
{
    const char *path = ff_arena_printf(fx.arena, "%s/sendmail", fx.dir);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file,
            "#!/bin/sh\n{ for a; do echo \"$a\"; done; env | sort | cut -d= -f1; cat; } >%s/got\n"
            "exit %d\n",
            fx.dir, code);
    ck_assert_int_eq(fchmod(fileno(file), 0700), 0);
    fclose(file);
    return path;
}

START_TEST(sendmail_gets_the_message_and_nothing_else)
{
    char why[128] = "", text[600];
    setenv("FF_SECRET_OF_OURS", "x", 1);
    const struct ff_delivery d = {
        .sendmail = make_sendmail(0), .from = where.from, .stopping = &stopping};
    ck_assert_msg(ff_deliver(&d, &letter, why, sizeof why), "%s", why);
    FILE *file = fopen(ff_arena_printf(fx.arena, "%s/got", fx.dir), "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_ptr_nonnull(strstr(text, "-i\n-f\ncanteen@canteen.example\n--\nanna@example.com\n"));
    ck_assert_ptr_nonnull(strstr(text, letter.text));
    ck_assert_ptr_null(strstr(text, "FF_SECRET_OF_OURS"));
}
END_TEST

START_TEST(a_sendmail_that_fails_or_is_not_there_says_so)
{
    char why[128] = "";
    struct ff_delivery d = {
        .sendmail = make_sendmail(75), .from = where.from, .stopping = &stopping};
    ck_assert(!ff_deliver(&d, &letter, why, sizeof why));
    ck_assert_str_eq(why, "sendmail ended with 75");
    d.sendmail = "/nowhere/sendmail";
    ck_assert(!ff_deliver(&d, &letter, why, sizeof why));
    ck_assert_ptr_nonnull(strstr(why, "/nowhere/sendmail"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mail");
    TCase *cases = tcase_create("mail");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_link_is_made_when_the_message_is);
    tcase_add_test(cases, a_message_for_nobody_is_dropped);
    tcase_add_test(cases, who_registers_must_be_a_person_of_the_canteen);
    tcase_add_test(cases, what_fails_is_tried_again_later_and_given_up_in_the_end);
    tcase_add_test(cases, the_outbox_has_a_bound);
    tcase_add_test(cases, without_mail_nothing_is_kept);
    tcase_add_test(cases, the_text_is_in_the_sites_language);
    tcase_add_loop_test(cases, no_name_begins_a_line_of_the_head, 0, FF_ROWS(evil));
    tcase_add_loop_test(cases, only_plain_addresses_are_used, 0, FF_ROWS(addresses));
    tcase_add_test(cases, a_message_is_a_file_for_this_user_alone);
    tcase_add_test(cases, sendmail_gets_the_message_and_nothing_else);
    tcase_add_test(cases, a_sendmail_that_fails_or_is_not_there_says_so);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
