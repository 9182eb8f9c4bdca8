/* SPDX-License-Identifier: MIT */
/* invite.h - people become users: an administrator invites, the person makes the own account with
 * the code they got. An invitation is good for a week, once; a further one replaces it. */
#ifndef FF_DOMAIN_IDENTITY_INVITE_H
#define FF_DOMAIN_IDENTITY_INVITE_H

#include "domain/people/handout.h"

/* Whom to invite: of the active people who have no account. */
struct ff_invite_wish {
    struct ff_handout who;
    const char *csv; /* a file with the column employeeNumber: only these; NULL: all of `who` */
    size_t csv_len;
    const char *address; /* of this canteen ("https://canteen.lan"), for QR codes; NULL: none */
    bool by_mail;        /* who has an e-mail gets a message instead of a card */
};

/* A sheet (HTML) with a code for each; *n: how many. FF_IMPORT_ROWS with the bad lines of the file,
 * FF_VALIDATION for more than FF_SHEET_CARDS people, and by mail where none is sent. Who has an
 * account is left out. */
FF_MUST_CHECK enum ff_rc ff_invite_sheet(struct ff_ctx *cx, const struct ff_invite_wish *wish,
                                         struct ff_text *out, int64_t *n);

/* One person's code, or a message with it to their e-mail: then code is NULL and expires_at
 * FF_NULL_INT. FF_NOT_FOUND, FF_ALREADY_EXISTS (param field employee): has an account;
 * FF_VALIDATION: no e-mail, or no mail is sent here. */
struct ff_invitation {
    int64_t employee_id, expires_at;
    const char *number, *name, *code;
};
FF_MUST_CHECK enum ff_rc ff_invite_one(struct ff_ctx *cx, int64_t employee_id, bool by_mail,
                                       struct ff_invitation *out);

/* ---- the person ---- */

/* What the page shows of a code. */
struct ff_welcome {
    const char *name;
    const char *email;  /* NULL: the person must give one */
    int64_t pin_digits; /* a PIN has at least so many */
};
/* Does not use the code up. FF_CODE_INVALID; FF_ACCOUNT_LOCKED after thirty wrong codes from
 * this address. */
FF_MUST_CHECK enum ff_rc ff_welcome_look(struct ff_ctx *cx, const char *code,
                                         struct ff_welcome *out);

struct ff_welcome_in {
    const char *code, *password;
    const char *email; /* lower case; NULL: the one that is known */
    const char *pin;   /* NULL: none */
};
/* Makes the account, and sets a PIN when one is given; *email is what to sign in with. As above;
 * FF_PASSWORD_TOO_WEAK, FF_PASSWORD_TOO_COMMON, FF_VALIDATION, FF_ALREADY_EXISTS and FF_BUSY leave
 * the code good. */
FF_MUST_CHECK enum ff_rc ff_welcome_accept(struct ff_ctx *cx, const struct ff_welcome_in *in,
                                           const char **email);

#endif
