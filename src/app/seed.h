/* SPDX-License-Identifier: MIT */
/* seed.h - the demo canteen's files of sql/seed, embedded at build time. NUL-terminated text. */
#ifndef FF_APP_SEED_H
#define FF_APP_SEED_H

#include <stddef.h>

extern const char ff_seed_products[]; /* name,price,category,description,available */
extern const size_t ff_seed_products_len;
extern const char ff_seed_employees[]; /* employeeNumber,name,email,department,... */
extern const size_t ff_seed_employees_len;
extern const char ff_seed_art[]; /* name,emoji,glaze: how a dish looks at the kiosk */
extern const size_t ff_seed_art_len;

#endif
