/* SPDX-License-Identifier: MIT */
/* device_change.c - kiosks after their pairing: read, renamed, revoked. */
#include "auth/visit.h"
#include "domain/audit/audit.h"
#include "domain/identity/repo.h"

enum ff_rc ff_device_audit(struct ff_ctx *cx, const char *action, int64_t id,
                           const char *name_before, const char *name_after)
{
    const struct ff_audit_value before = {"name", name_before, 0}, after = {"name", name_after, 0};
    const struct ff_audit event = {.action = action,
                                   .entity = "kiosk",
                                   .entity_id = id,
                                   .before = &before,
                                   .n_before = name_before != NULL,
                                   .after = &after,
                                   .n_after = name_after != NULL};
    return ff_audit(cx, &event);
}

enum ff_rc ff_device_get(struct ff_ctx *cx, int64_t id, struct ff_device *out)
{
    return ff_repo_device_get(cx, id, out);
}

struct rename {
    int64_t id, version;
    const char *name;
    struct ff_device *out;
};

static enum ff_rc rename_it(struct ff_ctx *cx, void *arg)
{
    struct rename *r = arg;
    struct ff_device before;
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_device_get(cx, r->id, &before);
    if (rc)
        return rc;
    if (before.version != r->version)
        return FF_FAIL(cx, FF_VERSION_CONFLICT, "Someone changed this meanwhile; load it again.");
    if ((rc = ff_repo_device_rename(cx, r->id, r->version, r->name)) ||
        (rc = ff_device_audit(cx, "kiosk.rename", r->id, before.name, r->name)))
        return rc;
    return ff_repo_device_get(cx, r->id, r->out);
}

enum ff_rc ff_device_rename(struct ff_ctx *cx, int64_t id, int64_t version, const char *name,
                            struct ff_device *out)
{
    struct rename r = {.id = id, .version = version, .name = name, .out = out};
    return ff_db_write(cx, rename_it, &r);
}

static enum ff_rc revoke(struct ff_ctx *cx, void *arg)
{
    const int64_t *id = arg;
    struct ff_device device;
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_device_get(cx, *id, &device);
    if (rc || (rc = ff_repo_device_revoke(cx, *id, ff_clock_now_ms(cx->clock))))
        return rc;
    return ff_device_audit(cx, "kiosk.revoke", *id, device.name, NULL);
}

enum ff_rc ff_device_revoke(struct ff_ctx *cx, int64_t id)
{
    enum ff_rc rc = ff_db_write(cx, revoke, &id);
    if (!rc)
        ff_visit_end_all(cx->auth, id, 0);
    return rc;
}
