/* SPDX-License-Identifier: MIT */
/* webgen.c - build-time program: a directory of web files becomes a table in the executable.
 *     webgen OUT_DIR WEB_DIR
 * writes OUT_DIR/web_data.S (.incbin of each file and of its .br and .gz neighbours) and
 * OUT_DIR/web_assets.c (the sorted table of struct ff_asset). A compressed neighbour is kept only
 * when it saves at least 5 %. The output depends on names and contents alone, so two builds are
 * equal. An unknown file type stops the build: its type would have to be guessed. */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

enum { MAX_FILES = 1024, MAX_PATH = 1024, MAX_DEPTH = 8 };

struct file {
    char path[MAX_PATH]; /* below the web directory, with a leading slash */
    size_t len[3];       /* identity, br, gzip; 0: none */
    char etag[17];
};

static const char *const suffix[3] = {"", ".br", ".gz"};
static struct file *files;
static size_t n_files;
static const char *root;

static const struct {
    const char *extension, *mime;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".json", "application/json; charset=utf-8"},
    {".map", "application/json; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},
    {".png", "image/png"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".txt", "text/plain; charset=utf-8"},
};

_Noreturn static void die(const char *what, const char *name)
{
    fprintf(stderr, "webgen: %s: %s%s%s\n", name, what, errno ? ": " : "",
            errno ? strerror(errno) : "");
    exit(1);
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static const char *mime_of(const char *path)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (ends_with(path, types[i].extension))
            return types[i].mime;
    errno = 0;
    die("no known content type", path);
}

/* Names made by the bundler: /assets/NAME-HASH.EXT with a hash of 8 capital letters and digits. */
static bool is_immutable(const char *path)
{
    if (strncmp(path, "/assets/", 8) != 0)
        return false;
    const char *dash = strrchr(path, '-');
    size_t n = dash ? strspn(dash + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") : 0;
    return n >= 8 && dash[1 + n] == '.';
}

static void join(char out[MAX_PATH], const char *path, const char *end)
{
    int n = snprintf(out, MAX_PATH, "%s%s%s", root, path, end);
    if (n < 0 || n >= MAX_PATH)
        die("name too long", path);
}

/* The path is written into C and assembly text, so it must need no escape there. */
static void check_name(const char *path)
{
    errno = 0;
    for (const char *p = path; *p; p++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-", *p))
            die("a name may hold only letters, digits and . _ -", path);
}

/* Variants come with their file; the bundler's report is for those who build. */
static bool is_left_out(const char *path)
{
    return ends_with(path, ".br") || ends_with(path, ".gz") || !strcmp(path, "/meta.json");
}

static void add_file(const char *path)
{
    if (is_left_out(path))
        return;
    check_name(path);
    (void)mime_of(path);
    errno = 0;
    if (n_files == MAX_FILES)
        die("too many files", path);
    struct file *f = &files[n_files++];
    memcpy(f->path, path, strlen(path) + 1);
}

static void walk(const char *below, int depth)
{
    char name[MAX_PATH];
    join(name, below, "");
    DIR *dir = opendir(name);
    if (!dir || depth > MAX_DEPTH)
        die("cannot read the directory", name);
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        char path[MAX_PATH];
        struct stat st;
        int n = snprintf(path, sizeof path, "%s/%s", below, e->d_name);
        if (n < 0 || n >= MAX_PATH)
            die("name too long", e->d_name);
        join(name, path, "");
        if (stat(name, &st))
            die("cannot look at it", name);
        if (S_ISDIR(st.st_mode))
            walk(path, depth + 1);
        else
            add_file(path);
    }
    closedir(dir);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static void hash_file(struct file *f)
{
    char name[MAX_PATH];
    unsigned char block[2048], sum[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    join(name, f->path, "");
    FILE *in = fopen(name, "rb");
    if (!in)
        die("cannot open it", name);
    crypto_hash_sha256_init(&state);
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;)
        crypto_hash_sha256_update(&state, block, n);
    if (ferror(in) || fclose(in))
        die("cannot read it", name);
    crypto_hash_sha256_final(&state, sum);
    for (int i = 0; i < 8; i++)
        snprintf(f->etag + 2 * i, 3, "%02x", sum[i]);
}

static void measure(struct file *f)
{
    for (int i = 0; i < 3; i++) {
        char name[MAX_PATH];
        struct stat st;
        join(name, f->path, suffix[i]);
        if (stat(name, &st) == 0)
            f->len[i] = (size_t)st.st_size;
        else if (i == 0)
            die("cannot look at it", name);
        if (i > 0 && f->len[i] * 100 > f->len[0] * 95)
            f->len[i] = 0;
    }
    hash_file(f);
}

static FILE *open_out(const char *dir, const char *leaf)
{
    char name[MAX_PATH];
    int n = snprintf(name, sizeof name, "%s/%s", dir, leaf);
    FILE *out = n > 0 && n < MAX_PATH ? fopen(name, "w") : NULL;
    if (!out)
        die("cannot write it", name);
    return out;
}

static void close_out(FILE *out)
{
    if (ferror(out) || fclose(out))
        die("cannot write it", "output");
}

static void write_data(const char *dir)
{
    FILE *out = open_out(dir, "web_data.S");
    fputs("/* made by webgen */\n    .section .rodata\n", out);
    for (size_t i = 0; i < n_files; i++)
        for (int v = 0; v < 3; v++) {
            if (!files[i].len[v])
                continue;
            fprintf(out, "    .global ff_web_%zu_%d\n    .balign 16\nff_web_%zu_%d:\n", i, v, i, v);
            fprintf(out, "    .incbin \"%s%s%s\"\n", root, files[i].path, suffix[v]);
        }
    fputs("    .section .note.GNU-stack,\"\",@progbits\n", out);
    close_out(out);
}

static void write_row(FILE *out, size_t i)
{
    const struct file *f = &files[i];
    fprintf(out, "    {\"%s\",\n     \"%s\",\n     {", f->path, mime_of(f->path));
    for (int v = 0; v < 3; v++) {
        if (f->len[v])
            fprintf(out, "{ff_web_%zu_%d, %zu}, ", i, v, f->len[v]);
        else
            fputs("{0, 0}, ", out);
    }
    fprintf(out, "},\n     \"%s\",\n     %s},\n", f->etag, is_immutable(f->path) ? "1" : "0");
}

static void write_table(const char *dir)
{
    FILE *out = open_out(dir, "web_assets.c");
    fputs("/* made by webgen */\n#include \"http/assets.h\"\n\n", out);
    for (size_t i = 0; i < n_files; i++)
        for (int v = 0; v < 3; v++)
            if (files[i].len[v])
                fprintf(out, "extern const unsigned char ff_web_%zu_%d[];\n", i, v);
    fputs("\nconst struct ff_asset ff_web_assets[] = {\n", out);
    for (size_t i = 0; i < n_files; i++)
        write_row(out, i);
    fputs("};\nconst size_t ff_n_web_assets = sizeof ff_web_assets / sizeof ff_web_assets[0];\n",
          out);
    close_out(out);
}

int main(int argc, char **argv)
{
    if (argc != 3 || sodium_init() < 0) {
        fputs("usage: webgen OUT_DIR WEB_DIR\n", stderr);
        return 2;
    }
    root = argv[2];
    files = calloc(MAX_FILES, sizeof *files);
    if (!files)
        die("out of memory", argv[0]);
    walk("", 0);
    qsort(files, n_files, sizeof *files, by_path);
    for (size_t i = 0; i < n_files; i++)
        measure(&files[i]);
    errno = 0;
    if (!n_files)
        die("holds no files", root);
    write_data(argv[1]);
    write_table(argv[1]);
    free(files);
    return 0;
}
