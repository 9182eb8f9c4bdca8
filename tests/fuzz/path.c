/* SPDX-License-Identifier: MIT */
/* path.c - an address taken apart: what comes out is safe to compare with the route table. */
#include "http/path.h"
#include "fuzz.h"

#include "http/router.h"

static void check_segment(const char *segment)
{
    FF_PROMISE(*segment && strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0);
    FF_PROMISE(!strpbrk(segment, "/\\"));
    FF_PROMISE(ff_utf8_valid(segment, strlen(segment)));
    for (const char *p = segment; *p; p++)
        FF_PROMISE((unsigned char)*p >= 0x20 && *p != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ff_ctx cx;
    struct ff_path path;
    struct ff_match match;
    char *target = ff_fuzz_text(data, size);
    ff_fuzz_begin(&cx);
    enum ff_rc rc = ff_path_split(&cx, target, &path);
    FF_PROMISE(rc == FF_OK || rc == FF_BAD_REQUEST || (rc == FF_INTERNAL && size > 4096));
    if (!rc) {
        FF_PROMISE(path.n <= FF_PATH_SEGMENTS);
        for (size_t i = 0; i < path.n; i++)
            check_segment(path.segments[i]);
        rc = ff_router_find(&cx, ff_router_default(), "GET", &path, 0, &match);
        FF_PROMISE(rc == FF_OK || rc == FF_NOT_FOUND || rc == FF_METHOD_NOT_ALLOWED ||
                   rc == FF_INVALID_ID);
        FF_PROMISE(rc || match.route);
        FF_PROMISE(rc || !strstr(match.route->path, "{id}") || match.id > 0);
    }
    ff_fuzz_end(&cx);
    free(target);
    return 0;
}
