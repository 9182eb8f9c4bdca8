/* SPDX-License-Identifier: MIT */
/* mail_api.c - the messages that wait or could not be sent, for administrators. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "domain/mail/mail.h"

/* clang-format off */
#define AT(member) offsetof(struct ff_mail_row, member)
static const struct ff_field mail_f[] = {
    { "id",        FF_T_INT,     AT(id),         FF_F_REQUIRED, 1, INT64_MAX, "message", NULL, NULL },
    { "kind",      FF_T_TEXT,    AT(kind),       FF_F_REQUIRED, 1, 40, "what it is about", NULL, NULL },
    { "address",   FF_T_TEXT,    AT(address),    FF_F_REQUIRED, 3, 254, "whom it is for", NULL, NULL },
    { "state",     FF_T_TEXT,    AT(state),      FF_F_REQUIRED, 1, 20, "waiting, failed", NULL, NULL },
    { "tries",     FF_T_INT,     AT(tries),      FF_F_REQUIRED, 0, INT64_MAX,
      "how often it was tried in vain", NULL, NULL },
    { "dueAt",     FF_T_INSTANT, AT(due_at),     FF_F_REQUIRED, 0, 0, "next try", NULL, NULL },
    { "createdAt", FF_T_INSTANT, AT(created_at), FF_F_REQUIRED, 0, 0, "asked for at", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_mail = {
    .name = "Mail", .size = sizeof(struct ff_mail_row), .set_offset = FF_NO_SET,
    FF_FIELDS(mail_f) };
/* clang-format on */

enum ff_rc ff_api_mail_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list rows;
    int64_t total;
    enum ff_rc rc = ff_mail_list(rq->cx, q->page, q->limit, &rows, &total);
    if (rc)
        return rc;
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = (struct ff_page){.page = q->page, .limit = q->limit, .total = total};
    return FF_OK;
}
