/* SPDX-License-Identifier: MIT */
/* system_api.c - health for people and machines, and the document.
 * What is said here was looked at by the check table (app/check.h) some seconds ago: a request asks
 * nothing of the disk. Nobody learns anything about the data. */
#include "api/handlers.h"
#include "api/openapi.h"
#include "api/schemas.h"
#include "base/health.h"
#include "base/version.h"

struct health_checks {
    const char *database, *ledger, *disk, *clock;
};

struct health {
    const char *status, *version;
    int64_t uptime_seconds;
    struct health_checks checks;
};

struct health_state {
    const char *status;
};

static const char *const overall_v[] = {"healthy", "degraded", NULL};
static const char *const part_v[] = {"ok", "warn", "failed", NULL};
static const char *const ledger_v[] = {"ok", "checking", "failed", NULL};
static const char *const state_v[] = {"alive", "ready", "not_ready", NULL};

/* clang-format off */
static const struct ff_field checks_f[] = {
    { "database", FF_T_ENUM, offsetof(struct health_checks, database), FF_F_REQUIRED, 0, 0,
      "a read and the writer's last probe", NULL, part_v },
    { "ledger", FF_T_ENUM, offsetof(struct health_checks, ledger), FF_F_REQUIRED, 0, 0,
      "the check of the books that runs after the start", NULL, ledger_v },
    { "disk", FF_T_ENUM, offsetof(struct health_checks, disk), FF_F_REQUIRED, 0, 0,
      "room on it: warn below 256 MiB, failed below 64", NULL, part_v },
    { "clock", FF_T_ENUM, offsetof(struct health_checks, clock), FF_F_REQUIRED, 0, 0,
      "failed when it is before the last booking", NULL, part_v },
};
static const struct ff_schema checks_schema = {
    .name = "HealthChecks", .size = sizeof(struct health_checks), .set_offset = FF_NO_SET,
    FF_FIELDS(checks_f)
};

static const struct ff_field health_f[] = {
    { "status", FF_T_ENUM, offsetof(struct health, status), FF_F_REQUIRED, 0, 0,
      "degraded when a check failed", NULL, overall_v },
    { "version", FF_T_TEXT, offsetof(struct health, version), FF_F_REQUIRED, 1, 32,
      "of the program", NULL, NULL },
    { "uptimeSeconds", FF_T_INT, offsetof(struct health, uptime_seconds), FF_F_REQUIRED,
      0, INT64_MAX, "since the start", NULL, NULL },
    { "checks", FF_T_OBJECT, offsetof(struct health, checks), FF_F_REQUIRED, 0, 0,
      "each part", &checks_schema, NULL },
};
const struct ff_schema ff_schema_health = {
    .name = "Health", .size = sizeof(struct health), .set_offset = FF_NO_SET,
    FF_FIELDS(health_f)
};

static const struct ff_field state_f[] = {
    { "status", FF_T_ENUM, offsetof(struct health_state, status), FF_F_REQUIRED, 0, 0,
      "in one word", NULL, state_v },
};
const struct ff_schema ff_schema_health_state = {
    .name = "HealthState", .size = sizeof(struct health_state), .set_offset = FF_NO_SET,
    FF_FIELDS(state_f)
};
/* clang-format on */

static int64_t uptime_seconds(const struct ff_ctx *cx)
{
    int64_t start = cx->health ? atomic_load(&cx->health->started_mono_ms) : 0;
    return cx->health ? (ff_clock_mono_ms(cx->clock) - start) / 1000 : 0;
}

/* Nobody has looked for too long: whoever does hangs in the database. */
static bool is_stale(const struct ff_health *health)
{
    int64_t looked = atomic_load(&health->looked_ms);
    return looked && ff_clock_machine_ms() - looked > FF_HEALTH_STALE_MS;
}

/* The parts in words; true when none has failed. */
static bool read_parts(const struct ff_ctx *cx, struct health_checks *out)
{
    const struct ff_health *h = cx->health;
    int ledger = h ? atomic_load(&h->ledger) : FF_LEDGER_OK;
    int database = h ? atomic_load(&h->database) : FF_PART_OK;
    int disk = h ? atomic_load(&h->disk) : FF_PART_OK;
    int clock = h ? atomic_load(&h->clock) : FF_PART_OK;
    if (h && is_stale(h))
        database = FF_PART_FAILED;
    *out = (struct health_checks){part_v[database], ledger_v[ledger], part_v[disk], part_v[clock]};
    return database != FF_PART_FAILED && ledger != FF_LEDGER_FAILED && disk != FF_PART_FAILED &&
           clock != FF_PART_FAILED;
}

enum ff_rc ff_api_health(struct ff_req *rq, struct ff_reply *rp)
{
    struct health *h = FF_NEW(rq->cx, struct health);
    if (!h)
        return rq->cx->err.rc;
    bool good = read_parts(rq->cx, &h->checks);
    h->status = overall_v[good ? 0 : 1];
    h->version = ff_version();
    h->uptime_seconds = uptime_seconds(rq->cx);
    rp->status = good ? 200 : 503;
    rp->data = h;
    return FF_OK;
}

static enum ff_rc answer_state(struct ff_req *rq, struct ff_reply *rp, int status, const char *word)
{
    struct health_state *s = FF_NEW(rq->cx, struct health_state);
    if (!s)
        return rq->cx->err.rc;
    s->status = word;
    rp->status = status;
    rp->data = s;
    return FF_OK;
}

enum ff_rc ff_api_health_live(struct ff_req *rq, struct ff_reply *rp)
{
    return answer_state(rq, rp, 200, "alive");
}

bool ff_api_is_ready(const struct ff_ctx *cx)
{
    bool stopping = cx->health && atomic_load(&cx->health->stopping);
    struct health_checks parts;
    return read_parts(cx, &parts) && !stopping;
}

enum ff_rc ff_api_health_ready(struct ff_req *rq, struct ff_reply *rp)
{
    bool good = ff_api_is_ready(rq->cx);
    return answer_state(rq, rp, good ? 200 : 503, good ? "ready" : "not_ready");
}

enum ff_rc ff_api_openapi(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_openapi *doc = ff_openapi_get();
    if (!doc)
        return FF_FAIL(rq->cx, FF_INTERNAL, "out of memory");
    rp->content_type = "application/json; charset=utf-8";
    rp->text = doc->text;
    rp->text_len = doc->len;
    rp->etag = doc->etag;
    return FF_OK;
}
