/* SPDX-License-Identifier: MIT */
/* mail_delivery.h - handing one message on: as a file of a folder, or to a sendmail program. */
#ifndef FF_APP_MAIL_DELIVERY_H
#define FF_APP_MAIL_DELIVERY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "domain/mail/mail.h"

struct ff_delivery {
    const char *spool;    /* folder; NULL: sendmail */
    const char *sendmail; /* path of the program */
    const char *from;     /* sender of the envelope */
    const atomic_bool *stopping;
};

/* False with a reason in `why`. A file appears in the folder (0700) whole or not at all, for this
 * user alone; the program is run without a shell, gets the message on its standard input, nothing
 * of our environment, and 30 seconds. */
bool ff_deliver(const struct ff_delivery *d, const struct ff_letter *letter, char *why, size_t cap);

/* An address that is safe in a head and as an argument: printable ASCII, one @ with something on
 * both sides, no blank, quote, angle bracket or comma, no - in front. */
bool ff_mail_address_ok(const char *address);

#endif
