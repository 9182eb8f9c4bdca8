/* SPDX-License-Identifier: MIT */
/* password_rule.c - which passwords are taken. Length counts characters, not bytes; the three
 * kinds are those of ASCII, as everywhere else this rule is written. */
#include <stdbool.h>

#include "base/utf8.h"
#include "domain/identity/user.h"

static bool has_between(const char *text, char first, char last)
{
    for (; *text; text++) {
        if (*text >= first && *text <= last)
            return true;
    }
    return false;
}

enum ff_rc ff_password_check(struct ff_ctx *cx, const char *password)
{
    const size_t n = ff_utf8_length(password);
    if (n >= FF_PASSWORD_MIN && n <= FF_PASSWORD_MAX && has_between(password, 'A', 'Z') &&
        has_between(password, 'a', 'z') && has_between(password, '0', '9'))
        return FF_OK;
    enum ff_rc rc = FF_FAIL(cx, FF_PASSWORD_TOO_WEAK,
                            "A password has %d to %d characters, among them an upper-case letter, "
                            "a lower-case letter and a digit.",
                            FF_PASSWORD_MIN, FF_PASSWORD_MAX);
    ff_err_number(cx, "min", FF_PASSWORD_MIN);
    ff_err_number(cx, "max", FF_PASSWORD_MAX);
    return rc;
}
