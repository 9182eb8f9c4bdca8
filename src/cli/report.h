/* SPDX-License-Identifier: MIT */
/* report.h - what the commands that show reports share. */
#ifndef FF_CLI_REPORT_H
#define FF_CLI_REPORT_H

#include "cli/call.h"

/* Widths of a name and of an amount. */
enum { FF_REPORT_KEY = 32, FF_REPORT_AMOUNT = 14 };

typedef void (*ff_report_print)(struct ff_cli *cli, struct ff_pick report, int decimals,
                                const char *currency);

/* Gets `target`: CSV (--csv, --bom) and JSON go to --out or standard output, else `print` shows it;
 * NULL when only CSV is asked for. */
void ff_report_fetch(struct ff_caller *c, const char *target, ff_report_print print);

/* The same with --from and --before; `path` ends with "?" or "&". */
void ff_report_fetch_days(struct ff_caller *c, const char *path, ff_report_print print);

/* A SalesReport as a table. */
void ff_report_print_sales(struct ff_cli *cli, struct ff_pick report, int decimals,
                           const char *currency);

#endif
