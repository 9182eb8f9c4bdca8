/* SPDX-License-Identifier: MIT */
/* cmd_archive.c - export all, export verify. The first asks through the API, and so is recorded;
 * the second looks at files only. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/call.h"
#include "cli/files.h"
#include "db/files.h"
#include "domain/archive/archive.h"

enum { MANIFEST_BYTES = 1 << 20, PATH_CAP = 800 };

/* ---- export all ---- */

static void print_made(struct ff_cli *cli, const struct ff_answer *answer)
{
    struct ff_pick made = ff_pick(answer->body, answer->body_len);
    if (ff_opt_bool(&cli->o, FF_OPT_JSON)) {
        printf("%.*s\n", (int)answer->body_len, answer->body);
        return;
    }
    printf("%s\n  %" PRId64 " tables, %" PRId64 " rows, %" PRId64 " bytes, version %" PRId64
           ", last journal %" PRId64 "\n  MANIFEST.json: %s\n",
           ff_pick_text(cli->arena, ff_pick_get(made, "directory")),
           ff_pick_int(ff_pick_get(made, "tables")), ff_pick_int(ff_pick_get(made, "rows")),
           ff_pick_int(ff_pick_get(made, "bytes")), ff_pick_int(ff_pick_get(made, "schemaVersion")),
           ff_pick_int(ff_pick_get(made, "headId")),
           ff_pick_text(cli->arena, ff_pick_get(made, "sha256")));
}

int ff_cmd_export_all(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_buf body;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    ff_buf_init(&body, 4096);
    ff_buf_char(&body, '{');
    if (cli->n_args) {
        ff_buf_str(&body, "\"path\":");
        ff_buf_json(&body, ff_file_absolute(cli, cli->args[0]));
    }
    ff_buf_char(&body, '}');
    struct ff_answer answer;
    if (ff_call(&c,
                &(struct ff_call){.method = "POST",
                                  .target = "/api/v1/admin/exports",
                                  .body = body.data,
                                  .body_len = body.len},
                "nothing was exported", &answer))
        print_made(cli, &answer);
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}

/* ---- export verify ---- */

/* What is wrong with the folder; the first finding counts. */
struct check {
    struct ff_cli *cli;
    const char *dir, *file;
    const char *finding; /* NULL: nothing */
    int64_t files, rows;
    struct ff_pick tables;
};

static bool find(struct check *c, const char *file, const char *finding)
{
    c->file = file;
    c->finding = finding;
    return false;
}

static int64_t count_lines(const char *path)
{
    char piece[1024];
    int64_t lines = 0;
    size_t n;
    FILE *f = fopen(path, "rbe");
    while (f && (n = fread(piece, 1, sizeof piece, f)) > 0)
        for (size_t i = 0; i < n; i++)
            lines += piece[i] == '\n';
    if (f)
        fclose(f);
    return f ? lines : -1;
}

static bool check_file(struct check *c, struct ff_pick table)
{
    const char *file = ff_pick_text(c->cli->arena, ff_pick_get(table, "file"));
    char path[PATH_CAP], digest[65];
    int64_t bytes = 0;
    snprintf(path, sizeof path, "%s/%s", c->dir, file);
    if (!file[0] || strchr(file, '/'))
        return find(c, FF_ARCHIVE_MANIFEST, "it names no file");
    if (!ff_digest_file(path, digest, &bytes))
        return find(c, file, "it is missing or cannot be read");
    if (bytes != ff_pick_int(ff_pick_get(table, "bytes")))
        return find(c, file, "its size is not what the manifest says");
    if (strcmp(digest, ff_pick_text(c->cli->arena, ff_pick_get(table, "sha256"))) != 0)
        return find(c, file, "its content is not what the manifest says");
    if (count_lines(path) != ff_pick_int(ff_pick_get(table, "rows")))
        return find(c, file, "it has more or fewer rows than the manifest says");
    c->files++;
    c->rows += ff_pick_int(ff_pick_get(table, "rows"));
    return true;
}

static bool is_listed(struct check *c, const char *name)
{
    struct ff_pick table = {0};
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, FF_ARCHIVE_MANIFEST) == 0)
        return true;
    while (ff_pick_next(c->tables, &table))
        if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(table, "file")), name) == 0)
            return true;
    return false;
}

static bool check_strangers(struct check *c)
{
    DIR *d = opendir(c->dir);
    const struct dirent *e;
    bool ok = true;
    while (d && ok && (e = readdir(d)))
        if (!is_listed(c, e->d_name))
            ok = find(c, ff_arena_printf(c->cli->arena, "%s", e->d_name),
                      "the manifest does not list it");
    if (d)
        closedir(d);
    return ok;
}

static bool check_all(struct check *c, struct ff_pick manifest)
{
    const char *format = ff_pick_text(c->cli->arena, ff_pick_get(manifest, "format"));
    struct ff_pick table = {0};
    c->tables = ff_pick_get(manifest, "tables");
    if (strcmp(format, FF_ARCHIVE_FORMAT) != 0)
        return find(c, FF_ARCHIVE_MANIFEST, "it is not of the format " FF_ARCHIVE_FORMAT);
    while (ff_pick_next(c->tables, &table))
        if (!check_file(c, table))
            return false;
    if (!c->files)
        return find(c, FF_ARCHIVE_MANIFEST, "it lists no table");
    return check_strangers(c);
}

static void print_good(const struct check *c, struct ff_pick manifest, const char *digest)
{
    int64_t version = ff_pick_int(ff_pick_get(manifest, "schemaVersion"));
    int64_t head = ff_pick_int(ff_pick_get(manifest, "headId"));
    if (ff_opt_bool(&c->cli->o, FF_OPT_JSON))
        printf("{\"ok\":true,\"tables\":%" PRId64 ",\"rows\":%" PRId64 ",\"schemaVersion\":%" PRId64
               ",\"headId\":%" PRId64 ",\"sha256\":\"%s\"}\n",
               c->files, c->rows, version, head, digest);
    else
        printf("%s: good, %" PRId64 " tables, %" PRId64 " rows, version %" PRId64
               ", last journal %" PRId64 "\n  MANIFEST.json: %s\n",
               c->dir, c->files, c->rows, version, head, digest);
}

int ff_cmd_export_verify(struct ff_cli *cli)
{
    struct check c = {.cli = cli, .dir = cli->args[0]};
    char digest[65];
    int64_t bytes;
    struct ff_buf text;
    const char *path = ff_arena_printf(cli->arena, "%s/" FF_ARCHIVE_MANIFEST, c.dir);
    if (!path)
        return FF_EXIT_INTERNAL;
    ff_buf_init(&text, MANIFEST_BYTES);
    if (ff_file_read(cli, path, &text) && ff_digest_file(path, digest, &bytes)) {
        struct ff_pick manifest = ff_pick(text.len ? text.data : "", text.len);
        if (check_all(&c, manifest)) {
            print_good(&c, manifest, digest);
        } else {
            ff_trouble(&cli->t, FF_EXIT_CHECK_FAILED, "export again, or fetch the copy again",
                       "%s is not as it was written", c.dir);
            ff_trouble_why(&cli->t, "%s: %s", c.file, c.finding);
        }
    }
    ff_buf_free(&text);
    return cli->t.code ? (int)cli->t.code : 0;
}
