/* SPDX-License-Identifier: MIT */
/* check.c - running rows of the table at the start and while serving. */
#include "app/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"

void ff_found(struct ff_finding *out, enum ff_check_level level, const char *fix,
              const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    out->level = level;
    (void)vsnprintf(out->text, sizeof out->text, format, ap);
    va_end(ap);
    size_t n = strlen(out->text); /* an error's own sentence may end with one */
    if (n && out->text[n - 1] == '.')
        out->text[n - 1] = 0;
    (void)snprintf(out->fix, sizeof out->fix, "%s", fix ? fix : "");
}

void ff_check_run(const struct ff_check *check, const struct ff_check_env *env,
                  struct ff_finding *out)
{
    *out = (struct ff_finding){.level = FF_CHECK_OK};
    if (check->needs_app && !env->app)
        ff_found(out, FF_CHECK_WARN, "mend what keeps the database from opening, then look again",
                 "not looked at: the database is not open");
    else
        check->look(env, out);
}

struct ff_check_env ff_check_env_of(struct ff_app *app, const struct ff_options *options)
{
    return (struct ff_check_env){
        .options = options, .dir = app->dir, .app = app, .cx = &app->cx, .server = (long)getpid()};
}

static void log_finding(const struct ff_check *check, const struct ff_finding *f)
{
    static const enum ff_log_level levels[] = {FF_LOG_INFO, FF_LOG_WARN, FF_LOG_ERROR};
    ff_log(
        levels[f->level], NULL, "check",
        (struct ff_log_kv[]){{"check", check->id, 0}, {"finding", f->text, 0}, {"fix", f->fix, 0}},
        f->fix[0] ? 3 : 2);
}

static void tell_warning(const struct ff_check *check, struct ff_finding *f)
{
    if (!isatty(STDOUT_FILENO)) {
        log_finding(check, f);
        return;
    }
    if (f->text[0] >= 'a' && f->text[0] <= 'z')
        f->text[0] = (char)(f->text[0] - 'a' + 'A');
    printf("%s%s%s\n", f->text, f->fix[0] ? ": " : "", f->fix);
}

bool ff_check_start(const struct ff_check_env *env, struct ff_trouble *t)
{
    struct ff_finding f;
    for (size_t i = 0; i < ff_n_checks; i++) {
        if (!(ff_checks[i].when & FF_AT_START) || ff_checks[i].needs_app != (env->app != NULL))
            continue;
        ff_check_run(&ff_checks[i], env, &f);
        if (env->app)
            ff_app_again(env->app);
        if (f.level == FF_CHECK_ERROR) {
            ff_trouble(t, ff_checks[i].refusal, f.fix[0] ? f.fix : NULL, "%s", f.text);
            ff_trouble_why(t, "the check %s refuses the start", ff_checks[i].id);
            return false;
        }
        if (f.level == FF_CHECK_WARN)
            tell_warning(&ff_checks[i], &f);
    }
    return true;
}

void ff_check_ready(struct ff_app *app, const struct ff_options *options)
{
    struct ff_check_env env = ff_check_env_of(app, options);
    struct ff_finding f;
    for (size_t i = 0; i < ff_n_checks; i++) {
        const struct ff_check *check = &ff_checks[i];
        if (!(check->when & FF_AT_READY))
            continue;
        ff_check_run(check, &env, &f);
        ff_app_again(app);
        _Atomic int *part = (_Atomic int *)(void *)((char *)&app->health + check->part);
        if (atomic_exchange(part, (int)f.level) != (int)f.level)
            log_finding(check, &f);
    }
    atomic_store(&app->health.looked_ms, ff_clock_machine_ms());
}
