/* SPDX-License-Identifier: MIT */
/* options.c - values from the command line, the environment, the file and the defaults, in that
 * order of precedence, each with its origin. */
#include "app/options.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "app/ini.h"
#include "app/nearest.h"
#include "app/option_check.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/utf8.h"

#define ENV_PREFIX "FEASTFRENZY_"

enum { SHOWN_VALUE = 80 };

void ff_options_init(struct ff_options *o, struct ff_arena *arena)
{
    *o = (struct ff_options){.arena = arena};
}

static bool is_multiple(const struct ff_option *row)
{
    return row->times > 1;
}

static enum ff_exit exit_of(enum ff_origin origin)
{
    return origin == FF_FROM_FLAG ? FF_EXIT_USAGE : FF_EXIT_CONFIG;
}

/* A long value is shown in part, so that there is room to say where it stands. */
static void refuse_value(const char *value, enum ff_origin origin, const char *where,
                         const char *why, struct ff_trouble *t)
{
    char shown[SHOWN_VALUE + 1];
    size_t n = strnlen(value, SHOWN_VALUE);
    memcpy(shown, value, n);
    shown[n] = '\0';
    ff_utf8_trim(shown);
    ff_trouble(t, exit_of(origin), NULL, "\"%s%s\" is no value for %s", shown,
               value[n] ? "..." : "", where);
    ff_trouble_why(t, "%s", why);
}

/* Adds one checked value; a stronger origin replaces what a weaker one set. */
static bool add_value(struct ff_options *o, enum ff_option_id id, const char *value,
                      enum ff_origin origin, const char *where, struct ff_trouble *t)
{
    const struct ff_option *row = &ff_option_rows[id];
    struct ff_setting *s = &o->settings[id];
    char why[256];
    if (!ff_option_check(row, value, why, sizeof why)) {
        refuse_value(value, origin, where, why, t);
        return false;
    }
    if (s->n && origin < s->origin)
        return true;
    if (s->n && origin > s->origin)
        s->n = 0;
    if (!is_multiple(row) && s->n)
        return ff_trouble(t, exit_of(origin), NULL, "%s is given more than once", where);
    if (is_multiple(row) && s->n == row->times)
        return ff_trouble(t, exit_of(origin), NULL, "%s is given more than %zu times", where,
                          row->times);
    s->values[s->n++] = ff_arena_strndup(o->arena, value, strlen(value));
    s->origin = origin;
    s->where = where;
    return true;
}

bool ff_options_put(struct ff_options *o, enum ff_option_id id, const char *value,
                    enum ff_origin origin, const char *where, struct ff_trouble *t)
{
    if (!is_multiple(&ff_option_rows[id]))
        return add_value(o, id, value, origin, where, t);
    /* several values stand in one text, separated by commas */
    if (origin < o->settings[id].origin && o->settings[id].n)
        return true;
    for (const char *p = value;;) {
        p += strspn(p, " \t");
        size_t n = strcspn(p, ",");
        size_t len = n;
        while (len && (p[len - 1] == ' ' || p[len - 1] == '\t'))
            len--;
        if (!add_value(o, id, ff_arena_strndup(o->arena, p, len), origin, where, t))
            return false;
        if (!p[n])
            return true;
        p += n + 1;
    }
}

/* ---- the command line ---- */

static enum ff_option_id find_flag(const char *name, size_t n)
{
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        const char *flag = ff_option_rows[id].flag;
        if (strlen(flag) == n && strncmp(flag, name, n) == 0)
            return id;
    }
    return FF_OPT_COUNT;
}

/* Two rows may share a letter, of which one takes a number: `next` decides. */
static enum ff_option_id find_letter(char letter, const char *next)
{
    enum ff_option_id found = FF_OPT_COUNT;
    bool is_number = next && *next && strspn(next, "0123456789") == strlen(next);
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        if (ff_option_rows[id].letter != letter)
            continue;
        if (found == FF_OPT_COUNT || (ff_option_rows[id].type == FF_OT_INT) == is_number)
            found = id;
    }
    return found;
}

static bool unknown_flag(struct ff_options *o, const char *arg, struct ff_trouble *t)
{
    const char *name = arg + strspn(arg, "-");
    const char *typed = ff_arena_strndup(o->arena, name, strcspn(name, "="));
    struct ff_nearest near = ff_nearest_to(typed);
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++)
        ff_nearest_offer(&near, ff_option_rows[id].flag);
    ff_trouble(t, FF_EXIT_USAGE, "feastfrenzy help", "unknown option %s", arg);
    if (near.best)
        snprintf(t->hint, sizeof t->hint, "did you mean --%s?", near.best);
    return false;
}

/* What --test-clock alone means. */
static const char *now_text(struct ff_options *o)
{
    char now[FF_INSTANT_CAP];
    struct ff_clock *clock = ff_clock_new_system();
    ff_instant_format(ff_clock_now_ms(clock), now);
    ff_clock_free(clock);
    return ff_arena_strndup(o->arena, now, strlen(now));
}

/* One flag at argv[*i]; moves *i when its value is the next argument. */
static bool read_flag(struct ff_options *o, int argc, char **argv, int *i, struct ff_trouble *t)
{
    const char *arg = argv[*i];
    bool is_long = arg[1] == '-';
    const char *equals = is_long ? strchr(arg, '=') : NULL;
    size_t n = equals ? (size_t)(equals - arg - 2) : strlen(arg + 2);
    enum ff_option_id id = FF_OPT_COUNT;
    if (is_long)
        id = find_flag(arg + 2, n);
    else if (arg[1] && !arg[2])
        id = find_letter(arg[1], *i + 1 < argc ? argv[*i + 1] : NULL);
    if (id == FF_OPT_COUNT)
        return unknown_flag(o, arg, t);
    const struct ff_option *row = &ff_option_rows[id];
    const char *where = ff_arena_printf(o->arena, "--%s", row->flag);
    if (row->type == FF_OT_BOOL && equals)
        return ff_trouble(t, FF_EXIT_USAGE, where, "%s takes no value", where);
    if (row->type == FF_OT_BOOL)
        return add_value(o, id, row->flag_value ? row->flag_value : "yes", FF_FROM_FLAG, where, t);
    if (equals)
        return add_value(o, id, equals + 1, FF_FROM_FLAG, where, t);
    int64_t ms;
    if (row->type == FF_OT_INSTANT && (*i + 1 >= argc || !ff_instant_parse(argv[*i + 1], &ms)))
        return add_value(o, id, now_text(o), FF_FROM_FLAG, where, t);
    if (*i + 1 >= argc) {
        const char *hint = ff_arena_printf(o->arena, "%s %s", where, row->meta);
        return ff_trouble(t, FF_EXIT_USAGE, hint, "%s needs a value", where);
    }
    return add_value(o, id, argv[++*i], FF_FROM_FLAG, where, t);
}

bool ff_options_argv(struct ff_options *o, int argc, char **argv, struct ff_trouble *t)
{
    bool flags = true;
    for (int i = 1; i < argc; i++) {
        if (flags && strcmp(argv[i], "--") == 0) {
            flags = false;
        } else if (flags && argv[i][0] == '-' && argv[i][1]) {
            if (!read_flag(o, argc, argv, &i, t))
                return false;
        } else if (o->n_words == FF_OPTION_MAX_ARGS) {
            return ff_trouble(t, FF_EXIT_USAGE, "feastfrenzy help", "too many arguments");
        } else {
            o->words[o->n_words++] = argv[i];
        }
    }
    return true;
}

bool ff_options_allowed(const struct ff_options *o, enum ff_command command, const char *name,
                        struct ff_trouble *t)
{
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        const struct ff_option *row = &ff_option_rows[id];
        if (ff_opt_given(o, id) && !(row->commands & FF_CMD_BIT(command))) {
            char hint[128];
            snprintf(hint, sizeof hint, "feastfrenzy help %s", name);
            return ff_trouble(t, FF_EXIT_USAGE, hint, "\"%s\" takes no option --%s", name,
                              row->flag);
        }
    }
    return true;
}

/* ---- the environment ---- */

bool ff_options_env_name(const struct ff_option *row, bool mechanical, char out[64])
{
    if (!row->env || (mechanical && !row->section))
        return false;
    if (!mechanical && row->flag_value)
        return false; /* FEASTFRENZY_NO_MIGRATE=no would read backwards */
    int n = mechanical ? snprintf(out, 64, ENV_PREFIX "%s_%s", row->section, row->key)
                       : snprintf(out, 64, ENV_PREFIX "%s", row->flag);
    for (int i = 0; i < n; i++)
        out[i] = out[i] == '-' ? '_' : (char)toupper((unsigned char)out[i]);
    return true;
}

static enum ff_option_id find_env(const char *name, struct ff_nearest *near, struct ff_arena *arena)
{
    char candidate[64];
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        for (int mechanical = 0; mechanical < 2; mechanical++) {
            if (!ff_options_env_name(&ff_option_rows[id], mechanical, candidate))
                continue;
            if (strcmp(candidate, name) == 0)
                return id;
            ff_nearest_offer(near, ff_arena_strndup(arena, candidate, strlen(candidate)));
        }
    }
    return FF_OPT_COUNT;
}

static void warn_unknown(struct ff_options *o, const char *name, const struct ff_nearest *near)
{
    if (o->n_warnings == FF_OPTION_MAX_WARNINGS)
        return;
    o->warnings[o->n_warnings++] =
        near->best
            ? ff_arena_printf(o->arena, "unknown variable %s; did you mean %s?", name, near->best)
            : ff_arena_printf(o->arena, "unknown variable %s", name);
}

static bool read_env(struct ff_options *o, char **env, struct ff_trouble *t)
{
    enum ff_option_id seen[FF_OPT_COUNT] = {0};
    for (; *env; env++) {
        if (strncmp(*env, ENV_PREFIX, strlen(ENV_PREFIX)) != 0)
            continue;
        const char *equals = strchr(*env, '=');
        if (!equals)
            continue;
        const char *name = ff_arena_strndup(o->arena, *env, (size_t)(equals - *env));
        struct ff_nearest near = ff_nearest_to(name);
        enum ff_option_id id = find_env(name, &near, o->arena);
        if (id == FF_OPT_COUNT) {
            warn_unknown(o, name, &near);
            continue;
        }
        if (seen[id]++)
            return ff_trouble(t, FF_EXIT_CONFIG, NULL, "%s and its short form are both set", name);
        if (!ff_options_put(o, id, equals + 1, FF_FROM_ENV, name, t))
            return false;
    }
    return true;
}

/* ---- all together ---- */

enum ff_option_id ff_options_find_key(const char *section, const char *key)
{
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        const struct ff_option *row = &ff_option_rows[id];
        if (row->section && strcmp(row->section, section) == 0 && strcmp(row->key, key) == 0)
            return id;
    }
    return FF_OPT_COUNT;
}

void ff_options_defaults(struct ff_options *o)
{
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        struct ff_setting *s = &o->settings[id];
        if (!s->n && ff_option_rows[id].fallback) {
            s->values[s->n++] = ff_option_rows[id].fallback;
            s->origin = FF_FROM_DEFAULT;
            s->where = "default";
        }
    }
}

bool ff_options_settle(struct ff_options *o, char **env, struct ff_trouble *t)
{
    if (!read_env(o, env, t) || !ff_ini_read(o, t))
        return false;
    ff_options_defaults(o);
    return true;
}

const char *ff_opt_text(const struct ff_options *o, enum ff_option_id id)
{
    return o->settings[id].n ? o->settings[id].values[0] : NULL;
}

int64_t ff_opt_int(const struct ff_options *o, enum ff_option_id id)
{
    const char *text = ff_opt_text(o, id);
    int64_t n = 0;
    if (text && ff_option_rows[id].type == FF_OT_DURATION)
        (void)ff_option_duration(text, &n);
    else if (text)
        (void)ff_parse_int(text, INT64_MIN / 2, INT64_MAX / 2, &n);
    return n;
}

bool ff_opt_bool(const struct ff_options *o, enum ff_option_id id)
{
    bool value = false;
    const char *text = ff_opt_text(o, id);
    if (text)
        (void)ff_option_bool(text, &value);
    return value;
}

bool ff_opt_given(const struct ff_options *o, enum ff_option_id id)
{
    return o->settings[id].n > 0 && o->settings[id].origin == FF_FROM_FLAG;
}
