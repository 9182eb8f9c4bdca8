/* SPDX-License-Identifier: MIT */
/* identity_password.c - which passwords are too easy to guess: the list, what is known of a person
 * and a site, and the demo's own. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "domain/identity/common_passwords.h"
#include "domain/identity/user.h"
#include "domain/site/site.h"

#define LIST "src/gen/common-passwords.txt"

enum { SAMPLE = 200, LISTED = 10000 };

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc accept(const char *password)
{
    ff_fixture_again(&fx);
    return ff_password_accept(&fx.cx, password, "Márta Bíró-Szűcs", "m.szabo-kis@example.com");
}

/* What a person makes of a common word when a rule asks for capitals and digits. */
static void dress(const char *word, char out[64])
{
    const bool has_digit = strpbrk(word, "0123456789") != NULL;
    bool upper = false;
    size_t n = 0;
    for (; word[n]; n++) {
        out[n] = upper ? word[n] : (char)toupper((unsigned char)word[n]);
        upper |= isalpha((unsigned char)word[n]) != 0;
    }
    out[n] = '\0';
    snprintf(out + n, 64 - n, "%s", has_digit ? "!" : n < 6 ? "1234" : "42!");
}

START_TEST(two_hundred_of_the_list_are_refused_dressed_up)
{
    FILE *list = fopen(LIST, "r");
    char line[256], password[64];
    int n = 0, tried = 0;
    ck_assert_ptr_nonnull(list);
    while (fgets(line, sizeof line, list)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || strlen(line) > 40 || n++ % (LISTED / SAMPLE))
            continue;
        dress(line, password);
        if (ff_password_check(&fx.cx, password)) {
            ff_err_clear(&fx.cx); /* of one letter only: the first rule is enough */
            continue;
        }
        tried++;
        ck_assert_msg(accept(password) == FF_PASSWORD_TOO_COMMON, "%s is taken", password);
    }
    fclose(list);
    ck_assert_uint_eq(ff_n_common_passwords, LISTED);
    ck_assert_int_gt(tried, SAMPLE - 20);
}
END_TEST

static const struct {
    const char *password;
    bool is_common;
} passwords[] = {
    {"Password1", true},       {"PASSWORD1a", false}, /* rule kept, not in the list */
    {"Summer2026!", true},     {"!!Dragon12", true},
    {"Dragon83920174", false}, {"Lunch2026", false},
    {"Employee123!", true},    {"Manager123!", true},
    {"Admin123!", true},       {"Admin-of-7-Tables", false},
    {"Marta1960x", true},      /* name, without its accent */
    {"xBíró77777", true},      /* part of a name */
    {"Biro-Szucs1", true},     /* both */
    {"MSzaboKis1", true},      /* the e-mail's name without its signs */
    {"Kis-Szabo-1", false},    /* a short part of it is in too many words */
    {"FeastFrenzy1", true},    /* product */
    {"Feast-Frenzy-9", true},  /* however spelled */
    {"Test Canteen 1", true},  /* site */
    {"TestCanteen2026", true}, /* without its blank */
    {"Canteen-Test-1", false}, {"Correct-Horse-7", false},
};

START_TEST(what_can_be_guessed_is_refused_and_nothing_else)
{
    ck_assert_msg(accept(passwords[_i].password) ==
                      (passwords[_i].is_common ? FF_PASSWORD_TOO_COMMON : FF_OK),
                  "%s", passwords[_i].password);
}
END_TEST

START_TEST(weak_comes_before_common_and_what_is_not_known_is_not_compared)
{
    ck_assert_int_eq(accept("password"), FF_PASSWORD_TOO_WEAK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_password_accept(&fx.cx, "Lunch2026", NULL, NULL), FF_OK);
}
END_TEST

START_TEST(the_demos_passwords_are_good_in_the_demo)
{
    ff_site_set_run(fx.site, (struct ff_run_flags){.demo = true});
    ck_assert_int_eq(accept("Employee123!"), FF_OK);
    ck_assert_int_eq(accept("Employee"), FF_PASSWORD_TOO_WEAK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity_password");
    TCase *cases = tcase_create("passwords");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, two_hundred_of_the_list_are_refused_dressed_up);
    tcase_add_loop_test(cases, what_can_be_guessed_is_refused_and_nothing_else, 0,
                        FF_ROWS(passwords));
    tcase_add_test(cases, weak_comes_before_common_and_what_is_not_known_is_not_compared);
    tcase_add_test(cases, the_demos_passwords_are_good_in_the_demo);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
