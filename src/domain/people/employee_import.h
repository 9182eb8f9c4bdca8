/* SPDX-License-Identifier: MIT */
/* employee_import.h - what the files of the import of people share. For this folder only. */
#ifndef FF_DOMAIN_PEOPLE_EMPLOYEE_IMPORT_H
#define FF_DOMAIN_PEOPLE_EMPLOYEE_IMPORT_H

#include "domain/people/people_repo.h"

enum { FF_PEOPLE_DIGEST = 16 };

struct ff_people_row {
    struct ff_import_row head;
    const char *number, *name, *email, *department, *group;
    int64_t monthly_limit, opening, active;
};

struct ff_people_job {
    struct ff_import *im;
    int decimals;                           /* how the file writes amounts */
    unsigned char digest[FF_PEOPLE_DIGEST]; /* of the file */
    bool updates;
    int64_t departments_created, groups_created;
};

/* The department or group of that name, made when missing; FF_NULL_INT for no name. */
FF_MUST_CHECK enum ff_rc ff_people_department(struct ff_ctx *cx, struct ff_people_job *job,
                                              const char *name, int64_t *id);
FF_MUST_CHECK enum ff_rc ff_people_group(struct ff_ctx *cx, struct ff_people_job *job,
                                         const char *name, int64_t *id);

/* A number or an address that someone has already is the row's fault. */
FF_MUST_CHECK enum ff_rc ff_people_clash(struct ff_ctx *cx, struct ff_people_job *job,
                                         struct ff_people_row *row);

/* Changes whom the row's number names, if there is such a person; *found says so. */
FF_MUST_CHECK enum ff_rc ff_people_update(struct ff_ctx *cx, struct ff_people_job *job,
                                          struct ff_people_row *row, bool *found);

#endif
