/* SPDX-License-Identifier: MIT */
/* cmd_config.c - config show, check, example: the option table looked at from outside. */
#include <stdio.h>
#include <string.h>

#include "app/listeners.h"
#include "app/mailer.h"
#include "app/paths.h"
#include "base/buf.h"
#include "cli/cli.h"

static const char *const origins[] = {"default", "file", "environment", "flag"};

static void show_value(const struct ff_setting *s, struct ff_buf *out)
{
    for (size_t i = 0; i < s->n; i++) {
        if (i)
            ff_buf_str(out, ", ");
        ff_buf_str(out, s->values[i]);
    }
}

static void print_row(const struct ff_option *row, const struct ff_setting *s, bool json,
                      bool is_first)
{
    struct ff_buf value, line;
    ff_buf_init(&value, 8192);
    ff_buf_init(&line, 16384);
    show_value(s, &value);
    const char *text = value.len ? value.data : "";
    const char *where = s->n ? s->where : "not set";
    if (json) {
        ff_buf_printf(&line, "%s{\"key\":\"%s.%s\",\"value\":", is_first ? "[" : ",\n ",
                      row->section, row->key);
        ff_buf_json(&line, text);
        ff_buf_printf(&line, ",\"origin\":\"%s\",\"where\":", origins[s->origin]);
        ff_buf_json(&line, where);
        ff_buf_char(&line, '}');
    } else {
        ff_buf_printf(&line, "%-8s %-14s %-24s %s\n", row->section, row->key, text, where);
    }
    fputs(line.data, stdout);
    ff_buf_free(&value);
    ff_buf_free(&line);
}

int ff_cmd_config_show(struct ff_cli *cli)
{
    bool json = ff_opt_bool(&cli->o, FF_OPT_JSON), is_first = true;
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        const struct ff_option *row = &ff_option_rows[id];
        if (!row->section)
            continue;
        print_row(row, &cli->o.settings[id], json, is_first);
        is_first = false;
    }
    if (json)
        puts("]");
    return 0;
}

int ff_cmd_config_check(struct ff_cli *cli)
{
    struct ff_listeners l;
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    if (!dir || !ff_listeners_fill(&l, &cli->o, dir, &cli->t) ||
        !ff_mail_options_check(&cli->o, &cli->t))
        return FF_EXIT_CONFIG;
    puts("The configuration is good.");
    return 0;
}

/* Each section once, in the order in which the table first names it. */
static bool begins_section(enum ff_option_id id)
{
    const char *section = ff_option_rows[id].section;
    for (enum ff_option_id before = 0; before < id; before++)
        if (ff_option_rows[before].section && strcmp(ff_option_rows[before].section, section) == 0)
            return false;
    return true;
}

static void print_key(const struct ff_option *row)
{
    printf("\n# %s\n", row->help);
    printf("# (--%s%s%s)\n", row->flag, row->meta ? " " : "", row->meta ? row->meta : "");
    printf("#%s = %s\n", row->key, row->fallback ? row->fallback : "");
}

int ff_cmd_config_example(struct ff_cli *cli)
{
    (void)cli;
    puts("# FeastFrenzy configuration. Every key may also be a flag or a variable\n"
         "# FEASTFRENZY_<SECTION>_<KEY>; a flag counts more than a variable, a variable more\n"
         "# than this file. Comments begin a line. Remove the # to set a key.");
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        const char *section = ff_option_rows[id].section;
        if (!section || !begins_section(id))
            continue;
        printf("\n[%s]\n", section);
        for (enum ff_option_id k = id; k < FF_OPT_COUNT; k++)
            if (ff_option_rows[k].section && strcmp(ff_option_rows[k].section, section) == 0)
                print_key(&ff_option_rows[k]);
    }
    return 0;
}
