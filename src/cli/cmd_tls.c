/* SPDX-License-Identifier: MIT */
/* cmd_tls.c - tls self-signed, tls show: the certificate that serve --tls-listen gives. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/paths.h"
#include "base/buf.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "http/certificate.h"

/* A command's context, and where its certificate is. */
struct place {
    struct ff_ctx cx;
    struct ff_clock *clock;
    const char *dir, *cert, *key;
};

static bool find_place(struct ff_cli *cli, struct place *at)
{
    at->dir = ff_data_dir(&cli->o, &cli->t);
    if (!at->dir || !ff_data_dir_check(at->dir, &cli->t))
        return false;
    at->cert = ff_tls_cert_path(&cli->o, at->dir);
    at->key = ff_tls_key_path(&cli->o, at->dir);
    at->clock = ff_clock_new_system();
    if (!at->clock || !at->cert || !at->key)
        return ff_trouble(&cli->t, FF_EXIT_INTERNAL, NULL, "out of memory");
    ff_ctx_init(&at->cx, cli->arena, at->clock);
    return true;
}

/* ---- tls show ---- */

static void print_text(const struct ff_certificate_info *info, const char *from, const char *until)
{
    printf("subject      %s\nissuer       %s\nnames        %s\nvalid from   %s\nvalid until  %s\n"
           "key          %s\nSHA-256      %s\n",
           info->subject, info->issuer, info->names, from, until, info->key, info->fingerprint);
}

static void print_json(const struct ff_certificate_info *info, const char *from, const char *until)
{
    const char *const members[][2] = {
        {"subject", info->subject},    {"issuer", info->issuer}, {"names", info->names},
        {"validFrom", from},           {"validUntil", until},    {"key", info->key},
        {"sha256", info->fingerprint},
    };
    struct ff_buf out;
    ff_buf_init(&out, 16384);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        ff_buf_printf(&out, "%s\"%s\":", i ? "," : "{", members[i][0]);
        ff_buf_json(&out, members[i][1]);
    }
    ff_buf_str(&out, "}\n");
    fputs(out.data ? out.data : "", stdout);
    ff_buf_free(&out);
}

/* Prints the certificate. A certificate that has ended is shown all the same, and is exit 1. */
static int show(struct ff_cli *cli, struct place *at)
{
    struct ff_certificate *c;
    struct ff_certificate_info info;
    char from[FF_INSTANT_CAP], until[FF_INSTANT_CAP];
    int exit_hint;
    if (ff_certificate_read(&at->cx, at->cert, at->key, &c, &exit_hint)) {
        ff_trouble(&cli->t, (enum ff_exit)exit_hint, "feastfrenzy tls self-signed --host NAME",
                   "there is no certificate that can be used");
        ff_trouble_why(&cli->t, "%s", at->cx.err.detail);
        return exit_hint;
    }
    ff_certificate_tell(c, &info);
    ff_certificate_free(c);
    ff_instant_format(info.from_ms, from);
    ff_instant_format(info.until_ms, until);
    (ff_opt_bool(&cli->o, FF_OPT_JSON) ? print_json : print_text)(&info, from, until);
    if (info.until_ms > ff_clock_now_ms(at->clock))
        return 0;
    ff_trouble(&cli->t, FF_EXIT_CHECK_FAILED, "feastfrenzy tls self-signed --yes",
               "the certificate has ended");
    return FF_EXIT_CHECK_FAILED;
}

int ff_cmd_tls_show(struct ff_cli *cli)
{
    struct place at = {.clock = NULL};
    int code = find_place(cli, &at) ? show(cli, &at) : FF_EXIT_CONFIG;
    ff_clock_free(at.clock);
    return code;
}

/* ---- tls self-signed ---- */

static bool make_dir(struct ff_cli *cli, const char *data)
{
    const char *dir = ff_arena_printf(cli->arena, "%s/tls", data);
    if (dir && (mkdir(dir, 0700) == 0 || errno == EEXIST))
        return true;
    ff_trouble(&cli->t, FF_EXIT_NO_CREATE, NULL, "%s/tls cannot be made", data);
    ff_trouble_why(&cli->t, "%s", strerror(errno));
    return false;
}

/* Into the data directory and nowhere else: a certificate that was named by hand is not ours to
 * replace. */
static int make(struct ff_cli *cli, struct place *at)
{
    const char *names[FF_OPTION_MAX_VALUES + 1] = {NULL};
    const struct ff_setting *hosts = &cli->o.settings[FF_OPT_HOST];
    int exit_hint;
    for (size_t i = 0; i < hosts->n; i++)
        names[i] = hosts->values[i];
    at->cert = ff_arena_printf(cli->arena, "%s/tls/cert.pem", at->dir);
    at->key = ff_arena_printf(cli->arena, "%s/tls/key.pem", at->dir);
    if (!at->cert || !at->key || !make_dir(cli, at->dir))
        return FF_EXIT_NO_CREATE;
    if (ff_certificate_make(&at->cx, names, at->cert, at->key, ff_opt_bool(&cli->o, FF_OPT_YES),
                            &exit_hint)) {
        ff_trouble(&cli->t, (enum ff_exit)exit_hint,
                   exit_hint == FF_EXIT_NO_CREATE ? "--yes to put a new one in its place" : NULL,
                   "no certificate was made");
        ff_trouble_why(&cli->t, "%s", at->cx.err.detail);
        return exit_hint;
    }
    int code = show(cli, at);
    if (code == 0 && !ff_opt_bool(&cli->o, FF_OPT_JSON))
        printf("\nServe with it:  feastfrenzy serve --tls-listen 0.0.0.0:8443%s%s\n",
               names[0] ? " --host " : "", names[0] ? names[0] : "");
    return code;
}

int ff_cmd_tls_self_signed(struct ff_cli *cli)
{
    struct place at = {.clock = NULL};
    int code = find_place(cli, &at) ? make(cli, &at) : FF_EXIT_CONFIG;
    ff_clock_free(at.clock);
    return code;
}
