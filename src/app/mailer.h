/* SPDX-License-Identifier: MIT */
/* mailer.h - the thread that takes messages out of the outbox and hands them on: to a folder, or to
 * the machine's sendmail. No request ever waits for it. */
#ifndef FF_APP_MAILER_H
#define FF_APP_MAILER_H

#include "app/app.h"
#include "app/options.h"

struct ff_mailer;

/* Starts it. `url`: where people find the canteen. NULL when this site sends no mail, or no thread
 * could be made (which is logged). */
struct ff_mailer *ff_mailer_start(struct ff_app *app, const struct ff_options *o, const char *url);

/* Ends it: a message that is being handed on is given up, and tried again after the next start. */
void ff_mailer_stop(struct ff_mailer *mailer);

/* True unless the options say that no mail is sent. */
bool ff_mail_is_on(const struct ff_options *o);

/* The options about mail and registration, together: false with trouble. */
bool ff_mail_options_check(const struct ff_options *o, struct ff_trouble *t);

#endif
