/* SPDX-License-Identifier: MIT */
/* schemas.h - the body, query and reply schemas that routes.c names, a section an area.
 * Each is defined in the area's *_api.c (or *_schema.c) beside its field list, as
 *     const struct ff_schema ff_schema_product = { .name = "Product", .size = sizeof(struct
 *         ff_product), .set_offset = FF_NO_SET, FF_FIELDS(product_f) };
 * A schema's `name` is its component name in the OpenAPI document, so it is unique. */
#ifndef FF_API_SCHEMAS_H
#define FF_API_SCHEMAS_H

#include "json/schema.h"

/* ---- system ---- */
extern const struct ff_schema ff_schema_health;
extern const struct ff_schema ff_schema_health_state;

/* ---- auth ---- */
extern const struct ff_schema ff_schema_login;
extern const struct ff_schema ff_schema_refresh;
extern const struct ff_schema ff_schema_signed_in;
extern const struct ff_schema ff_schema_user;

/* ---- kiosk ---- */
extern const struct ff_schema ff_schema_pair;
extern const struct ff_schema ff_schema_paired;
extern const struct ff_schema ff_schema_identify;
extern const struct ff_schema ff_schema_kiosk_person;
extern const struct ff_schema ff_schema_kiosk_visit;

/* ---- products, categories ---- */

/* ---- departments, employees ---- */

/* ---- site ---- */

/* ---- wallet ---- */
extern const struct ff_schema ff_schema_balance;
extern const struct ff_schema ff_schema_balance_query;
extern const struct ff_schema ff_schema_topup;
extern const struct ff_schema ff_schema_topup_new;

/* ---- purchases ---- */
extern const struct ff_schema ff_schema_purchase;
extern const struct ff_schema ff_schema_purchase_new;
extern const struct ff_schema ff_schema_purchase_query;
extern const struct ff_schema ff_schema_undo;
extern const struct ff_schema ff_schema_undo_new;

/* ---- users, kiosk devices ---- */
extern const struct ff_schema ff_schema_page_query; /* page and limit, nothing else */
extern const struct ff_schema ff_schema_user_new;
extern const struct ff_schema ff_schema_user_account;
extern const struct ff_schema ff_schema_kiosk_new;
extern const struct ff_schema ff_schema_pair_code;
extern const struct ff_schema ff_schema_kiosk;

/* ---- operator ---- */

#endif
