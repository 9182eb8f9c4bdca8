/* SPDX-License-Identifier: MIT */
/* employee_api.c - people: list, one, change, credentials, import, export; and a kiosk's names. */
#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "api/people_types.h"
#include "domain/people/employee.h"

static enum ff_rc export_people(struct ff_req *rq, const struct ff_employee_filter *filter,
                                struct ff_reply *rp)
{
    const struct ff_employee_args *q = rq->query;
    struct ff_text text;
    int decimals = ff_export_decimals(rq->cx, q->amounts);
    enum ff_rc rc = ff_employee_export(rq->cx, filter, decimals, &text);
    if (!rc)
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_employee_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_employee_args *q = rq->query;
    const struct ff_employee_filter filter = {.page = q->list.page,
                                              .limit = q->list.limit,
                                              .sort = q->list.sort,
                                              .q = q->list.q,
                                              .department_id = q->department_id,
                                              .group_id = q->group_id,
                                              .active = q->active};
    struct ff_list people;
    int64_t total;
    if (rq->wants_csv)
        return export_people(rq, &filter, rp);
    enum ff_rc rc = ff_employee_list(rq->cx, &filter, &people, &total);
    if (rc)
        return rc;
    rp->data = people.items;
    rp->n = people.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_employee_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_employee *employee = FF_NEW(rq->cx, struct ff_employee);
    if (!employee)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_employee_get(rq->cx, rq->id, employee);
    rp->data = employee;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, employee->version);
    return rc;
}

enum ff_rc ff_api_employee_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_employee *employee = FF_NEW(rq->cx, struct ff_employee);
    if (!employee)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_employee_make(rq->cx, rq->body, employee);
    rp->data = employee;
    rp->location_id = employee->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, employee->version);
    return rc;
}

enum ff_rc ff_api_employee_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_employee *employee = FF_NEW(rq->cx, struct ff_employee);
    if (!employee)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_employee_change(rq->cx, rq->id, rq->if_match, rq->body, employee);
    rp->data = employee;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, employee->version);
    return rc;
}

enum ff_rc ff_api_employee_pin(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_pin_in *in = rq->body;
    (void)rp;
    return ff_employee_set_pin(rq->cx, rq->id, in->pin);
}

enum ff_rc ff_api_employee_import(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_import_result *result = FF_NEW(rq->cx, struct ff_import_result);
    if (!result)
        return rq->cx->err.rc;
    const struct ff_import_file file = ff_import_file_of(rq);
    rp->data = result;
    return ff_employee_import(rq->cx, &file, result);
}

enum ff_rc ff_api_kiosk_people(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    const struct ff_list_filter filter = ff_filter_of(&q->list);
    struct ff_list faces;
    int64_t total;
    enum ff_rc rc = ff_face_list(rq->cx, &filter, &faces, &total);
    if (rc)
        return rc;
    rp->data = faces.items;
    rp->n = faces.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}
