/* SPDX-License-Identifier: MIT */
/* password_common.c - passwords that somebody would try first: the common ones, also with a capital
 * letter and a few signs around them, and those made of what is known of the person and the site.
 * Source: security.md S5, S6. */
#include <string.h>

#include "base/utf8.h"
#include "base/word_hash.h"
#include "domain/identity/common_passwords.h"
#include "domain/identity/user.h"
#include "domain/site/site.h"

/* Words shorter than OWN_MIN are in too many others; more than AROUND_MAX signs around a common
 * word make it uncommon. */
enum { FOLDED_CAP = 4 * FF_PASSWORD_MAX + 1, OWN_MIN = 4, AROUND_MAX = 6 };

/* Of the sample canteen: each with a few signs is an account of the demo. */
static const char *const sample[] = {"admin", "manager", "employee"};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_listed(const char *word, size_t n)
{
    const uint64_t hash = ff_word_hash(word, n);
    size_t low = 0, high = ff_n_common_passwords;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (ff_common_passwords[middle] == hash)
            return true;
        if (ff_common_passwords[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool is_sample(const char *word, size_t n)
{
    for (size_t i = 0; i < sizeof sample / sizeof *sample; i++) {
        if (strlen(sample[i]) == n && strncmp(word, sample[i], n) == 0)
            return true;
    }
    return false;
}

/* The password, then without the signs at its end, then the letters alone in the middle of it. */
static bool is_common(const char *folded)
{
    const size_t n = strlen(folded);
    size_t end = n, begin = 0;
    while (end && !is_letter(folded[end - 1]) && !is_digit(folded[end - 1]))
        end--;
    if (is_listed(folded, n) || is_listed(folded, end))
        return true;
    while (end && !is_letter(folded[end - 1]))
        end--;
    while (begin < end && !is_letter(folded[begin]))
        begin++;
    return n - (end - begin) <= AROUND_MAX &&
           (is_listed(folded + begin, end - begin) || is_sample(folded + begin, end - begin));
}

/* Letters and digits alone, lower case, without accents. */
static void squeeze(const char *text, char out[FOLDED_CAP])
{
    size_t n = 0;
    ff_utf8_fold(text, out, FOLDED_CAP);
    for (const char *c = out; *c; c++) {
        if (is_letter(*c) || is_digit(*c))
            out[n++] = *c;
    }
    out[n] = '\0';
}

static bool has_whole(const char *squeezed, const char *text)
{
    char word[FOLDED_CAP];
    squeeze(text, word);
    return strlen(word) >= OWN_MIN && strstr(squeezed, word);
}

/* True when any word of `text`, up to `stop`, is in the password. */
static bool has_word(const char *squeezed, const char *text, char stop)
{
    char word[FOLDED_CAP];
    while (*text && *text != stop) {
        const size_t n = strcspn(text, stop == '@' ? "@" : " -.,'");
        if (n < sizeof word) {
            memcpy(word, text, n);
            word[n] = '\0';
            if (has_whole(squeezed, word))
                return true;
        }
        text += n;
        text += *text && *text != stop;
    }
    return false;
}

enum ff_rc ff_password_accept(struct ff_ctx *cx, const char *password, const char *name,
                              const char *email)
{
    char folded[FOLDED_CAP], squeezed[FOLDED_CAP];
    enum ff_rc rc = ff_password_check(cx, password);
    if (rc || ff_site_run(cx->site).demo)
        return rc;
    const struct ff_site_settings site = ff_site_get(cx);
    ff_utf8_fold(password, folded, sizeof folded);
    squeeze(password, squeezed);
    if (is_common(folded) || has_whole(squeezed, "feastfrenzy") || has_whole(squeezed, site.name) ||
        (name && has_word(squeezed, name, '\0')) || (email && has_word(squeezed, email, '@')))
        return FF_FAIL(
            cx, FF_PASSWORD_TOO_COMMON,
            "This password is too easy to guess: it is a common one, or made of a name.");
    return FF_OK;
}
