/* SPDX-License-Identifier: MIT */
/* check_process.c - the rows that look at the machine and at the process: the one that serves the
 * data directory, or this one, which limits itself as a serving one would. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <unistd.h>

#include "app/check_rows.h"
#include "app/libraries.h"
#include "app/listeners.h"
#include "app/option_check.h"
#include "app/paths.h"
#include "http/certificate.h"

void ff_look_clock_synced(const struct ff_check_env *env, struct ff_finding *out)
{
    struct timex now = {0};
    int state = adjtimex(&now);
    (void)env;
    if (state >= 0 && state != TIME_ERROR && !(now.status & STA_UNSYNC))
        ff_found(out, FF_CHECK_OK, NULL, "the machine's clock follows a time server");
    else
        ff_found(out, FF_CHECK_WARN, "timedatectl set-ntp true",
                 "nothing keeps the machine's clock right");
}

/* ---- ports ---- */

/* 0 when the address could be taken now, else errno. */
static int try_address(const char *host, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), why = 0;
    if (fd < 0)
        return errno;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (inet_pton(AF_INET, host, &to.sin_addr) != 1 ||
        bind(fd, (const struct sockaddr *)&to, sizeof to) || listen(fd, 1))
        why = errno;
    close(fd);
    return why;
}

/* Looks at the addresses of one option. True when one cannot be had, which is then found. */
static bool is_taken(const struct ff_setting *listen, struct ff_finding *out)
{
    for (size_t i = 0; i < listen->n; i++) {
        char host[16];
        int port, why;
        if (!ff_option_address(listen->values[i], host, &port) || !(why = try_address(host, port)))
            continue;
        long owner = why == EADDRINUSE ? ff_listeners_owner(port) : 0;
        if (owner)
            ff_found(out, FF_CHECK_ERROR, "another --listen ADDR:PORT; port 0 is any free one",
                     "port %d is in use by process %ld", port, owner);
        else
            ff_found(out, FF_CHECK_ERROR, "another --listen ADDR:PORT; port 0 is any free one",
                     "%s cannot be listened on: %s", listen->values[i], strerror(why));
        return true;
    }
    return false;
}

void ff_look_listen_port(const struct ff_check_env *env, struct ff_finding *out)
{
    const struct ff_setting *all = env->options->settings;
    if (env->server)
        ff_found(out, FF_CHECK_OK, NULL, "the running server listens");
    else if (!is_taken(&all[FF_OPT_LISTEN], out) && !is_taken(&all[FF_OPT_TLS_LISTEN], out))
        ff_found(out, FF_CHECK_OK, NULL, "the addresses are free");
}

/* ---- the certificate ---- */

enum { CERTIFICATE_DAYS = 14, DAY_MS = 86400000 };

static void judge_certificate(const struct ff_certificate *c, int64_t now_ms,
                              struct ff_finding *out)
{
    struct ff_certificate_info info;
    ff_certificate_tell(c, &info);
    long long days = (info.until_ms - now_ms) / DAY_MS;
    if (info.until_ms <= now_ms)
        ff_found(out, FF_CHECK_ERROR, "put a new one in its place; feastfrenzy tls show",
                 "the certificate has ended");
    else if (days < CERTIFICATE_DAYS)
        ff_found(out, FF_CHECK_WARN, "put a new one in its place; feastfrenzy tls show",
                 "the certificate ends in %lld days", days);
    else
        ff_found(out, FF_CHECK_OK, NULL, "the certificate is good for %lld days", days);
}

void ff_look_certificate(const struct ff_check_env *env, struct ff_finding *out)
{
    struct ff_ctx cx;
    struct ff_certificate *c;
    int exit_hint;
    if (!env->options->settings[FF_OPT_TLS_LISTEN].n) {
        ff_found(out, FF_CHECK_OK, NULL, "no address speaks TLS, so no certificate is needed");
        return;
    }
    const char *cert = ff_tls_cert_path(env->options, env->dir);
    const char *key = ff_tls_key_path(env->options, env->dir);
    struct ff_arena *arena = ff_arena_new(0);
    struct ff_clock *clock = ff_clock_new_system();
    ff_ctx_init(&cx, arena, clock);
    if (!ff_certificate_read(&cx, cert, key, &c, &exit_hint)) {
        judge_certificate(c, ff_clock_now_ms(clock), out);
        ff_certificate_free(c);
    } else {
        ff_found(out, FF_CHECK_ERROR, "feastfrenzy tls self-signed --host NAME", "%s",
                 cx.err.detail);
    }
    ff_clock_free(clock);
    ff_arena_free(arena);
}

/* ---- libraries ---- */

/* True when both versions have the same first two numbers: a distribution mends the rest. */
static bool is_same_series(const char *a, const char *b)
{
    size_t n = strcspn(a, ".");
    n += a[n] ? 1 + strcspn(a + n + 1, ".") : 0;
    return strncmp(a, b, n) == 0 && (b[n] == 0 || b[n] == '.');
}

void ff_look_library_versions(const struct ff_check_env *env, struct ff_finding *out)
{
    (void)env;
    for (size_t i = 0; i < FF_LIBRARIES; i++) {
        struct ff_library l = ff_library_at(i);
        if (is_same_series(l.built, l.running))
            continue;
        ff_found(out, FF_CHECK_WARN, "install the program built for this release of the system",
                 "built for %s %s, running on %s", l.name, l.built, l.running);
        return;
    }
    ff_found(out, FF_CHECK_OK, NULL, "the libraries are those the program was built for");
}

void ff_look_entropy(const struct ff_check_env *env, struct ff_finding *out)
{
    unsigned char bytes[32];
    (void)env;
    if (getrandom(bytes, sizeof bytes, GRND_NONBLOCK) == (ssize_t)sizeof bytes)
        ff_found(out, FF_CHECK_OK, NULL, "the system gives random numbers");
    else
        ff_found(out, FF_CHECK_ERROR, "wait until the system has started, then look again",
                 "the system has no random numbers yet: %s", strerror(errno));
}

/* ---- limits of the process ---- */

/* The text after `key` in a file of /proc/PID; "" when it is not there. */
static void proc_value(const struct ff_check_env *env, const char *file, const char *key,
                       char out[64])
{
    char path[64], line[256];
    *out = 0;
    (void)snprintf(path, sizeof path, "/proc/%ld/%s", env->server ? env->server : (long)getpid(),
                   file);
    FILE *f = fopen(path, "re");
    while (f && !*out && fgets(line, sizeof line, f)) {
        if (strncmp(line, key, strlen(key)) != 0)
            continue;
        const char *at = line + strlen(key) + strspn(line + strlen(key), " \t");
        (void)snprintf(out, 64, "%.*s", (int)strcspn(at, " \t\n"), at);
    }
    if (f)
        fclose(f);
}

/* The value must be `wanted`, when the system tells it at all. */
static void expect(const char *value, const char *wanted, const char *good, const char *bad,
                   struct ff_finding *out)
{
    if (strcmp(value, wanted) == 0)
        ff_found(out, FF_CHECK_OK, NULL, "%s", good);
    else if (!*value)
        ff_found(out, FF_CHECK_WARN, "look as the server's own user, with /proc mounted",
                 "this system does not tell");
    else
        ff_found(out, FF_CHECK_ERROR, "start the server by its unit file, or without a wrapper",
                 "%s (%s)", bad, value);
}

void ff_look_core_dumps_off(const struct ff_check_env *env, struct ff_finding *out)
{
    char size[64];
    proc_value(env, "limits", "Max core file size", size);
    expect(size, "0", "no core file can hold secrets", "a core file could hold secrets", out);
}

void ff_look_no_new_privs(const struct ff_check_env *env, struct ff_finding *out)
{
    char set[64];
    if (ff_opt_bool(env->options, FF_OPT_OPEN)) {
        ff_found(out, FF_CHECK_OK, NULL, "left open for the browser of --open");
        return;
    }
    proc_value(env, "status", "NoNewPrivs:", set);
    expect(set, "1", "the process can gain no privileges", "the process could gain privileges",
           out);
}

void ff_look_umask(const struct ff_check_env *env, struct ff_finding *out)
{
    char mask[64];
    proc_value(env, "status", "Umask:", mask);
    expect(mask, "0077", "new files are this user's alone", "new files could be read by others",
           out);
}
