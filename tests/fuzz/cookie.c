/* SPDX-License-Identifier: MIT */
/* cookie.c - the value of one cookie out of a header, and what else is read from headers that lists
 * make: media types, codings, entity tags. */
#include "fuzz.h"
#include "http/accept.h"
#include "http/credentials.h"

static void check_cookie(struct ff_ctx *cx, const char *header)
{
    struct ff_message m = {.n_headers = 1, .headers = {{"Cookie", header}}};
    const char *value;
    enum ff_rc rc = ff_cookie(cx, &m, "ff_device", &value);
    FF_PROMISE(rc == FF_OK || rc == FF_BAD_REQUEST);
    if (rc || !value)
        return;
    FF_PROMISE(*value && !strchr(value, ';'));
    char *whole = ff_arena_printf(cx->arena, "ff_device=%s", value);
    const char *at = whole ? strstr(header, whole) : NULL;
    while (at && at > header && !strchr(" ;", at[-1])) /* the end of another name */
        at = strstr(at + 1, whole);
    FF_PROMISE(at != NULL);
}

static void check_lists(const char *header)
{
    int media = ff_accept_media(header, "application/json");
    int coding = ff_accept_coding(header, "br");
    FF_PROMISE(media >= 0 && media <= 1000 && coding >= 0 && coding <= 1000);
    (void)ff_accept_names(header, "text/csv");
    (void)ff_none_match_hits(header, "\"v1\"");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ff_ctx cx;
    char *header = ff_fuzz_text(data, size);
    ff_fuzz_begin(&cx);
    check_cookie(&cx, header);
    check_lists(header);
    ff_fuzz_end(&cx);
    free(header);
    return 0;
}
