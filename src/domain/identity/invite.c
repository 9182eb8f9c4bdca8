/* SPDX-License-Identifier: MIT */
/* invite.c - codes for people who are to make their own account. What the person then does is in
 * welcome.c. */
#include "domain/identity/invite.h"

#include <string.h>

#include "domain/audit/audit.h"
#include "domain/code/one_time_code.h"
#include "domain/common/import.h"
#include "domain/common/sheet.h"
#include "domain/identity/repo.h"
#include "domain/mail/mail.h"
#include "domain/site/site.h"

#define WEEK_MS INT64_C(604800000)

static enum ff_rc record(struct ff_ctx *cx, int64_t employee_id)
{
    const struct ff_audit event = {.action = "user.invite",
                                   .entity = "employee",
                                   .entity_id = employee_id,
                                   .subject = FF_AUDIT_EMPLOYEE,
                                   .subject_id = employee_id};
    return ff_audit(cx, &event);
}

static enum ff_rc issue_one(struct ff_ctx *cx, int64_t employee_id, struct ff_code *out)
{
    const struct ff_code_new in = {.purpose = FF_CODE_INVITE,
                                   .holder = {.employee_id = employee_id},
                                   .valid_ms = WEEK_MS,
                                   .is_typed = true};
    enum ff_rc rc = ff_code_issue(cx, &in, out);
    return rc ? rc : record(cx, employee_id);
}

/* The code is made when the message is. */
static enum ff_rc post_one(struct ff_ctx *cx, const struct ff_recipient *who)
{
    enum ff_rc rc = ff_mail_post(cx, FF_MAIL_INVITE, who->email);
    return rc ? rc : record(cx, who->id);
}

struct job {
    const struct ff_recipient *people; /* who get a code */
    struct ff_code *codes;
    size_t n;
    const struct ff_recipient *mailed; /* who get a message */
    size_t n_mailed;
};

static enum ff_rc issue(struct ff_ctx *cx, void *arg)
{
    const struct job *job = arg;
    enum ff_rc rc = FF_OK;
    ff_err_clear(cx);
    for (size_t i = 0; !rc && i < job->n; i++)
        rc = issue_one(cx, job->people[i].id, &job->codes[i]);
    for (size_t i = 0; !rc && i < job->n_mailed; i++)
        rc = post_one(cx, &job->mailed[i]);
    return rc;
}

/* ---- only those of a file ---- */

struct row {
    struct ff_import_row head;
    const char *number;
};

/* clang-format off */
static const struct ff_field row_f[] = {
    { "employeeNumber", FF_T_CODE, offsetof(struct row, number), FF_F_REQUIRED, 1, 20,
      "of an active person", NULL, NULL },
};
static const struct ff_schema row_schema = {
    .name = "InvitationRow", .size = sizeof(struct row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)
};
/* clang-format on */

struct choice {
    struct ff_import *im;
    struct ff_recipient *people;
    size_t n;
    bool *is_chosen;
};

static enum ff_rc choose(struct ff_ctx *cx, void *arg, struct ff_import_row *head)
{
    struct choice *c = arg;
    const struct row *row = (const struct row *)head;
    (void)cx;
    for (size_t i = 0; i < c->n; i++) {
        if (strcmp(c->people[i].number, row->number) != 0)
            continue;
        c->is_chosen[i] = true;
        return FF_OK;
    }
    ff_import_bad(c->im, head, "employeeNumber", "VALUE", "There is no such active person.");
    return FF_OK;
}

static enum ff_rc run_choice(struct ff_ctx *cx, struct choice *c)
{
    const struct ff_import_steps steps = {.insert = choose, .arg = c};
    size_t kept = 0;
    ff_import_unique(c->im, offsetof(struct row, number), "employeeNumber");
    enum ff_rc rc = ff_import_run(cx, c->im, &steps);
    for (size_t i = 0; !rc && i < c->n; i++)
        if (c->is_chosen[i])
            c->people[kept++] = c->people[i];
    c->n = kept;
    return rc;
}

/* Leaves the people whom the file names. */
static enum ff_rc by_file(struct ff_ctx *cx, const struct ff_invite_wish *wish,
                          struct ff_list *people)
{
    const struct ff_import_file file = {
        .text = wish->csv, .n = wish->csv_len, .amounts = FF_AMOUNTS_MINOR};
    struct choice c = {.people = people->items, .n = people->n};
    if (!(c.is_chosen = ff_alloc(cx, people->n + 1)))
        return cx->err.rc;
    enum ff_rc rc = ff_import_open(cx, &file, &row_schema, &c.im);
    if (!rc)
        rc = run_choice(cx, &c);
    ff_import_close(c.im);
    people->n = c.n;
    return rc;
}

static enum ff_rc check_mail(struct ff_ctx *cx, const char *pointer)
{
    return ff_site_run(cx->site).mail
               ? FF_OK
               : ff_field_fail(cx, pointer, "VALUE",
                               "No mail is sent from here: see the option --mail of serve.");
}

/* Moves who has an e-mail behind the others; gives how many are left in front. */
static size_t part_by_mail(struct ff_recipient *people, size_t n)
{
    size_t front = 0;
    for (size_t i = 0; i < n; i++) {
        const struct ff_recipient one = people[i];
        if (one.email)
            continue;
        people[i] = people[front];
        people[front++] = one;
    }
    return front;
}

static void drop_users(struct ff_list *people)
{
    struct ff_recipient *items = people->items;
    size_t kept = 0;
    for (size_t i = 0; i < people->n; i++)
        if (!items[i].has_user)
            items[kept++] = items[i];
    people->n = kept;
}

/* ---- the sheet ---- */

static enum ff_rc draw(struct ff_ctx *cx, const struct job *job, const char *address,
                       struct ff_text *out)
{
    struct ff_sheet_card *cards = ff_alloc(cx, (job->n + 1) * sizeof *cards);
    if (!cards)
        return cx->err.rc;
    for (size_t i = 0; i < job->n; i++) {
        const struct ff_recipient *p = &job->people[i];
        cards[i] = (struct ff_sheet_card){.name = p->name,
                                          .number = p->number,
                                          .department = p->department,
                                          .secret = job->codes[i].text};
        cards[i].note = ff_arena_printf(cx->arena, "%s/welcome", address ? address : "");
        if (address)
            cards[i].qr = ff_arena_printf(cx->arena, "%s/welcome#%s", address, job->codes[i].text);
        if (!cards[i].note || (address && !cards[i].qr))
            return FF_FAIL(cx, FF_INTERNAL, "no memory for a sheet");
    }
    return ff_sheet_write(cx, "Invitations", cards, job->n, out);
}

enum ff_rc ff_invite_sheet(struct ff_ctx *cx, const struct ff_invite_wish *wish,
                           struct ff_text *out, int64_t *n)
{
    struct ff_list people;
    enum ff_rc rc = wish->by_mail ? check_mail(cx, "?byMail") : FF_OK;
    if (!rc)
        rc = ff_handout_people(cx, &wish->who, &people);
    if (!rc && wish->csv)
        rc = by_file(cx, wish, &people);
    if (rc)
        return rc;
    drop_users(&people);
    struct job job = {.people = people.items,
                      .n = people.n,
                      .codes = ff_alloc(cx, (people.n + 1) * sizeof *job.codes)};
    if (!job.codes)
        return cx->err.rc;
    if (wish->by_mail) {
        job.n = part_by_mail(people.items, people.n);
        job.mailed = job.people + job.n;
        job.n_mailed = people.n - job.n;
    }
    *n = (int64_t)people.n;
    if ((rc = ff_db_write(cx, issue, &job)))
        return rc;
    return draw(cx, &job, wish->address, out);
}

/* ---- one ---- */

/* Both kinds of job, for one: with an e-mail the message, else the code. */
static enum ff_rc check_one(struct ff_ctx *cx, const struct ff_recipient *who, bool by_mail)
{
    if (who->has_user) {
        enum ff_rc rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "This employee has an account already.");
        ff_err_text(cx, "field", "employee");
        return rc;
    }
    if (by_mail && !who->email)
        return ff_field_fail(cx, "/byMail", "VALUE", "No e-mail of this person is known.");
    return by_mail ? check_mail(cx, "/byMail") : FF_OK;
}

enum ff_rc ff_invite_one(struct ff_ctx *cx, int64_t employee_id, bool by_mail,
                         struct ff_invitation *out)
{
    const struct ff_handout who = {.employee_id = employee_id};
    struct ff_code code;
    struct ff_list people;
    enum ff_rc rc = ff_handout_people(cx, &who, &people);
    if (rc)
        return rc;
    const struct ff_recipient *one = people.items;
    struct job job = {
        .people = one, .n = !by_mail, .codes = &code, .mailed = one, .n_mailed = by_mail};
    if ((rc = check_one(cx, one, by_mail)) || (rc = ff_db_write(cx, issue, &job)))
        return rc;
    *out = (struct ff_invitation){.employee_id = employee_id,
                                  .expires_at = by_mail ? FF_NULL_INT : code.expires_at_ms,
                                  .number = one->number,
                                  .name = one->name,
                                  .code = by_mail ? NULL : ff_strdup(cx, code.text)};
    return out->code || by_mail ? FF_OK : cx->err.rc;
}
