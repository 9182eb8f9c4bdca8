/* SPDX-License-Identifier: MIT */
/* cmd_cache.c - cache show, flush. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/call.h"

#define CACHE "/api/v1/admin/cache"

static int64_t number(struct ff_pick object, const char *name)
{
    return ff_pick_int(ff_pick_get(object, name));
}

static void print(const struct ff_answer *answer)
{
    struct ff_pick c = ff_pick(answer->body, answer->body_len);
    printf("%" PRId64 " replies were found and %" PRId64 " made anew (%" PRId64
           " %% found, %" PRId64 " of them waited for); %" PRId64
           " were dropped for want of room.\nNow it holds %" PRId64 " replies, %" PRId64
           " bytes of %" PRId64 ".\n",
           number(c, "hits"), number(c, "misses"), number(c, "hitPercent"), number(c, "waits"),
           number(c, "evictions"), number(c, "entries"), number(c, "bytes"), number(c, "budget"));
}

int ff_cmd_cache_show(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_answer answer;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_call(&c, &(struct ff_call){.method = "GET", .target = CACHE}, "cannot look at the cache",
                &answer)) {
        if (ff_opt_bool(&cli->o, FF_OPT_JSON))
            printf("%.*s\n", (int)answer.body_len, answer.body);
        else
            print(&answer);
    }
    ff_call_close(&c);
    return 0;
}

int ff_cmd_cache_flush(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_answer answer;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_call(&c, &(struct ff_call){.method = "DELETE", .target = CACHE},
                "the cache was not emptied", &answer))
        printf(ff_opt_bool(&cli->o, FF_OPT_JSON) ? "{\"ok\":true}\n" : "The cache is empty.\n");
    ff_call_close(&c);
    return 0;
}
