/* SPDX-License-Identifier: MIT */
/* db_sqlgen.c - the build stops on SQL that would fail later: the words of sqlword.c one by one,
 * and the host program itself on small folders of good and bad files. */
#include "../../src/gen/sqlword.c" /* a host tool's part: in no library */
#include "../lib/store.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- words ---- */

/* clang-format off */
static const struct {
    const char *sql;
    int findings;
    size_t at; /* of the first */
} words[] = {
    { "SELECT id, name FROM product WHERE id = :id", 0, 0 },
    { "SELECT COUNT(*) AS total FROM product", 0, 0 },
    { "SELECT MAX(id) AS last, MIN(COALESCE(id, 0)) AS first FROM journal", 0, 0 },
    { "SELECT replace(name_fold, :word, '') AS x FROM product", 0, 0 },
    { "SELECT 'it''s LIKE \"this\"' AS text -- LIKE ifnull *", 0, 0 },
    { "SELECT 1 AS one /* SELECT * FROM x */", 0, 0 },
    { "SELECT price * 2 AS twice FROM product", 0, 0 },
    { "CAST(:id AS BIGINT) IS NULL OR id = CAST(:id AS BIGINT)", 0, 0 },
    { "CREATE TABLE t (a INTEGER) STRICT, WITHOUT ROWID", 0, 0 },
    { "SELECT * FROM product", 1, 7 },
    { "SELECT DISTINCT * FROM product", 1, 16 },
    { "SELECT id, * FROM product", 1, 11 },
    { "SELECT p.* FROM product p", 1, 9 },
    { "DELETE FROM product RETURNING *", 1, 30 },
    { "SELECT ifnull(a, b)", 1, 7 },
    { "SELECT group_concat(a)", 1, 7 },
    { "SELECT string_agg(a, ',')", 1, 7 },
    { "SELECT strftime('%s')", 1, 7 },
    { "SELECT DATE(x)", 1, 7 },
    { "SELECT datetime(x)", 1, 7 },
    { "WHERE name LIKE 'a%'", 1, 11 },
    { "WHERE name ILIKE 'a%'", 1, 11 },
    { "WHERE name GLOB 'a*'", 1, 11 },
    { "INSERT OR IGNORE INTO t", 1, 7 },
    { "UPDATE OR REPLACE t", 1, 7 },
    { "REPLACE INTO t", 1, 0 },
    { "SELECT last_insert_rowid()", 1, 7 },
    { "SELECT rowid FROM t", 1, 7 },
    { "SELECT _rowid_ FROM t", 1, 7 },
    { "id INTEGER PRIMARY KEY AUTOINCREMENT", 1, 23 },
    { "SELECT \"name\" FROM t", 1, 7 },
    { "SELECT `name` FROM t", 1, 7 },
    { "SELECT [name] FROM t", 1, 7 },
    { "SELECT a::text", 1, 8 },
    { "SELECT a->>'b'", 1, 8 },
    { "WHERE a == b", 1, 8 },
    { "WHERE a = ?", 1, 10 },
    { "WHERE a = @a", 1, 10 },
    { "WHERE a = $1", 1, 10 },
    { "WHERE :a IS NULL", 1, 6 },
    { "SELECT MAX(a, b)", 1, 7 },
    { "SELECT min(f(a), b)", 1, 7 },
    { "SELECT AVG(a)", 1, 7 },
    { "SELECT TOTAL(a)", 1, 7 },
    { "price REAL", 1, 6 },
    { "price NUMERIC", 1, 6 },
    { "SELECT a FROM t FOR UPDATE", 1, 20 },
    { "PRAGMA x", 1, 0 },
    { "SELECT 'never closed", 0, 0 },
    { "SELECT 1 /* never closed", 0, 0 },
};
/* clang-format on */

struct count {
    int n;
    size_t first;
};

static void count(void *arg, size_t offset, const char *what)
{
    struct count *c = arg;
    ck_assert_int_gt((int)strlen(what), 5);
    if (c->n++ == 0)
        c->first = offset;
}

START_TEST(words_are_judged)
{
    struct count c = {0, 0};
    sql_lint(words[_i].sql, SQL_QUERY, count, &c);
    ck_assert_msg(c.n == words[_i].findings && c.first == words[_i].at, "%s: %d at %zu",
                  words[_i].sql, c.n, c.first);
}
END_TEST

START_TEST(a_schema_has_no_parameters)
{
    struct count c = {0, 0};
    sql_lint("INSERT INTO t (a) VALUES (:a)", SQL_SCHEMA, count, &c);
    ck_assert_int_eq(c.n, 1);
}
END_TEST

/* ---- the program ---- */

static struct ff_store store;

static void put(const char *name, const char *text)
{
    char path[512];
    FILE *f = fopen(ff_store_path(&store, name, path), "wb");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

/* A schema of two steps and no query yet. */
static void make_folders(void)
{
    char path[512];
    ff_store_dir(&store);
    ck_assert_int_eq(mkdir(ff_store_path(&store, "schema", path), 0700), 0);
    ck_assert_int_eq(mkdir(ff_store_path(&store, "query", path), 0700), 0);
    ck_assert_int_eq(mkdir(ff_store_path(&store, "out", path), 0700), 0);
    put("schema/0000_steps.up.sql", "CREATE TABLE step (version INTEGER PRIMARY KEY) STRICT;");
    put("schema/0001_food.up.sql",
        "CREATE TABLE dish (id INTEGER PRIMARY KEY, name TEXT) STRICT;\n"
        "CREATE TABLE log (id INTEGER PRIMARY KEY, dish INTEGER) STRICT;");
    put("schema/0001_food.trigger.sql", "CREATE TRIGGER seen AFTER INSERT ON dish BEGIN\n"
                                        " INSERT OR IGNORE INTO log (dish) VALUES (NEW.id); END;");
    put("schema/0001_food.down.sql", "DROP TABLE log;\nDROP TABLE dish;");
}

static void remove_folders(void)
{
    ff_store_close(&store);
}

/* Runs the built sqlgen, which lies two folders above this program; its exit code and words. */
static int run_sqlgen(char said[2048])
{
    char self[512], program[600], out[512], schema[512], query[512];
    int ends[2], status = 0;
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    ck_assert_int_gt((int)n, 0);
    self[n] = 0;
    for (int i = 0; i < 3; i++)
        *strrchr(self, '/') = 0;
    snprintf(program, sizeof program, "%s/sqlgen", self);
    ck_assert_int_eq(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], 2);
        close(ends[0]);
        execl(program, "sqlgen", ff_store_path(&store, "out", out),
              ff_store_path(&store, "schema", schema), ff_store_path(&store, "query", query), NULL);
        _exit(127);
    }
    close(ends[1]);
    size_t used = 0;
    while ((n = read(ends[0], said + used, 2047 - used)) > 0)
        used += (size_t)n;
    said[used] = 0;
    close(ends[0]);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *read_out(const char *name)
{
    char path[512];
    char *text = calloc(1, 65536);
    FILE *f = fopen(ff_store_path(&store, name, path), "rb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_gt(fread(text, 1, 65535, f), 0);
    fclose(f);
    return text;
}

START_TEST(good_files_become_c)
{
    char said[2048];
    put("query/food.sql", "-- About food.\n"
                          "-- name: dish_add\n"
                          "INSERT INTO dish (name) VALUES (:name) RETURNING id;\n"
                          "-- name: dish_list\n"
                          "-- scan: the menu is short\n"
                          "SELECT id, name\n"
                          "  FROM dish -- all of them\n"
                          " WHERE name <> 'a \"quoted\" one';\n");
    ck_assert_msg(run_sqlgen(said) == 0, "%s", said);
    char *header = read_out("out/queries.h"), *source = read_out("out/queries.c");
    char *steps = read_out("out/migrations.c");
    ck_assert_ptr_nonnull(strstr(header, "FF_Q_DISH_ADD,"));
    ck_assert_ptr_nonnull(strstr(header, "FF_P_DISH_ADD_NAME = 1"));
    ck_assert_ptr_nonnull(strstr(header, "FF_C_DISH_LIST_ID = 0, FF_C_DISH_LIST_NAME = 1"));
    ck_assert_ptr_nonnull(strstr(header, "FF_SCHEMA_VERSION = 1"));
    ck_assert_ptr_nonnull(strstr(header, "#define FF_TABLE_DISH FF_TABLE_BIT(0)"));
    /* written: dish, and log by its trigger */
    ck_assert_ptr_nonnull(strstr(source, "NULL, true, UINT64_C(0x1), UINT64_C(0x3) }"));
    ck_assert_ptr_nonnull(strstr(source, "\"the menu is short\", false"));
    ck_assert_ptr_nonnull(strstr(source, "a \\\"quoted\\\" one"));
    ck_assert_ptr_nonnull(strstr(steps, "CREATE TRIGGER seen"));
    free(header);
    free(source);
    free(steps);
}
END_TEST

/* With a guard that FAILs nothing is left that could make the engine undo the INSERT alone. */
START_TEST(a_write_that_may_fail_keeps_no_copies)
{
    static const char query[] = "-- name: dish_add\n"
                                "-- fail: the whole order is undone\n"
                                "INSERT INTO dish (name) VALUES (:name);\n";
    char said[2048];
    put("query/food.sql", query);
    put("schema/0001_food.trigger.sql",
        "CREATE TRIGGER named BEFORE INSERT ON dish\n"
        " BEGIN SELECT RAISE(FAIL, 'no') WHERE NEW.name = ''; END;");
    ck_assert_msg(run_sqlgen(said) == 0, "%s", said);
    char *source = read_out("out/queries.c");
    ck_assert_ptr_nonnull(strstr(source, "INSERT OR FAIL INTO dish (name)"));
    free(source);
}
END_TEST

static const struct {
    const char *trigger, *query, *said;
} still_undone[] = {
    {"RAISE(ABORT, 'no') WHERE NEW.name = ''", "INSERT INTO dish (name) VALUES (:name);",
     "still be undone alone"},
    {"RAISE(FAIL, 'no') WHERE length(NEW.name) > 9", "INSERT INTO dish (name) VALUES (:name);",
     "still be undone alone"},
    {"RAISE(FAIL, 'no') WHERE NEW.name = ''", "INSERT INTO dish (name, soup) VALUES (:name, :id);",
     "still be undone alone"}, /* a foreign key */
    {"RAISE(FAIL, 'no') WHERE NEW.name = ''", "DELETE FROM log WHERE id = :id;",
     "only an INSERT or UPDATE"},
};

START_TEST(a_write_that_would_still_be_undone_alone_is_refused)
{
    char said[2048], text[256];
    snprintf(text, sizeof text, "-- name: dish_add\n-- fail: try\n%s\n", still_undone[_i].query);
    put("query/food.sql", text);
    put("schema/0001_food.up.sql",
        "CREATE TABLE dish (id INTEGER PRIMARY KEY, name TEXT, soup INTEGER REFERENCES dish(id)) "
        "STRICT;\n"
        "CREATE TABLE log (id INTEGER PRIMARY KEY, dish INTEGER) STRICT;");
    snprintf(text, sizeof text, "CREATE TRIGGER named BEFORE INSERT ON dish BEGIN SELECT %s; END;",
             still_undone[_i].trigger);
    put("schema/0001_food.trigger.sql", text);
    ck_assert_int_eq(run_sqlgen(said), 1);
    ck_assert_msg(strstr(said, still_undone[_i].said) != NULL, "%s", said);
}
END_TEST

START_TEST(a_part_is_written_once)
{
    char said[2048];
    put("query/food.sql", "-- part: named\n"
                          "WHERE name <> ''\n"
                          "  AND name <> :name\n"
                          "-- name: dish_list\n"
                          "SELECT id FROM dish\n"
                          "-- use: named\n"
                          "ORDER BY id;\n"
                          "-- name: dish_count\n"
                          "SELECT COUNT(*) AS total FROM dish\n"
                          "-- use: named\n"
                          ";\n");
    ck_assert_msg(run_sqlgen(said) == 0, "%s", said);
    char *header = read_out("out/queries.h"), *source = read_out("out/queries.c");
    ck_assert_ptr_nonnull(strstr(header, "FF_P_DISH_LIST_NAME = 1"));
    ck_assert_ptr_nonnull(strstr(header, "FF_P_DISH_COUNT_NAME = 1"));
    ck_assert_ptr_null(strstr(header, "NAMED"));
    ck_assert_ptr_nonnull(strstr(source, "WHERE name <> '' AND name <> :name"));
    free(header);
    free(source);
}
END_TEST

START_TEST(no_query_at_all_is_fine)
{
    char said[2048];
    ck_assert_msg(run_sqlgen(said) == 0, "%s", said);
}
END_TEST

START_TEST(an_unchanged_file_keeps_its_time)
{
    char said[2048], path[512];
    struct stat before, after;
    put("query/food.sql", "-- name: dish_list\nSELECT id FROM dish;\n");
    ck_assert_int_eq(run_sqlgen(said), 0);
    ck_assert_int_eq(stat(ff_store_path(&store, "out/queries.h", path), &before), 0);
    put("query/food.sql", "-- name: dish_list\nSELECT id FROM dish WHERE id > 7;\n");
    ck_assert_int_eq(run_sqlgen(said), 0);
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_eq(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
    ck_assert_uint_eq(after.st_ino, before.st_ino);
    char *source = read_out("out/queries.c");
    ck_assert_ptr_nonnull(strstr(source, "id > 7"));
    free(source);
}
END_TEST

static const struct {
    const char *file, *text, *said;
} mistakes[] = {
    {"query/a.sql", "-- name: a\nSELECT id,\n  nope FROM dish;\n",
     "a.sql:3: error: query a: no such column: nope"},
    {"query/a.sql", "\n-- name: a\nSELECT id FROM fish;\n",
     "a.sql:3: error: query a: no such table: fish"},
    {"query/a.sql", "-- name: a\nSELECT id FROM dish WHERE\n name LIKE 'x';\n",
     "a.sql:3: error: not in shared SQL"},
    {"query/a.sql", "-- name: a\nSELECT id FROM dish;\nSELECT id FROM dish;\n",
     "a.sql:3: error: query a: two statements"},
    {"query/a.sql", "-- name: a\n", "error: query a: no statement"},
    {"query/a.sql", "SELECT 1;\n", "a.sql:1: error: SQL before"},
    {"query/a.sql", "-- part: p\nid > 7\n", "a.sql:1: error: no query uses part p"},
    {"query/a.sql", "-- part: p\nid > 7 -- why\n", "a.sql:2: error: a part is one line"},
    {"query/a.sql", "-- part: p\nx\n-- part: p\ny\n", "a.sql:3: error: \"p\": a part has"},
    {"query/a.sql", "-- name: a\nSELECT id FROM dish\n-- use: p\n;\n",
     "a.sql:3: error: there is no part p above"},
    {"query/a.sql", "-- part: p\nWHERE\nnope > 7\n-- name: a\nSELECT id\nFROM dish\n-- use: p\n;\n",
     "a.sql:7: error: query a: no such column: nope"},
    {"query/a.sql", "-- name: BigName\nSELECT id FROM dish;\n", "a query is called snake_case"},
    {"query/a.sql", "-- name: a\nSELECT id FROM dish;\n-- name: a\nSELECT id FROM dish;\n",
     "a.sql:3: error: a is also at"},
    {"query/a.sql", "-- name: a\nSELECT COUNT(*) FROM dish;\n", "needs a snake_case name: add AS"},
    {"query/a.sql", "-- name: a\nSELECT id, dish AS id FROM log;\n", "two columns are called id"},
    {"query/a.sql", "-- name: a\nDROP TABLE dish;\n", "not authorized"},
    {"query/a.sql", "-- name: a\nBEGIN;\n", "not authorized"},
    {"schema/0002_more.up.sql", "CREATE TABLE x (id INTEGER) STRICT;",
     "0002_more.down.sql:1: error: a step has a way back"},
    {"schema/0003_more.up.sql", "CREATE TABLE x (id INTEGER) STRICT;", "without a gap"},
    {"schema/none.up.sql", "CREATE TABLE x (id INTEGER) STRICT;", "without a gap"},
    {"schema/0001_food.down.sql", "DROP TABLE dish;", "table log already exists"},
    {"schema/0001_food.up.sql", "CREATE TABLE dish (id INTEGER PRIMARY KEY,\n price REAL) STRICT;",
     "0001_food.up.sql:2: error: not in shared SQL: no float"},
    {"schema/0001_food.trigger.sql", "CREATE TRIGGER t AFTER INSERT ON fish BEGIN SELECT 1; END;",
     "0001_food.trigger.sql:1: error: no such table"},
};

START_TEST(mistakes_stop_the_build_at_their_line)
{
    char said[2048];
    put(mistakes[_i].file, mistakes[_i].text);
    ck_assert_int_eq(run_sqlgen(said), 1);
    ck_assert_msg(strstr(said, mistakes[_i].said), "%s", said);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_sqlgen");
    TCase *lint = tcase_create("words");
    tcase_add_loop_test(lint, words_are_judged, 0, sizeof words / sizeof *words);
    tcase_add_test(lint, a_schema_has_no_parameters);
    suite_add_tcase(suite, lint);
    TCase *program = tcase_create("program");
    tcase_set_timeout(program, 60);
    tcase_add_checked_fixture(program, make_folders, remove_folders);
    tcase_add_test(program, good_files_become_c);
    tcase_add_test(program, a_write_that_may_fail_keeps_no_copies);
    tcase_add_loop_test(program, a_write_that_would_still_be_undone_alone_is_refused, 0,
                        sizeof still_undone / sizeof *still_undone);
    tcase_add_test(program, a_part_is_written_once);
    tcase_add_test(program, no_query_at_all_is_fine);
    tcase_add_test(program, an_unchanged_file_keeps_its_time);
    tcase_add_loop_test(program, mistakes_stop_the_build_at_their_line, 0,
                        sizeof mistakes / sizeof *mistakes);
    suite_add_tcase(suite, program);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
