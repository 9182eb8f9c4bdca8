/* SPDX-License-Identifier: MIT */
/* cases.c - reads the lists of tests/golden/bad. */
#include "cases.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "tests/golden/bad/"

enum { TEXT_CAP = 1 << 18, CASES_CAP = 1024, CODE_CAP = 48 };

struct reader {
    const char *file;
    const struct ff_case_word *words;
    int line;
    char *text; /* of the case that is being read */
    size_t n;
    struct ff_cases cases;
};

static void broken(const struct reader *r, const char *why)
{
    fprintf(stderr, FOLDER "%s:%d: %s\n", r->file, r->line, why);
    exit(1);
}

static void put(struct reader *r, const char *bytes, size_t n)
{
    if (r->n + n >= TEXT_CAP)
        broken(r, "the input is too long");
    memcpy(r->text + r->n, bytes, n);
    r->n += n;
}

static size_t decode(struct reader *r, const char *from);

/* ~{N text}: from behind the brace; what it takes. */
static size_t repeat(struct reader *r, const char *from)
{
    char *text, *inner;
    unsigned long times = strtoul(from, &text, 10);
    const char *end = strchr(from, '}');
    if (*text != ' ' || !end)
        broken(r, "~{N text} is not well formed");
    size_t len = (size_t)(end - ++text);
    inner = calloc(1, len + 1);
    if (!inner)
        broken(r, "out of memory");
    memcpy(inner, text, len);
    for (unsigned long i = 0; i < times; i++)
        (void)decode(r, inner);
    free(inner);
    return (size_t)(end + 1 - from);
}

/* ~$name~: from behind the dollar. */
static size_t word(struct reader *r, const char *from)
{
    size_t n = strcspn(from, "~");
    const struct ff_case_word *w = r->words;
    while (w && w->name && (strlen(w->name) != n || strncmp(w->name, from, n) != 0))
        w++;
    if (r->words && (!w->name || from[n] != '~'))
        broken(r, "~$name~ is not known to this test");
    if (w)
        put(r, w->text, strlen(w->text));
    return n + 1;
}

/* The escape behind a tilde; how many bytes of the line it takes. */
static size_t escape(struct reader *r, const char *from)
{
    static const char letters[] = "rnt0~s", bytes[] = "\r\n\t\0~ ";
    const char *letter = *from ? strchr(letters, *from) : NULL;
    if (letter) {
        put(r, &bytes[letter - letters], 1);
        return 1;
    }
    if (*from == '{')
        return 1 + repeat(r, from + 1);
    if (*from == '$')
        return 1 + word(r, from + 1);
    char hex[3] = {0}, *end;
    if (*from == 'x' && from[1])
        memcpy(hex, from + 1, 2);
    char byte = (char)strtoul(hex, &end, 16);
    if (end != hex + 2)
        broken(r, "unknown escape");
    put(r, &byte, 1);
    return 3;
}

static size_t decode(struct reader *r, const char *from)
{
    const char *at = from;
    while (*at) {
        if (*at == '~') {
            at++;
            at += escape(r, at);
        } else {
            put(r, at++, 1);
        }
    }
    return (size_t)(at - from);
}

static char *keep(struct reader *r, const char *bytes, size_t n)
{
    char *copy = malloc(n + 1);
    if (!copy)
        broken(r, "out of memory");
    memcpy(copy, bytes, n);
    copy[n] = '\0';
    return copy;
}

/* Ends the case that is being read. */
static void close_case(struct reader *r)
{
    if (!r->cases.n || r->cases.at[r->cases.n - 1].text)
        return;
    struct ff_case *c = &r->cases.at[r->cases.n - 1];
    if (!r->n)
        (void)decode(r, c->name);
    c->text = keep(r, r->text, r->n);
    c->n = r->n;
    r->n = 0;
}

static void open_case(struct reader *r, const char *line)
{
    char code[CODE_CAP];
    int status, used = 0;
    if (r->cases.n == CASES_CAP ||
        sscanf(line, "%d %47s%n", &status, code, &used) != 2 /* NOLINT(cert-err34-c) */)
        broken(r, "expected: status code input");
    used += line[used] == ' ';
    r->cases.at[r->cases.n++] =
        (struct ff_case){.line = r->line,
                         .status = status,
                         .code = keep(r, code, strcmp(code, "-") ? strlen(code) : 0),
                         .name = keep(r, line + used, strlen(line + used))};
}

static void read_line(struct reader *r, const char *line)
{
    if (!strncmp(line, "    ", 4) && r->cases.n && !r->cases.at[r->cases.n - 1].text) {
        (void)decode(r, line + 4);
        return;
    }
    close_case(r);
    if (*line && *line != '#')
        open_case(r, line);
}

struct ff_cases ff_cases_read(const char *file, const struct ff_case_word *words)
{
    char path[256], *line = NULL;
    size_t cap = 0;
    struct reader r = {.file = file, .words = words};
    (void)snprintf(path, sizeof path, FOLDER "%s", file);
    FILE *in = fopen(path, "r");
    r.text = malloc(TEXT_CAP);
    r.cases.at = calloc(CASES_CAP, sizeof *r.cases.at);
    if (!in || !r.text || !r.cases.at)
        broken(&r, "cannot be read: run the tests from the top of the repository");
    while (getline(&line, &cap, in) > 0) {
        r.line++;
        line[strcspn(line, "\n")] = '\0';
        read_line(&r, line);
    }
    close_case(&r);
    (void)fclose(in);
    free(line);
    free(r.text);
    return r.cases;
}

void ff_cases_free(struct ff_cases *cases)
{
    for (size_t i = 0; i < cases->n; i++) {
        free(cases->at[i].code);
        free(cases->at[i].name);
        free(cases->at[i].text);
    }
    free(cases->at);
    *cases = (struct ff_cases){0};
}

int ff_cases_count(const char *file)
{
    struct ff_cases cases = ff_cases_read(file, NULL);
    int n = (int)cases.n;
    ff_cases_free(&cases);
    return n;
}
