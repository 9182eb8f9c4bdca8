/* SPDX-License-Identifier: MIT */
/* options.h - THE option table and the values it gives: a flag, an environment variable and a key
 * of the INI file are one row. Precedence: flag > environment > file > default.
 * What an admin may change in the running product lives in the database and never here. */
#ifndef FF_APP_OPTIONS_H
#define FF_APP_OPTIONS_H

#include "app/trouble.h"
#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* Every command, in the order help prints them; the rows are in cli/commands.c. */
enum ff_command {
    FF_CMD_SERVE,
    FF_CMD_DEMO,
    FF_CMD_INIT,
    FF_CMD_SITE,
    FF_CMD_USER_ADD,
    FF_CMD_USER_LIST,
    FF_CMD_USER_INVITE,
    FF_CMD_USER_SESSIONS,
    FF_CMD_USER_LOGOUT,
    FF_CMD_CACHE_SHOW,
    FF_CMD_CACHE_FLUSH,
    FF_CMD_KEYS_LIST,
    FF_CMD_KEYS_ROTATE,
    FF_CMD_KEYS_REVOKE,
    FF_CMD_USER_SHOW,
    FF_CMD_USER_PASSWD,
    FF_CMD_USER_OTP,
    FF_CMD_USER_ROLE,
    FF_CMD_USER_LOCK,
    FF_CMD_USER_UNLOCK,
    FF_CMD_MAIL_LIST,
    FF_CMD_KIOSK_ADD,
    FF_CMD_KIOSK_LIST,
    FF_CMD_KIOSK_CODE,
    FF_CMD_KIOSK_PAIR,
    FF_CMD_KIOSK_RENAME,
    FF_CMD_KIOSK_REVOKE,
    FF_CMD_EMPLOYEE_LIST,
    FF_CMD_EMPLOYEE_PIN,
    FF_CMD_EMPLOYEE_BADGE,
    FF_CMD_EMPLOYEE_EXPORT,
    FF_CMD_EMPLOYEE_ERASE,
    FF_CMD_EMPLOYEE_SET,
    FF_CMD_EMPLOYEE_STATS,
    FF_CMD_LIMITS,
    FF_CMD_GROUP_LIST,
    FF_CMD_GROUP_ADD,
    FF_CMD_GROUP_RENAME,
    FF_CMD_GROUP_SET,
    FF_CMD_GROUP_REMOVE,
    FF_CMD_COST_CENTRE,
    FF_CMD_SUBSIDY,
    FF_CMD_ALLOWANCE,
    FF_CMD_DAYCARD,
    FF_CMD_TLS_SELF_SIGNED,
    FF_CMD_TLS_SHOW,
    FF_CMD_EMPLOYEE_CARDS,
    FF_CMD_EMPLOYEE_PINS,
    FF_CMD_PRODUCT_LIST,
    FF_CMD_PRODUCT_SHOW,
    FF_CMD_PRODUCT_ADD,
    FF_CMD_PRODUCT_SET,
    FF_CMD_PRODUCT_ARCHIVE,
    FF_CMD_PRODUCT_SOLD_OUT,
    FF_CMD_PRODUCT_BARCODE,
    FF_CMD_PRODUCT_STATS,
    FF_CMD_PRODUCT_PRICE,
    FF_CMD_PRODUCT_REPRICE,
    FF_CMD_PRODUCT_IMAGE,
    FF_CMD_TOPUP,
    FF_CMD_PAYOUT,
    FF_CMD_ADJUST,
    FF_CMD_VOID,
    FF_CMD_REFUND,
    FF_CMD_APPROVAL,
    FF_CMD_TILL,
    FF_CMD_SELLING,
    FF_CMD_CATEGORY,
    FF_CMD_STATEMENT,
    FF_CMD_STOCK,
    FF_CMD_MENU,
    FF_CMD_WINDOW,
    FF_CMD_LEDGER_PERIODS,
    FF_CMD_LEDGER_CLOSE,
    FF_CMD_LEDGER_ACCOUNTS,
    FF_CMD_LEDGER_TRIAL_BALANCE,
    FF_CMD_LEDGER_JOURNALS,
    FF_CMD_LEDGER_HEAD,
    FF_CMD_LEDGER_EXPORT,
    FF_CMD_LEDGER_MAP,
    FF_CMD_PAYROLL_BATCH,
    FF_CMD_PAYROLL_LIST,
    FF_CMD_PAYROLL_FILE,
    FF_CMD_PAYROLL_REJECT,
    FF_CMD_PAYROLL_CONFIRM,
    FF_CMD_PAYROLL_PROFILE,
    FF_CMD_IMPORT_PRODUCTS,
    FF_CMD_IMPORT_EMPLOYEES,
    FF_CMD_IMPORT_MENU,
    FF_CMD_IMPORT_STOCK,
    FF_CMD_IMPORT_OPENING,
    FF_CMD_IMPORT_DEPARTMENTS,
    FF_CMD_EXPORT_PRODUCTS,
    FF_CMD_EXPORT_EMPLOYEES,
    FF_CMD_EXPORT_DEPARTMENTS,
    FF_CMD_EXPORT_USERS,
    FF_CMD_EXPORT_PURCHASES,
    FF_CMD_EXPORT_AUDIT,
    FF_CMD_EXPORT_ALL,
    FF_CMD_EXPORT_VERIFY,
    FF_CMD_BACKUP_CREATE,
    FF_CMD_BACKUP_VERIFY,
    FF_CMD_RESTORE,
    FF_CMD_MIGRATE_STATUS,
    FF_CMD_MIGRATE_UP,
    FF_CMD_MIGRATE_DOWN,
    FF_CMD_REPORT,
    FF_CMD_VERIFY,
    FF_CMD_REBUILD,
    FF_CMD_AUDIT_VERIFY,
    FF_CMD_AUDIT_TAIL,
    FF_CMD_PRIVACY_RECORD,
    FF_CMD_HEALTHCHECK,
    FF_CMD_DOCTOR,
    FF_CMD_CONFIG_SHOW,
    FF_CMD_CONFIG_CHECK,
    FF_CMD_CONFIG_EXAMPLE,
    FF_CMD_OPENAPI,
    FF_CMD_VERSION,
    FF_CMD_HELP,
    FF_CMD_COUNT
};
/* A set of commands; there are more than 64. */
__extension__ typedef unsigned __int128 ff_command_set;
#define FF_CMD_BIT(command) ((ff_command_set)1 << (command))
_Static_assert(FF_CMD_COUNT <= 128, "a command set holds them all");

enum ff_option_id {
    FF_OPT_CONFIG,
    FF_OPT_DATA,
    FF_OPT_LOG_LEVEL,
    FF_OPT_LOG_FORMAT,
    FF_OPT_LISTEN,
    FF_OPT_PUBLIC_URL,
    FF_OPT_HOST,
    FF_OPT_THREADS,
    FF_OPT_TLS_LISTEN,
    FF_OPT_TLS_CERT,
    FF_OPT_TLS_KEY,
    FF_OPT_INSECURE_LAN,
    FF_OPT_CORS_ORIGIN,
    FF_OPT_TRUSTED_PROXY,
    FF_OPT_RATE_LIMIT,
    FF_OPT_QUEUE,
    FF_OPT_SLOW_QUERY,
    FF_OPT_CACHE_SIZE,
    FF_OPT_METRICS,
    FF_OPT_AUTO_MIGRATE,
    FF_OPT_ACCESS_TTL,
    FF_OPT_REFRESH_TTL,
    FF_OPT_LOCK_AFTER,
    FF_OPT_LOCK_FOR,
    FF_OPT_REGISTRATION,
    FF_OPT_MAIL,
    FF_OPT_MAIL_FROM,
    FF_OPT_SENDMAIL,
    FF_OPT_ALLOW_REMOTE_FS,
    FF_OPT_READY_FD,
    FF_OPT_OPEN,
    FF_OPT_TEST_CLOCK,
    FF_OPT_SEED,
    FF_OPT_CLOCK,
    FF_OPT_KEEP,
    FF_OPT_NAME,
    FF_OPT_CURRENCY,
    FF_OPT_DECIMALS,
    FF_OPT_TZ,
    FF_OPT_LOCALE,
    FF_OPT_ROLE,
    FF_OPT_EMPLOYEE,
    FF_OPT_SITE_WIDE,
    FF_OPT_PASSWORD_STDIN,
    FF_OPT_PASSWORD_FILE,
    FF_OPT_PIN_STDIN,
    FF_OPT_BADGE_STDIN,
    FF_OPT_LABEL,
    FF_OPT_DEPARTMENT,
    FF_OPT_GROUP,
    FF_OPT_FIXED,
    FF_OPT_PERCENT,
    FF_OPT_CAP,
    FF_OPT_WEEKDAYS,
    FF_OPT_SLOT,
    FF_OPT_VALID_FROM,
    FF_OPT_VALID_TO,
    FF_OPT_COST_CENTRE,
    FF_OPT_BY,
    FF_OPT_OVERDRAFT,
    FF_OPT_PURCHASE_LIMIT,
    FF_OPT_DAILY_LIMIT,
    FF_OPT_MONTHLY_LIMIT,
    FF_OPT_ALL,
    FF_OPT_SHEET,
    FF_OPT_BY_MAIL,
    FF_OPT_SOURCE,
    FF_OPT_TILL,
    FF_OPT_KEY,
    FF_OPT_REASON,
    FF_OPT_NOTE,
    FF_OPT_RESTOCK,
    FF_OPT_FROM,
    FF_OPT_BEFORE,
    FF_OPT_MONTH,
    FF_OPT_HTML,
    FF_OPT_AT,
    FF_OPT_BY_DAY,
    FF_OPT_MINIMUM,
    FF_OPT_COLUMNS,
    FF_OPT_SEPARATOR,
    FF_OPT_DECIMAL_MARK,
    FF_OPT_DATE_FORMAT,
    FF_OPT_WAGE_TYPE,
    FF_OPT_NO_HEADER,
    FF_OPT_CSV,
    FF_OPT_BOM,
    FF_OPT_BELOW,
    FF_OPT_DRY_RUN,
    FF_OPT_AMOUNTS,
    FF_OPT_UPDATE,
    FF_OPT_CATEGORY,
    FF_OPT_ROUND_TO,
    FF_OPT_OUT,
    FF_OPT_FORMAT,
    FF_OPT_HEAD,
    FF_OPT_LINES,
    FF_OPT_SETTLE,
    FF_OPT_TO,
    FF_OPT_URL,
    FF_OPT_TIMEOUT,
    FF_OPT_LIST,
    FF_OPT_RUN,
    FF_OPT_FIX,
    FF_OPT_YES,
    FF_OPT_JSON,
    FF_OPT_HELP,
    FF_OPT_VERSION,
    FF_OPT_COUNT
};

enum ff_option_type {
    FF_OT_TEXT,
    FF_OT_INT,      /* min..max */
    FF_OT_BOOL,     /* the flag takes no value; elsewhere yes no true false on off */
    FF_OT_ENUM,     /* one of `values` */
    FF_OT_ADDRESS,  /* IPv4:PORT, */
    FF_OT_HOSTS,    /* host name */
    FF_OT_ORIGIN,   /* http(s)://host[:port] */
    FF_OT_NETWORK,  /* ADDRESS or ADDRESS/BITS */
    FF_OT_URL,      /* http:// or https:// and a host, no path */
    FF_OT_DATE,     /* YYYY-MM-DD */
    FF_OT_INSTANT,  /* RFC 3339; the value may be left out: this moment */
    FF_OT_DURATION, /* 500ms 3s 15m 1h 7d; min..max in ms */
    FF_OT_FILE
};

enum { FF_OPTION_MAX_VALUES = 8, FF_OPTION_MAX_ARGS = 16, FF_OPTION_MAX_WARNINGS = 16 };

struct ff_option {
    const char *flag; /* without the dashes */
    char letter;      /* 0: none */
    enum ff_option_type type;
    const char *section, *key; /* of the INI file; NULL: flag only */
    bool env; /* FEASTFRENZY_<FLAG>, and with a key also FEASTFRENZY_<SECTION>_<KEY> */
    int64_t min, max;
    size_t times; /* it may be given, at most FF_OPTION_MAX_VALUES; 0: once */
    const char *const *values;
    const char *fallback;    /* default in text; NULL: none */
    const char *flag_value;  /* what the bare flag of a boolean sets; NULL: "yes" */
    const char *meta;        /* FILE, N, ... in help */
    ff_command_set commands; /* FF_CMD_BIT of the commands that take the flag */
    const char *help;
};

extern const struct ff_option ff_option_rows[FF_OPT_COUNT];

enum ff_origin { FF_FROM_DEFAULT, FF_FROM_FILE, FF_FROM_ENV, FF_FROM_FLAG };

struct ff_setting {
    const char *values[FF_OPTION_MAX_VALUES];
    size_t n;
    enum ff_origin origin;
    const char *where; /* "line 4 of /etc/...", the variable's name, the flag */
};

struct ff_options {
    struct ff_arena *arena; /* borrowed: holds every text */
    struct ff_setting settings[FF_OPT_COUNT];
    const char *words[FF_OPTION_MAX_ARGS]; /* what is no flag: command words and arguments */
    size_t n_words;
    const char *warnings[FF_OPTION_MAX_WARNINGS];
    size_t n_warnings;
    bool wants_help;
};

/* Prepares an empty set over `arena`. */
void ff_options_init(struct ff_options *o, struct ff_arena *arena);

/* Reads the command line. Flags may stand before, between and after the words; `--` ends them. */
bool ff_options_argv(struct ff_options *o, int argc, char **argv, struct ff_trouble *t);

/* False with a hint when a flag was given that `command` does not take. */
bool ff_options_allowed(const struct ff_options *o, enum ff_command command, const char *name,
                        struct ff_trouble *t);

/* Reads FEASTFRENZY_* of `env`, then the configuration file (the named one, or the default one when
 * it is there), then fills in defaults. */
bool ff_options_settle(struct ff_options *o, char **env, struct ff_trouble *t);

/* Fills in defaults only: what settle does last, for a command that goes on after it failed. */
void ff_options_defaults(struct ff_options *o);

/* Sets one value from the file or the environment; checks it by its row. For ini.c. */
bool ff_options_put(struct ff_options *o, enum ff_option_id id, const char *value,
                    enum ff_origin origin, const char *where, struct ff_trouble *t);

/* The row of section and key; FF_OPT_COUNT when there is none. */
enum ff_option_id ff_options_find_key(const char *section, const char *key);

/* Name of the environment variable of a row: `mechanical` gives FEASTFRENZY_<SECTION>_<KEY>. False
 * when the row has none. */
bool ff_options_env_name(const struct ff_option *row, bool mechanical, char out[64]);

/* The value, NULL when there is none. */
const char *ff_opt_text(const struct ff_options *o, enum ff_option_id id);
int64_t ff_opt_int(const struct ff_options *o, enum ff_option_id id); /* also durations, in ms */
bool ff_opt_bool(const struct ff_options *o, enum ff_option_id id);
bool ff_opt_given(const struct ff_options *o, enum ff_option_id id);

#endif
