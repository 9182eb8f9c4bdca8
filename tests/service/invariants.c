/* SPDX-License-Identifier: MIT */
/* invariants.c - I1 to I25 of ledger.md, each a test of its name, after a random run of 5,000
 * commands over all kinds of bookings (tests/lib/model_run.c), with months closed and sums made.
 * The run is made once; each test opens what it left. Those that change it come last. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/canteen.h"
#include "../lib/model.h"
#include "db/backup.h"
#include "domain/archive/rebuild.h"
#include "domain/ledger/month.h"
#include "domain/ledger/statement.h"
#include "domain/ledger/verify.h"
#include "domain/payroll/payroll.h"
#include "domain/privacy/privacy.h"
#include "domain/purchase/refund.h"
#include "domain/report/report.h"
#include "domain/report/rollup.h"
#include "domain/subsidy/allowance.h"
#include "domain/subsidy/rule.h"

enum { COMMANDS = 5000 };
#define DAY INT64_C(86400000)

static struct ff_fixture fx;

static void sum_up(void)
{
    bool more = true;
    while (more) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
    }
}

/* Closes all months that are over, oldest first. */
static void close_months(void)
{
    static const char *const months[] = {"2026-03", "2026-04", "2026-05"};
    struct ff_month month;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        ff_fixture_again(&fx);
        const enum ff_rc rc = ff_month_close(&fx.cx, months[i], &month);
        ck_assert_msg(rc == FF_OK || rc == FF_PERIOD_OPEN || rc == FF_NOT_FOUND, "%s",
                      fx.cx.err.detail);
    }
}

static void arrange(void)
{
    const char *wish = getenv("FF_SEED"), *more = getenv("FF_COMMANDS");
    ff_fixture_open(&fx);
    ff_model_run(&fx, more && *more ? strtol(more, NULL, 10) : COMMANDS,
                 wish ? (unsigned)strtoul(wish, NULL, 10) : 4);
    ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + 40 * DAY));
    sum_up();
    close_months();
    ff_fixture_park(&fx);
}

static void leave(void)
{
    ff_fixture_resume(&fx);
    ff_fixture_close(&fx);
}

static void resume(void)
{
    ff_fixture_resume(&fx);
}

static void park(void)
{
    ff_fixture_park(&fx);
}

static int64_t number(const char *sql)
{
    return ff_test_number(&fx, sql);
}

/* No row may be wrong, and there must be rows to look at. */
static void none(const char *wrong)
{
    ck_assert_msg(number(wrong) == 0, "%lld rows: %s", (long long)number(wrong), wrong);
}

static void some(const char *sql)
{
    ck_assert_msg(number(sql) > 0, "nothing to look at: %s", sql);
}

/* ---- the books ---- */

START_TEST(i01_every_journal_sums_to_zero)
{
    some("SELECT COUNT(*) FROM journal");
    none(
        "SELECT COUNT(*) FROM (SELECT j.id FROM journal j LEFT JOIN entry e ON e.journal_id = j.id "
        "GROUP BY j.id HAVING COUNT(e.account_id) < 2 OR SUM(e.amount_minor) <> 0)");
    ck_assert_int_eq(number("SELECT COUNT(DISTINCT currency) FROM site"), 1);
}
END_TEST

START_TEST(i02_all_balances_sum_to_zero)
{
    none("SELECT SUM(amount_minor) FROM entry");
    ck_assert_int_eq(number("SELECT (SELECT SUM(balance_minor) FROM wallet) + (SELECT "
                            "SUM(amount_minor) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM wallet "
                            "w WHERE w.account_id = e.account_id))"),
                     0);
}
END_TEST

START_TEST(i03_a_balance_is_its_entries_and_the_last_of_them)
{
    none("SELECT COUNT(*) FROM wallet w WHERE w.balance_minor <> COALESCE((SELECT "
         "SUM(e.amount_minor) FROM entry e WHERE e.account_id = w.account_id), 0)");
    none("SELECT COUNT(*) FROM wallet w WHERE w.balance_minor <> COALESCE((SELECT e.balance_after "
         "FROM entry e WHERE e.account_id = w.account_id ORDER BY e.journal_id DESC LIMIT 1), 0)");
    for (int i = 0; i < FF_MODEL_PEOPLE; i++)
        ck_assert_int_eq(ff_fixture_balance(&fx, ff_model.people[i].id),
                         ff_model.people[i].balance);
}
END_TEST

START_TEST(i04_each_balance_follows_from_the_one_before)
{
    none("SELECT COUNT(*) FROM (SELECT e.balance_after - e.amount_minor - COALESCE(LAG("
         "e.balance_after) OVER (PARTITION BY e.account_id ORDER BY e.journal_id), 0) AS gap FROM "
         "entry e JOIN wallet w ON w.account_id = e.account_id) WHERE gap <> 0 OR gap IS NULL");
    none("SELECT COUNT(*) FROM entry e WHERE e.balance_after IS NOT NULL AND NOT EXISTS (SELECT 1 "
         "FROM wallet w WHERE w.account_id = e.account_id)");
}
END_TEST

START_TEST(i05_journals_have_no_gap_and_time_goes_forward)
{
    ck_assert_int_eq(number("SELECT MAX(id) - COUNT(*) FROM journal"), 0);
    ck_assert_int_eq(number("SELECT MIN(id) FROM journal"), 1);
    none("SELECT COUNT(*) FROM (SELECT recorded_at_ms - LAG(recorded_at_ms) OVER (ORDER BY id) AS "
         "step FROM journal) WHERE step < 0");
}
END_TEST

START_TEST(i06_the_chain_recomputes_from_the_first_journal)
{
    ck_assert_int_eq(ff_test_books(&fx), ff_model.n);
    none("SELECT COUNT(*) FROM journal j JOIN journal p ON p.id = j.id - 1 WHERE j.prev_hash <> "
         "p.hash");
}
END_TEST

START_TEST(i07_nothing_that_is_booked_can_be_changed_or_deleted)
{
    static const char *const tables[] = {"journal", "entry", "purchase", "purchase_line",
                                         "refund_line"};
    char sql[120];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s", tables[i]);
        some(sql);
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        ck_assert_msg(!ff_test_try(&fx, sql), "%s", sql);
        snprintf(sql, sizeof sql, "UPDATE %s SET %s = %s", tables[i],
                 strcmp(tables[i], "journal") == 0 ? "id" : "journal_id",
                 strcmp(tables[i], "journal") == 0 ? "id" : "journal_id");
        ck_assert_msg(!ff_test_try(&fx, sql), "%s", sql);
    }
}
END_TEST

START_TEST(i08_a_void_is_the_exact_negation_and_comes_once)
{
    some("SELECT COUNT(*) FROM journal WHERE kind = 'void'");
    none("SELECT COUNT(*) FROM (SELECT reverses_id FROM journal WHERE kind = 'void' GROUP BY "
         "reverses_id HAVING COUNT(*) > 1)");
    none("SELECT COUNT(*) FROM journal v JOIN entry n ON n.journal_id = v.id LEFT JOIN entry o ON "
         "o.journal_id = v.reverses_id AND o.account_id = n.account_id WHERE v.kind = 'void' AND "
         "n.amount_minor IS NOT -o.amount_minor");
    none("SELECT COUNT(*) FROM journal v WHERE v.kind = 'void' AND (SELECT COUNT(*) FROM entry n "
         "WHERE n.journal_id = v.id) <> (SELECT COUNT(*) FROM entry o WHERE o.journal_id = "
         "v.reverses_id)");
}
END_TEST

START_TEST(i09_never_more_is_refunded_than_was_bought)
{
    some("SELECT COUNT(*) FROM refund_line");
    none("SELECT COUNT(*) FROM (SELECT l.qty - SUM(r.qty) AS q, l.gross_minor - SUM(r.gross_minor) "
         "AS g, l.tax_minor - SUM(r.tax_minor) AS t FROM refund_line r JOIN purchase_line l ON "
         "l.journal_id = r.purchase_id AND l.line_no = r.line_no GROUP BY r.purchase_id, "
         "r.line_no) WHERE q < 0 OR g < 0 OR t < 0 OR (q = 0 AND (g <> 0 OR t <> 0))");
    none("SELECT COUNT(*) FROM refund_line r JOIN journal v ON v.reverses_id = r.purchase_id AND "
         "v.kind = 'void'");
}
END_TEST

START_TEST(i10_no_debit_ends_below_the_floor)
{
    some("SELECT COUNT(*) FROM entry WHERE balance_after < 0");
    some("SELECT COUNT(*) FROM journal WHERE enforce_floor = 0");
    none("SELECT COUNT(*) FROM entry e JOIN wallet w ON w.account_id = e.account_id JOIN journal j "
         "ON j.id = e.journal_id WHERE j.enforce_floor = 1 AND e.amount_minor < 0 AND "
         "e.balance_after < w.floor_minor");
    none("SELECT COUNT(*) FROM journal WHERE enforce_floor = 0 AND reason_code NOT IN "
         "('bank_return', 'offline_queue', 'manager_override')");
}
END_TEST

/* What a purchase's entries on accounts of some kinds come to. */
#define PART(kinds)                                                                                \
    "COALESCE((SELECT SUM(e.amount_minor) FROM entry e JOIN account a ON a.id = e.account_id "     \
    "WHERE e.journal_id = p.journal_id AND a.kind IN (" kinds ")), 0)"

START_TEST(i11_lines_purchase_and_entries_say_the_same)
{
    some("SELECT COUNT(*) FROM purchase");
    none("SELECT COUNT(*) FROM purchase p WHERE p.gross_minor <> (SELECT SUM(l.gross_minor) FROM "
         "purchase_line l WHERE l.journal_id = p.journal_id) OR p.wallet_minor <> (SELECT "
         "SUM(l.wallet_minor) FROM purchase_line l WHERE l.journal_id = p.journal_id)");
    none("SELECT COUNT(*) FROM purchase p WHERE p.gross_minor <> " PART("'revenue', 'vat'"));
    none("SELECT COUNT(*) FROM purchase p WHERE p.wallet_minor <> -" PART("'wallet'"));
    none("SELECT COUNT(*) FROM purchase p WHERE p.allowance_minor <> -" PART("'allowance'"));
    none("SELECT COUNT(*) FROM purchase p WHERE p.subsidy_minor <> -" PART("'subsidy'"));
}
END_TEST

static void report(const char *by, struct ff_report *out)
{
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_sales(&fx.cx, "2026-01-01", "2036-01-01", by, out), FF_OK);
}

START_TEST(i12_the_tax_of_a_report_is_the_tax_of_its_lines)
{
    struct ff_report r;
    report("tax", &r);
    ck_assert_int_gt(r.tax, 0);
    ck_assert_int_eq(
        r.tax, number("SELECT (SELECT SUM(l.tax_minor) FROM purchase_line l WHERE NOT EXISTS "
                      "(SELECT 1 FROM journal v WHERE v.reverses_id = l.journal_id AND v.kind "
                      "= 'void')) - (SELECT SUM(tax_minor) FROM refund_line)"));
}
END_TEST

START_TEST(i13_a_spend_counter_is_what_was_paid_less_what_came_back)
{
    some("SELECT COUNT(*) FROM spend_counter");
    none("SELECT COUNT(*) FROM spend_counter c WHERE c.spent_minor <> COALESCE((SELECT "
         "SUM(p.wallet_minor) FROM purchase p JOIN journal j ON j.id = p.journal_id WHERE "
         "p.employee_id = c.employee_id AND substr(j.business_date, 1, 7) = c.month), 0) - "
         "COALESCE((SELECT SUM(e.amount_minor) FROM journal b JOIN entry e ON e.journal_id = b.id "
         "JOIN account a ON a.id = e.account_id AND a.kind = 'wallet' JOIN purchase p ON "
         "p.journal_id = b.reverses_id JOIN journal j ON j.id = p.journal_id WHERE p.employee_id = "
         "c.employee_id AND substr(j.business_date, 1, 7) = c.month), 0)");
    for (int i = 0; i < FF_MODEL_PEOPLE; i++) {
        char sql[160];
        snprintf(sql, sizeof sql,
                 "SELECT w.month_spent_minor FROM wallet w JOIN account a ON a.id = w.account_id "
                 "WHERE a.code = 'wallet:%lld'",
                 (long long)ff_model.people[i].id);
        ck_assert_int_eq(number(sql), ff_model.people[i].month_spent);
    }
}
END_TEST

/* ---- the employer's part ---- */

static struct ff_purchase buy_lunch(int64_t who, int64_t product, int64_t key)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_msg(ff_test_buy(&fx.cx, who, product, 1, ff_test_key(key), &p) == FF_OK, "%s",
                  fx.cx.err.detail);
    return p;
}

static void make_rule(void)
{
    const struct ff_subsidy_rule_in in = {
        .set = 1u << FF_SUBSIDY_NAME | 1u << FF_SUBSIDY_KIND | 1u << FF_SUBSIDY_VALUE,
        .rule = {.name = "Lunch", .kind = "percent", .value = 333333}};
    struct ff_subsidy_rule out;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_subsidy_rule_create(&fx.cx, &in, &out), FF_OK);
}

static void give_allowance(int64_t who)
{
    const struct ff_allowance_new in = {.amount = 30,
                                        .expires_on = "2099-12-31",
                                        .employee_ids = {&who, 1},
                                        .group_id = FF_NULL_INT,
                                        .department_id = FF_NULL_INT,
                                        .all = FF_NULL_INT,
                                        .cost_centre_id = FF_NULL_INT};
    const struct ff_idem idem = {.key = "an-allowance-of-the-run-1"};
    struct ff_allowance_run run;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_allowance_give(&fx.cx, &in, &idem, &run), FF_OK);
}

/* Anew after each of these: one grant a person, day and slot that no void has freed. */
static void one_live_grant(int64_t all, int64_t live)
{
    ck_assert_int_eq(number("SELECT COUNT(*) FROM subsidy_grant"), all);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM subsidy_grant WHERE freed_by IS NULL"), live);
    none("SELECT COUNT(*) FROM (SELECT 1 FROM subsidy_grant WHERE freed_by IS NULL GROUP BY "
         "employee_id, business_date, rule_id, slot HAVING COUNT(*) > 1)");
}

START_TEST(i14_an_employer_pays_a_slot_once)
{
    const int64_t who = ff_model.people[0].id, cake = ff_model.products[2];
    struct ff_movement m;
    struct ff_undo u;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, who, 5000, ff_test_key(950000), &m), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + DAY));
    make_rule();
    give_allowance(who);
    const struct ff_purchase first = buy_lunch(who, cake, 950001);
    ck_assert_int_eq(first.subsidy, 81); /* of 244 */
    ck_assert_int_eq(first.allowance, 30);
    ck_assert_int_eq(buy_lunch(who, cake, 950002).subsidy, 0);
    one_live_grant(1, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, first.id, ff_test_key(950003), &u), FF_OK);
    one_live_grant(1, 0);
    ck_assert_int_eq(buy_lunch(who, cake, 950004).subsidy, 81);
    ck_assert_int_eq(buy_lunch(ff_model.people[0].id, cake, 950005).subsidy, 0);
    one_live_grant(2, 1);
    ck_assert(!ff_test_try(&fx, "INSERT INTO subsidy_grant SELECT journal_id + 1, rule_id, "
                                "employee_id, business_date, slot, cost_centre_id, amount_minor, "
                                "NULL FROM subsidy_grant WHERE freed_by IS NULL"));
    (void)ff_test_books(&fx);
    none("SELECT COUNT(*) FROM purchase p WHERE p.subsidy_minor <> -" PART("'subsidy'"));
    none("SELECT COUNT(*) FROM purchase p WHERE p.allowance_minor <> -" PART("'allowance'"));
}
END_TEST

START_TEST(i15_what_people_have_is_what_all_other_accounts_lack)
{
    ck_assert_int_eq(
        number("SELECT SUM(CASE WHEN a.kind IN ('wallet', 'allowance') THEN "
               "e.amount_minor ELSE 0 END) + SUM(CASE WHEN a.kind NOT IN ('wallet', "
               "'allowance') THEN e.amount_minor ELSE 0 END) FROM entry e JOIN account "
               "a ON a.id = e.account_id"),
        0);
    int64_t people = 0, others = 0;
    for (int i = 0; i < FF_MODEL_PEOPLE; i++)
        people += ff_model.people[i].balance;
    for (int i = 0; i < FF_MODEL_ACCOUNTS; i++)
        others += ff_model.accounts[i];
    ck_assert_int_eq(people, -others);
    ck_assert_int_eq(people, number("SELECT SUM(balance_minor) FROM wallet"));
}
END_TEST

/* The first day of the n-th month after February 2026. */
static const char *month_start(int n, char out[FF_INSTANT_CAP])
{
    const int months = 2 + n;
    snprintf(out, FF_INSTANT_CAP, "%04d-%02d-01", 2026 + months / 12, months % 12 + 1);
    return out;
}

/* Months until the clock's; each statement is read and added up. */
static int64_t walk_statements(int64_t who)
{
    char today[FF_DATE_CAP], from[FF_INSTANT_CAP] = "", to[FF_INSTANT_CAP];
    int64_t before = 0;
    ff_business_date(ff_clock_now_ms(fx.clock), 0, today);
    for (int m = 0; strcmp(from, today) <= 0; m++) {
        struct ff_statement s;
        ff_fixture_again(&fx);
        ck_assert_int_eq(
            ff_wallet_statement(&fx.cx, who, month_start(m, from), month_start(m + 1, to), &s),
            FF_OK);
        int64_t running = s.opening;
        const struct ff_statement_line *lines = s.lines.items;
        for (size_t k = 0; k < s.lines.n; k++)
            ck_assert_int_eq(lines[k].balance, running += lines[k].amount);
        ck_assert_int_eq(running, s.closing);
        ck_assert_int_eq(s.opening, before);
        before = s.closing;
    }
    return before;
}

START_TEST(i16_a_statement_opens_where_the_one_before_closed)
{
    for (int i = 0; i < FF_MODEL_PEOPLE; i++)
        ck_assert_int_eq(walk_statements(ff_model.people[i].id), ff_model.people[i].balance);
    some("SELECT COUNT(*) FROM statement");
    none(
        "SELECT COUNT(*) FROM statement n JOIN statement p ON p.account_id = n.account_id AND "
        "p.period_id = (SELECT MAX(q.period_id) FROM statement q WHERE q.account_id = n.account_id "
        "AND q.period_id < n.period_id) WHERE n.opening_minor <> p.closing_minor");
}
END_TEST

/* Somebody owes 4.00 in the clock's month, which is then over and closed, as all before it. */
static void owe_a_month(int64_t who, char month[FF_INSTANT_CAP])
{
    char today[FF_DATE_CAP], first[FF_INSTANT_CAP] = "";
    const struct ff_idem idem = {.key = "a-debt-for-the-payroll"};
    struct ff_movement m;
    struct ff_month closed;
    const int64_t balance = ff_fixture_balance(&fx, who);
    ff_fixture_again(&fx);
    if (balance > -400)
        ck_assert_msg(
            ff_ledger_adjust(&fx.cx, who, -400 - balance, "correction", "owes", &idem, &m) == FF_OK,
            "%s", fx.cx.err.detail);
    ff_business_date(ff_clock_now_ms(fx.clock), 0, today);
    ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + 32 * DAY));
    for (int i = 0; strncmp(first, today, 7) != 0; i++) {
        snprintf(month, FF_INSTANT_CAP, "%.7s", month_start(i, first));
        ff_fixture_again(&fx);
        const enum ff_rc rc = ff_month_close(&fx.cx, month, &closed);
        ck_assert_msg(rc == FF_OK || rc == FF_NOT_FOUND, "%s: %s", month, fx.cx.err.detail);
    }
}

static int64_t make_profile(void)
{
    static struct ff_payroll_column columns[] = {{"number", NULL}, {"amount", NULL}};
    const struct ff_payroll_profile in = {.name = "Office",
                                          .columns = {columns, 2},
                                          .has_bom = FF_NULL_INT,
                                          .has_header = FF_NULL_INT};
    struct ff_payroll_profile out;
    ff_fixture_again(&fx);
    ck_assert_msg(ff_payroll_profile_create(&fx.cx, &in, &out) == FF_OK, "%s", fx.cx.err.detail);
    return out.id;
}

START_TEST(i17_payroll_of_a_confirmed_month_holds_nothing)
{
    char month[FF_INSTANT_CAP];
    const struct ff_idem keys[] = {{.key = "a-batch-of-that-month"},
                                   {.key = "the-money-has-arrived"}};
    struct ff_payroll_batch batch;
    struct ff_text file;
    owe_a_month(ff_model.people[2].id, month);
    const struct ff_payroll_new in = {
        .month = month, .profile_id = make_profile(), .cap = FF_NULL_INT, .minimum = FF_NULL_INT};
    ff_fixture_again(&fx);
    ck_assert_msg(ff_payroll_create(&fx.cx, &in, &keys[0], &batch) == FF_OK, "%s",
                  fx.cx.err.detail);
    ck_assert_int_ge(batch.due, 400);
    ck_assert_int_eq(number("SELECT SUM(e.amount_minor) FROM entry e JOIN account a ON a.id = "
                            "e.account_id WHERE a.kind = 'payroll'"),
                     -batch.due);
    const int64_t id = batch.id, due = batch.due;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_file(&fx.cx, id, &file), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_confirm(&fx.cx, id, due, &keys[1], &batch), FF_OK);
    some("SELECT COUNT(*) FROM account WHERE kind = 'payroll'");
    none("SELECT COUNT(*) FROM (SELECT 1 FROM entry e JOIN account a ON a.id = e.account_id WHERE "
         "a.kind = 'payroll' GROUP BY a.id HAVING SUM(e.amount_minor) <> 0)");
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(i23_money_in_every_report_is_money_in_the_accounts)
{
    const int64_t sold = ff_model.accounts[FF_MODEL_REVENUE] + ff_model.accounts[FF_MODEL_VAT_7] +
                         ff_model.accounts[FF_MODEL_VAT_19];
    for (size_t i = 0; ff_report_keys[i]; i++) {
        struct ff_report r;
        int64_t gross = 0;
        report(ff_report_keys[i], &r);
        const struct ff_report_row *rows = r.rows.items;
        for (size_t k = 0; k < r.rows.n; k++)
            gross += rows[k].gross;
        ck_assert_msg(gross == sold && r.gross == sold && r.net + r.tax == sold &&
                          r.net == ff_model.accounts[FF_MODEL_REVENUE],
                      "%s: %lld, not %lld", ff_report_keys[i], (long long)gross, (long long)sold);
    }
}
END_TEST

/* ---- no float anywhere near money ---- */

static void blank_comments(char *text)
{
    for (char *at = text; (at = strstr(at, "/*"));)
        while (*at && strncmp(at, "*/", 2) != 0)
            *at++ = ' ';
}

static void no_word(const char *path, const char *word)
{
    size_t n;
    char *text = ff_test_file(path, &n);
    blank_comments(text);
    for (const char *at = text; (at = strstr(at, word)); at++) {
        const char before = at == text ? ' ' : at[-1], after = at[strlen(word)];
        ck_assert_msg(strchr(" *(\n\t", before) == NULL || strchr(" *)", after) == NULL,
                      "%s has a %s", path, word);
    }
    free(text);
}

START_TEST(i24_no_money_is_a_float)
{
    static const char *const paths[] = {"src/base/money.c",
                                        "src/base/money.h",
                                        "src/json/read.c",
                                        "src/json/write.c",
                                        "src/json/bind.h",
                                        "src/domain/ledger/ledger.h",
                                        "src/domain/ledger/post.c",
                                        "src/domain/ledger/movement.c",
                                        "src/domain/purchase/purchase.h",
                                        "src/domain/purchase/pricing.c",
                                        "src/domain/purchase/refund.c",
                                        "src/domain/report/sales.c"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        no_word(paths[i], "double");
        no_word(paths[i], "float");
    }
    none("SELECT COUNT(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name "
         "NOT LIKE 'sqlite%' AND strict = 0");
    none("SELECT COUNT(*) FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' "
         "AND c.name LIKE '%minor%' AND c.type <> 'INTEGER'");
    ck_assert(!ff_test_try(&fx, "INSERT INTO entry (journal_id, account_id, amount_minor) VALUES "
                                "(1, 1, 0.5)"));
}
END_TEST

/* ---- what is tried again, at once, and cut off ---- */

static void repeat_all(int step)
{
    for (int i = 0; i < ff_model.n; i += step) {
        ff_fixture_again(&fx);
        ff_model_repeat(&fx, &fx.cx, i);
    }
}

START_TEST(i18_a_request_sent_again_changes_nothing)
{
    const int64_t before = number("SELECT SUM(balance_minor * account_id) + 31 * (SELECT COUNT(*) "
                                  "FROM journal) + (SELECT COUNT(*) FROM entry) FROM wallet");
    for (int k = 0; k < 2; k++)
        repeat_all(7);
    ck_assert_int_eq(number("SELECT SUM(balance_minor * account_id) + 31 * (SELECT COUNT(*) FROM "
                            "journal) + (SELECT COUNT(*) FROM entry) FROM wallet"),
                     before);
    ck_assert_int_eq(ff_test_books(&fx), ff_model.n);
}
END_TEST

/* Kiosks that sell to the same two people at once. */
enum { KIOSKS = 6, SALES = 25 };
struct kiosk {
    struct ff_ctx cx;
    pthread_t thread;
    int n;
    int64_t journals[SALES], after[SALES];
    enum ff_rc rc[SALES];
};
static struct kiosk kiosks[KIOSKS];

static void *sell(void *arg)
{
    struct kiosk *k = arg;
    for (int i = 0; i < SALES; i++) {
        struct ff_purchase p = {0};
        ff_db_release(&k->cx);
        ff_arena_reset(k->cx.arena);
        ff_err_clear(&k->cx);
        k->rc[i] = ff_test_buy(&k->cx, ff_model.people[2 * (i % 2)].id, ff_model.products[i % 3], 1,
                               ff_test_key(900000 + 100 * k->n + i), &p);
        k->journals[i] = p.id;
        k->after[i] = p.balance_after;
    }
    return NULL;
}

/* In the order of the journals, one after the other, by the model. */
static void sell_again_in_order(int64_t from, int64_t to)
{
    for (int64_t id = from; id <= to; id++)
        for (int k = 0; k < KIOSKS; k++)
            for (int i = 0; i < SALES; i++) {
                if (kiosks[k].rc[i] || kiosks[k].journals[i] != id)
                    continue;
                struct ff_model_person *p = &ff_model.people[2 * (i % 2)];
                ck_assert_int_ge(p->balance - p->floor, ff_model.prices[i % 3]);
                p->balance -= ff_model.prices[i % 3];
                ck_assert_int_eq(kiosks[k].after[i], p->balance);
            }
}

START_TEST(i19_kiosks_at_once_end_as_one_after_the_other)
{
    struct ff_movement m;
    int sold = 0;
    for (int i = 0; i < 2; i++) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(
            ff_test_topup(&fx.cx, ff_model.people[2 * i].id, 3000, ff_test_key(910000 + i), &m),
            FF_OK);
        ff_model.people[2 * i].balance += 3000;
    }
    const int64_t before = number("SELECT MAX(id) FROM journal");
    for (int i = 0; i < KIOSKS; i++) {
        kiosks[i].n = i;
        ff_test_caller(&fx, &kiosks[i].cx);
        ck_assert_int_eq(pthread_create(&kiosks[i].thread, NULL, sell, &kiosks[i]), 0);
    }
    for (int i = 0; i < KIOSKS; i++)
        pthread_join(kiosks[i].thread, NULL);
    for (int i = 0; i < KIOSKS; i++) {
        for (int k = 0; k < SALES; k++) {
            ck_assert(kiosks[i].rc[k] == FF_OK || kiosks[i].rc[k] == FF_INSUFFICIENT_BALANCE);
            sold += kiosks[i].rc[k] == FF_OK;
        }
        ff_test_no_caller(&kiosks[i].cx);
    }
    ck_assert_int_eq(number("SELECT MAX(id) FROM journal"), before + sold);
    sell_again_in_order(before + 1, before + sold);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(ff_fixture_balance(&fx, ff_model.people[2 * i].id),
                         ff_model.people[2 * i].balance);
    (void)ff_test_books(&fx);
}
END_TEST

/* Books top-ups until it is killed, and says each one that was confirmed. */
static void book_until_killed(int out)
{
    ff_fixture_resume(&fx);
    for (int i = 0;; i++) {
        struct ff_movement m = {0};
        ff_fixture_again(&fx);
        if (ff_test_topup(&fx.cx, ff_model.people[0].id, 1, ff_test_key(920000 + i), &m) ||
            write(out, &m.id, sizeof m.id) != sizeof m.id)
            _exit(1);
    }
}

START_TEST(i20_what_was_confirmed_before_a_kill_is_there_after_it)
{
    int ends[2], status = 0;
    int64_t said = 0, last = 0;
    ff_fixture_park(&fx); /* nothing may be open across the fork */
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0)
        book_until_killed(ends[1]);
    close(ends[1]);
    for (int i = 0; i < 40; i++) {
        ck_assert_int_eq(read(ends[0], &said, sizeof said), sizeof said);
        last = said;
    }
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    while (read(ends[0], &said, sizeof said) == sizeof said)
        last = said;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    close(ends[0]);
    ff_fixture_resume(&fx);
    ck_assert_int_ge(number("SELECT MAX(id) FROM journal"), last);
    ck_assert_int_le(number("SELECT MAX(id) FROM journal"), last + 1); /* booked, not yet said */
    (void)ff_test_books(&fx);
}
END_TEST

static void head_of(struct ff_verify_report *r)
{
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, r), FF_OK);
    ck_assert(r->ok);
}

START_TEST(i22_a_restored_backup_has_the_same_head)
{
    char file[128], kept[512];
    struct ff_backup_info info;
    struct ff_verify_report before, after;
    struct ff_movement m;
    head_of(&before);
    snprintf(file, sizeof file, "%s/copy.db", fx.dir);
    ck_assert_int_eq(ff_backup_create(&fx.cx, file, &info), FF_OK);
    ck_assert_int_eq(info.head_id, before.head_id);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, ff_model.people[0].id, 5, ff_test_key(930000), &m),
                     FF_OK);
    ff_fixture_park(&fx);
    ck_assert_int_eq(ff_backup_restore(&fx.cx, fx.dir, file, kept), FF_OK);
    ck_assert_int_eq(remove(file), 0);
    ck_assert_int_eq(remove(kept),
                     0); /* people's names are in it, and the last test looks for them */
    ff_fixture_resume(&fx);
    head_of(&after);
    ck_assert_int_eq(after.head_id, before.head_id);
    ck_assert_mem_eq(after.head_hash, before.head_hash, sizeof before.head_hash);
    ck_assert_int_eq(after.entries, before.entries);
}
END_TEST

/* ---- limits ---- */

START_TEST(i25_a_limit_refuses_no_money_that_comes)
{
    struct ff_movement m = {0};
    struct ff_purchase p = {0}, second = {0};
    struct ff_undo u = {0};
    const int64_t who = ff_model.people[4].id;
    ck_assert_int_eq(ff_test_topup(&fx.cx, who, 2000, ff_test_key(940000), &m), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, who, ff_model.products[0], 3, ff_test_key(940001), &p),
                     FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(
        ff_test_buy(&fx.cx, who, ff_model.products[0], 2, ff_test_key(940002), &second), FF_OK);
    char sql[120];
    snprintf(sql, sizeof sql, "UPDATE employee SET monthly_limit_minor = 0 WHERE id = %lld",
             (long long)who);
    ff_test_change(&fx, sql);
    ff_fixture_again(&fx);
    ck_assert_int_eq(
        ff_test_buy(&fx.cx, who, ff_model.products[0], 1, ff_test_key(940003), &second),
        FF_MONTHLY_LIMIT);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, p.id, ff_test_key(940004)), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, who, 1, ff_test_key(940005), &m), FF_OK);
    const struct ff_idem idem = {.key = "test-void-of-a-topup-0001"};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_void(&fx.cx, m.id, "booked_twice", NULL, &idem, &m), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, p.id + 1, ff_test_key(940006), &u), FF_OK);
    (void)ff_test_books(&fx);
}
END_TEST

/* ---- erasure ---- */

START_TEST(i21_after_an_erasure_the_books_hold_and_the_name_is_nowhere)
{
    const struct ff_erasure_new in = {.reason = "left the company", .settle = "writeoff"};
    struct ff_erasure out;
    ck_assert_ptr_nonnull(ff_test_says_in(fx.dir, "Quilliam"));
    for (int i = 0; i < FF_MODEL_PEOPLE; i++) {
        ff_fixture_again(&fx);
        ck_assert_msg(ff_privacy_erase(&fx.cx, ff_model.people[i].id, &in, &out) == FF_OK, "%s",
                      fx.cx.err.detail);
    }
    ck_assert_ptr_null(ff_test_says_in(fx.dir, "Quilliam"));
    ck_assert_int_ge(ff_test_books(&fx), ff_model.n);
    none("SELECT SUM(balance_minor) FROM wallet");
    none("SELECT COUNT(*) FROM (SELECT journal_id FROM entry GROUP BY journal_id HAVING "
         "SUM(amount_minor) <> 0)");
}
END_TEST

static void note_first(void *arg, const struct ff_difference *d)
{
    char *first = arg;
    if (!*first)
        snprintf(first, 200, "%s %s %s: %s, %s", d->table, d->key, d->column ? d->column : "-",
                 d->rebuilt ? d->rebuilt : "-", d->living ? d->living : "-");
}

/* After all that: the journals alone say the same. */
START_TEST(all_of_it_is_rebuilt_to_the_unit)
{
    char file[128], first[200] = "";
    struct ff_rebuild_report r;
    snprintf(file, sizeof file, "%s/rebuilt.db", fx.dir);
    ff_fixture_again(&fx);
    ck_assert_msg(ff_rebuild(&fx.cx, file, note_first, first, &r) == FF_OK, "%s", fx.cx.err.detail);
    ck_assert_msg(r.differences == 0, "%lld: %s", (long long)r.differences, first);
    ck_assert_int_gt(r.journals, ff_model.n);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("invariants");
    TCase *t = tcase_create("run");
    tcase_set_timeout(t, 300);
    tcase_add_unchecked_fixture(t, arrange, leave);
    tcase_add_checked_fixture(t, resume, park);
    tcase_add_test(t, i01_every_journal_sums_to_zero);
    tcase_add_test(t, i02_all_balances_sum_to_zero);
    tcase_add_test(t, i03_a_balance_is_its_entries_and_the_last_of_them);
    tcase_add_test(t, i04_each_balance_follows_from_the_one_before);
    tcase_add_test(t, i05_journals_have_no_gap_and_time_goes_forward);
    tcase_add_test(t, i06_the_chain_recomputes_from_the_first_journal);
    tcase_add_test(t, i07_nothing_that_is_booked_can_be_changed_or_deleted);
    tcase_add_test(t, i08_a_void_is_the_exact_negation_and_comes_once);
    tcase_add_test(t, i09_never_more_is_refunded_than_was_bought);
    tcase_add_test(t, i10_no_debit_ends_below_the_floor);
    tcase_add_test(t, i11_lines_purchase_and_entries_say_the_same);
    tcase_add_test(t, i12_the_tax_of_a_report_is_the_tax_of_its_lines);
    tcase_add_test(t, i13_a_spend_counter_is_what_was_paid_less_what_came_back);
    tcase_add_test(t, i15_what_people_have_is_what_all_other_accounts_lack);
    tcase_add_test(t, i16_a_statement_opens_where_the_one_before_closed);
    tcase_add_test(t, i23_money_in_every_report_is_money_in_the_accounts);
    tcase_add_test(t, i24_no_money_is_a_float);
    tcase_add_test(t, i18_a_request_sent_again_changes_nothing);
    tcase_add_test(t, i22_a_restored_backup_has_the_same_head);
    tcase_add_test(t, i19_kiosks_at_once_end_as_one_after_the_other);
    tcase_add_test(t, i14_an_employer_pays_a_slot_once);
    tcase_add_test(t, i25_a_limit_refuses_no_money_that_comes);
    tcase_add_test(t, i17_payroll_of_a_confirmed_month_holds_nothing);
    tcase_add_test(t, i20_what_was_confirmed_before_a_kill_is_there_after_it);
    tcase_add_test(t, i21_after_an_erasure_the_books_hold_and_the_name_is_nowhere);
    tcase_add_test(t, all_of_it_is_rebuilt_to_the_unit);
    suite_add_tcase(s, t);
    return ff_test_run(s);
}
