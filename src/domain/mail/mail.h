/* SPDX-License-Identifier: MIT */
/* mail.h - messages to people: a request only puts a row into the outbox, a thread of the server
 * (app/mailer.h) turns it into text and hands it on. What is asked for an address that has no
 * account costs the request the same, and is dropped when its turn comes. The row holds no secret;
 * codes are made when the text is. */
#ifndef FF_DOMAIN_MAIL_MAIL_H
#define FF_DOMAIN_MAIL_MAIL_H

#include "json/schema.h"

enum ff_mail_kind {
    FF_MAIL_RESET,            /* a link for a new password, if the address has an account */
    FF_MAIL_REGISTER,         /* the same for a person without account, if it is a person's */
    FF_MAIL_PASSWORD_CHANGED, /* that it was changed */
    FF_MAIL_INVITE,           /* a code to make an account with, by an administrator's wish */
    FF_MAIL_KINDS
};

/* How long a link is good. */
enum { FF_RESET_MS = 3600000, FF_INVITE_MS = 7 * 86400000 };

/* Puts a message into the outbox, in the caller's job or one of its own. Nothing happens when this
 * site sends no mail, or while FF_MAIL_WAITING messages wait already. */
enum { FF_MAIL_WAITING = 1000 };
FF_MUST_CHECK enum ff_rc ff_mail_post(struct ff_ctx *cx, enum ff_mail_kind kind,
                                      const char *address);

/* ---- for administrators ---- */
struct ff_mail_row {
    int64_t id, tries, due_at, created_at;
    const char *kind, *address, *state; /* state: waiting, failed */
};
/* A page (from 1) of what waits or failed; list of struct ff_mail_row. */
FF_MUST_CHECK enum ff_rc ff_mail_list(struct ff_ctx *cx, int64_t page, int64_t limit,
                                      struct ff_list *out, int64_t *total);

/* ---- for the thread that sends ---- */

/* What every message says. */
struct ff_mail_site {
    const char *url;  /* of this canteen, without a slash at the end */
    const char *from; /* address */
};

struct ff_letter {
    int64_t id, tries;
    const char *kind;
    const char *to; /* address, checked; NULL: the message turned out to be nobody's, and is gone */
    const char *text; /* RFC 5322: head, empty line, body; lines end in LF */
};

/* The next message that is due, in the site's language, with a fresh code. *found is false when
 * there is none. */
FF_MUST_CHECK enum ff_rc ff_mail_take(struct ff_ctx *cx, const struct ff_mail_site *site,
                                      struct ff_letter *out, bool *found);

/* It was handed on: nothing of it is kept. */
FF_MUST_CHECK enum ff_rc ff_mail_sent(struct ff_ctx *cx, const struct ff_letter *letter);

/* It was not: again after 1, 2, 4 ... 60 minutes, and given up after FF_MAIL_TRIES. *given_up. */
enum { FF_MAIL_TRIES = 8 };
FF_MUST_CHECK enum ff_rc ff_mail_failed(struct ff_ctx *cx, const struct ff_letter *letter,
                                        bool *given_up);

#endif
