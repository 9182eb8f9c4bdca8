/* SPDX-License-Identifier: MIT */
/* db_queries.c - the plan of every named query: none may read a whole table that grows with the
 * years, unless its block says why. */
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const growing[] = {"journal",       "entry",   "purchase",
                                      "purchase_line", "session", "audit"};
enum { N_GROWING = sizeof growing / sizeof *growing };

static bool is_word(const char *text, const char *word, size_t n)
{
    return strlen(word) == n && strncmp(text, word, n) == 0;
}

static size_t word_length(const char *text)
{
    size_t n = 0;
    while (isalnum((unsigned char)text[n]) || text[n] == '_')
        n++;
    return n;
}

static const char *next_word(const char *text)
{
    text += word_length(text);
    while (*text && !word_length(text))
        text++;
    return text;
}

/* True when `text` calls a growing table `alias`: "journal j" or "journal AS j". */
static bool names_growing(const char *text, const char *alias, size_t n)
{
    for (const char *w = next_word(text); *w; w = next_word(w)) {
        for (int i = 0; i < N_GROWING; i++) {
            if (!is_word(w, growing[i], word_length(w)))
                continue;
            const char *after = next_word(w);
            bool adjacent = after == w + word_length(w) + 1; /* no comma or bracket between */
            if (adjacent && is_word(after, "AS", word_length(after)))
                after = next_word(after);
            if (adjacent && word_length(after) == n && strncmp(after, alias, n) == 0)
                return true;
        }
    }
    return false;
}

static bool names(const char *text, const char *word)
{
    for (const char *w = text; *w; w = next_word(w)) {
        if (is_word(w, word, word_length(w)))
            return true;
    }
    return false;
}

/* True for a step of a plan such as "SCAN j" or "SCAN journal USING INDEX ...".
 * An INSERT also lists the tables that refer to its own; the engine reads them only while a
 * reference is broken, which the writer never leaves so. */
static bool scans_growing(const char *query, const char *step)
{
    if (strncmp(step, "SCAN ", 5) != 0)
        return false;
    const char *name = step + 5;
    size_t n = word_length(name);
    for (int i = 0; i < N_GROWING; i++) {
        if (is_word(name, growing[i], n))
            return strncmp(query, "INSERT", 6) != 0 || names(query, growing[i]);
    }
    return names_growing(query, name, n);
}

#define BOTH "entry_wallet (account_id=? AND journal_id>? AND journal_id<?)"

struct plan {
    char grows[160]; /* the first scan of a growing table */
    bool scans;      /* any scan */
    bool is_bounded; /* each walk along a wallet ends at a journal on both sides */
};

static struct plan explain(sqlite3 *sq, const struct ff_query_info *q)
{
    struct plan plan = {"", false, true};
    char *text = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", q->text);
    sqlite3_stmt *st = NULL;
    ck_assert_msg(sqlite3_prepare_v2(sq, text, -1, &st, NULL) == SQLITE_OK, "%s: %s", q->name,
                  sqlite3_errmsg(sq));
    while (sqlite3_step(st) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(st, 3);
        plan.scans = plan.scans || strncmp(step, "SCAN ", 5) == 0;
        if (strstr(step, "entry_wallet (account_id=? AND journal_id>?") && !strstr(step, BOTH))
            plan.is_bounded = false;
        if (!*plan.grows && scans_growing(q->text, step))
            snprintf(plan.grows, sizeof plan.grows, "%s", step);
    }
    sqlite3_finalize(st);
    sqlite3_free(text);
    return plan;
}

static struct ff_store store;

static void open_store(void)
{
    ff_store_open(&store);
}

static void close_store(void)
{
    ff_store_close(&store);
}

START_TEST(no_query_reads_a_growing_table_as_a_whole)
{
    int bad = 0;
    for (int i = 0; i < FF_Q_COUNT; i++) {
        struct plan plan = explain(store.db->pool.all[0]->sq, &ff_queries[i]);
        if (*plan.grows && !ff_queries[i].scan) {
            fprintf(stderr, "%s: %s\n", ff_queries[i].name, plan.grows);
            bad++;
        }
    }
    ck_assert_msg(bad == 0, "%d queries scan a table that grows", bad);
}
END_TEST

/* Else a statement of a month costs more with each year that has passed since. */
START_TEST(statements_read_no_more_than_their_days)
{
    static const enum ff_query walks[] = {FF_Q_LEDGER_STATEMENT_OPENING,
                                          FF_Q_LEDGER_STATEMENT_LINES, FF_Q_LEDGER_SPENT_AT,
                                          FF_Q_PURCHASE_LIST_OF};
    for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++)
        ck_assert_msg(explain(store.db->pool.all[0]->sq, &ff_queries[walks[i]]).is_bounded, "%s",
                      ff_queries[walks[i]].name);
}
END_TEST

START_TEST(an_excuse_is_needed_and_says_something)
{
    for (int i = 0; i < FF_Q_COUNT; i++) {
        if (!ff_queries[i].scan)
            continue;
        struct plan plan = explain(store.db->pool.all[0]->sq, &ff_queries[i]);
        ck_assert_msg(plan.scans, "%s scans nothing: drop its excuse", ff_queries[i].name);
        ck_assert_int_gt((int)strlen(ff_queries[i].scan), 10);
    }
}
END_TEST

START_TEST(the_finder_finds)
{
    static const struct ff_query_info examples[] = {
        {"plain", "SELECT hash FROM journal WHERE hash = x'00'", NULL, false, 0, 0},
        {"alias", "SELECT j.hash FROM employee e JOIN journal j ON j.occurred_at_ms = e.id", NULL,
         false, 0, 0},
        {"alias with AS", "SELECT COUNT(p.gross_minor) AS n FROM purchase AS p", NULL, false, 0, 0},
    };
    static const struct ff_query_info seek = {
        "seek", "SELECT j.hash FROM journal j WHERE j.id = :id", NULL, false, 0, 0};
    sqlite3 *sq = store.db->pool.all[0]->sq;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        ck_assert_msg(*explain(sq, &examples[i]).grows, "%s", examples[i].name);
    ck_assert_str_eq(explain(sq, &seek).grows, "");
}
END_TEST

/* Every query must also be runnable where it will run: within the limits of its connection. */
START_TEST(every_query_prepares_on_its_connection)
{
    for (int i = 0; i < FF_Q_COUNT; i++) {
        FF_STMT *st = NULL;
        if (ff_queries[i].is_write)
            continue;
        ck_assert_msg(ff_db_query(&store.cx, (enum ff_query)i, &st) == FF_OK, "%s: %s",
                      ff_queries[i].name, store.cx.err.detail);
    }
}
END_TEST

static enum ff_rc prepare_writes(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    for (int i = 0; i < FF_Q_COUNT; i++) {
        FF_STMT *st = NULL;
        enum ff_rc rc = ff_db_query(cx, (enum ff_query)i, &st);
        if (rc)
            return rc;
    }
    return FF_OK;
}

START_TEST(every_query_prepares_in_the_writer)
{
    ck_assert_int_eq(ff_db_write(&store.cx, prepare_writes, NULL), FF_OK);
}
END_TEST

START_TEST(masks_name_existing_tables)
{
    for (int i = 0; i < FF_Q_COUNT; i++) {
        ff_table_set all = ff_queries[i].reads | ff_queries[i].writes;
        ck_assert(!(all >> (FF_TABLE_COUNT - 1) >> 1));
        ck_assert_int_eq(ff_queries[i].is_write, ff_queries[i].writes != 0);
    }
    for (int i = 0; i < FF_TABLE_COUNT; i++)
        ck_assert_ptr_nonnull(ff_table_names[i]);
    ck_assert_ptr_null(ff_table_names[FF_TABLE_COUNT]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_queries");
    TCase *cases = tcase_create("plans");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_store, close_store);
    tcase_add_test(cases, no_query_reads_a_growing_table_as_a_whole);
    tcase_add_test(cases, statements_read_no_more_than_their_days);
    tcase_add_test(cases, an_excuse_is_needed_and_says_something);
    tcase_add_test(cases, the_finder_finds);
    tcase_add_test(cases, every_query_prepares_on_its_connection);
    tcase_add_test(cases, every_query_prepares_in_the_writer);
    tcase_add_test(cases, masks_name_existing_tables);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
