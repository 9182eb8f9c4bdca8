/* SPDX-License-Identifier: MIT */
/* sqlgen.c - host program: reads sql/schema and sql/query, proves them against the engine, writes
 * C.
 *
 *   sqlgen OUTDIR SCHEMA_DIR QUERY_DIR
 *
 * A schema step is NNNN_name.up.sql with .down.sql and, when it has any, .trigger.sql; 0000 is the
 * bookkeeping of the steps and is never undone.  A query is what follows `-- name: snake_case` in a
 * file of QUERY_DIR; `-- scan: reason` inside it excuses a full scan of a growing table, `-- fail:
 * reason` makes a write that is never undone alone (INSERT OR FAIL, UPDATE OR FAIL).  What
 * follows `-- part: snake_case` is a piece that queries further down the file take in by a line
 * `-- use: snake_case`.
 * Every query is prepared against the real schema, triggers included, so a wrong column stops the
 * build here, and the authorizer tells which tables it reads and writes.
 * The words that shared SQL may not use are in sqlword.c; how the C looks is in sqlemit.c. */
#include "sqlgen.h"

#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlfail.h"
#include "sqlword.h"

static struct sql_model model;
static int errors;

/* Reports at the line of `offset` in `text`, whose first line is `line` of `file`. */
static void complain(const char *file, int line, const char *text, size_t offset,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

static void complain(const char *file, int line, const char *text, size_t offset,
                     const char *format, ...)
{
    for (size_t i = 0; text && i < offset && text[i]; i++)
        line += text[i] == '\n';
    fprintf(stderr, "%s:%d: error: ", file, line);
    va_list ap;
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    errors++;
}

static void die(const char *what, const char *name)
{
    fprintf(stderr, "sqlgen: %s %s: %s\n", what, name, errno ? strerror(errno) : "too many");
    exit(1);
}

static char *join(const char *a, const char *b, const char *c)
{
    size_t n = strlen(a) + strlen(b) + strlen(c) + 1;
    char *out = malloc(n);
    if (!out)
        die("no memory for", b);
    snprintf(out, n, "%s%s%s", a, b, c);
    return out;
}

/* The whole file with a NUL; NULL when it is not there. */
static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f && errno == ENOENT)
        return NULL;
    if (!f || fseek(f, 0, SEEK_END))
        die("cannot read", path);
    long n = ftell(f);
    char *text = n < 0 ? NULL : malloc((size_t)n + 1);
    if (!text)
        die("cannot read", path);
    rewind(f);
    if (fread(text, 1, (size_t)n, f) != (size_t)n)
        die("cannot read", path);
    text[n] = 0;
    fclose(f);
    return text;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcmp(text + n - m, end) == 0;
}

/* The four digits a step's file begins with; -1 for any other name. */
static int step_version(const char *file)
{
    int n = 0;
    for (int i = 0; i < 4; i++) {
        if (file[i] < '0' || file[i] > '9')
            return -1;
        n = n * 10 + (file[i] - '0');
    }
    return file[4] == '_' ? n : -1;
}

static bool is_snake_case(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n > 0 && !name[n] && (name[0] < '0' || name[0] > '9');
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

struct finding {
    const char *file;
    int line;
    const char *text;
};

static void report_word(void *arg, size_t offset, const char *what)
{
    const struct finding *f = arg;
    complain(f->file, f->line, f->text, offset, "not in shared SQL: %s", what);
}

static void lint(const char *file, int line, const char *text, enum sql_kind kind)
{
    struct finding f = {file, line, text};
    sql_lint(text, kind, report_word, &f);
}

/* ---- schema ---- */

static void run(sqlite3 *db, const char *file, const char *text)
{
    for (const char *p = text; *p;) {
        sqlite3_stmt *st = NULL;
        const char *tail = p;
        int rc = sqlite3_prepare_v2(db, p, -1, &st, &tail);
        int at = sqlite3_error_offset(db);
        if (!rc && st && (rc = sqlite3_step(st)) == SQLITE_DONE)
            rc = SQLITE_OK;
        if (rc) {
            size_t skip = strspn(p, " \t\r\n");
            complain(file, 1, text, (size_t)(p - text) + (at >= 0 ? (size_t)at : skip), "%s",
                     sqlite3_errmsg(db));
            sqlite3_finalize(st);
            return;
        }
        sqlite3_finalize(st);
        p = tail;
    }
}

static void add_step(const char *dir, const char *file)
{
    if (model.n_steps == SQL_MAX_STEPS)
        die("steps:", file);
    struct sql_step *s = &model.steps[model.n_steps++];
    s->version = step_version(file);
    s->name = join("", file, "");
    s->name[strlen(file) - strlen(".up.sql")] = 0;
    char *base = join(dir, "/", s->name);
    s->up_file = join(base, ".up.sql", "");
    s->trigger_file = join(base, ".trigger.sql", "");
    s->down_file = join(base, ".down.sql", "");
    free(base);
    s->up = read_file(s->up_file);
    s->trigger = read_file(s->trigger_file);
    s->down = read_file(s->down_file);
    if (s->version != (int)model.n_steps - 1)
        complain(s->up_file, 1, NULL, 0, "steps are numbered 0000, 0001, ... without a gap");
    if (!s->down && s->version > 0)
        complain(s->down_file, 1, NULL, 0, "a step has a way back");
}

static void load_schema(const char *dir)
{
    struct dirent **names;
    int n = scandir(dir, &names, NULL, by_name);
    if (n < 0)
        die("cannot list", dir);
    for (int i = 0; i < n; i++) {
        if (ends_with(names[i]->d_name, ".up.sql"))
            add_step(dir, names[i]->d_name);
        free(names[i]);
    }
    free(names);
}

/* Applies all steps, then proves that each can be undone and done again, newest first. */
static void apply_schema(sqlite3 *db)
{
    for (size_t i = 0; i < model.n_steps; i++) {
        const struct sql_step *s = &model.steps[i];
        lint(s->up_file, 1, s->up, SQL_SCHEMA);
        if (s->down && !s->trigger) /* else it is for the engine that the triggers are for */
            lint(s->down_file, 1, s->down, SQL_SCHEMA);
        run(db, s->up_file, s->up);
        if (s->trigger)
            run(db, s->trigger_file, s->trigger);
    }
    for (size_t i = model.n_steps; i-- > 1 && !errors;)
        run(db, model.steps[i].down_file, model.steps[i].down);
    for (size_t i = 1; i < model.n_steps && !errors; i++) {
        run(db, model.steps[i].up_file, model.steps[i].up);
        if (model.steps[i].trigger)
            run(db, model.steps[i].trigger_file, model.steps[i].trigger);
    }
}

static void list_tables(sqlite3 *db)
{
    sqlite3_stmt *st = NULL;
    sqlite3_prepare_v2(db,
                       "SELECT name FROM sqlite_schema"
                       " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
                       -1, &st, NULL);
    while (sqlite3_step(st) == SQLITE_ROW) {
        if (model.n_tables == SQL_MAX_TABLES)
            die("tables", "are too many for a set:");
        model.tables[model.n_tables++] = join("", (const char *)sqlite3_column_text(st, 0), "");
    }
    sqlite3_finalize(st);
}

/* ---- queries ---- */

static sql_tables table_bit(const char *name)
{
    for (size_t i = 0; name && i < model.n_tables; i++) {
        if (strcmp(model.tables[i], name) == 0)
            return (sql_tables)1 << i;
    }
    return 0;
}

/* The engine's authorizer: called for everything a statement and its triggers touch. */
static int watch(void *arg, int action, const char *a, const char *b, const char *schema,
                 const char *trigger)
{
    struct sql_query *q = arg;
    (void)b, (void)schema, (void)trigger;
    switch (action) {
    case SQLITE_READ:
        q->reads |= table_bit(a);
        return SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        q->writes |= table_bit(a);
        return SQLITE_OK;
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    default:
        return SQLITE_DENY; /* a query is no schema change, no transaction, no pragma */
    }
}

static void add_name(struct sql_query *q, struct sql_name *list, size_t *n, const char *name)
{
    if (!name || !is_snake_case(name)) {
        complain(q->file, q->line, NULL, 0, "\"%s\" needs a snake_case name: add AS",
                 name ? name : "");
        return;
    }
    for (size_t i = 0; i < *n; i++) {
        if (strcmp(list[i].name, name) == 0)
            complain(q->file, q->line, NULL, 0, "two columns are called %s", name);
    }
    if (*n == SQL_MAX_NAMES)
        die("names in", q->name);
    list[(*n)++].name = join("", name, "");
}

static void check_query(sqlite3 *db, struct sql_query *q)
{
    sqlite3_stmt *st = NULL;
    lint(q->file, q->line, q->text, SQL_QUERY);
    if (q->fails && !sql_fail_make(&q->text))
        complain(q->file, q->line, NULL, 0, "only an INSERT or UPDATE can fail");
    const char *tail = q->text;
    sqlite3_set_authorizer(db, watch, q);
    int rc = sqlite3_prepare_v2(db, q->text, -1, &st, &tail);
    int at = sqlite3_error_offset(db);
    sqlite3_set_authorizer(db, NULL, NULL);
    if (rc || !st) {
        complain(q->file, q->line, q->text, at > 0 ? (size_t)at : strspn(q->text, " \t\r\n"),
                 "query %s: %s", q->name, rc ? sqlite3_errmsg(db) : "no statement");
        return;
    }
    tail += strspn(tail, " \t\r\n;");
    if (*tail)
        complain(q->file, q->line, q->text, (size_t)(tail - q->text), "query %s: two statements",
                 q->name);
    q->is_write = !sqlite3_stmt_readonly(st);
    for (int i = 1; i <= sqlite3_bind_parameter_count(st); i++) {
        const char *p = sqlite3_bind_parameter_name(st, i);
        add_name(q, q->params, &q->n_params, p ? p + 1 : NULL);
    }
    for (int i = 0; i < sqlite3_column_count(st); i++)
        add_name(q, q->columns, &q->n_columns, sqlite3_column_name(st, i));
    sqlite3_finalize(st);
    if (q->fails && sql_fail_aborts(db, q->text))
        complain(q->file, q->line, NULL, 0,
                 "query %s: a guard, key or CHECK of it aborts: it would still be undone alone",
                 q->name);
}

/* The word after `-- key:` when `line` is such a comment, else NULL. */
static const char *comment_value(const char *line, const char *key)
{
    line += strspn(line, " \t");
    if (strncmp(line, "--", 2) != 0)
        return NULL;
    line += 2 + strspn(line + 2, " \t");
    size_t n = strlen(key);
    if (strncmp(line, key, n) != 0 || line[n] != ':')
        return NULL;
    return line + n + 1 + strspn(line + n + 1, " \t");
}

static char *line_copy(const char *from)
{
    char *out = join("", from, "");
    out[strcspn(out, "\r\n")] = 0;
    for (size_t n = strlen(out); n && (out[n - 1] == ' ' || out[n - 1] == '\t');)
        out[--n] = 0;
    return out;
}

static struct sql_query *begin_query(const char *file, int line, const char *name)
{
    if (model.n_queries == SQL_MAX_QUERIES)
        die("queries in", file);
    struct sql_query *q = &model.queries[model.n_queries];
    *q = (struct sql_query){.file = file, .line = line, .name = line_copy(name)};
    q->text = join("", "", "");
    if (!is_snake_case(q->name))
        complain(file, line, NULL, 0, "\"%s\": a query is called snake_case", q->name);
    for (size_t i = 0; i < model.n_queries; i++) {
        if (strcmp(model.queries[i].name, q->name) == 0)
            complain(file, line, NULL, 0, "%s is also at %s:%d", q->name, model.queries[i].file,
                     model.queries[i].line);
    }
    model.n_queries++;
    return q;
}

/* Pieces of SQL of one file that several of its queries share. */
struct part {
    char *name, *text;
    int line;
    bool is_used;
};

struct parts {
    const char *file;
    struct part part[SQL_MAX_NAMES];
    size_t n;
};

static struct part *find_part(struct parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->n; i++)
        if (strcmp(parts->part[i].name, name) == 0)
            return &parts->part[i];
    return NULL;
}

static struct part *begin_part(struct parts *parts, int line, const char *name)
{
    if (parts->n == SQL_MAX_NAMES)
        die("parts in", parts->file);
    struct part *p = &parts->part[parts->n];
    *p = (struct part){.name = line_copy(name), .text = join("", "", ""), .line = line};
    if (!is_snake_case(p->name) || find_part(parts, p->name))
        complain(parts->file, line, NULL, 0, "\"%s\": a part has a snake_case name of its own",
                 p->name);
    parts->n++;
    return p;
}

/* The part that `-- use:` names; it holds no line end, so that lines keep count. */
static const char *use_part(struct parts *parts, int line, const char *name)
{
    char *wanted = line_copy(name);
    struct part *p = find_part(parts, wanted);
    if (!p)
        complain(parts->file, line, NULL, 0, "there is no part %s above", wanted);
    else
        p->is_used = true;
    free(wanted);
    return p ? p->text : "";
}

static void append(char **text, const char *more, const char *end)
{
    char *longer = join(*text, more, end);
    free(*text);
    *text = longer;
}

static void end_parts(struct parts *parts)
{
    for (size_t i = 0; i < parts->n; i++) {
        if (!parts->part[i].is_used)
            complain(parts->file, parts->part[i].line, NULL, 0, "no query uses part %s",
                     parts->part[i].name);
        free(parts->part[i].name);
        free(parts->part[i].text);
    }
}

/* One line of a file: the begin of a block, a comment that means something, or SQL of the block. */
static void load_line(struct parts *parts, struct sql_query **q, struct part **part, int number,
                      const char *line)
{
    const char *name = comment_value(line, "name"), *scan = comment_value(line, "scan");
    const char *fail = comment_value(line, "fail");
    const char *piece = comment_value(line, "part"), *use = comment_value(line, "use");
    bool comment = strncmp(line + strspn(line, " \t"), "--", 2) == 0;
    if (name || piece) {
        *q = name ? begin_query(parts->file, number, name) : NULL;
        *part = piece ? begin_part(parts, number, piece) : NULL;
    } else if (*q && scan) {
        (*q)->scan = line_copy(scan);
    } else if (*q && fail) {
        (*q)->fails = true;
    } else if (!*q && !*part && !comment && line[strspn(line, " \t\r")]) {
        complain(parts->file, number, NULL, 0, "SQL before the first `-- name:`");
    }
    if (use && (*q || *part))
        line = use_part(parts, number, use);
    else if (comment)
        line = "";
    if (*q)
        append(&(*q)->text, line, "\n");
    else if (*part && strstr(line, "--"))
        complain(parts->file, number, NULL, 0,
                 "a part is one line in the end: no comment behind SQL");
    else if (*part)
        append(&(*part)->text, line + strspn(line, " \t"), " ");
}

/* Cuts a file into its named blocks; comment lines stay as empty ones, so that lines keep count. */
static void load_queries_of(const char *file)
{
    char *text = read_file(file);
    struct sql_query *q = NULL;
    struct parts parts = {.file = file};
    struct part *part = NULL;
    int number = 1;
    for (char *line = text; line && *line; number++) {
        size_t n = strcspn(line, "\n");
        char *next = line[n] ? line + n + 1 : line + n;
        line[n] = 0;
        load_line(&parts, &q, &part, number, line);
        line = next;
    }
    end_parts(&parts);
    free(text);
}

static void load_queries(const char *dir)
{
    struct dirent **names;
    int n = scandir(dir, &names, NULL, by_name);
    if (n < 0)
        die("cannot list", dir);
    for (int i = 0; i < n; i++) {
        if (ends_with(names[i]->d_name, ".sql"))
            load_queries_of(join(dir, "/", names[i]->d_name));
        free(names[i]);
    }
    free(names);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: sqlgen OUTDIR SCHEMA_DIR QUERY_DIR\n");
        return 64;
    }
    sqlite3 *db = NULL;
    if (sqlite3_open(":memory:", &db))
        die("cannot open", "a database in memory");
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    load_schema(argv[2]);
    apply_schema(db);
    list_tables(db);
    load_queries(argv[3]);
    for (size_t i = 0; i < model.n_queries; i++)
        check_query(db, &model.queries[i]);
    sqlite3_close(db);
    if (errors)
        return 1;
    return sql_emit(&model, argv[1]) ? 0 : 1;
}
