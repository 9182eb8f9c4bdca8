/* SPDX-License-Identifier: MIT */
/* handout_api.c - sheets to print: badge cards and first PINs. Making one changes what identifies
 * people, so these are no GETs. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/handout.h"
#include "api/schemas.h"
#include "domain/people/handout.h"

/* clang-format off */
#define AT(member) offsetof(struct ff_handout, member)
static const struct ff_field handout_f[] = {
    { "departmentId", FF_T_INT, AT(department_id), 0, 1, INT64_MAX, "only this department",
      NULL, NULL },
    { "employeeId",   FF_T_INT, AT(employee_id),   0, 1, INT64_MAX, "only this person",
      NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_handout = {
    .name = "Handout", .size = sizeof(struct ff_handout), .set_offset = FF_NO_SET,
    FF_FIELDS(handout_f) };
/* clang-format on */

void ff_reply_sheet(struct ff_reply *rp, const struct ff_text *sheet)
{
    rp->content_type = "text/html; charset=utf-8";
    rp->text = sheet->text;
    rp->text_len = sheet->n;
}

enum ff_rc ff_api_card_sheet(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_text sheet;
    int64_t n;
    enum ff_rc rc = ff_card_sheet(rq->cx, rq->query, &sheet, &n);
    if (!rc)
        ff_reply_sheet(rp, &sheet);
    return rc;
}

enum ff_rc ff_api_pin_sheet(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_text sheet;
    int64_t n;
    enum ff_rc rc = ff_pin_sheet(rq->cx, rq->query, &sheet, &n);
    if (!rc)
        ff_reply_sheet(rp, &sheet);
    return rc;
}
