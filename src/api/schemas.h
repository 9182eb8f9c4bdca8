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

/* ---- kiosk ---- */

/* ---- products, categories ---- */

/* ---- departments, employees ---- */

/* ---- site ---- */

/* ---- wallet ---- */

/* ---- purchases ---- */

/* ---- users, kiosk devices ---- */

/* ---- operator ---- */

#endif
