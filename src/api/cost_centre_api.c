/* SPDX-License-Identifier: MIT */
/* cost_centre_api.c - what the employer's money is booked on: list, one, change; and their schemas.
 */
#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "domain/subsidy/cost_centre.h"

struct centre_in {
    const char *code, *name;
};

/* clang-format off */
#define AT(member) offsetof(struct ff_cost_centre, member)
static const struct ff_field centre_f[] = {
    { "id",   FF_T_INT,  AT(id),   FF_F_REQUIRED, 1, INT64_MAX, "cost centre", NULL, NULL },
    { "code", FF_T_TEXT, AT(code), FF_F_REQUIRED, 1, 20, "part of the account it is booked on", NULL, NULL },
    { "name", FF_T_TEXT, AT(name), FF_F_REQUIRED, 1, 100, "unique", NULL, NULL },
    FF_VERSION_FIELD(struct ff_cost_centre),
};
#undef AT
const struct ff_schema ff_schema_cost_centre = {
    .name = "CostCentre", .size = sizeof(struct ff_cost_centre), .set_offset = FF_NO_SET,
    FF_FIELDS(centre_f) };

#define NAME(needed)                                                                               \
    { "name", FF_T_NAME, offsetof(struct centre_in, name), needed, 1, 100,                         \
      "unique whatever its case and accents", NULL, NULL }
static const struct ff_field centre_new_f[] = {
    NAME(FF_F_REQUIRED),
    { "code", FF_T_CODE, offsetof(struct centre_in, code), FF_F_REQUIRED, 1, 20,
      "unique; stays as it is", NULL, NULL },
};
static const struct ff_field centre_patch_f[] = { NAME(0) };
const struct ff_schema ff_schema_cost_centre_new = {
    .name = "CostCentreNew", .size = sizeof(struct centre_in), .set_offset = FF_NO_SET,
    FF_FIELDS(centre_new_f) };
const struct ff_schema ff_schema_cost_centre_patch = {
    .name = "CostCentrePatch", .size = sizeof(struct centre_in), .set_offset = FF_NO_SET,
    FF_FIELDS(centre_patch_f) };

FF_LIST_ARGS_SCHEMA(ff_schema_cost_centre_query, "CostCentreQuery", "name, id");
/* clang-format on */

enum ff_rc ff_api_cost_centre_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    const struct ff_list_filter filter = ff_filter_of(&q->list);
    struct ff_list centres;
    int64_t total;
    enum ff_rc rc = ff_cost_centre_list(rq->cx, &filter, &centres, &total);
    if (rc)
        return rc;
    rp->data = centres.items;
    rp->n = centres.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_cost_centre_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_cost_centre *centre = FF_NEW(rq->cx, struct ff_cost_centre);
    if (!centre)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_cost_centre_get(rq->cx, rq->id, centre);
    rp->data = centre;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, centre->version);
    return rc;
}

enum ff_rc ff_api_cost_centre_create(struct ff_req *rq, struct ff_reply *rp)
{
    const struct centre_in *in = rq->body;
    struct ff_cost_centre *centre = FF_NEW(rq->cx, struct ff_cost_centre);
    if (!centre)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_cost_centre_create(rq->cx, in->code, in->name, centre);
    rp->data = centre;
    rp->location_id = centre->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, centre->version);
    return rc;
}

enum ff_rc ff_api_cost_centre_change(struct ff_req *rq, struct ff_reply *rp)
{
    const struct centre_in *in = rq->body;
    struct ff_cost_centre *centre = FF_NEW(rq->cx, struct ff_cost_centre);
    if (!centre)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_cost_centre_rename(rq->cx, rq->id, rq->if_match, in->name, centre);
    rp->data = centre;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, centre->version);
    return rc;
}

enum ff_rc ff_api_cost_centre_delete(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_cost_centre_delete(rq->cx, rq->id, rq->if_match);
}
