/* SPDX-License-Identifier: MIT */
/* privacy_tables.c - the table of tables against the schema itself: whatever is new there must be
 * described, shown to the person it tells of, and forgotten with them. */
#include "../lib/canteen.h"
#include "db/engine.h"
#include "domain/privacy/privacy.h"
#include "domain/privacy/tables.h"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static sqlite3 *file(void)
{
    return fx.db->pool.all[0]->sq;
}

/* Each row of `text` with its first two columns. */
static void for_each(const char *text, void (*each)(const char *, const char *))
{
    sqlite3_stmt *st = NULL;
    ck_assert_msg(sqlite3_prepare_v2(file(), text, -1, &st, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(file()));
    while (sqlite3_step(st) == SQLITE_ROW)
        each((const char *)sqlite3_column_text(st, 0), (const char *)sqlite3_column_text(st, 1));
    sqlite3_finalize(st);
}

static int count(const char *text)
{
    int64_t n = -1;
    ck_assert_msg(ff_sq_int(file(), text, &n) == SQLITE_OK, "%s: %s", text, sqlite3_errmsg(file()));
    return (int)n;
}

/* True when `name` is one of the words of a list "a, b, c". */
static bool lists(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; at && *at;) {
        size_t word = strcspn(at, ",");
        if (word == n && strncmp(at, name, n) == 0)
            return true;
        at += word;
        at += strspn(at, ", ");
    }
    return false;
}

START_TEST(every_table_is_described_and_every_description_has_its_table)
{
    for (int i = 0; i < FF_TABLE_COUNT; i++) {
        const struct ff_privacy_table *t = ff_privacy_table(ff_table_names[i]);
        ck_assert_msg(t, "%s: add a row to src/domain/privacy/tables.c", ff_table_names[i]);
        ck_assert_ptr_nonnull(t->purpose);
        ck_assert_ptr_nonnull(t->readers);
        ck_assert_ptr_nonnull(t->kept);
        ck_assert_msg(!t->purged.plus_one == !t->keep_days, "%s: a purge and its days", t->name);
        ck_assert_msg(!t->section == !t->shown.plus_one, "%s: a section and its query", t->name);
    }
    ck_assert_uint_eq(ff_n_privacy_tables, FF_TABLE_COUNT);
}
END_TEST

START_TEST(every_personal_column_exists)
{
    for (size_t i = 0; i < ff_n_privacy_tables; i++) {
        const char *at = ff_privacy_tables[i].personal;
        while (at && *at) {
            size_t n = strcspn(at, ",");
            char *text =
                sqlite3_mprintf("SELECT COUNT(*) FROM pragma_table_info('%s') WHERE name = "
                                "'%.*s'",
                                ff_privacy_tables[i].name, (int)n, at);
            ck_assert_msg(count(text) == 1, "%s has no %.*s", ff_privacy_tables[i].name, (int)n,
                          at);
            sqlite3_free(text);
            at += n;
            at += strspn(at, ", ");
        }
    }
}
END_TEST

static bool is_shown(const struct ff_privacy_table *t)
{
    if (t->shown.plus_one)
        return true;
    for (size_t i = 0; t->shown_in && i < ff_n_privacy_tables; i++) {
        const char *section = ff_privacy_tables[i].section;
        if (section && strcmp(section, t->shown_in) == 0)
            return true;
    }
    return false;
}

static void must_be_shown(const char *table, const char *column)
{
    const struct ff_privacy_table *t = ff_privacy_table(table);
    ck_assert_msg(t && is_shown(t), "%s.%s points at a person: it needs a section in their export",
                  table, column);
    ck_assert_msg(lists(t->personal, column) || strcmp(column, "id") == 0,
                  "%s.%s points at a person: list it as personal", table, column);
}

#define TABLES                                                                                     \
    "FROM sqlite_schema m, pragma_table_info(m.name) c "                                           \
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' "

START_TEST(whatever_points_at_a_person_is_in_their_export)
{
    for_each("SELECT m.name, f.\"from\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f "
             "WHERE m.type = 'table' AND f.\"table\" IN ('employee', 'user_account')",
             must_be_shown);
    for_each("SELECT m.name, c.name " TABLES
             "AND c.name IN ('user_id', 'actor_user_id', 'employee_id', 'subject_id')",
             must_be_shown);
    ck_assert_int_gt(count("SELECT COUNT(*) " TABLES "AND c.name = 'employee_id'"), 3);
}
END_TEST

static void must_be_personal(const char *table, const char *column)
{
    static const char *const harmless[] = {
        "site",           "department",       "category",        "product",
        "device",         "schema_migration", "purchase_line",   "customer_group",
        "serving_window", "till_session",     "account_map",     "cost_centre",
        "subsidy_rule",   "closed_day",       "payroll_profile", "payroll_batch"};
    const struct ff_privacy_table *t = ff_privacy_table(table);
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        if (strcmp(table, harmless[i]) == 0)
            return;
    }
    ck_assert_msg(lists(t->personal, column), "%s.%s looks personal: list it, or say why not",
                  table, column);
}

/* By their names: what is called so tells of people, unless the table is known to hold none. */
START_TEST(whatever_looks_like_a_name_or_an_address_is_listed)
{
    for_each("SELECT m.name, c.name " TABLES
             "AND (c.name LIKE '%name%' OR c.name LIKE '%mail%' OR c.name LIKE '%address%' OR "
             "c.name LIKE '%number%' OR c.name LIKE '%label%' OR c.name LIKE '%agent%' OR "
             "c.name LIKE '%phone%' OR c.name LIKE 'pin%')",
             must_be_personal);
}
END_TEST

static void must_be_secret(const char *table, const char *column)
{
    /* proofs, digests and marks: nobody gets in with them */
    static const char *const open[] = {"idem_key",    "count_key",   "hash",         "prev_hash",
                                       "closed_hash", "head_hash",   "file_hash",    "content_hash",
                                       "image_hash",  "file_sha256", "token_version"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        if (strcmp(column, open[i]) == 0)
            return;
    }
    ck_assert_msg(ff_privacy_is_secret(table, column),
                  "%s.%s looks like a secret: list it as .secret, or say here that it is none",
                  table, column);
}

START_TEST(whatever_looks_like_a_secret_stays_out_of_an_export)
{
    for_each("SELECT m.name, c.name " TABLES
             "AND (c.name LIKE '%hash%' OR c.name LIKE '%token%' OR c.name LIKE '%secret%' OR "
             "c.name LIKE '%password%' OR c.name LIKE '%\\_key' ESCAPE '\\' OR "
             "c.name LIKE 'pin\\_%' ESCAPE '\\' AND m.name <> 'site' OR c.name = 'family')",
             must_be_secret);
    for (size_t i = 0; i < ff_n_privacy_tables; i++) {
        const char *at = ff_privacy_tables[i].secret;
        while (at && *at) {
            size_t n = strcspn(at, ",");
            char *text =
                sqlite3_mprintf("SELECT COUNT(*) FROM pragma_table_info('%s') WHERE name = "
                                "'%.*s'",
                                ff_privacy_tables[i].name, (int)n, at);
            ck_assert_msg(count(text) == 1, "%s has no %.*s", ff_privacy_tables[i].name, (int)n,
                          at);
            sqlite3_free(text);
            at += n;
            at += strspn(at, ", ");
        }
    }
}
END_TEST

START_TEST(what_is_in_clear_is_rewritten_after_an_erasure)
{
    ff_table_set plain = ff_privacy_plain();
    ck_assert((plain & FF_TABLE_EMPLOYEE) != 0);
    ck_assert((plain & FF_TABLE_USER_ACCOUNT) != 0);
    ck_assert((plain & FF_TABLE_MAIL_OUTBOX) != 0);
    ck_assert((plain & FF_TABLE_SUBJECT_KEY) != 0);
    /* these would take as long as the books are */
    ck_assert(!(plain & (FF_TABLE_JOURNAL | FF_TABLE_ENTRY | FF_TABLE_PURCHASE |
                         FF_TABLE_PURCHASE_LINE | FF_TABLE_AUDIT)));
}
END_TEST

START_TEST(the_record_names_every_table_and_every_retention)
{
    struct ff_buf text;
    ff_buf_init(&text, 1 << 20);
    ff_privacy_record(&text);
    for (int i = 0; i < FF_TABLE_COUNT; i++) {
        char row[80];
        snprintf(row, sizeof row, "\n| %s |", ff_table_names[i]);
        ck_assert_msg(strstr(text.data, row), "%s is missing", ff_table_names[i]);
    }
    ck_assert_ptr_nonnull(strstr(text.data, "\n| session | 30 |\n"));
    ck_assert_ptr_null(strstr(text.data, "NOT DESCRIBED"));
    ff_buf_free(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("privacy_tables");
    TCase *cases = tcase_create("tables");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, every_table_is_described_and_every_description_has_its_table);
    tcase_add_test(cases, every_personal_column_exists);
    tcase_add_test(cases, whatever_points_at_a_person_is_in_their_export);
    tcase_add_test(cases, whatever_looks_like_a_name_or_an_address_is_listed);
    tcase_add_test(cases, whatever_looks_like_a_secret_stays_out_of_an_export);
    tcase_add_test(cases, what_is_in_clear_is_rewritten_after_an_erasure);
    tcase_add_test(cases, the_record_names_every_table_and_every_retention);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
