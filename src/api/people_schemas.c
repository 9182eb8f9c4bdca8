/* SPDX-License-Identifier: MIT */
/* people_schemas.c - what is said and answered about departments and people. */
#include "api/list_fields.h"
#include "api/people_types.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/people/employee.h"

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)

/* ---- departments ---- */
#define AT(member) offsetof(struct ff_department, member)
static const struct ff_field department_f[] = {
    { "id",      FF_T_INT,  AT(id),      FF_F_REQUIRED, 1, INT64_MAX, "department", NULL, NULL },
    { "name",    FF_T_TEXT, AT(name),    FF_F_REQUIRED, 1, 100, "unique", NULL, NULL },
    { "costCentreId", FF_T_INT, AT(cost_centre_id), NULLABLE, 1, INT64_MAX,
      "where the employer's part is booked; null: the first", NULL, NULL },
    FF_VERSION_FIELD(struct ff_department),
};
#undef AT
const struct ff_schema ff_schema_department = {
    .name = "Department", .size = sizeof(struct ff_department), .set_offset = FF_NO_SET,
    FF_FIELDS(department_f) };

#define AT(member) offsetof(struct ff_department_in, member)
#define DEPARTMENT_IN(needed)                                                                      \
    [FF_DEPARTMENT_NAME] = { "name", FF_T_NAME, AT(name), needed, 1, 100,                          \
                             "unique whatever its case and accents", NULL, NULL },                 \
    [FF_DEPARTMENT_COST_CENTRE] = { "costCentreId", FF_T_INT, AT(cost_centre_id), FF_F_NULLABLE,   \
                                    1, INT64_MAX,                                                  \
                                    "where the employer's part is booked; null: the first",       \
                                    NULL, NULL }
static const struct ff_field department_new_f[] = { DEPARTMENT_IN(FF_F_REQUIRED) };
static const struct ff_field department_patch_f[] = { DEPARTMENT_IN(0) };
const struct ff_schema ff_schema_department_new = {
    .name = "DepartmentNew", .size = sizeof(struct ff_department_in), .set_offset = AT(set),
    FF_FIELDS(department_new_f) };
const struct ff_schema ff_schema_department_patch = {
    .name = "DepartmentPatch", .size = sizeof(struct ff_department_in), .set_offset = AT(set),
    FF_FIELDS(department_patch_f) };
#undef AT

FF_LIST_ARGS_SCHEMA(ff_schema_department_query, "DepartmentQuery", "name, id");

/* ---- employees ---- */
#define LIMIT(of) "what " of " may cost; null: as the group or the site says"

#define AT(member) offsetof(struct ff_employee, member)
static const struct ff_field employee_f[] = {
    { "id",           FF_T_INT,     AT(id),            FF_F_REQUIRED, 1, INT64_MAX,
      "person", NULL, NULL },
    { "number",       FF_T_CODE,    AT(number),        FF_F_REQUIRED, 1, 20,
      "unique", NULL, NULL },
    { "name",         FF_T_TEXT,    AT(name),          FF_F_REQUIRED, 1, 100,
      "as on the badge", NULL, NULL },
    { "email",        FF_T_TEXT,    AT(email),         NULLABLE, 3, 254,
      "unique, lower case", NULL, NULL },
    { "departmentId", FF_T_INT,     AT(department_id), NULLABLE, 1, INT64_MAX,
      "department", NULL, NULL },
    { "department",   FF_T_TEXT,    AT(department),    NULLABLE, 1, 100,
      "name of it", NULL, NULL },
    { "groupId",      FF_T_INT,     AT(group_id),      NULLABLE, 1, INT64_MAX,
      "group of customers; null: none", NULL, NULL },
    { "group",        FF_T_TEXT,    AT(group),         NULLABLE, 1, 100,
      "name of it", NULL, NULL },
    { "overdraft",    FF_T_MONEY,   AT(overdraft),     NULLABLE, 0, FF_MONEY_WALLET_MAX,
      "how far below zero; null: as the group or the site says", NULL, NULL },
    { "purchaseLimit", FF_T_MONEY,  AT(purchase_limit), NULLABLE, 0, FF_MONEY_WALLET_MAX,
      LIMIT("one purchase"), NULL, NULL },
    { "dailyLimit",   FF_T_MONEY,   AT(daily_limit),   NULLABLE, 0, FF_MONEY_WALLET_MAX,
      LIMIT("a day"), NULL, NULL },
    { "monthlyLimit", FF_T_MONEY,   AT(monthly_limit), NULLABLE, 0, FF_MONEY_WALLET_MAX,
      LIMIT("a month"), NULL, NULL },
    { "blocked",      FF_T_BOOL,    AT(blocked),       FF_F_REQUIRED, 0, 0,
      "may not buy at present", NULL, NULL },
    { "blockedReason", FF_T_TEXT,   AT(blocked_reason), NULLABLE, 3, 200,
      "why; null: is not blocked", NULL, NULL },
    { "active",       FF_T_BOOL,    AT(active),        FF_F_REQUIRED, 0, 0,
      "false: the account is switched off", NULL, NULL },
    { "hasPin",       FF_T_BOOL,    AT(has_pin),       FF_F_REQUIRED, 0, 0,
      "a PIN is set", NULL, NULL },
    { "badges",       FF_T_INT,     AT(badges),        FF_F_REQUIRED, 0, INT64_MAX,
      "how many badges", NULL, NULL },
    FF_VERSION_FIELD(struct ff_employee),
    FF_STAMP_FIELDS(struct ff_employee),
};
#undef AT
const struct ff_schema ff_schema_employee = {
    .name = "Employee", .size = sizeof(struct ff_employee), .set_offset = FF_NO_SET,
    FF_FIELDS(employee_f) };

#define AT(member) offsetof(struct ff_employee_in, member)
#define EMPLOYEE_IN(needed)                                                                        \
    [FF_EMPLOYEE_NUMBER]        = { "number",       FF_T_CODE,  AT(number),        needed, 1, 20,  \
                                    "unique", NULL, NULL },                                        \
    [FF_EMPLOYEE_NAME]          = { "name",         FF_T_NAME,  AT(name),          needed, 1, 100, \
                                    "as on the badge", NULL, NULL },                               \
    [FF_EMPLOYEE_EMAIL]         = { "email",        FF_T_EMAIL, AT(email),         FF_F_NULLABLE,  \
                                    3, 254, "unique", NULL, NULL },                                \
    [FF_EMPLOYEE_DEPARTMENT_ID] = { "departmentId", FF_T_INT,   AT(department_id), FF_F_NULLABLE,  \
                                    1, INT64_MAX, "department, by id", NULL, NULL },               \
    [FF_EMPLOYEE_DEPARTMENT]    = { "department",   FF_T_NAME,  AT(department),    FF_F_NULLABLE,  \
                                    1, 100, "department, by name", NULL, NULL },                   \
    [FF_EMPLOYEE_MONTHLY_LIMIT] = { "monthlyLimit", FF_T_MONEY, AT(monthly_limit), FF_F_NULLABLE,  \
                                    0, FF_MONEY_WALLET_MAX, LIMIT("a month"), NULL, NULL },        \
    [FF_EMPLOYEE_GROUP_ID]      = { "groupId",      FF_T_INT,   AT(group_id),      FF_F_NULLABLE,  \
                                    1, INT64_MAX, "group, by id; admins only", NULL, NULL },       \
    [FF_EMPLOYEE_GROUP]         = { "group",        FF_T_NAME,  AT(group),         FF_F_NULLABLE,  \
                                    1, 100, "group, by name; admins only", NULL, NULL },           \
    [FF_EMPLOYEE_OVERDRAFT]     = { "overdraft",    FF_T_MONEY, AT(overdraft),     FF_F_NULLABLE,  \
                                    0, FF_MONEY_WALLET_MAX,                                        \
                                    "how far below zero; admins only; null: as the group or the "  \
                                    "site says", NULL, NULL },                                     \
    [FF_EMPLOYEE_PURCHASE_LIMIT] = { "purchaseLimit", FF_T_MONEY, AT(purchase_limit),              \
                                    FF_F_NULLABLE, 0, FF_MONEY_WALLET_MAX, LIMIT("one purchase"),  \
                                    NULL, NULL },                                                  \
    [FF_EMPLOYEE_DAILY_LIMIT]   = { "dailyLimit",   FF_T_MONEY, AT(daily_limit),   FF_F_NULLABLE,  \
                                    0, FF_MONEY_WALLET_MAX, LIMIT("a day"), NULL, NULL }
static const struct ff_field employee_new_f[] = { EMPLOYEE_IN(FF_F_REQUIRED) };
static const struct ff_field employee_patch_f[] = {
    EMPLOYEE_IN(0),
    [FF_EMPLOYEE_ACTIVE] = { "active", FF_T_BOOL, AT(active), 0, 0, 0,
                             "false: may not buy; admins only", NULL, NULL },
};
const struct ff_schema ff_schema_employee_new = {
    .name = "EmployeeNew", .size = sizeof(struct ff_employee_in), .set_offset = AT(set),
    FF_FIELDS(employee_new_f) };
const struct ff_schema ff_schema_employee_patch = {
    .name = "EmployeePatch", .size = sizeof(struct ff_employee_in), .set_offset = AT(set),
    FF_FIELDS(employee_patch_f) };
#undef AT

#define AT(member) offsetof(struct ff_employee_args, member)
static const struct ff_field employee_query_f[] = {
    FF_LIST_FIELDS(struct ff_employee_args, "name, number, department, id"),
    { "departmentId", FF_T_INT,  AT(department_id), 0, 1, INT64_MAX,
      "only this department", NULL, NULL },
    { "groupId",      FF_T_INT,  AT(group_id),      0, 1, INT64_MAX,
      "only this group", NULL, NULL },
    { "active",       FF_T_BOOL, AT(active),        0, 0, 0, "only these", NULL, NULL },
    FF_AMOUNTS_FIELD(struct ff_employee_args),
};
#undef AT
const struct ff_schema ff_schema_employee_query = {
    .name = "EmployeeQuery", .size = sizeof(struct ff_employee_args), .set_offset = FF_NO_SET,
    FF_FIELDS(employee_query_f) };

/* ---- credentials ---- */
static const struct ff_field pin_f[] = {
    { "pin", FF_T_SECRET, offsetof(struct ff_pin_in, pin), FF_F_REQUIRED, 1, 64,
      "4 to 8 digits, not all alike, not in a row", NULL, NULL },
};
const struct ff_schema ff_schema_pin = {
    .name = "Pin", .size = sizeof(struct ff_pin_in), .set_offset = FF_NO_SET, FF_FIELDS(pin_f) };

/* ---- the kiosk's names ---- */
#define AT(member) offsetof(struct ff_face, member)
static const struct ff_field face_f[] = {
    { "id",       FF_T_INT,  AT(id),       FF_F_REQUIRED, 1, INT64_MAX, "person", NULL, NULL },
    { "name",     FF_T_TEXT, AT(name),     FF_F_REQUIRED, 1, 100, "display name", NULL, NULL },
    { "initials", FF_T_TEXT, AT(initials), FF_F_REQUIRED, 0, 4, "of the name", NULL, NULL },
    { "recent",   FF_T_BOOL, AT(recent),   FF_F_REQUIRED, 0, 0,
      "bought in the last two weeks", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_kiosk_name = {
    .name = "KioskName", .size = sizeof(struct ff_face), .set_offset = FF_NO_SET,
    FF_FIELDS(face_f) };

#define AT(member) offsetof(struct ff_list_args, list.member)
static const struct ff_field kiosk_name_query_f[] = {
    FF_PAGE_FIELDS(struct ff_list_args),
    { "q",     FF_T_TEXT, AT(q),     0, 1, 100, "words of the name", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_kiosk_name_query = {
    .name = "KioskNameQuery", .size = sizeof(struct ff_list_args), .set_offset = FF_NO_SET,
    FF_FIELDS(kiosk_name_query_f) };
/* clang-format on */
