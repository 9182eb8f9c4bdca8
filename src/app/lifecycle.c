/* SPDX-License-Identifier: MIT */
/* lifecycle.c - start, announce, wait, stop. The order matters: the run file comes after the port
 * is ours and goes before it is free; the books are checked while people already buy. */
#include "app/lifecycle.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/audit_keeper.h"
#include "app/books.h"
#include "app/check.h"
#include "app/housekeeping.h"
#include "app/listeners.h"
#include "app/mailer.h"
#include "app/notify.h"
#include "app/option_check.h"
#include "app/runfile.h"
#include "app/signals.h"
#include "auth/auth.h"
#include "base/log.h"
#include "base/version.h"
#include "db/db.h"
#include "domain/privacy/privacy.h"

enum {
    MS_PER_S = 1000,
    CERTIFICATE_MS = 14 * 86400000,
    LOOK_MS = 250,
    READY_MS = 5000,
    SECRET_BYTES = 32
};

/* Which of the addresses is taken, and by whom. */
static void name_owner(const struct ff_listeners *l, struct ff_trouble *t)
{
    for (size_t i = 0; i < l->server.n_listen; i++) {
        char host[16];
        int port = 0;
        (void)ff_option_address(l->server.listen[i], host, &port);
        long owner = port ? ff_listeners_owner(port) : 0;
        if (owner)
            ff_trouble_why(t, "port %d is in use by process %ld", port, owner);
    }
}

static bool start_server(const struct ff_serving *s, struct ff_listeners *l,
                         struct ff_server **server, struct ff_trouble *t)
{
    int exit_hint = 0;
    if (ff_server_start(&s->app->cx, &l->server, server, &exit_hint) == FF_OK)
        return true;
    ff_trouble(t, exit_hint ? (enum ff_exit)exit_hint : FF_EXIT_LISTEN,
               exit_hint == FF_EXIT_LISTEN ? "another --listen ADDR:PORT; port 0 is any free one"
               : l->tls != FF_MAX_LISTEN   ? "feastfrenzy tls show, or tls self-signed to make one"
                                           : NULL,
               "the server cannot start");
    name_owner(l, t);
    ff_trouble_why(t, "%s", s->app->cx.err.detail);
    return false;
}

/* A database that was put back by hand brings erased people back: they go before anybody looks. */
static void forget_again(struct ff_app *app)
{
    int64_t again = 0;
    if (ff_privacy_reconcile(&app->cx, &again))
        ff_logf(FF_LOG_ERROR, NULL, "privacy: erased people may be back: %s", app->cx.err.detail);
    ff_app_again(app);
}

static bool write_runfile(struct ff_app *app, const char *secret, int port, struct ff_trouble *t)
{
    char now[FF_INSTANT_CAP];
    struct ff_clock *clock = ff_clock_new_system();
    ff_instant_format(ff_clock_now_ms(clock), now);
    ff_clock_free(clock);
    struct ff_run run = {.pid = getpid(), .port = port, .secret = secret, .started = now};
    return ff_runfile_write(app->dir, &run, t);
}

/* ---- what the operator sees ---- */

/* At a terminal: which canteen this is, before what is to be said about it. */
static void introduce(const struct ff_serving *s)
{
    if (s->announce || !isatty(STDOUT_FILENO))
        return;
    struct ff_site_settings site = ff_site_get(&s->app->cx);
    printf("FeastFrenzy %s  %s (%s), data in %s\n", ff_version(), site.name, site.currency,
           s->app->dir);
}

static void announce(const struct ff_serving *s, const char *url)
{
    const struct ff_app *app = s->app;
    if (!isatty(STDOUT_FILENO)) {
        ff_log(FF_LOG_INFO, NULL, "listening",
               (struct ff_log_kv[]){{"url", url, 0},
                                    {"data", app->dir, 0},
                                    {"version", ff_version(), 0},
                                    {"schema", NULL, ff_db_schema_version()}},
               4);
        if (app->was_unclean)
            ff_logf(FF_LOG_WARN, NULL,
                    "previous run ended without shutdown; database checked, no loss");
        return;
    }
    if (app->was_unclean)
        printf("Previous run ended without shutdown; database checked, no loss.\n");
    printf("Ready at %s/  Press Ctrl-C to stop.\n", url);
    fflush(stdout);
}

static void open_browser(const char *url)
{
    static const char *const openers[] = {"xdg-open", "sensible-browser"};
    pid_t child = fork();
    if (child)
        return;
    sigset_t none; /* signals are blocked here; a browser wants its own */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    (void)setsid();
    for (int i = 0; i < 2; i++)
        execlp(openers[i], openers[i], url, (char *)NULL);
    _exit(127);
}

static void say_ready(const struct ff_serving *s, const struct ff_listeners *l,
                      struct ff_server *server)
{
    char url[300], line[340];
    ff_listeners_url(l, s->options, server, url);
    if (s->announce)
        s->announce(s->arg, url);
    else
        announce(s, url);
    if (l->server.rate_factor != 1)
        ff_logf(FF_LOG_WARN, NULL, "request limits are %s (--rate-limit %d)",
                l->server.rate_factor ? "multiplied" : "off", l->server.rate_factor);
    if (ff_server_certificate_ends_ms(server) < ff_clock_now_ms(s->app->clock) + CERTIFICATE_MS)
        ff_logf(FF_LOG_WARN, NULL, "the certificate ends soon, or has ended: feastfrenzy tls show");
    if (l->is_open)
        ff_logf(FF_LOG_WARN, NULL,
                "listening beyond this machine without TLS (--insecure-lan): everybody on the "
                "network can read passwords along");
    if (ff_opt_text(s->options, FF_OPT_READY_FD)) {
        int fd = (int)ff_opt_int(s->options, FF_OPT_READY_FD);
        int n = snprintf(line, sizeof line, "ready http://127.0.0.1:%d\n",
                         ff_server_port(server, l->loopback));
        if (write(fd, line, (size_t)n) != n)
            ff_logf(FF_LOG_WARN, NULL, "--ready-fd %d: %s", fd, strerror(errno));
        if (fd > STDERR_FILENO)
            close(fd);
    }
    if (ff_opt_bool(s->options, FF_OPT_OPEN))
        open_browser(url);
}

/* ---- waiting ---- */

/* Looks at the parts that readiness is made of, and feeds the watchdog while the database answers:
 * the look asks it a question, and has it write when nobody else has for a while. */
static void look_around(const struct ff_serving *s, struct ff_server *server)
{
    ff_server_refresh(server);
    ff_check_ready(s->app, s->options);
    if (atomic_load(&s->app->health.database) != FF_PART_FAILED && ff_notify_watchdog_ms())
        ff_notify("WATCHDOG=1");
}

static void fulfil(const struct ff_serving *s, unsigned wishes)
{
    if (wishes & FF_WISH_RELOAD && s->reload)
        s->reload(s->reload_arg);
    if (wishes & FF_WISH_DEBUG)
        ff_logf(FF_LOG_INFO, NULL, "debug lines are %s", ff_log_toggle_debug() ? "on" : "off");
}

/* How many waits go by between two looks: five seconds, sooner for an impatient watchdog. */
static int waits_between(void)
{
    int64_t every_ms = ff_notify_watchdog_ms();
    if (every_ms == 0 || every_ms > READY_MS)
        every_ms = READY_MS;
    return every_ms < LOOK_MS ? 1 : (int)(every_ms / LOOK_MS);
}

/* 0 after a signal, 74 when a commit ended in the unknown: nothing may be booked after that. */
static int wait_for_end(const struct ff_serving *s, struct ff_server *server)
{
    int between = waits_between();
    for (int waits = 0;; waits++) {
        struct ff_db_stats stats;
        if (ff_signals_wait(LOOK_MS))
            return FF_EXIT_OK;
        ff_db_get_stats(s->app->db, &stats);
        if (stats.failed) {
            ff_logf(FF_LOG_ERROR, NULL,
                    "the storage failed in a commit; ending, so that the next "
                    "start reads what is really there");
            return FF_EXIT_IO;
        }
        fulfil(s, ff_signals_wishes());
        if (waits % between == between - 1)
            look_around(s, server);
    }
}

/* What the domain must know of this run. */
static struct ff_run_flags run_flags(const struct ff_serving *s)
{
    struct ff_run_flags flags = s->flags;
    flags.lock_after = ff_opt_int(s->options, FF_OPT_LOCK_AFTER);
    flags.lock_for_ms = ff_opt_int(s->options, FF_OPT_LOCK_FOR);
    flags.mail = ff_mail_is_on(s->options);
    flags.registration = ff_opt_bool(s->options, FF_OPT_REGISTRATION);
    return flags;
}

static struct ff_mailer *start_mailer(const struct ff_serving *s, const struct ff_listeners *l,
                                      const struct ff_server *server)
{
    char url[300];
    ff_listeners_url(l, s->options, server, url);
    return ff_mailer_start(s->app, s->options, url);
}

int ff_serve(const struct ff_serving *s, struct ff_trouble *t)
{
    struct ff_app *app = s->app;
    struct ff_listeners l;
    struct ff_server *server = NULL;
    unsigned char random[SECRET_BYTES];
    char secret[FF_RUN_SECRET_CAP];
    if (!ff_mail_options_check(s->options, t) || !ff_listeners_fill(&l, s->options, app->dir, t))
        return FF_EXIT_USAGE;
    ff_random(random, sizeof random);
    ff_hex(random, sizeof random, secret);
    explicit_bzero(random, sizeof random);
    l.server.secret = secret;
    ff_site_set_run(app->site, run_flags(s));
    ff_auth_set_lifetimes(app->auth, ff_opt_int(s->options, FF_OPT_ACCESS_TTL) / MS_PER_S,
                          ff_opt_int(s->options, FF_OPT_REFRESH_TTL) / MS_PER_S);
    atomic_store(&app->health.started_mono_ms, ff_clock_mono_ms(app->clock));
    atomic_store(&app->health.ledger, FF_LEDGER_CHECKING);
    introduce(s);
    struct ff_check_env env = ff_check_env_of(app, s->options);
    if (!ff_check_start(&env, t))
        return FF_EXIT_LISTEN;
    forget_again(app);
    if (!start_server(s, &l, &server, t))
        return FF_EXIT_LISTEN;
    ff_check_ready(app, s->options);
    int code = FF_EXIT_IO;
    if (write_runfile(app, secret, ff_server_port(server, l.loopback), t)) {
        say_ready(s, &l, server);
        struct ff_books *books = ff_books_start(app, s->options);
        struct ff_housekeeping *housekeeping = ff_housekeeping_start(app);
        struct ff_audit_keeper *keeper = ff_audit_keeper_start(app);
        struct ff_mailer *mailer = start_mailer(s, &l, server);
        ff_notify("READY=1");
        code = wait_for_end(s, server);
        ff_notify("STOPPING=1");
        ff_runfile_remove(app->dir);
        ff_server_stop(server);
        ff_mailer_stop(mailer);
        ff_housekeeping_stop(housekeeping);
        ff_audit_keeper_stop(keeper);
        ff_db_give_up_reads(app->db);
        ff_books_join(books);
        ff_logf(ff_app_news_level(), NULL, "stopped");
    } else {
        ff_server_stop(server);
    }
    explicit_bzero(secret, sizeof secret);
    return code;
}
