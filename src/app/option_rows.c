/* SPDX-License-Identifier: MIT */
/* option_rows.c - the rows of THE option table. Flags, environment, INI file, help, `config
 * example` and the man page's test read it; an option that is not here does not exist. */
#include "app/options.h"

#define B(command) FF_CMD_BIT(FF_CMD_##command)
#define EVERY      (~(ff_command_set)0)
#define SERVERS    (B(SERVE) | B(DEMO))
/* One command a line, so that one more is one more line. */
/* clang-format off */
/* All that work on a data directory. */
#define ON_DATA \
    (EVERY & ~(B(DEMO) | \
     B(CONFIG_EXAMPLE) | \
     B(OPENAPI) | \
     B(PRIVACY_RECORD) | \
     B(VERSION) | \
     B(HELP)))
#define LISTS \
    (REPORTS | \
     B(STOCK) | \
     B(MENU) | \
     B(WINDOW) | \
     B(SITE) | \
     B(LEDGER_PERIODS) | \
     B(PAYROLL_LIST) | \
     B(PAYROLL_PROFILE) | \
     B(LEDGER_ACCOUNTS) | \
     B(LEDGER_TRIAL_BALANCE) | \
     B(LEDGER_JOURNALS) | \
     B(LEDGER_HEAD) | \
     B(LEDGER_MAP) | \
     B(APPROVAL) | \
     B(TILL) | \
     B(SELLING) | \
     B(CATEGORY) | \
     B(USER_LIST) | \
     B(GROUP_LIST) | \
     B(COST_CENTRE) | \
     B(SUBSIDY) | \
     B(ALLOWANCE) | \
     B(LIMITS) | \
     B(KIOSK_LIST) | \
     B(PRODUCT_LIST) | \
     B(PRODUCT_SHOW) | \
     B(PRODUCT_BARCODE) | \
     B(PRODUCT_PRICE) | \
     B(EMPLOYEE_LIST) | \
     B(EMPLOYEE_BADGE) | \
     B(DAYCARD) | \
     B(VERIFY) | \
     B(AUDIT_VERIFY) | \
     B(AUDIT_TAIL) | \
     B(BACKUP_CREATE) | \
     B(BACKUP_VERIFY) | \
     B(EXPORT_ALL) | \
     B(EXPORT_VERIFY) | \
     B(REBUILD) | \
     B(MIGRATE_STATUS) | \
     B(DOCTOR) | \
     B(TLS_SHOW) | \
     B(TLS_SELF_SIGNED) | \
     B(CONFIG_SHOW) | \
     B(VERSION))
#define SPENDERS (B(EMPLOYEE_SET) | B(GROUP_ADD) | B(GROUP_SET))
#define SHEETS (B(EMPLOYEE_CARDS) | B(EMPLOYEE_PINS))
#define SESSIONS \
    (B(CACHE_SHOW) | \
     B(CACHE_FLUSH) | \
     B(USER_SESSIONS) | \
     B(KEYS_LIST) | \
     B(KEYS_ROTATE) | \
     B(KEYS_REVOKE))
#define DAYS (B(STATEMENT) | B(REPORT) | B(PRODUCT_STATS))
#define REPORTS (DAYS | B(EMPLOYEE_STATS))
#define PRICED_IMPORTS (B(IMPORT_PRODUCTS) | B(IMPORT_EMPLOYEES) | B(IMPORT_OPENING))
#define IMPORTS (PRICED_IMPORTS | B(IMPORT_DEPARTMENTS) | B(IMPORT_MENU) | B(IMPORT_STOCK))
#define BOOKINGS (B(TOPUP) | B(PAYOUT) | B(ADJUST) | B(VOID) | B(REFUND) | B(STOCK))
#define PRICED_EXPORTS (B(EXPORT_PRODUCTS) | B(EXPORT_EMPLOYEES) | B(EXPORT_PURCHASES))
#define EXPORTS (PRICED_EXPORTS | B(EXPORT_DEPARTMENTS) | B(EXPORT_USERS))
/* clang-format on */

static const char *const log_levels[] = {"error", "warn", "info", "debug", NULL};
static const char *const log_formats[] = {"auto", "text", "json", "journal", NULL};
static const char *const decimals[] = {"0", "2", "3", NULL};
static const char *const locales[] = {"en", "hu", "de", NULL};
static const char *const roles[] = {"employee", "manager", "admin", NULL};
static const char *const sources[] = {"cash", "bank", NULL};
static const char *const export_formats[] = {"json", "csv", NULL};
static const char *const employer_keys[] = {"day", "rule", "costCentre", "department", NULL};
static const char *const settlements[] = {"payout", "writeoff", NULL};
static const char *const mail_ways[] = {"off", "spool", "sendmail", NULL};
static const char *const metrics_ways[] = {"off", "loopback", "token", NULL};
static const char *const amounts[] = {"minor", "decimal", NULL};
static const char *const separators[] = {"comma", "semicolon", "tab", NULL};
static const char *const marks[] = {"point", "comma", NULL};
static const char *const date_formats[] = {"iso", "dotted", "compact", NULL};

/* clang-format off */
const struct ff_option ff_option_rows[FF_OPT_COUNT] = {
    /* ---- settings: also in the environment and in the file ---- */
    [FF_OPT_CONFIG] = { "config", 'c', FF_OT_FILE, .env = true, .meta = "FILE", .commands = EVERY,
      .help = "configuration file; /etc/feastfrenzy/feastfrenzy.ini when it is there" },
    [FF_OPT_DATA] = { "data", 'd', FF_OT_FILE, "storage", "data", true, .meta = "DIR",
      .commands = ON_DATA,
      .help = "data directory; root: /var/lib/feastfrenzy, else $XDG_DATA_HOME/feastfrenzy" },
    [FF_OPT_LOG_LEVEL] = { "log-level", 0, FF_OT_ENUM, "log", "level", true, .values = log_levels,
      .fallback = "info", .meta = "LEVEL", .commands = EVERY, .help = "error, warn, info or debug" },
    [FF_OPT_LOG_FORMAT] = { "log-format", 0, FF_OT_ENUM, "log", "format", true,
      .values = log_formats, .fallback = "auto", .meta = "FORMAT", .commands = EVERY,
      .help = "auto, text, json or journal" },
    [FF_OPT_LISTEN] = { "listen", 'l', FF_OT_ADDRESS, "http", "listen", true,
      .times = 4, .fallback = "127.0.0.1:8080", .meta = "ADDR:PORT", .commands = SERVERS | B(DOCTOR),
      .help = "address to listen on; up to 4 times; port 0: any free one" },
    [FF_OPT_PUBLIC_URL] = { "public-url", 0, FF_OT_URL, "http", "public_url", true,
      .meta = "URL", .commands = SERVERS | B(USER_INVITE),
      .help = "address people use, e.g. behind a proxy; its host name is then answered to" },
    [FF_OPT_HOST] = { "host", 0, FF_OT_HOSTS, "http", "host", true, .times = 4,
      .meta = "NAME",
      .commands = SERVERS | B(TLS_SELF_SIGNED),
      .help = "further host name to answer to, or to certify; up to 4 times" },
    [FF_OPT_THREADS] = { "threads", 0, FF_OT_INT, "http", "threads", true, .min = 8, .max = 2048,
      .fallback = "256", .meta = "N", .commands = SERVERS,
      .help = "most worker threads: connections open at once" },
    [FF_OPT_TLS_LISTEN] = { "tls-listen", 0, FF_OT_ADDRESS, "http", "tls_listen", true, .times = 3,
      .meta = "ADDR:PORT", .commands = SERVERS,
      .help = "address to listen on with TLS; up to 3 times" },
    [FF_OPT_TLS_CERT] = { "tls-cert", 0, FF_OT_FILE, "http", "tls_cert", true, .meta = "FILE",
      .commands = SERVERS | B(TLS_SHOW),
      .help = "certificate and its chain, PEM; else DATA/tls/cert.pem" },
    [FF_OPT_TLS_KEY] = { "tls-key", 0, FF_OT_FILE, "http", "tls_key", true, .meta = "FILE",
      .commands = SERVERS | B(TLS_SHOW),
      .help = "its private key, PEM, mode 0600; else DATA/tls/key.pem" },
    [FF_OPT_INSECURE_LAN] = { "insecure-lan", 0, FF_OT_BOOL, "http", "insecure_lan", true,
      .fallback = "no", .commands = SERVERS,
      .help = "let --listen reach beyond this machine, where everybody can read along" },
    [FF_OPT_CORS_ORIGIN] = { "cors-origin", 0, FF_OT_ORIGIN, "http", "cors_origin", true, .times = 8,
      .meta = "ORIGIN", .commands = SERVERS,
      .help = "origin whose pages may read the API, e.g. https://intranet.example; up to 8 times" },
    [FF_OPT_TRUSTED_PROXY] = { "trusted-proxy", 0, FF_OT_NETWORK, "http", "trusted_proxy", true,
      .times = 8, .meta = "CIDR", .commands = SERVERS,
      .help = "proxy whose X-Forwarded-For and -Proto are believed; up to 8 times" },
    [FF_OPT_RATE_LIMIT] = { "rate-limit", 0, FF_OT_INT, "limits", "rate", true, .min = 0,
      .max = 100000, .fallback = "1", .meta = "N", .commands = SERVERS,
      .help = "multiply all request limits by N; 0: no limits, for benchmarks" },
    [FF_OPT_QUEUE] = { "queue", 0, FF_OT_INT, "storage", "queue", true, .min = 16, .max = 65536,
      .fallback = "4096", .meta = "N", .commands = SERVERS,
      .help = "bookings that may wait for the writer before the answer is \"busy\"" },
    [FF_OPT_SLOW_QUERY] = { "slow-query", 0, FF_OT_INT, "log", "slow_query", true, .min = 0,
      .max = 60000, .fallback = "250", .meta = "MS", .commands = SERVERS,
      .help = "name database queries in the log that take so many milliseconds; 0: none" },
    [FF_OPT_CACHE_SIZE] = { "cache-size", 0, FF_OT_INT, "http", "cache_size", true, .min = 0,
      .max = 1024, .fallback = "4", .meta = "MIB", .commands = SERVERS,
      .help = "memory for replies that are kept to be sent again; 0: none is kept" },
    [FF_OPT_METRICS] = { "metrics", 0, FF_OT_ENUM, "metrics", "access", true,
      .values = metrics_ways, .fallback = "loopback", .meta = "WHO", .commands = SERVERS,
      .help = "who may read /metrics: off, loopback, or token: that in DATA/metrics.token" },
    [FF_OPT_AUTO_MIGRATE] = { "no-migrate", 0, FF_OT_BOOL, "storage", "auto_migrate", true,
      .fallback = "yes", .flag_value = "no", .commands = B(SERVE),
      .help = "refuse an older database instead of bringing it up to date" },
    [FF_OPT_ACCESS_TTL] = { "access-ttl", 0, FF_OT_DURATION, "auth", "access_ttl", true,
      .min = 60000, .max = 3600000, .fallback = "15m", .meta = "TIME", .commands = SERVERS,
      .help = "how long an access token lives; it is renewed without asking" },
    [FF_OPT_REFRESH_TTL] = { "refresh-ttl", 0, FF_OT_DURATION, "auth", "refresh_ttl", true,
      .min = 3600000, .max = 2592000000, .fallback = "7d", .meta = "TIME", .commands = SERVERS,
      .help = "how long one stays signed in at most" },
    [FF_OPT_LOCK_AFTER] = { "lock-after", 0, FF_OT_INT, "auth", "lock_after", true, .min = 3,
      .max = 30, .fallback = "5", .meta = "N", .commands = SERVERS,
      .help = "failed sign-ins or PINs within 15 minutes until one must wait" },
    [FF_OPT_LOCK_FOR] = { "lock-for", 0, FF_OT_DURATION, "auth", "lock_for", true, .min = 60000,
      .max = 86400000, .fallback = "15m", .meta = "TIME", .commands = SERVERS,
      .help = "how long one must wait then" },
    [FF_OPT_REGISTRATION] = { "registration", 0, FF_OT_BOOL, "auth", "registration", true,
      .fallback = "no", .commands = SERVERS,
      .help = "people with an e-mail in the list of employees may ask for an account" },
    [FF_OPT_MAIL] = { "mail", 0, FF_OT_ENUM, "mail", "deliver", true, .values = mail_ways,
      .fallback = "off", .meta = "WAY", .commands = SERVERS,
      .help = "how messages leave: off, spool (files in DATA/spool) or sendmail" },
    [FF_OPT_MAIL_FROM] = { "mail-from", 0, FF_OT_TEXT, "mail", "from", true, .min = 3, .max = 254,
      .meta = "ADDRESS", .commands = SERVERS,
      .help = "sender of messages; feastfrenzy@ the host people use" },
    [FF_OPT_SENDMAIL] = { "sendmail", 0, FF_OT_FILE, "mail", "sendmail", true,
      .fallback = "/usr/sbin/sendmail", .meta = "FILE", .commands = SERVERS,
      .help = "program for --mail sendmail" },

    /* ---- flags of this run ---- */
    [FF_OPT_ALLOW_REMOTE_FS] = { "allow-remote-fs", 0, FF_OT_BOOL, .fallback = "no",
      .commands = ON_DATA,
      .help = "use a data directory on a network file system all the same" },
    [FF_OPT_READY_FD] = { "ready-fd", 0, FF_OT_INT, .min = 1, .max = 1023, .meta = "N",
      .commands = SERVERS,
      .help = "write one line with the address to file descriptor N when listening" },
    [FF_OPT_OPEN] = { "open", 0, FF_OT_BOOL, .fallback = "no", .commands = SERVERS,
      .help = "open a browser when ready" },
    [FF_OPT_TEST_CLOCK] = { "test-clock", 0, FF_OT_INSTANT, .meta = "INSTANT",
      .commands = B(SERVE),
      .help = "for tests: a clock that stands still until POST /api/v1/test/clock moves it" },
    [FF_OPT_SEED] = { "seed", 0, FF_OT_INT, .min = 1, .max = 999999999, .fallback = "1",
      .meta = "N", .commands = B(DEMO), .help = "another history with another number" },
    [FF_OPT_CLOCK] = { "clock", 0, FF_OT_DATE, .meta = "YYYY-MM-DD", .commands = B(DEMO),
      .help = "pretend it is noon of this day, and let the clock stand still" },
    [FF_OPT_KEEP] = { "keep", 0, FF_OT_FILE, .meta = "DIR", .commands = B(DEMO),
      .help = "make the data directory here and keep it" },
    [FF_OPT_NAME] = { "name", 0, FF_OT_TEXT, .min = 1, .max = 100, .meta = "NAME",
      .commands = B(INIT) | B(USER_ADD) | B(KIOSK_PAIR),
      .help = "name of the canteen, the person or the kiosk" },
    [FF_OPT_CURRENCY] = { "currency", 0, FF_OT_TEXT, .min = 3, .max = 3, .fallback = "EUR",
      .meta = "CODE", .commands = B(INIT), .help = "three capital letters; fixed for ever" },
    [FF_OPT_DECIMALS] = { "decimals", 0, FF_OT_ENUM, .values = decimals, .fallback = "2",
      .meta = "N", .commands = B(INIT), .help = "decimals of the currency: 0, 2 or 3; fixed" },
    [FF_OPT_TZ] = { "tz", 0, FF_OT_TEXT, .min = 1, .max = 63, .meta = "ZONE",
      .commands = B(INIT), .help = "time zone, e.g. Europe/Budapest; the system's when not given" },
    [FF_OPT_LOCALE] = { "locale", 0, FF_OT_ENUM, .values = locales, .fallback = "en",
      .meta = "LANG", .commands = B(INIT), .help = "first language: en, hu or de" },
    [FF_OPT_ROLE] = { "role", 0, FF_OT_ENUM, .values = roles, .fallback = "employee",
      .meta = "ROLE", .commands = B(USER_ADD), .help = "employee, manager or admin" },
    [FF_OPT_EMPLOYEE] = { "employee", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "NUMBER",
      .commands = B(USER_ADD), .help = "number of the employee this account belongs to" },
    [FF_OPT_SITE_WIDE] = { "site-wide", 0, FF_OT_BOOL, .fallback = "no",
      .commands = B(USER_ADD) | B(USER_ROLE), .help = "a manager of all departments" },
    [FF_OPT_PASSWORD_STDIN] = { "password-stdin", 0, FF_OT_BOOL, .fallback = "no",
      .commands = B(USER_ADD) | B(USER_PASSWD),
      .help = "read the password from standard input" },
    [FF_OPT_PASSWORD_FILE] = { "password-file", 0, FF_OT_FILE, .meta = "FILE",
      .commands = B(USER_ADD) | B(USER_PASSWD), .help = "read the password from FILE" },
    [FF_OPT_PIN_STDIN] = { "pin-stdin", 0, FF_OT_BOOL, .fallback = "no",
      .commands = B(EMPLOYEE_PIN), .help = "read the PIN from standard input" },
    [FF_OPT_BADGE_STDIN] = { "badge-stdin", 0, FF_OT_BOOL, .fallback = "no",
      .commands = B(EMPLOYEE_BADGE) | B(DAYCARD), .help = "read the badge from standard input" },
    [FF_OPT_LABEL] = { "label", 0, FF_OT_TEXT, .min = 1, .max = 60, .meta = "TEXT",
      .commands = B(EMPLOYEE_BADGE), .help = "a word to tell a person's badges apart" },
    [FF_OPT_DEPARTMENT] = { "department", 0, FF_OT_TEXT, .min = 1, .max = 100, .meta = "NAME",
      .commands = B(ALLOWANCE) | SHEETS, .help = "only the people of this department" },
    [FF_OPT_GROUP] = { "group", 0, FF_OT_TEXT, .min = 1, .max = 100, .meta = "NAME",
      .commands = B(EMPLOYEE_SET) | B(SUBSIDY) | B(ALLOWANCE), .help = "group of customers; \"none\": of no group" },
    [FF_OPT_FIXED] = { "fixed", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "AMOUNT",
      .commands = B(SUBSIDY), .help = "the employer pays this much of a meal" },
    [FF_OPT_PERCENT] = { "percent", 0, FF_OT_TEXT, .min = 1, .max = 7, .meta = "N",
      .commands = B(SUBSIDY), .help = "the employer pays this part of it, e.g. 50 or 33.333" },
    [FF_OPT_CAP] = { "cap", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "AMOUNT",
      .commands = B(SUBSIDY) | B(PAYROLL_BATCH),
      .help = "at most so much a meal, or \"none\"; of payroll: of a person for the month" },
    [FF_OPT_WEEKDAYS] = { "weekdays", 0, FF_OT_TEXT, .min = 1, .max = 7, .meta = "DIGITS",
      .commands = B(SUBSIDY), .help = "on these days, 1 for Monday: 12345" },
    [FF_OPT_SLOT] = { "slot", 0, FF_OT_TEXT, .min = 11, .max = 11, .meta = "FROM-TO",
      .commands = B(SUBSIDY), .help = "in these hours, once a person and day: 11:00-14:30" },
    [FF_OPT_VALID_FROM] = { "valid-from", 0, FF_OT_TEXT, .min = 4, .max = 10, .meta = "YYYY-MM-DD",
      .commands = B(SUBSIDY), .help = "its first day; or \"none\"" },
    [FF_OPT_VALID_TO] = { "valid-to", 0, FF_OT_TEXT, .min = 4, .max = 10, .meta = "YYYY-MM-DD",
      .commands = B(SUBSIDY) | B(ALLOWANCE), .help = "its last day; of a rule also \"none\"" },
    [FF_OPT_COST_CENTRE] = { "cost-centre", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "CODE",
      .commands = B(SUBSIDY) | B(ALLOWANCE),
      .help = "where it is booked; not given or \"none\": the department's" },
    [FF_OPT_BY] = { "by", 0, FF_OT_ENUM, .values = employer_keys, .fallback = "day", .meta = "KEY",
      .commands = B(REPORT), .help = "of report subsidy: day, rule, costCentre or department" },
    [FF_OPT_OVERDRAFT] = { "overdraft", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "AMOUNT",
      .commands = SPENDERS,
      .help = "how far below zero one may go; \"none\": as the group or the site says" },
    [FF_OPT_PURCHASE_LIMIT] = { "purchase-limit", 0, FF_OT_TEXT, .min = 1, .max = 20,
      .meta = "AMOUNT", .commands = SPENDERS, .help = "what one purchase may cost; or \"none\"" },
    [FF_OPT_DAILY_LIMIT] = { "daily-limit", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "AMOUNT",
      .commands = SPENDERS, .help = "what a day may cost; or \"none\"" },
    [FF_OPT_MONTHLY_LIMIT] = { "monthly-limit", 0, FF_OT_TEXT, .min = 1, .max = 20,
      .meta = "AMOUNT", .commands = SPENDERS, .help = "what a month may cost; or \"none\"" },
    [FF_OPT_ALL] = { "all", 0, FF_OT_BOOL, .fallback = "no", .commands = B(ALLOWANCE) | B(USER_INVITE),
      .help = "everybody who has no account" },
    [FF_OPT_SHEET] = { "sheet", 0, FF_OT_FILE, .meta = "FILE", .commands = B(USER_INVITE),
      .help = "write the cards to FILE; it must not exist" },
    [FF_OPT_BY_MAIL] = { "by-mail", 0, FF_OT_BOOL, .fallback = "no", .commands = B(USER_INVITE),
      .help = "send those who have an e-mail a message; the sheet is for the others" },
    [FF_OPT_SOURCE] = { "source", 0, FF_OT_ENUM, .values = sources, .fallback = "cash",
      .meta = "WHERE", .commands = B(TOPUP) | B(PAYOUT),
      .help = "where the money comes from or goes: cash or bank" },
    [FF_OPT_TILL] = { "till", 0, FF_OT_TEXT, .min = 1, .max = 40, .meta = "NAME",
      .commands = B(TOPUP) | B(PAYOUT),
      .help = "the open till that cash goes through; the only open one when not given" },
    [FF_OPT_KEY] = { "key", 0, FF_OT_TEXT, .min = 16, .max = 64, .meta = "KEY",
      .commands = B(PAYROLL_BATCH) | B(PAYROLL_REJECT) | B(PAYROLL_CONFIRM) | B(ALLOWANCE) | BOOKINGS | B(TILL),
      .help = "Idempotency-Key: the same key never books twice; random when not given" },
    [FF_OPT_REASON] = { "reason", 0, FF_OT_TEXT, .min = 3, .max = 200, .meta = "REASON",
      .commands = B(PAYROLL_REJECT) | B(LIMITS) | B(ADJUST) | B(VOID) | B(REFUND) | B(EMPLOYEE_ERASE) | B(APPROVAL) | B(STOCK) | B(TILL),
      .help = "why; it is kept for ever, so it may not name the person" },
    [FF_OPT_NOTE] = { "note", 0, FF_OT_TEXT, .min = 1, .max = 200, .meta = "TEXT",
      .commands = B(ALLOWANCE) | BOOKINGS, .help = "words for the record" },
    [FF_OPT_RESTOCK] = { "restock", 0, FF_OT_BOOL, .fallback = "no", .commands = B(REFUND),
      .help = "the pieces go back on the shelf" },
    [FF_OPT_FROM] = { "from", 0, FF_OT_DATE, .meta = "YYYY-MM-DD",
      .commands = B(LEDGER_JOURNALS) | DAYS | B(MENU) | B(EXPORT_AUDIT) | B(EXPORT_PURCHASES) |
                  B(PRODUCT_PRICE) | B(PRODUCT_REPRICE),
      .help = "from this day on; a statement or report without it is of the current month" },
    [FF_OPT_BEFORE] = { "before", 0, FF_OT_DATE, .meta = "YYYY-MM-DD",
      .commands = B(LEDGER_JOURNALS) | DAYS | B(MENU) | B(EXPORT_AUDIT) | B(EXPORT_PURCHASES), .help = "up to the day before this one" },
    [FF_OPT_MONTH] = { "month", 0, FF_OT_TEXT, .min = 7, .max = 7, .meta = "YYYY-MM",
      .commands = B(STATEMENT) | B(REPORT),
      .help = "a whole month: of a statement, or of report employees" },
    [FF_OPT_HTML] = { "html", 0, FF_OT_BOOL, .fallback = "no", .commands = B(STATEMENT),
      .help = "print a page for a browser's printer" },
    [FF_OPT_AT] = { "at", 0, FF_OT_DATE, .meta = "YYYY-MM-DD",
      .commands = B(LEDGER_ACCOUNTS) | B(LEDGER_TRIAL_BALANCE),
      .help = "balances at the end of this day" },
    [FF_OPT_BY_DAY] = { "by-day", 0, FF_OT_BOOL, .fallback = "no", .commands = B(LEDGER_EXPORT),
      .help = "sum up by day, kind of booking and account" },
    [FF_OPT_MINIMUM] = { "minimum", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "AMOUNT",
      .commands = B(PAYROLL_BATCH), .help = "who owes less is left out" },
    [FF_OPT_COLUMNS] = { "columns", 0, FF_OT_TEXT, .min = 1, .max = 800, .meta = "LIST",
      .commands = B(PAYROLL_PROFILE), .help = "columns in order, e.g. \"Personnel=number,Amount=amount\"" },
    [FF_OPT_SEPARATOR] = { "separator", 0, FF_OT_ENUM, .values = separators, .meta = "WHAT",
      .commands = B(PAYROLL_PROFILE), .help = "comma, semicolon or tab" },
    [FF_OPT_DECIMAL_MARK] = { "decimal-mark", 0, FF_OT_ENUM, .values = marks, .meta = "WHAT",
      .commands = B(PAYROLL_PROFILE), .help = "point or comma" },
    [FF_OPT_DATE_FORMAT] = { "date-format", 0, FF_OT_ENUM, .values = date_formats, .meta = "HOW",
      .commands = B(PAYROLL_PROFILE),
      .help = "iso 2026-03-31, dotted 31.03.2026 or compact 20260331" },
    [FF_OPT_WAGE_TYPE] = { "wage-type", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "CODE",
      .commands = B(PAYROLL_PROFILE), .help = "constant for the column wageType" },
    [FF_OPT_NO_HEADER] = { "no-header", 0, FF_OT_BOOL, .fallback = "no",
      .commands = B(PAYROLL_PROFILE), .help = "no line with titles" },
    [FF_OPT_CSV] = { "csv", 0, FF_OT_BOOL, .fallback = "no", .commands = DAYS | B(STOCK) | B(MENU),
      .help = "print CSV" },
    [FF_OPT_BOM] = { "bom", 0, FF_OT_BOOL, .fallback = "no", .commands = B(PAYROLL_PROFILE) | DAYS | EXPORTS | B(EXPORT_AUDIT),
      .help = "begin CSV with the mark by which a spreadsheet knows UTF-8" },
    [FF_OPT_BELOW] = { "below", 0, FF_OT_TEXT, .min = 1, .max = 20, .meta = "AMOUNT",
      .commands = B(REPORT), .help = "of report low-balance: whose balance is below this" },
    [FF_OPT_DRY_RUN] = { "dry-run", 'n', FF_OT_BOOL, .fallback = "no",
      .commands = IMPORTS | B(RESTORE) | B(MIGRATE_UP) | B(PRODUCT_REPRICE),
      .help = "check and report, change nothing" },
    [FF_OPT_AMOUNTS] = { "amounts", 0, FF_OT_ENUM, .values = amounts, .meta = "KIND",
      .commands = B(PAYROLL_PROFILE) | B(LEDGER_EXPORT) | PRICED_IMPORTS | PRICED_EXPORTS,
      .help = "money in the file: minor (690) or decimal (6.90); an import must say it" },
    [FF_OPT_UPDATE] = { "update", 0, FF_OT_BOOL, .fallback = "no", .commands = B(IMPORT_PRODUCTS) | B(IMPORT_EMPLOYEES) | B(IMPORT_DEPARTMENTS),
      .help = "a row with a known name changes what is there, instead of being refused" },
    [FF_OPT_CATEGORY] = { "category", 0, FF_OT_TEXT, .min = 1, .max = 60, .meta = "NAME",
      .commands = B(SUBSIDY) | B(PRODUCT_REPRICE), .help = "only the products of this category" },
    [FF_OPT_ROUND_TO] = { "round-to", 0, FF_OT_TEXT, .min = 1, .max = 16, .meta = "AMOUNT",
      .commands = B(PRODUCT_REPRICE), .help = "to a multiple of this amount, halves up" },
    [FF_OPT_OUT] = { "out", 'o', FF_OT_FILE, .meta = "FILE",
      .commands = B(PAYROLL_FILE) | B(LEDGER_EXPORT) | EXPORTS | SHEETS | B(BACKUP_CREATE) | B(EMPLOYEE_EXPORT) | B(PRIVACY_RECORD) | REPORTS |
                  B(EXPORT_AUDIT) | B(STOCK) | B(MENU),
      .help = "write to FILE; it must not exist" },
    [FF_OPT_FORMAT] = { "format", 0, FF_OT_ENUM, .values = export_formats, .fallback = "json",
      .meta = "FORMAT", .commands = B(EMPLOYEE_EXPORT) | B(EXPORT_AUDIT),
      .help = "json or csv; of the audit log json is one object a line" },
    [FF_OPT_HEAD] = { "head", 0, FF_OT_TEXT, .min = 66, .max = 84, .meta = "SEQ:HASH",
      .commands = B(AUDIT_VERIFY),
      .help = "a head of the log as it was noted elsewhere: the log must still hold it" },
    [FF_OPT_LINES] = { "lines", 'n', FF_OT_INT, .min = 1, .max = 100, .fallback = "20",
      .meta = "N", .commands = B(LEDGER_JOURNALS) | B(AUDIT_TAIL), .help = "how many entries" },
    [FF_OPT_SETTLE] = { "settle", 0, FF_OT_ENUM, .values = settlements, .meta = "HOW",
      .commands = B(EMPLOYEE_ERASE),
      .help = "payout or writeoff: how to book what is left in the wallet" },
    [FF_OPT_TO] = { "to", 0, FF_OT_INT, .min = 1, .max = 9999, .meta = "N",
      .commands = B(MIGRATE_UP), .help = "go up to schema version N only" },
    [FF_OPT_URL] = { "url", 0, FF_OT_URL, .meta = "URL", .commands = B(HEALTHCHECK),
      .help = "ask http://ADDR:PORT instead of the server of the data directory" },
    [FF_OPT_TIMEOUT] = { "timeout", 0, FF_OT_DURATION, .min = 100, .max = 60000, .fallback = "3s",
      .meta = "TIME", .commands = B(HEALTHCHECK), .help = "how long to wait, e.g. 3s" },
    [FF_OPT_LIST] = { "list", 0, FF_OT_BOOL, .fallback = "no", .commands = B(DOCTOR),
      .help = "name the checks, run none" },
    [FF_OPT_RUN] = { "run", 0, FF_OT_TEXT, .min = 1, .max = 500, .meta = "A,B",
      .commands = B(DOCTOR), .help = "only these checks" },
    [FF_OPT_FIX] = { "fix", 0, FF_OT_BOOL, .fallback = "no", .commands = B(DOCTOR),
      .help = "mend what a program can mend, e.g. the modes of files" },
    [FF_OPT_YES] = { "yes", 'y', FF_OT_BOOL, .fallback = "no", .commands = B(MIGRATE_DOWN) | B(EMPLOYEE_ERASE) | B(TLS_SELF_SIGNED),
      .help = "do not ask" },
    [FF_OPT_JSON] = { "json", 0, FF_OT_BOOL, .fallback = "no", .commands = LISTS | SESSIONS | B(USER_SHOW) | B(MAIL_LIST),
      .help = "print JSON" },
    [FF_OPT_HELP] = { "help", 'h', FF_OT_BOOL, .fallback = "no", .commands = EVERY,
      .help = "show help for the command" },
    [FF_OPT_VERSION] = { "version", 'V', FF_OT_BOOL, .fallback = "no", .commands = EVERY,
      .help = "show the version" },
};
/* clang-format on */
