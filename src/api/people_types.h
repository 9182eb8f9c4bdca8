/* SPDX-License-Identifier: MIT */
/* people_types.h - queries and bodies of people that no service knows. */
#ifndef FF_API_PEOPLE_TYPES_H
#define FF_API_PEOPLE_TYPES_H

#include "api/route.h"

struct ff_employee_args {
    struct ff_list_query list;
    int64_t department_id, group_id, active;
    const char *amounts;
};

struct ff_pin_in {
    const char *pin;
};

#endif
