/* SPDX-License-Identifier: MIT */
/* cli.h - the command line: a table of commands, one file each, and what they share. */
#ifndef FF_CLI_CLI_H
#define FF_CLI_CLI_H

#include "app/options.h"

/* What a command gets. */
struct ff_cli {
    struct ff_options o;
    struct ff_arena *arena; /* for the whole run */
    int argc;
    char **argv; /* as given, for reading the settings again */
    enum ff_command command;
    const char *args[FF_OPTION_MAX_ARGS]; /* after the command's words */
    size_t n_args;
    struct ff_trouble t; /* set: how the run ends */
};

/* Runs the command; its exit code. With cli->t.code set that one counts. */
typedef int (*ff_cli_run)(struct ff_cli *cli);

struct ff_command_row {
    const char *name;  /* "user add" */
    const char *args;  /* "EMAIL", in help */
    size_t min, max;   /* arguments */
    const char *group; /* heading in help, NULL: as the row before */
    const char *summary;
    const char *more; /* what its help adds: examples, warnings; NULL: nothing */
    bool is_plain;    /* reads neither environment nor configuration file */
    ff_cli_run run;
};

extern const struct ff_command_row ff_command_rows[FF_CMD_COUNT];

/* The whole program: arguments to exit code. */
int ff_cli_main(int argc, char **argv);

/* Level and format of the log as the settings say; a command that does not serve says only what is
 * wrong. */
void ff_cli_setup_log(const struct ff_options *o, bool serves);

/* Help for everything, or for one command. */
void ff_help_all(void);
void ff_help_command(enum ff_command command);

/* The command whose words begin `words`; FF_CMD_COUNT with trouble when there is none. *used gets
 * how many words its name has. */
enum ff_command ff_command_find(const char *const *words, size_t n, size_t *used,
                                struct ff_trouble *t);

/* False with trouble unless `text` can be a month ("2026-03"). */
bool ff_cli_is_month(struct ff_cli *cli, const char *text);

/* ---- the commands, one file each ---- */
int ff_cmd_serve(struct ff_cli *cli);
int ff_cmd_demo(struct ff_cli *cli);
int ff_cmd_init(struct ff_cli *cli);
int ff_cmd_site(struct ff_cli *cli);
int ff_cmd_user_add(struct ff_cli *cli);
int ff_cmd_user_list(struct ff_cli *cli);
int ff_cmd_user_invite(struct ff_cli *cli);
int ff_cmd_user_sessions(struct ff_cli *cli);
int ff_cmd_user_logout(struct ff_cli *cli);
int ff_cmd_cache_show(struct ff_cli *cli);
int ff_cmd_cache_flush(struct ff_cli *cli);
int ff_cmd_keys_list(struct ff_cli *cli);
int ff_cmd_keys_rotate(struct ff_cli *cli);
int ff_cmd_keys_revoke(struct ff_cli *cli);
int ff_cmd_user_show(struct ff_cli *cli);
int ff_cmd_user_passwd(struct ff_cli *cli);
int ff_cmd_user_otp(struct ff_cli *cli);
int ff_cmd_user_role(struct ff_cli *cli);
int ff_cmd_user_lock(struct ff_cli *cli);
int ff_cmd_user_unlock(struct ff_cli *cli);
int ff_cmd_mail_list(struct ff_cli *cli);
int ff_cmd_kiosk_add(struct ff_cli *cli);
int ff_cmd_kiosk_list(struct ff_cli *cli);
int ff_cmd_kiosk_code(struct ff_cli *cli);
int ff_cmd_kiosk_pair(struct ff_cli *cli);
int ff_cmd_kiosk_rename(struct ff_cli *cli);
int ff_cmd_kiosk_revoke(struct ff_cli *cli);
int ff_cmd_employee_list(struct ff_cli *cli);
int ff_cmd_employee_pin(struct ff_cli *cli);
int ff_cmd_employee_badge(struct ff_cli *cli);
int ff_cmd_employee_set(struct ff_cli *cli);
int ff_cmd_cost_centre(struct ff_cli *cli);
int ff_cmd_subsidy(struct ff_cli *cli);
int ff_cmd_allowance(struct ff_cli *cli);
int ff_cmd_limits(struct ff_cli *cli);
int ff_cmd_group_list(struct ff_cli *cli);
int ff_cmd_group_add(struct ff_cli *cli);
int ff_cmd_group_rename(struct ff_cli *cli);
int ff_cmd_group_set(struct ff_cli *cli);
int ff_cmd_group_remove(struct ff_cli *cli);
int ff_cmd_employee_export(struct ff_cli *cli);
int ff_cmd_employee_erase(struct ff_cli *cli);
int ff_cmd_privacy_record(struct ff_cli *cli);
int ff_cmd_daycard(struct ff_cli *cli);
int ff_cmd_employee_cards(struct ff_cli *cli);
int ff_cmd_employee_pins(struct ff_cli *cli);
int ff_cmd_product_list(struct ff_cli *cli);
int ff_cmd_product_show(struct ff_cli *cli);
int ff_cmd_product_add(struct ff_cli *cli);
int ff_cmd_product_set(struct ff_cli *cli);
int ff_cmd_product_archive(struct ff_cli *cli);
int ff_cmd_product_sold_out(struct ff_cli *cli);
int ff_cmd_product_barcode(struct ff_cli *cli);
int ff_cmd_product_price(struct ff_cli *cli);
int ff_cmd_product_reprice(struct ff_cli *cli);
int ff_cmd_product_image(struct ff_cli *cli);
int ff_cmd_topup(struct ff_cli *cli);
int ff_cmd_payout(struct ff_cli *cli);
int ff_cmd_adjust(struct ff_cli *cli);
int ff_cmd_void(struct ff_cli *cli);
int ff_cmd_refund(struct ff_cli *cli);
int ff_cmd_approval(struct ff_cli *cli);
int ff_cmd_till(struct ff_cli *cli);
int ff_cmd_selling(struct ff_cli *cli);
int ff_cmd_category(struct ff_cli *cli);
int ff_cmd_report(struct ff_cli *cli);
int ff_cmd_employee_stats(struct ff_cli *cli);
int ff_cmd_product_stats(struct ff_cli *cli);
int ff_cmd_statement(struct ff_cli *cli);
int ff_cmd_stock(struct ff_cli *cli);
int ff_cmd_menu(struct ff_cli *cli);
int ff_cmd_window(struct ff_cli *cli);
int ff_cmd_ledger_periods(struct ff_cli *cli);
int ff_cmd_ledger_close(struct ff_cli *cli);
int ff_cmd_ledger_accounts(struct ff_cli *cli);
int ff_cmd_ledger_trial_balance(struct ff_cli *cli);
int ff_cmd_ledger_journals(struct ff_cli *cli);
int ff_cmd_ledger_head(struct ff_cli *cli);
int ff_cmd_ledger_export(struct ff_cli *cli);
int ff_cmd_ledger_map(struct ff_cli *cli);
int ff_cmd_payroll_batch(struct ff_cli *cli);
int ff_cmd_payroll_list(struct ff_cli *cli);
int ff_cmd_payroll_file(struct ff_cli *cli);
int ff_cmd_payroll_reject(struct ff_cli *cli);
int ff_cmd_payroll_confirm(struct ff_cli *cli);
int ff_cmd_payroll_profile(struct ff_cli *cli);
int ff_cmd_import(struct ff_cli *cli);
int ff_cmd_export(struct ff_cli *cli);
int ff_cmd_export_audit(struct ff_cli *cli);
int ff_cmd_export_all(struct ff_cli *cli);
int ff_cmd_export_verify(struct ff_cli *cli);
int ff_cmd_backup_create(struct ff_cli *cli);
int ff_cmd_backup_verify(struct ff_cli *cli);
int ff_cmd_restore(struct ff_cli *cli);
int ff_cmd_migrate_status(struct ff_cli *cli);
int ff_cmd_migrate_up(struct ff_cli *cli);
int ff_cmd_migrate_down(struct ff_cli *cli);
int ff_cmd_tls_self_signed(struct ff_cli *cli);
int ff_cmd_tls_show(struct ff_cli *cli);
int ff_cmd_verify(struct ff_cli *cli);
int ff_cmd_rebuild(struct ff_cli *cli);
int ff_cmd_audit_verify(struct ff_cli *cli);
int ff_cmd_audit_tail(struct ff_cli *cli);
int ff_cmd_healthcheck(struct ff_cli *cli);
int ff_cmd_doctor(struct ff_cli *cli);
int ff_cmd_config_show(struct ff_cli *cli);
int ff_cmd_config_check(struct ff_cli *cli);
int ff_cmd_config_example(struct ff_cli *cli);
int ff_cmd_openapi(struct ff_cli *cli);
int ff_cmd_version(struct ff_cli *cli);
int ff_cmd_help(struct ff_cli *cli);

#endif
