/* SPDX-License-Identifier: MIT */
/* employee_import.c - people from a CSV file: record, department, wallet, opening balance.
 * The key of an opening is made of the file and the person, so that even a file that comes twice
 * cannot book one twice. */
#include "domain/people/employee_import.h"

#include <string.h>

#include "auth/auth.h"
#include "base/money.h"
#include "domain/ledger/ledger.h"
#include "domain/people/group.h"

/* clang-format off */
static const struct ff_field row_f[] = {
    { "employeeNumber", FF_T_CODE, offsetof(struct ff_people_row, number), FF_F_REQUIRED, 1, 20,
      "unique", NULL, NULL },
    { "name", FF_T_NAME, offsetof(struct ff_people_row, name), FF_F_REQUIRED, 1, 100,
      "as on the badge", NULL, NULL },
    { "email", FF_T_EMAIL, offsetof(struct ff_people_row, email), 0, 3, 254,
      "unique", NULL, NULL },
    { "department", FF_T_NAME, offsetof(struct ff_people_row, department), 0, 1, 100,
      "by its name; made when missing", NULL, NULL },
    { "monthlyLimit", FF_T_MONEY, offsetof(struct ff_people_row, monthly_limit), 0, 0, FF_MONEY_WALLET_MAX,
      "what may be spent in a month", NULL, NULL },
    { "openingBalance", FF_T_MONEY, offsetof(struct ff_people_row, opening), 0, 0, FF_MONEY_WALLET_MAX,
      "what the wallet begins with", NULL, NULL },
    { "group", FF_T_NAME, offsetof(struct ff_people_row, group), 0, 1, 100,
      "by its name; made when missing", NULL, NULL },
    { "active", FF_T_BOOL, offsetof(struct ff_people_row, active), 0, 0, 0,
      "false: has left; only of who is there", NULL, NULL },
};
static const struct ff_schema row_schema = {
    .name = "EmployeeRow", .size = sizeof(struct ff_people_row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)
};
/* clang-format on */

static enum ff_rc start(struct ff_ctx *cx, void *arg)
{
    struct ff_people_job *job = arg;
    (void)cx;
    job->departments_created = job->groups_created = 0;
    return FF_OK;
}

enum ff_rc ff_people_department(struct ff_ctx *cx, struct ff_people_job *job, const char *name,
                                int64_t *id)
{
    *id = FF_NULL_INT;
    if (!name)
        return FF_OK;
    enum ff_rc rc = ff_department_find(cx, name, id);
    if (rc || *id)
        return rc;
    job->departments_created++;
    return ff_department_insert(cx, name, id);
}

enum ff_rc ff_people_group(struct ff_ctx *cx, struct ff_people_job *job, const char *name,
                           int64_t *id)
{
    *id = FF_NULL_INT;
    if (!name)
        return FF_OK;
    enum ff_rc rc = ff_group_find(cx, name, id);
    if (rc || *id)
        return rc;
    struct ff_group group = FF_GROUP_UNSAID;
    group.name = name;
    job->groups_created++;
    rc = ff_group_insert(cx, &group);
    *id = group.id;
    return rc;
}

static enum ff_rc book_opening(struct ff_ctx *cx, const struct ff_people_job *job,
                               const struct ff_people_row *row, int64_t employee_id)
{
    static const char prefix[] = "import-";
    struct ff_hash hash;
    struct ff_idem idem;
    unsigned char digest[FF_PEOPLE_DIGEST];
    char key[sizeof prefix + 2 * FF_PEOPLE_DIGEST];
    ff_hash_init(&hash, sizeof digest);
    ff_hash_add(&hash, job->digest, sizeof job->digest);
    ff_hash_text(&hash, row->number);
    ff_hash_final(&hash, digest);
    memcpy(key, prefix, sizeof prefix - 1);
    ff_hex(digest, sizeof digest, key + sizeof prefix - 1);
    ff_idem_make(cx, key, "importEmployees", employee_id, 0, job->digest, sizeof job->digest,
                 &idem);
    return ff_ledger_opening(cx, employee_id, row->opening, &idem);
}

/* A number or an address that someone has already is the row's fault. */
enum ff_rc ff_people_clash(struct ff_ctx *cx, struct ff_people_job *job, struct ff_people_row *row)
{
    bool is_number =
        cx->err.n_params && cx->err.params[0].text && strcmp(cx->err.params[0].text, "number") == 0;
    ff_err_clear(cx);
    ff_import_bad(job->im, &row->head, is_number ? "employeeNumber" : "email", "VALUE",
                  is_number ? "Someone has this number already."
                            : "Someone has this e-mail address already.");
    return FF_OK;
}

static enum ff_rc add(struct ff_ctx *cx, struct ff_people_job *job, struct ff_people_row *row)
{
    struct ff_employee e = {.number = row->number,
                            .name = row->name,
                            .email = row->email,
                            .overdraft = FF_NULL_INT,
                            .purchase_limit = FF_NULL_INT,
                            .daily_limit = FF_NULL_INT,
                            .monthly_limit = row->monthly_limit};
    enum ff_rc rc = ff_people_department(cx, job, row->department, &e.department_id);
    if (rc || (rc = ff_people_group(cx, job, row->group, &e.group_id)))
        return rc;
    if ((rc = ff_employee_insert(cx, &e)))
        return rc == FF_ALREADY_EXISTS ? ff_people_clash(cx, job, row) : rc;
    e.active = 1;
    if ((rc = ff_wallet_create(cx, e.id)) ||
        (rc = ff_employee_record(cx, "employee.import", NULL, &e)))
        return rc;
    ff_import_note(job->im, &row->head, row->name, FF_IMPORT_ADDED, NULL, 0);
    return row->opening > 0 ? book_opening(cx, job, row, e.id) : FF_OK;
}

static enum ff_rc insert(struct ff_ctx *cx, void *arg, struct ff_import_row *head)
{
    struct ff_people_job *job = arg;
    struct ff_people_row *row = (struct ff_people_row *)head;
    bool found = false;
    enum ff_rc rc = job->updates ? ff_people_update(cx, job, row, &found) : FF_OK;
    if (rc || found)
        return rc;
    if (row->active == 0) {
        ff_import_bad(job->im, head, "active", "VALUE",
                      "There is nobody of this number to switch "
                      "off.");
        return FF_OK;
    }
    return add(cx, job, row);
}

enum ff_rc ff_employee_import(struct ff_ctx *cx, const struct ff_import_file *file,
                              struct ff_import_result *out)
{
    struct ff_import *im;
    enum ff_rc rc = ff_import_open(cx, file, &row_schema, &im);
    if (!rc) {
        struct ff_people_job job = {
            .im = im, .decimals = ff_import_decimals(im), .updates = file->updates};
        struct ff_hash hash;
        const struct ff_import_steps steps = {.start = start, .insert = insert, .arg = &job};
        ff_hash_init(&hash, sizeof job.digest);
        ff_hash_add(&hash, file->text, file->n);
        ff_hash_final(&hash, job.digest);
        ff_import_unique(im, offsetof(struct ff_people_row, number), "employeeNumber");
        ff_import_unique(im, offsetof(struct ff_people_row, email), "email");
        rc = ff_import_run(cx, im, &steps);
        *out = (struct ff_import_result){.departments_created = job.departments_created,
                                         .groups_created = job.groups_created};
        if (!rc)
            rc = ff_import_tell(cx, im, out);
    }
    if (!rc)
        rc = ff_import_dearest(cx, im, offsetof(struct ff_people_row, name),
                               offsetof(struct ff_people_row, opening), &out->dearest);
    ff_import_close(im);
    return rc;
}
