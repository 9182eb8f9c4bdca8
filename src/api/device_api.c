/* SPDX-License-Identifier: MIT */
/* device_api.c - kiosks and their pairing, for administrators. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "domain/identity/device.h"

struct kiosk_new {
    const char *name;
};

struct pairing {
    const char *code, *name;
};

/* clang-format off */
static const struct ff_field new_f[] = {
    { "name", FF_T_NAME, offsetof(struct kiosk_new, name), FF_F_REQUIRED, 1, 60, "unique name",
      NULL, NULL },
};
#define AT(member) offsetof(struct ff_pair_code, member)
static const struct ff_field code_f[] = {
    { "id",            FF_T_INT,     AT(id),              FF_F_REQUIRED, 1, INT64_MAX,
      "kiosk", NULL, NULL },
    { "name",          FF_T_TEXT,    AT(name),            FF_F_REQUIRED, 1, 60,
      "its name", NULL, NULL },
    { "code",          FF_T_TEXT,    AT(code),            FF_F_REQUIRED, 14, 14,
      "pairing code, shown this once", NULL, NULL },
    { "codeExpiresAt", FF_T_INSTANT, AT(code_expires_at), FF_F_REQUIRED, 0, 0,
      "good until", NULL, NULL },
};
#undef AT

#define AT(member) offsetof(struct ff_device, member)
static const struct ff_field kiosk_f[] = {
    { "id",         FF_T_INT,     AT(id),           FF_F_REQUIRED, 1, INT64_MAX,
      "kiosk", NULL, NULL },
    { "name",       FF_T_TEXT,    AT(name),         FF_F_REQUIRED, 1, 60,
      "its name", NULL, NULL },
    { "paired",     FF_T_BOOL,    AT(paired),       FF_F_REQUIRED, 0, 0,
      "some browser is paired", NULL, NULL },
    { "createdAt",  FF_T_INSTANT, AT(created_at),   FF_F_REQUIRED, 0, 0,
      "made at", NULL, NULL },
    { "lastSeenAt", FF_T_INSTANT, AT(last_seen_at), FF_F_REQUIRED | FF_F_NULLABLE, 0, 0,
      "last sign of life, to the minute", NULL, NULL },
    { "revokedAt",  FF_T_INSTANT, AT(revoked_at),   FF_F_REQUIRED | FF_F_NULLABLE, 0, 0,
      "taken out of service", NULL, NULL },
    { "version",    FF_T_INT,     AT(version),      FF_F_REQUIRED, 1, INT64_MAX,
      "for If-Match", NULL, NULL },
};
#undef AT

static const struct ff_field pairing_f[] = {
    { "code", FF_T_TEXT, offsetof(struct pairing, code), FF_F_REQUIRED, 1, 32,
      "as the kiosk's screen shows it", NULL, NULL },
    { "name", FF_T_NAME, offsetof(struct pairing, name), FF_F_REQUIRED, 1, 60,
      "a new kiosk, or one that no browser is paired as", NULL, NULL },
};

const struct ff_schema ff_schema_kiosk_new = {
    .name = "KioskNew", .size = sizeof(struct kiosk_new), .set_offset = FF_NO_SET,
    FF_FIELDS(new_f) };
const struct ff_schema ff_schema_pair_code = {
    .name = "PairCode", .size = sizeof(struct ff_pair_code), .set_offset = FF_NO_SET,
    FF_FIELDS(code_f) };
const struct ff_schema ff_schema_kiosk = {
    .name = "Kiosk", .size = sizeof(struct ff_device), .set_offset = FF_NO_SET,
    FF_FIELDS(kiosk_f) };
const struct ff_schema ff_schema_kiosk_patch = {
    .name = "KioskPatch", .size = sizeof(struct kiosk_new), .set_offset = FF_NO_SET,
    FF_FIELDS(new_f) };
const struct ff_schema ff_schema_kiosk_pairing = {
    .name = "KioskPairing", .size = sizeof(struct pairing), .set_offset = FF_NO_SET,
    FF_FIELDS(pairing_f) };
/* clang-format on */

enum ff_rc ff_api_kiosk_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list devices;
    int64_t total;
    enum ff_rc rc = ff_device_list(rq->cx, q->page, q->limit, &devices, &total);
    if (rc)
        return rc;
    rp->data = devices.items;
    rp->n = devices.n;
    rp->page = (struct ff_page){.page = q->page, .limit = q->limit, .total = total};
    return FF_OK;
}

enum ff_rc ff_api_kiosk_create(struct ff_req *rq, struct ff_reply *rp)
{
    const struct kiosk_new *in = rq->body;
    struct ff_pair_code *code = FF_NEW(rq->cx, struct ff_pair_code);
    if (!code)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_device_create(rq->cx, in->name, NULL, code);
    rp->data = code;
    rp->location_id = code->id;
    return rc;
}

enum ff_rc ff_api_kiosk_code(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_pair_code *code = FF_NEW(rq->cx, struct ff_pair_code);
    if (!code)
        return rq->cx->err.rc;
    rp->data = code;
    return ff_device_new_code(rq->cx, rq->id, NULL, code);
}

enum ff_rc ff_api_kiosk_confirm(struct ff_req *rq, struct ff_reply *rp)
{
    const struct pairing *in = rq->body;
    struct ff_device *device = FF_NEW(rq->cx, struct ff_device);
    if (!device)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_device_confirm(rq->cx, in->code, in->name, device);
    rp->data = device;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/kiosks/%" PRId64, device->id);
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, device->version);
    return rc;
}

enum ff_rc ff_api_kiosk_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_device *device = FF_NEW(rq->cx, struct ff_device);
    if (!device)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_device_get(rq->cx, rq->id, device);
    rp->data = device;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, device->version);
    return rc;
}

enum ff_rc ff_api_kiosk_rename(struct ff_req *rq, struct ff_reply *rp)
{
    const struct kiosk_new *in = rq->body;
    struct ff_device *device = FF_NEW(rq->cx, struct ff_device);
    if (!device)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_device_rename(rq->cx, rq->id, rq->if_match, in->name, device);
    rp->data = device;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, device->version);
    return rc;
}

enum ff_rc ff_api_kiosk_revoke(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_device_revoke(rq->cx, rq->id);
}
