/* SPDX-License-Identifier: MIT */
/* err.c - the error table as data. The problem types ("/problems/insufficient-balance") are spelled
 * from the codes once, so that the list in err.h stays the only place that names them. */
#include "base/err.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>

enum { TYPE_CAP = 56 };

/* clang-format off */
#define RETRY_NO "no"
#define RETRY_AFTER "after"
#define RETRY_SAME_KEY "same_key"
#define RETRY_LOGIN "login"
#define RETRY_RELOAD "reload"
/* clang-format on */

static const char *const code_suffix[FF_RC_COUNT] = {
#define SUFFIX(name, code, status, retry, title) [name] = code,
    FF_ERRORS(SUFFIX)
#undef SUFFIX
};

/* Written once under `types_once`, read-only afterwards. */
static char types[FF_RC_COUNT][TYPE_CAP];
static pthread_once_t types_once = PTHREAD_ONCE_INIT;

static const struct ff_err_info infos[FF_RC_COUNT] = {
#define INFO(name, code, status, retry, title)                                                     \
    [name] = {"ERR_" code, status, RETRY_##retry, title, types[name]},
    FF_ERRORS(INFO)
#undef INFO
};

static void spell_type(const char *suffix, char out[TYPE_CAP])
{
    int n = snprintf(out, TYPE_CAP, "/problems/%s", suffix);
    assert(n < TYPE_CAP);
    (void)n;
    for (char *p = out; *p; p++) {
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
        else if (*p == '_')
            *p = '-';
    }
}

static void spell_types(void)
{
    for (int rc = FF_OK + 1; rc < FF_RC_COUNT; rc++)
        spell_type(code_suffix[rc], types[rc]);
}

const struct ff_err_info *ff_err_info(enum ff_rc rc)
{
    assert(rc > FF_OK && rc < FF_RC_COUNT);
    (void)pthread_once(&types_once, spell_types);
    return &infos[rc];
}
