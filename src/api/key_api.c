/* SPDX-License-Identifier: MIT */
/* key_api.c - the signing keys, for the operator's command line only. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "domain/identity/signing_key.h"

/* clang-format off */
enum { MAYBE_NULL = FF_F_REQUIRED | FF_F_NULLABLE };

#define AT(member) offsetof(struct ff_key_view, member)
static const struct ff_field key_f[] = {
    { "kid",          FF_T_CODE,    AT(kid),           FF_F_REQUIRED, 16, 16,
      "id in the header of its tokens", NULL, NULL },
    { "signs",        FF_T_BOOL,    AT(signs),         FF_F_REQUIRED, 0, 0,
      "the one that signs; the others only verify", NULL, NULL },
    { "madeAt",       FF_T_INSTANT, AT(made_at),       MAYBE_NULL, 0, 0,
      "null: before there was a ring of keys", NULL, NULL },
    { "retiredAt",    FF_T_INSTANT, AT(retired_at),    MAYBE_NULL, 0, 0,
      "when another one began to sign", NULL, NULL },
    { "accessUntil",  FF_T_INSTANT, AT(access_until),  MAYBE_NULL, 0, 0,
      "how long it verifies access tokens", NULL, NULL },
    { "refreshUntil", FF_T_INSTANT, AT(refresh_until), MAYBE_NULL, 0, 0,
      "how long it verifies refresh tokens; then it is removed", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_key = {
    .name = "SigningKey", .size = sizeof(struct ff_key_view), .set_offset = FF_NO_SET,
    FF_FIELDS(key_f) };
/* clang-format on */

/* There are never more than a few: whatever page is asked for is cut out of them. */
enum ff_rc ff_api_key_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    const struct ff_window window = ff_window_of(q->page, q->limit);
    struct ff_list keys;
    enum ff_rc rc = ff_key_list(rq->cx, &keys);
    if (rc)
        return rc;
    const size_t from = window.offset < (int64_t)keys.n ? (size_t)window.offset : keys.n;
    const size_t left = keys.n - from;
    rp->data = (struct ff_key_view *)keys.items + from;
    rp->n = left < (size_t)window.limit ? left : (size_t)window.limit;
    rp->page = ff_page_of(q, (int64_t)keys.n);
    return FF_OK;
}

enum ff_rc ff_api_key_rotate(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_key_view *made = FF_NEW(rq->cx, struct ff_key_view);
    if (!made)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_key_rotate(rq->cx, made);
    if (rc)
        return rc;
    rp->data = made;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/admin/keys/%s", made->kid);
    return rp->location ? FF_OK : FF_FAIL(rq->cx, FF_INTERNAL, "no memory for a key");
}

enum ff_rc ff_api_key_revoke(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_key_revoke(rq->cx, rq->key);
}
