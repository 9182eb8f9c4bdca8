/* SPDX-License-Identifier: MIT */
/* sqlword.c - a small reader of SQL words and the list of what may not stand in shared SQL.
 * It does not parse: a window of the last few words is enough for every rule. Trigger files are not
 * shared between the engines and are never given to it. */
#include "sqlword.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum word_type { W_END, W_NAME, W_PARAM, W_LITERAL, W_SIGN, W_BAD_QUOTE, W_BAD_PARAM };

struct word {
    enum word_type type;
    const char *at;
    size_t n;
};

struct rule {
    const char *word;
    const char *instead;
};

/* clang-format off */
static const struct rule bad_words[] = {
    { "IFNULL",            "write COALESCE" },
    { "GROUP_CONCAT",      "the engines differ: join the texts in C" },
    { "STRING_AGG",        "the engines differ: join the texts in C" },
    { "STRFTIME",          "instants are integers: compute dates in C" },
    { "JULIANDAY",         "instants are integers: compute dates in C" },
    { "UNIXEPOCH",         "instants are integers: bind the time" },
    { "DATETIME",          "instants are integers: compute dates in C" },
    { "CURRENT_TIMESTAMP", "bind the time" },
    { "CURRENT_DATE",      "bind the date" },
    { "LIKE",              "matches case differently: use a range over a folded column" },
    { "ILIKE",             "use a range over a folded column" },
    { "GLOB",              "use a range over a folded column" },
    { "LAST_INSERT_ROWID", "write RETURNING id" },
    { "_ROWID_",           "name the key column" },
    { "OID",               "name the key column" },
    { "AUTOINCREMENT",     "INTEGER PRIMARY KEY gives ids" },
    { "AVG",               "gives a float: sum and count, divide in C" },
    { "TOTAL",             "gives a float: write SUM" },
    { "PRAGMA",            "belongs to the engine" },
    { "ATTACH",            "belongs to the engine" },
    { "VACUUM",            "belongs to the engine" },
    { "REAL",              "no float near money" },
    { "FLOAT",             "no float near money" },
    { "DOUBLE",            "no float near money" },
    { "NUMERIC",           "no float near money" },
};
/* Names that are forbidden only when they are called: they may name a column or an alias. */
static const char *const only_called[] = { "TOTAL", "DATETIME" };
/* clang-format on */

static bool is(const struct word *w, const char *text)
{
    return w->type != W_LITERAL && w->n == strlen(text) && strncasecmp(w->at, text, w->n) == 0;
}

static const char *skip_blank(const char *p)
{
    for (;;) {
        while (isspace((unsigned char)*p))
            p++;
        if (p[0] == '-' && p[1] == '-') {
            p += strcspn(p, "\n");
        } else if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");
            p = end ? end + 2 : p + strlen(p);
        } else {
            return p;
        }
    }
}

static size_t quoted(const char *p)
{
    char quote = *p == '[' ? ']' : *p;
    size_t n = 1;
    while (p[n] && (p[n] != quote || p[n + 1] == quote))
        n += p[n] == quote ? 2 : 1;
    return p[n] ? n + 1 : n;
}

static size_t name_length(const char *p)
{
    size_t n = 0;
    while (isalnum((unsigned char)p[n]) || p[n] == '_' || (unsigned char)p[n] >= 128)
        n++;
    return n;
}

/* The next word at or after `p`; signs are single characters but for those that rules name. */
static struct word next_word(const char *p)
{
    static const char *const long_signs[] = {"->>", "->", "::", "=="};
    p = skip_blank(p);
    struct word w = {W_SIGN, p, 1};
    if (!*p)
        return (struct word){W_END, p, 0};
    if (*p == '\'')
        return (struct word){W_LITERAL, p, quoted(p)};
    if (*p == '"' || *p == '`' || *p == '[')
        return (struct word){W_BAD_QUOTE, p, quoted(p)};
    for (size_t i = 0; i < sizeof long_signs / sizeof *long_signs; i++) {
        if (strncmp(p, long_signs[i], strlen(long_signs[i])) == 0)
            return (struct word){W_SIGN, p, strlen(long_signs[i])};
    }
    if (*p == '?' || *p == '@' || *p == '$')
        return (struct word){W_BAD_PARAM, p, 1};
    if (*p == ':' && name_length(p + 1))
        return (struct word){W_PARAM, p, 1 + name_length(p + 1)};
    if (name_length(p)) {
        w.type = isdigit((unsigned char)*p) ? W_LITERAL : W_NAME;
        w.n = name_length(p);
    }
    return w;
}

/* Two arguments make MAX and MIN a scalar function, which the other engine calls GREATEST, LEAST.
 */
static bool has_comma_inside(const char *open)
{
    int depth = 0;
    for (struct word w = next_word(open); w.type != W_END; w = next_word(w.at + w.n)) {
        depth += is(&w, "(") ? 1 : is(&w, ")") ? -1 : 0;
        if (depth == 0)
            return false;
        if (depth == 1 && is(&w, ","))
            return true;
    }
    return false;
}

static const char *bad_word(const struct word *w, const struct word *next)
{
    if (w->type != W_NAME)
        return NULL;
    for (size_t i = 0; i < sizeof only_called / sizeof *only_called; i++) {
        if (is(w, only_called[i]) && !is(next, "("))
            return NULL;
    }
    for (size_t i = 0; i < sizeof bad_words / sizeof *bad_words; i++) {
        if (is(w, bad_words[i].word))
            return bad_words[i].instead;
    }
    if ((is(w, "MAX") || is(w, "MIN")) && is(next, "(") && has_comma_inside(next->at))
        return "with two arguments it is no shared function: write CASE";
    if ((is(w, "DATE") || is(w, "TIME")) && is(next, "("))
        return "compute dates in C";
    if (is(w, "REPLACE") && is(next, "INTO"))
        return "write ON CONFLICT ... DO UPDATE";
    return NULL;
}

static bool starts_star(const struct word *before)
{
    return is(before, "SELECT") || is(before, "DISTINCT") || is(before, "ALL") ||
           is(before, "RETURNING") || is(before, ",") || is(before, ".");
}

/* What is wrong with `w`, between the word before and the word after it; NULL when nothing is. */
static const char *judge(const struct word *before, const struct word *w, const struct word *next)
{
    const char *instead = bad_word(w, next);
    if (instead)
        return instead;
    if (w->type == W_BAD_QUOTE)
        return "quoted name: texts stand in single quotes, names in none";
    if (w->type == W_BAD_PARAM)
        return "parameters are written :name";
    if (is(w, "ROWID") && !is(before, "WITHOUT"))
        return "name the key column";
    if (is(w, "OR") && (is(before, "INSERT") || is(before, "UPDATE")))
        return "write ON CONFLICT";
    if (is(w, "UPDATE") && is(before, "FOR"))
        return "the writer is alone: no FOR UPDATE";
    if (is(w, "*") && starts_star(before))
        return "list the columns";
    if (is(w, "->") || is(w, "->>") || is(w, "::") || is(w, "=="))
        return "sign of one engine only";
    if (w->type == W_PARAM && is(next, "IS"))
        return "an untyped parameter: write CAST(:x AS BIGINT) IS NULL or CAST(:x AS TEXT) IS NULL";
    return NULL;
}

void sql_lint(const char *text, enum sql_kind kind,
              void (*report)(void *arg, size_t offset, const char *what), void *arg)
{
    struct word before = {W_END, text, 0};
    struct word w = next_word(text);
    while (w.type != W_END) {
        struct word next = next_word(w.at + w.n);
        const char *instead = judge(&before, &w, &next);
        if (!instead && kind == SQL_SCHEMA && w.type == W_PARAM)
            instead = "no parameter in a schema";
        if (instead)
            report(arg, (size_t)(w.at - text), instead);
        before = w;
        w = next;
    }
}
