/* SPDX-License-Identifier: MIT */
/* routes.c - THE route table. Router, authorisation, validation, reply writing, the OpenAPI
 * document and the permission tests read it; a route that is not here does not exist.
 * Scope columns: device (a paired kiosk), person (at a kiosk), employee, manager, admin. */
#include "api/handlers.h"
#include "api/schemas.h"

/* Shorthands for scope columns that many rows share. */
/* clang-format off */
#define ANYONE    { FF_ALL,  FF_ALL,  FF_ALL,  FF_ALL,  FF_ALL }
#define SIGNED_IN { FF_NONE, FF_NONE, FF_ALL,  FF_ALL,  FF_ALL }
#define MANAGERS  { FF_NONE, FF_NONE, FF_NONE, FF_DEPT, FF_ALL }
#define ADMINS    { FF_NONE, FF_NONE, FF_NONE, FF_NONE, FF_ALL }

const struct ff_route ff_routes[] = {
    /* ---- system ---- */
    { "GET", "/health", "getHealth", ANYONE, FF_R_OPEN,
      .out = &ff_schema_health, .handle = ff_api_health,
      .summary = "Health of the parts; 503 when degraded" },
    { "GET", "/health/live", "getLiveness", ANYONE, FF_R_OPEN,
      .out = &ff_schema_health_state, .handle = ff_api_health_live,
      .summary = "The process answers" },
    { "GET", "/health/ready", "getReadiness", ANYONE, FF_R_OPEN,
      .out = &ff_schema_health_state, .handle = ff_api_health_ready,
      .summary = "Ready to sell; 503 when not" },
    { "GET", "/api/v1/openapi.json", "getOpenApi", ANYONE, FF_R_OPEN | FF_R_CACHEABLE,
      .handle = ff_api_openapi,
      .summary = "This document" },

    /* ---- site ---- */

    /* ---- auth ---- */

    /* ---- kiosk ---- */

    /* ---- categories, products ---- */

    /* ---- departments, employees ---- */

    /* ---- wallet ---- */

    /* ---- purchases ---- */

    /* ---- users, kiosk devices ---- */

    /* ---- operator ---- */
};
/* clang-format on */

const size_t ff_n_routes = sizeof ff_routes / sizeof ff_routes[0];
