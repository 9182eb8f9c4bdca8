/* SPDX-License-Identifier: MIT */
/* ini.c - [section], key = value, and comments that begin a line with # or ;. Nothing else: no
 * continuation, no quotes, no comment after a value, so nothing can be cut silently. */
#include "app/ini.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/nearest.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { MAX_LINE = 4096, MAX_FILE = 1 << 20 };

struct reader {
    struct ff_options *o;
    const char *name;
    int line;
    const char *section; /* NULL before the first */
    bool seen[FF_OPT_COUNT];
    struct ff_trouble *t;
};

static bool bad(struct reader *r, const char *hint, const char *what, const char *text)
{
    return ff_trouble(r->t, FF_EXIT_CONFIG, hint, "%s, line %d: %s%s", r->name, r->line, what,
                      text);
}

static const char *hint_for(struct reader *r, const struct ff_nearest *near)
{
    return near->best ? ff_arena_printf(r->o->arena, "did you mean \"%s\"?", near->best)
                      : "feastfrenzy config example";
}

static bool open_section(struct reader *r, const char *name)
{
    struct ff_nearest near = ff_nearest_to(name);
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        const char *section = ff_option_rows[id].section;
        if (section && strcmp(section, name) == 0) {
            r->section = section;
            return true;
        }
        if (section)
            ff_nearest_offer(&near, section);
    }
    return bad(r, hint_for(r, &near), "unknown section ", name);
}

static bool set_key(struct reader *r, const char *key, const char *value)
{
    if (!r->section)
        return bad(r, "feastfrenzy config example", "key before the first section: ", key);
    enum ff_option_id id = ff_options_find_key(r->section, key);
    if (id == FF_OPT_COUNT) {
        struct ff_nearest near = ff_nearest_to(key);
        for (enum ff_option_id k = 0; k < FF_OPT_COUNT; k++)
            if (ff_option_rows[k].section && strcmp(ff_option_rows[k].section, r->section) == 0)
                ff_nearest_offer(&near, ff_option_rows[k].key);
        return bad(r, hint_for(r, &near), "unknown key ", key);
    }
    if (r->seen[id])
        return bad(r, "keep one of the two lines", "second time for key ", key);
    r->seen[id] = true;
    const char *where = ff_arena_printf(r->o->arena, "%s, line %d (%s)", r->name, r->line, key);
    return ff_options_put(r->o, id, value, FF_FROM_FILE, where, r->t);
}

static const char *trimmed(struct ff_arena *arena, const char *text, size_t n)
{
    while (n && strchr(" \t\r", text[0])) {
        text++;
        n--;
    }
    while (n && strchr(" \t\r", text[n - 1]))
        n--;
    return ff_arena_strndup(arena, text, n);
}

static bool read_line(struct reader *r, const char *text, size_t n)
{
    struct ff_arena *arena = r->o->arena;
    if (n > MAX_LINE)
        return bad(r, NULL, "the line is longer than 4096 bytes", "");
    if (!ff_utf8_valid(text, n))
        return bad(r, NULL, "the line is not UTF-8 text", "");
    const char *line = trimmed(arena, text, n);
    size_t len = strlen(line);
    if (len == 0 || line[0] == '#' || line[0] == ';')
        return true;
    if (line[0] == '[')
        return line[len - 1] == ']' ? open_section(r, trimmed(arena, line + 1, len - 2))
                                    : bad(r, NULL, "a section is written [name]: ", line);
    const char *equals = strchr(line, '=');
    if (!equals || equals == line)
        return bad(r, NULL, "expected key = value: ", line);
    return set_key(r, trimmed(arena, line, (size_t)(equals - line)),
                   trimmed(arena, equals + 1, strlen(equals + 1)));
}

bool ff_ini_text(struct ff_options *o, const char *name, const char *text, size_t n,
                 struct ff_trouble *t)
{
    struct reader r = {.o = o, .name = name, .t = t};
    while (n) {
        const char *end = memchr(text, '\n', n);
        size_t len = end ? (size_t)(end - text) : n;
        r.line++;
        if (!read_line(&r, text, len))
            return false;
        n -= end ? len + 1 : len;
        text += end ? len + 1 : len;
    }
    return true;
}

static bool read_file(int fd, const char *path, struct ff_buf *buf, struct ff_trouble *t)
{
    struct stat st;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode))
        return ff_trouble(t, FF_EXIT_CONFIG, NULL, "%s is not a file", path);
    if (st.st_mode & (S_IWGRP | S_IWOTH)) {
        ff_trouble(t, FF_EXIT_PERMISSION, NULL, "others may write %s", path);
        ff_trouble_why(t, "whoever can write it decides how this program runs");
        snprintf(t->hint, sizeof t->hint, "chmod go-w %s", path);
        return false;
    }
    char piece[2048];
    ssize_t n;
    while ((n = read(fd, piece, sizeof piece)) > 0)
        ff_buf_add(buf, piece, (size_t)n);
    if (n < 0 || buf->failed)
        return ff_trouble(t, FF_EXIT_CONFIG, NULL, "%s cannot be read, or is over 1 MiB", path);
    return true;
}

bool ff_ini_read(struct ff_options *o, struct ff_trouble *t)
{
    const char *named = ff_opt_text(o, FF_OPT_CONFIG);
    const char *path = named ? named : FF_INI_DEFAULT;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        if (!named && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
            return true;
        ff_trouble(t, FF_EXIT_CONFIG, "check the path, or leave --config out",
                   "the configuration file %s cannot be opened", path);
        ff_trouble_why(t, "%s", strerror(errno));
        return false;
    }
    struct ff_buf buf;
    ff_buf_init(&buf, MAX_FILE);
    bool ok = read_file(fd, path, &buf, t) &&
              (buf.len == 0 || ff_ini_text(o, path, buf.data, buf.len, t));
    ff_buf_free(&buf);
    close(fd);
    return ok;
}
