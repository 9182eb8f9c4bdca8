/* SPDX-License-Identifier: MIT */
/* invite_api.c - invitations, and the page where an invited person makes the own account. */
#include <stddef.h>
#include <string.h>

#include "api/handlers.h"
#include "api/handout.h"
#include "api/schemas.h"
#include "domain/identity/invite.h"

struct invite_new {
    int64_t employee_id, by_mail;
};

struct invite_query {
    struct ff_handout who;
    const char *address;
    int64_t by_mail;
};

struct code_in {
    const char *code;
};

struct accepted {
    const char *email;
};

/* clang-format off */
static const struct ff_field new_f[] = {
    { "employeeId", FF_T_INT, offsetof(struct invite_new, employee_id), FF_F_REQUIRED, 1, INT64_MAX,
      "who is invited", NULL, NULL },
    { "byMail",     FF_T_BOOL, offsetof(struct invite_new, by_mail), 0, 0, 0,
      "true: a message to their e-mail, and no code in the answer", NULL, NULL },
};
#define AT(member) offsetof(struct ff_invitation, member)
static const struct ff_field invitation_f[] = {
    { "employeeId", FF_T_INT,     AT(employee_id), FF_F_REQUIRED, 1, INT64_MAX, "who", NULL, NULL },
    { "number",     FF_T_CODE,    AT(number),      FF_F_REQUIRED, 1, 20, "their number", NULL, NULL },
    { "name",       FF_T_TEXT,    AT(name),        FF_F_REQUIRED, 1, 100, "their name", NULL, NULL },
    { "code",       FF_T_TEXT,    AT(code),        FF_F_REQUIRED | FF_F_NULLABLE, 14, 14,
      "for the page /welcome; shown this once; null: it is in the message", NULL, NULL },
    { "expiresAt",  FF_T_INSTANT, AT(expires_at),  FF_F_REQUIRED | FF_F_NULLABLE, 0, 0,
      "good until; null: a week from the message", NULL, NULL },
};
#undef AT
#define AT(member) offsetof(struct invite_query, member)
static const struct ff_field query_f[] = {
    { "departmentId", FF_T_INT,  AT(who.department_id), 0, 1, INT64_MAX, "only this department",
      NULL, NULL },
    { "employeeId",   FF_T_INT,  AT(who.employee_id),   0, 1, INT64_MAX, "only this person",
      NULL, NULL },
    { "address",      FF_T_TEXT, AT(address),           0, 8, 200,
      "of this canteen, as https://canteen.lan: then the cards have a QR code", NULL, NULL },
    { "byMail",       FF_T_BOOL, AT(by_mail),           0, 0, 0,
      "true: who has an e-mail gets a message instead of a card", NULL, NULL },
};
#undef AT
static const struct ff_field code_f[] = {
    { "code", FF_T_SECRET, offsetof(struct code_in, code), FF_F_REQUIRED, 1, 64,
      "of the invitation", NULL, NULL },
};
#define AT(member) offsetof(struct ff_welcome, member)
static const struct ff_field welcome_f[] = {
    { "name",      FF_T_TEXT, AT(name),       FF_F_REQUIRED, 1, 100, "who is invited", NULL, NULL },
    { "email",     FF_T_TEXT, AT(email),      FF_F_REQUIRED | FF_F_NULLABLE, 3, 254,
      "to sign in with; null: the person gives one", NULL, NULL },
    { "pinDigits", FF_T_INT,  AT(pin_digits), FF_F_REQUIRED, 4, 8, "a PIN has at least so many",
      NULL, NULL },
};
#undef AT
#define AT(member) offsetof(struct ff_welcome_in, member)
static const struct ff_field accept_f[] = {
    { "code",     FF_T_SECRET, AT(code),     FF_F_REQUIRED, 1, 64, "of the invitation", NULL, NULL },
    { "password", FF_T_SECRET, AT(password), FF_F_REQUIRED, 1, 128, "for signing in", NULL, NULL },
    { "email",    FF_T_EMAIL,  AT(email),    FF_F_NULLABLE, 3, 254,
      "to sign in with, when none is known or another is wanted", NULL, NULL },
    { "pin",      FF_T_SECRET, AT(pin),      FF_F_NULLABLE, 1, 64, "for the kiosk", NULL, NULL },
};
#undef AT
static const struct ff_field accepted_f[] = {
    { "email", FF_T_TEXT, offsetof(struct accepted, email), FF_F_REQUIRED, 3, 254,
      "to sign in with", NULL, NULL },
};

#define SCHEMA(variable, title, type, fields)                                                      \
    const struct ff_schema variable = { .name = title, .size = sizeof(type),                       \
                                        .set_offset = FF_NO_SET, FF_FIELDS(fields) }
SCHEMA(ff_schema_invitation_new, "InvitationNew", struct invite_new, new_f);
SCHEMA(ff_schema_invitation, "Invitation", struct ff_invitation, invitation_f);
SCHEMA(ff_schema_invitation_query, "InvitationQuery", struct invite_query, query_f);
SCHEMA(ff_schema_welcome_code, "WelcomeCode", struct code_in, code_f);
SCHEMA(ff_schema_welcome, "Welcome", struct ff_welcome, welcome_f);
SCHEMA(ff_schema_welcome_accept, "WelcomeAccept", struct ff_welcome_in, accept_f);
SCHEMA(ff_schema_welcome_accepted, "WelcomeAccepted", struct accepted, accepted_f);
/* clang-format on */

enum ff_rc ff_api_invite(struct ff_req *rq, struct ff_reply *rp)
{
    const struct invite_new *in = rq->body;
    struct ff_invitation *invitation = FF_NEW(rq->cx, struct ff_invitation);
    if (!invitation)
        return rq->cx->err.rc;
    rp->data = invitation;
    return ff_invite_one(rq->cx, in->employee_id, in->by_mail == 1, invitation);
}

static enum ff_rc sheet(struct ff_req *rq, struct ff_reply *rp, const char *csv)
{
    const struct invite_query *q = rq->query;
    const struct ff_invite_wish wish = {.who = q->who,
                                        .address = q->address,
                                        .csv = csv,
                                        .csv_len = csv ? rq->raw_len : 0,
                                        .by_mail = q->by_mail == 1};
    struct ff_text text;
    int64_t n;
    if (q->address && strncmp(q->address, "http://", 7) != 0 &&
        strncmp(q->address, "https://", 8) != 0)
        return ff_field_fail(rq->cx, "?address", "PATTERN", "It begins with http:// or https://.");
    enum ff_rc rc = ff_invite_sheet(rq->cx, &wish, &text, &n);
    if (!rc)
        ff_reply_sheet(rp, &text);
    return rc;
}

enum ff_rc ff_api_invite_sheet(struct ff_req *rq, struct ff_reply *rp)
{
    return sheet(rq, rp, NULL);
}

enum ff_rc ff_api_invite_import(struct ff_req *rq, struct ff_reply *rp)
{
    return sheet(rq, rp, rq->raw);
}

enum ff_rc ff_api_welcome_look(struct ff_req *rq, struct ff_reply *rp)
{
    const struct code_in *in = rq->body;
    struct ff_welcome *welcome = FF_NEW(rq->cx, struct ff_welcome);
    if (!welcome)
        return rq->cx->err.rc;
    rp->data = welcome;
    return ff_welcome_look(rq->cx, in->code, welcome);
}

enum ff_rc ff_api_welcome_accept(struct ff_req *rq, struct ff_reply *rp)
{
    struct accepted *accepted = FF_NEW(rq->cx, struct accepted);
    if (!accepted)
        return rq->cx->err.rc;
    rp->data = accepted;
    return ff_welcome_accept(rq->cx, rq->body, &accepted->email);
}
