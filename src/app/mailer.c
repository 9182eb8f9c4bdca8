/* SPDX-License-Identifier: MIT */
/* mailer.c - looks into the outbox twice a second, and hands on what is due, one at a time.
 * A message whose delivery fails is put off; one that is nobody's is dropped. */
#include "app/mailer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/mail_delivery.h"
#include "app/option_check.h"
#include "base/log.h"
#include "db/db.h"
#include "domain/mail/mail.h"

enum { ARENA_BYTES = 1 << 20, LOOK_NS = 500000000, URL_CAP = 300, FROM_CAP = 320 };

struct ff_mailer {
    struct ff_app *app;
    pthread_t thread;
    atomic_bool stopping;
    struct ff_delivery delivery;
    char url[URL_CAP], from[FROM_CAP], spool[FF_APP_DIR_CAP + 8];
};

static void log_failure(const struct ff_letter *letter, const char *why, bool given_up)
{
    ff_log(FF_LOG_WARN, NULL, given_up ? "message given up" : "message put off",
           (struct ff_log_kv[]){{"id", NULL, letter->id},
                                {"kind", letter->kind, 0},
                                {"tries", NULL, letter->tries + 1},
                                {"why", why, 0}},
           4);
}

/* Hands on the next message. False when there was none, or the database does not answer. */
static bool deliver_one(struct ff_mailer *m, struct ff_ctx *cx)
{
    const struct ff_mail_site site = {.url = m->url, .from = m->from};
    struct ff_letter letter;
    bool found, given_up;
    char why[128] = "";
    enum ff_rc rc = ff_mail_take(cx, &site, &letter, &found);
    ff_db_release(cx);
    if (rc || !found)
        return false;
    if (!letter.to)
        return true;
    if (ff_deliver(&m->delivery, &letter, why, sizeof why))
        return ff_mail_sent(cx, &letter) == FF_OK;
    if (atomic_load(&m->stopping) || ff_mail_failed(cx, &letter, &given_up))
        return false;
    log_failure(&letter, why, given_up);
    return true;
}

static void *run(void *arg)
{
    struct ff_mailer *m = arg;
    struct ff_arena *arena = ff_arena_new(ARENA_BYTES);
    struct ff_ctx cx;
    while (arena && !atomic_load(&m->stopping)) {
        ff_app_ctx(m->app, arena, &cx);
        const bool more = deliver_one(m, &cx);
        ff_db_release(&cx);
        ff_arena_reset(arena);
        if (!more)
            nanosleep(&(struct timespec){.tv_nsec = LOOK_NS}, NULL);
    }
    ff_arena_free(arena);
    return NULL;
}

bool ff_mail_is_on(const struct ff_options *o)
{
    return strcmp(ff_opt_text(o, FF_OPT_MAIL), "off") != 0;
}

bool ff_mail_options_check(const struct ff_options *o, struct ff_trouble *t)
{
    if (ff_opt_bool(o, FF_OPT_REGISTRATION) && !ff_mail_is_on(o))
        return ff_trouble(t, FF_EXIT_CONFIG, "--mail spool or --mail sendmail",
                          "--registration needs mail: people get their link by it");
    const char *from = ff_opt_text(o, FF_OPT_MAIL_FROM);
    if (from && !ff_mail_address_ok(from))
        return ff_trouble(t, FF_EXIT_CONFIG, "--mail-from canteen@example.org",
                          "--mail-from is no address: %s", from);
    return true;
}

/* The sender when none is given: of the host that people use. */
static void default_from(const char *url, char from[FROM_CAP])
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : "localhost";
    const size_t n = strcspn(host, ":/");
    snprintf(from, FROM_CAP, "feastfrenzy@%.*s", (int)n, host);
}

static void fill(struct ff_mailer *m, struct ff_app *app, const struct ff_options *o,
                 const char *url)
{
    const char *from = ff_opt_text(o, FF_OPT_MAIL_FROM);
    const char *public_url = ff_opt_text(o, FF_OPT_PUBLIC_URL);
    m->app = app;
    snprintf(m->url, sizeof m->url, "%s", public_url ? public_url : url);
    m->url[strlen(m->url) - (m->url[0] && m->url[strlen(m->url) - 1] == '/')] = '\0';
    default_from(m->url, m->from);
    if (from)
        snprintf(m->from, sizeof m->from, "%s", from);
    snprintf(m->spool, sizeof m->spool, "%s/spool", app->dir);
    const bool is_spool = strcmp(ff_opt_text(o, FF_OPT_MAIL), "spool") == 0;
    m->delivery = (struct ff_delivery){.spool = is_spool ? m->spool : NULL,
                                       .sendmail = ff_opt_text(o, FF_OPT_SENDMAIL),
                                       .from = m->from,
                                       .stopping = &m->stopping};
}

struct ff_mailer *ff_mailer_start(struct ff_app *app, const struct ff_options *o, const char *url)
{
    struct ff_mailer *m = ff_mail_is_on(o) ? calloc(1, sizeof *m) : NULL;
    if (!m)
        return NULL;
    fill(m, app, o, url);
    if (pthread_create(&m->thread, NULL, run, m) == 0)
        return m;
    ff_logf(FF_LOG_ERROR, NULL, "no thread for mail: messages wait for the next start");
    free(m);
    return NULL;
}

void ff_mailer_stop(struct ff_mailer *mailer)
{
    if (!mailer)
        return;
    atomic_store(&mailer->stopping, true);
    pthread_join(mailer->thread, NULL);
    free(mailer);
}
