/* SPDX-License-Identifier: MIT */
/* department_api.c - departments: list, one, change, import, export. */
#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "api/people_types.h"
#include "domain/people/employee.h"

static enum ff_rc export_departments(struct ff_req *rq, const struct ff_list_filter *filter,
                                     struct ff_reply *rp)
{
    struct ff_text text;
    enum ff_rc rc = ff_department_export(rq->cx, filter, &text);
    if (!rc)
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_department_import(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_import_result *result = FF_NEW(rq->cx, struct ff_import_result);
    if (!result)
        return rq->cx->err.rc;
    const struct ff_import_file file = ff_import_file_of(rq);
    rp->data = result;
    return ff_department_import(rq->cx, &file, result);
}

enum ff_rc ff_api_department_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    const struct ff_list_filter filter = ff_filter_of(&q->list);
    struct ff_list departments;
    int64_t total;
    if (rq->wants_csv)
        return export_departments(rq, &filter, rp);
    enum ff_rc rc = ff_department_list(rq->cx, &filter, &departments, &total);
    if (rc)
        return rc;
    rp->data = departments.items;
    rp->n = departments.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_department_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_department *department = FF_NEW(rq->cx, struct ff_department);
    if (!department)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_department_get(rq->cx, rq->id, department);
    rp->data = department;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, department->version);
    return rc;
}

enum ff_rc ff_api_department_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_department *department = FF_NEW(rq->cx, struct ff_department);
    if (!department)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_department_create(rq->cx, rq->body, department);
    rp->data = department;
    rp->location_id = department->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, department->version);
    return rc;
}

enum ff_rc ff_api_department_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_department *department = FF_NEW(rq->cx, struct ff_department);
    if (!department)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_department_change(rq->cx, rq->id, rq->if_match, rq->body, department);
    rp->data = department;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, department->version);
    return rc;
}

enum ff_rc ff_api_department_delete(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_department_delete(rq->cx, rq->id, rq->if_match);
}
