/* SPDX-License-Identifier: MIT */
/* scrape.c - counters are for whoever watches the machine: from the machine itself, or with a token
 * that the operator hands out. */
#include "http/scrape.h"

#include <string.h>

#include "http/credentials.h"

static bool is_this_machine(const char *peer)
{
    return peer && (!strncmp(peer, "127.", 4) || !strcmp(peer, "::1"));
}

enum ff_rc ff_scrape_check(struct ff_ctx *cx, const struct ff_message *m)
{
    static const char bearer[] = "Bearer ";
    const struct ff_scrape *who = m->scrape;
    const char *given = ff_message_header(m, "Authorization", NULL);
    if (!who || who->access == FF_SCRAPE_OFF)
        return FF_FAIL(cx, FF_NOT_FOUND, "Metrics are off.");
    if (who->access == FF_SCRAPE_LOOPBACK)
        return is_this_machine(m->peer)
                   ? FF_OK
                   : FF_FAIL(cx, FF_FORBIDDEN, "Metrics are read from the machine itself.");
    if (given && !strncmp(given, bearer, sizeof bearer - 1) &&
        ff_same_secret(who->token, given + sizeof bearer - 1))
        return FF_OK;
    return FF_FAIL(cx, FF_TOKEN_INVALID, "Send the token of the file metrics.token.");
}
