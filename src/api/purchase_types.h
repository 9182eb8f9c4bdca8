/* SPDX-License-Identifier: MIT */
/* purchase_types.h - query structs that the purchase handlers share with their schemas. */
#ifndef FF_API_PURCHASE_TYPES_H
#define FF_API_PURCHASE_TYPES_H

#include "api/route.h"

struct ff_purchase_query {
    struct ff_list_query list;
    int64_t after; /* FF_NULL_INT: page form; 0: cursor form from the newest */
    int64_t employee_id;
    const char *from, *to;
    const char *amounts;
};

#endif
