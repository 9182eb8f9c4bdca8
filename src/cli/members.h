/* SPDX-License-Identifier: MIT */
/* members.h - the body of a change, put together from the options that were given: an option that
 * was not given is no member, and "none" is null. */
#ifndef FF_CLI_MEMBERS_H
#define FF_CLI_MEMBERS_H

#include "cli/call.h"

struct ff_members {
    struct ff_buf body; /* ends after ff_members_end with '}' */
    size_t n;           /* members so far */
    int decimals;       /* of the currency */
};

/* The buffer is the caller's to free, also when it was never begun but zeroed. */
void ff_members_begin(struct ff_members *m, int decimals);
void ff_members_end(struct ff_members *m);
void ff_members_free(struct ff_members *m);

/* `text` NULL: nothing. Text is escaped. */
void ff_members_text(struct ff_members *m, const char *member, const char *text);

/* The option's text, or null for "none". */
void ff_members_name(struct ff_members *m, const struct ff_cli *cli, const char *member,
                     enum ff_option_id option);

/* The option's amount as the canteen writes money (0 or more), or null for "none". False with
 * trouble when it is no amount. */
bool ff_members_amount(struct ff_members *m, struct ff_cli *cli, const char *member,
                       enum ff_option_id option);

/* The overdraft and the limits, as a person and a group have them. Likewise. */
bool ff_members_limits(struct ff_members *m, struct ff_cli *cli);

#endif
