/* SPDX-License-Identifier: MIT */
/* gen_webgen.c - the program that embeds the web files, run on small directories of its own. */
#include <check.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXT_CAP = 65536 };

static char dir[64], webgen[PATH_MAX];

/* The program lies beside the folder of the tests. */
static void find_webgen(void)
{
    char self[PATH_MAX - 32];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    ck_assert_int_gt(n, 0);
    self[n] = '\0';
    (void)snprintf(webgen, sizeof webgen, "%s/../../webgen", dirname(self));
    ck_assert_int_eq(access(webgen, X_OK), 0);
}

static const char *in_dir(const char *name)
{
    static char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

static void write_file(const char *name, const char *text, size_t times)
{
    FILE *out = fopen(in_dir(name), "wb");
    ck_assert_ptr_nonnull(out);
    for (size_t i = 0; i < times; i++)
        ck_assert_int_ge(fputs(text, out), 0);
    ck_assert_int_eq(fclose(out), 0);
}

static void setup(void)
{
    static const char template[] = "/tmp/ff-webgen-XXXXXX";
    memcpy(dir, template, sizeof template);
    ck_assert_ptr_nonnull(mkdtemp(dir));
    ck_assert_int_eq(mkdir(in_dir("web"), 0700), 0);
    ck_assert_int_eq(mkdir(in_dir("web/assets"), 0700), 0);
    ck_assert_int_eq(mkdir(in_dir("out"), 0700), 0);
    find_webgen();
}

static int run(const char *program, char *const argv[])
{
    int status = 0;
    pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (!pid) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(126);
        execv(program, argv);
        _exit(127);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void teardown(void)
{
    char rm[] = "rm", force[] = "-rf";
    char *const argv[] = {rm, force, dir, NULL};
    ck_assert_int_eq(run("/bin/rm", argv), 0);
}

static int embed(void)
{
    char out[256], web[256];
    (void)snprintf(out, sizeof out, "%s/out", dir);
    (void)snprintf(web, sizeof web, "%s/web", dir);
    char *const argv[] = {webgen, out, web, NULL};
    return run(webgen, argv);
}

static const char *read_out(const char *name)
{
    static char text[TEXT_CAP];
    FILE *in = fopen(in_dir(name), "rb");
    ck_assert_ptr_nonnull(in);
    size_t n = fread(text, 1, sizeof text - 1, in);
    text[n] = '\0';
    (void)fclose(in);
    return text;
}

START_TEST(files_become_sorted_rows)
{
    write_file("web/index.html", "abc", 1);
    write_file("web/assets/app-1A2B3C4D.js", "x", 1);
    write_file("web/assets/font.woff2", "x", 1);
    write_file("web/meta.json", "{}", 1);
    write_file("web/.hidden", "x", 1);
    ck_assert_int_eq(embed(), 0);
    const char *table = read_out("out/web_assets.c");
    const char *app = strstr(table, "\"/assets/app-1A2B3C4D.js\"");
    const char *font = strstr(table, "\"/assets/font.woff2\"");
    const char *page = strstr(table, "\"/index.html\"");
    ck_assert(app && font && page && app < font && font < page);
    ck_assert_ptr_null(strstr(table, "meta.json"));
    ck_assert_ptr_null(strstr(table, "hidden"));
    ck_assert_ptr_nonnull(strstr(app, "text/javascript; charset=utf-8"));
    /* First half of the SHA-256 of "abc", and whether the name holds a hash. */
    ck_assert_ptr_nonnull(strstr(page, "\"ba7816bf8f01cfea\",\n     0}"));
    ck_assert_ptr_nonnull(strstr(app, "\",\n     1}"));
    ck_assert_ptr_nonnull(strstr(font, "\",\n     0}"));
}
END_TEST

START_TEST(a_variant_must_be_worth_it)
{
    write_file("web/a.js", "0123456789", 10);
    write_file("web/a.js.br", "x", 95);
    write_file("web/a.js.gz", "x", 96);
    ck_assert_int_eq(embed(), 0);
    const char *table = read_out("out/web_assets.c");
    ck_assert_ptr_nonnull(strstr(table, "{ff_web_0_0, 100}, {ff_web_0_1, 95}, {0, 0}"));
    const char *data = read_out("out/web_data.S");
    ck_assert_ptr_nonnull(strstr(data, "web/a.js.br\""));
    ck_assert_ptr_null(strstr(data, "a.js.gz"));
}
END_TEST

START_TEST(two_runs_are_equal)
{
    static char first[TEXT_CAP];
    write_file("web/b.css", "b", 3);
    write_file("web/a.css", "a", 3);
    ck_assert_int_eq(embed(), 0);
    const char *text = read_out("out/web_assets.c");
    memcpy(first, text, strlen(text) + 1);
    ck_assert_int_eq(embed(), 0);
    ck_assert_str_eq(read_out("out/web_assets.c"), first);
}
END_TEST

static const char *const bad_names[] = {"web/a.exe", "web/noextension", "web/a b.js", "web/a\".js"};

START_TEST(what_cannot_be_served_rightly_stops_the_build)
{
    write_file("web/index.html", "x", 1);
    write_file(bad_names[_i], "x", 1);
    ck_assert_int_eq(embed(), 1);
}
END_TEST

START_TEST(nothing_to_embed_stops_the_build)
{
    ck_assert_int_eq(embed(), 1);
    char *const none[] = {webgen, NULL};
    ck_assert_int_eq(run(webgen, none), 2);
    char nowhere[] = "/nonexistent/web";
    char *const missing[] = {webgen, dir, nowhere, NULL};
    ck_assert_int_eq(run(webgen, missing), 1);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("gen_webgen");
    TCase *t = tcase_create("webgen");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, files_become_sorted_rows);
    tcase_add_test(t, a_variant_must_be_worth_it);
    tcase_add_test(t, two_runs_are_equal);
    tcase_add_loop_test(t, what_cannot_be_served_rightly_stops_the_build, 0, 4);
    tcase_add_test(t, nothing_to_embed_stops_the_build);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
