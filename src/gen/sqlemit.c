/* SPDX-License-Identifier: MIT */
/* sqlemit.c - writes what sqlgen has read as C: names, indexes and masks into queries.h, texts into
 * queries.c, the steps of the schema with their checksums into migrations.c. */
#include "sqlgen.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_upper(FILE *f, const char *name)
{
    for (; *name; name++)
        fputc(toupper((unsigned char)*name), f);
}

/* A C literal, one source line a line of text; blank lines are left out. */
static void put_text(FILE *f, const char *text)
{
    bool any = false;
    while (text && *text) {
        size_t n = strcspn(text, "\n");
        if (strspn(text, " \t\r") < n) {
            fputs("\n    \"", f);
            for (size_t i = 0; i < n; i++) {
                if (text[i] == '"' || text[i] == '\\' || text[i] == '?')
                    fputc('\\', f);
                if (text[i] != '\r')
                    fputc(text[i], f);
            }
            fputs("\\n\"", f);
            any = true;
        }
        text += text[n] ? n + 1 : n;
    }
    if (!any)
        fputs("\"\"", f);
}

/* A C literal of one line, or NULL. */
static void put_line(FILE *f, const char *text)
{
    if (!text) {
        fputs("NULL", f);
        return;
    }
    fputc('"', f);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\' || *text == '?')
            fputc('\\', f);
        fputc(*text, f);
    }
    fputc('"', f);
}

static void put_names(FILE *f, const char *prefix, const char *query, const struct sql_name *names,
                      size_t n, size_t first)
{
    if (n == 0)
        return;
    fputs("enum {", f);
    for (size_t i = 0; i < n; i++) {
        fprintf(f, "%s %s", i ? "," : "", prefix);
        put_upper(f, query);
        fputc('_', f);
        put_upper(f, names[i].name);
        fprintf(f, " = %zu", i + first);
    }
    fputs(" };\n", f);
}

static void put_header(FILE *f, const struct sql_model *m)
{
    fputs("/* queries.h - made by sqlgen from sql/; change it there. */\n"
          "#ifndef FF_GEN_QUERIES_H\n#define FF_GEN_QUERIES_H\n\n"
          "#include <stdbool.h>\n\n#include \"base/table_set.h\"\n\n"
          "/* The named queries. */\nenum ff_query {\n",
          f);
    for (size_t i = 0; i < m->n_queries; i++) {
        fputs("    FF_Q_", f);
        put_upper(f, m->queries[i].name);
        fputs(",\n", f);
    }
    fputs("    FF_Q_COUNT\n};\n\n"
          "struct ff_query_info {\n"
          "    const char *name, *text;\n"
          "    const char *scan; /* why it may scan a growing table; NULL: it may not */\n"
          "    bool is_write;\n"
          "    ff_table_set reads, writes; /* sets of FF_TABLE_*, with what triggers touch */\n"
          "};\n"
          "extern const struct ff_query_info ff_queries[];\n\n"
          "/* The tables, one bit each, and their names in the order of the bits. */\n"
          "extern const char *const ff_table_names[];\n",
          f);
    fprintf(f, "enum { FF_TABLE_COUNT = %zu, FF_SCHEMA_VERSION = %zu };\n", m->n_tables,
            m->n_steps ? m->n_steps - 1 : 0);
    for (size_t i = 0; i < m->n_tables; i++) {
        fputs("#define FF_TABLE_", f);
        put_upper(f, m->tables[i]);
        fprintf(f, " FF_TABLE_BIT(%zu)\n", i);
    }
    fputs("\n/* Parameters (from 1) and result columns (from 0). */\n", f);
    for (size_t i = 0; i < m->n_queries; i++) {
        const struct sql_query *q = &m->queries[i];
        put_names(f, "FF_P_", q->name, q->params, q->n_params, 1);
        put_names(f, "FF_C_", q->name, q->columns, q->n_columns, 0);
    }
    fputs("\n#endif\n", f);
}

static void put_tables(FILE *f, sql_tables set)
{
    enum { HALF = 64 };
    if (set >> HALF)
        fprintf(f, "(ff_table_set)0x%" PRIx64 " << 64 | ", (uint64_t)(set >> HALF));
    fprintf(f, "UINT64_C(0x%" PRIx64 ")", (uint64_t)set);
}

static void put_queries(FILE *f, const struct sql_model *m)
{
    fputs("/* queries.c - made by sqlgen from sql/; change it there. */\n"
          "#include \"gen/queries.h\"\n\n#include <stddef.h>\n\n"
          "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
          "const struct ff_query_info ff_queries[] = {\n",
          f);
    for (size_t i = 0; i < m->n_queries; i++) {
        const struct sql_query *q = &m->queries[i];
        fprintf(f, "  { \"%s\",", q->name);
        put_text(f, q->text);
        fputs(",\n    ", f);
        put_line(f, q->scan);
        fprintf(f, ", %s, ", q->is_write ? "true" : "false");
        put_tables(f, q->reads);
        fputs(", ", f);
        put_tables(f, q->writes);
        fputs(" },\n", f);
    }
    fputs("  { NULL, NULL, NULL, false, 0, 0 },\n};\n\nconst char *const ff_table_names[] = {\n",
          f);
    for (size_t i = 0; i < m->n_tables; i++)
        fprintf(f, "  \"%s\",\n", m->tables[i]);
    fputs("  NULL,\n};\n", f);
}

/* SHA-256 of the up file followed by the trigger file: `cat NNNN.up.sql NNNN.trigger.sql |
 * sha256sum`. */
static bool put_checksum(FILE *f, const struct sql_step *s)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int n = 0;
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool ok = md && EVP_DigestInit_ex(md, EVP_sha256(), NULL) &&
              EVP_DigestUpdate(md, s->up, strlen(s->up)) &&
              (!s->trigger || EVP_DigestUpdate(md, s->trigger, strlen(s->trigger))) &&
              EVP_DigestFinal_ex(md, digest, &n);
    EVP_MD_CTX_free(md);
    fputc('"', f);
    for (unsigned int i = 0; ok && i < n; i++)
        fprintf(f, "%02x", digest[i]);
    fputc('"', f);
    return ok;
}

static bool put_migrations(FILE *f, const struct sql_model *m)
{
    bool ok = true;
    fputs("/* migrations.c - made by sqlgen from sql/schema; change it there. */\n"
          "#include \"db/migrate.h\"\n\n"
          "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
          "const struct ff_migration ff_migrations[] = {\n",
          f);
    for (size_t i = 0; i < m->n_steps; i++) {
        const struct sql_step *s = &m->steps[i];
        fprintf(f, "  { %d, \"%s\",", s->version, s->name);
        put_text(f, s->up);
        if (s->trigger)
            put_text(f, s->trigger);
        fputs(",", f);
        put_text(f, s->down);
        fputs(",\n    ", f);
        ok = put_checksum(f, s) && ok;
        fputs(" },\n", f);
    }
    fprintf(f, "  { -1, NULL, NULL, NULL, NULL },\n};\nconst int ff_n_migrations = %zu;\n",
            m->n_steps);
    return ok;
}

static bool same_content(const char *path, const char *text, size_t n)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    size_t i = 0;
    int c;
    while ((c = fgetc(f)) != EOF && i < n && (char)c == text[i])
        i++;
    fclose(f);
    return c == EOF && i == n;
}

static bool save(const char *dir, const char *name, const char *text, size_t n)
{
    char path[1024];
    if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, name) >= sizeof path)
        return false;
    if (same_content(path, text, n))
        return true;
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(text, 1, n, f) == n;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "sqlgen: cannot write %s: %s\n", path, strerror(errno));
    return ok;
}

bool sql_emit(const struct sql_model *model, const char *dir)
{
    static const char *const names[] = {"queries.h", "queries.c", "migrations.c"};
    bool ok = true;
    for (int i = 0; i < 3 && ok; i++) {
        char *text = NULL;
        size_t n = 0;
        FILE *f = open_memstream(&text, &n);
        if (!f)
            return false;
        if (i == 0)
            put_header(f, model);
        else if (i == 1)
            put_queries(f, model);
        else
            ok = put_migrations(f, model);
        ok = fclose(f) == 0 && ok && save(dir, names[i], text, n);
        free(text);
    }
    return ok;
}
