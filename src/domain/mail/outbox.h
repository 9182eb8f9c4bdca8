/* SPDX-License-Identifier: MIT */
/* outbox.h - what the files of mail share: the names of the kinds, and the text of one message. For
 * src/domain/mail only. */
#ifndef FF_DOMAIN_MAIL_OUTBOX_H
#define FF_DOMAIN_MAIL_OUTBOX_H

#include "domain/mail/mail.h"

/* "reset" ... as the table has them. */
extern const char *const ff_mail_kind_names[FF_MAIL_KINDS];

/* What a text speaks of. */
struct ff_mail_words {
    const char *name; /* of the person */
    const char *code; /* of the link; NULL: none */
};

/* Head and body of a message, in the arena; NULL when it is exhausted (error recorded). */
const char *ff_mail_compose(struct ff_ctx *cx, enum ff_mail_kind kind,
                            const struct ff_mail_site *site, const char *to,
                            const struct ff_mail_words *words);

/* The lines of a head. */
struct ff_mail_head {
    const char *site_name, *from, *to, *subject;
    int64_t now_ms;
};
/* Writes them, with the empty line after. No value can begin a line of its own. */
void ff_mail_head(struct ff_buf *buf, const struct ff_mail_head *head);

#endif
