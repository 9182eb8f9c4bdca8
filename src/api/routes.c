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
#define BUYERS    { FF_NONE, FF_SELF, FF_SELF, FF_DEPT, FF_ALL }
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
    { "POST", "/api/v1/auth/login", "login", ANYONE, FF_R_OPEN,
      .in = &ff_schema_login, .out = &ff_schema_signed_in, .handle = ff_api_login,
      .fails = { FF_INVALID_CREDENTIALS, FF_EMPLOYEE_INACTIVE, FF_BUSY },
      .summary = "Sign in; a browser gets its refresh token as a cookie" },
    { "POST", "/api/v1/auth/refresh", "refresh", ANYONE,
      FF_R_OPEN | FF_R_COOKIE | FF_R_EMPTY_BODY,
      .in = &ff_schema_refresh, .out = &ff_schema_signed_in, .handle = ff_api_refresh,
      .fails = { FF_TOKEN_INVALID, FF_TOKEN_EXPIRED, FF_TOKEN_REVOKED, FF_EMPLOYEE_INACTIVE,
                 FF_CSRF },
      .summary = "Trade a refresh token, which is spent, for new tokens" },
    { "POST", "/api/v1/auth/logout", "logout", ANYONE,
      FF_R_OPEN | FF_R_COOKIE | FF_R_EMPTY_BODY | FF_R_NO_CONTENT,
      .in = &ff_schema_refresh, .handle = ff_api_logout, .fails = { FF_CSRF },
      .summary = "End the session of a refresh token" },
    { "GET", "/api/v1/auth/me", "getMe", SIGNED_IN, 0,
      .out = &ff_schema_user, .handle = ff_api_auth_me,
      .summary = "The signed-in account" },

    /* ---- kiosk ---- */
    { "POST", "/api/v1/kiosk/pair", "pairKiosk", ANYONE, FF_R_OPEN | FF_R_COOKIE | FF_R_CREATES,
      .in = &ff_schema_pair, .out = &ff_schema_paired, .handle = ff_api_kiosk_pair,
      .fails = { FF_DEVICE_UNKNOWN, FF_CSRF },
      .summary = "Make this browser a kiosk, by a pairing code" },
    { "POST", "/api/v1/kiosk/identify", "identify",
      { FF_ALL, FF_NONE, FF_NONE, FF_NONE, FF_NONE }, 0,
      .in = &ff_schema_identify, .out = &ff_schema_kiosk_visit, .handle = ff_api_kiosk_identify,
      .fails = { FF_PIN_INVALID, FF_BADGE_UNKNOWN, FF_EMPLOYEE_INACTIVE, FF_BUSY },
      .summary = "Who is it? By badge; number and PIN; id and PIN" },
    { "GET", "/api/v1/kiosk/me", "getVisit",
      { FF_NONE, FF_SELF, FF_NONE, FF_NONE, FF_NONE }, 0,
      .out = &ff_schema_kiosk_person, .handle = ff_api_kiosk_me,
      .fails = { FF_EMPLOYEE_INACTIVE },
      .summary = "The person at the kiosk" },
    { "POST", "/api/v1/kiosk/leave", "leave",
      { FF_NONE, FF_SELF, FF_NONE, FF_NONE, FF_NONE }, FF_R_EMPTY_BODY | FF_R_NO_CONTENT,
      .handle = ff_api_kiosk_leave,
      .summary = "End the visit" },

    /* ---- categories, products ---- */

    /* ---- departments, employees ---- */

    /* ---- wallet ---- */
    { "GET", "/api/v1/employees/{id}/balance", "getBalance", BUYERS, 0,
      .query = &ff_schema_balance_query, .out = &ff_schema_balance,
      .handle = ff_api_wallet_balance, .fails = { FF_NOT_FOUND },
      .summary = "A person's balance, now or at an instant" },
    { "POST", "/api/v1/employees/{id}/topups", "createTopup", MANAGERS, FF_R_KEYED | FF_R_CREATES,
      .in = &ff_schema_topup_new, .out = &ff_schema_topup, .handle = ff_api_wallet_topup,
      .fails = { FF_NOT_FOUND, FF_SELF_ACTION, FF_BALANCE_LIMIT, FF_KEY_REUSED },
      .summary = "Put money into a person's wallet" },

    /* ---- purchases ---- */
    { "POST", "/api/v1/purchases", "createPurchase", BUYERS, FF_R_KEYED | FF_R_CREATES,
      .in = &ff_schema_purchase_new, .out = &ff_schema_purchase, .handle = ff_api_purchase_create,
      .fails = { FF_INSUFFICIENT_BALANCE, FF_MONTHLY_LIMIT, FF_PRICE_CHANGED, FF_OUT_OF_STOCK,
                 FF_PRODUCT_INACTIVE, FF_EMPLOYEE_INACTIVE, FF_KEY_REUSED, FF_NOT_FOUND },
      .summary = "Buy: prices from the catalogue, debit and record in one step" },
    { "GET", "/api/v1/purchases", "listPurchases", BUYERS, FF_R_LIST,
      .query = &ff_schema_purchase_query, .out = &ff_schema_purchase,
      .handle = ff_api_purchase_list,
      .summary = "Purchases with their items, newest first" },
    { "GET", "/api/v1/purchases/{id}", "getPurchase", BUYERS, 0,
      .out = &ff_schema_purchase, .handle = ff_api_purchase_get, .fails = { FF_NOT_FOUND },
      .summary = "One purchase" },
    { "GET", "/api/v1/purchases/by-key/{key}", "getPurchaseByKey", BUYERS, 0,
      .out = &ff_schema_purchase, .handle = ff_api_purchase_by_key, .fails = { FF_NOT_FOUND },
      .summary = "Was it booked? The purchase made under one of the caller's keys" },
    { "POST", "/api/v1/purchases/{id}/undo", "undoPurchase", BUYERS,
      FF_R_KEYED | FF_R_CREATES | FF_R_EMPTY_BODY,
      .in = &ff_schema_undo_new, .out = &ff_schema_undo, .handle = ff_api_purchase_undo,
      .fails = { FF_NOT_FOUND, FF_UNDO_WINDOW, FF_ALREADY_UNDONE, FF_ALREADY_REFUNDED,
                 FF_BALANCE_LIMIT, FF_KEY_REUSED },
      .summary = "Take a purchase back, in full and once" },

    /* ---- users, kiosk devices ---- */
    { "GET", "/api/v1/users", "listUsers", ADMINS, FF_R_LIST,
      .query = &ff_schema_page_query, .out = &ff_schema_user_account, .handle = ff_api_user_list,
      .summary = "Accounts, by e-mail" },
    { "POST", "/api/v1/users", "createUser", ADMINS, FF_R_CREATES,
      .in = &ff_schema_user_new, .out = &ff_schema_user_account, .handle = ff_api_user_create,
      .fails = { FF_PASSWORD_TOO_WEAK, FF_ALREADY_EXISTS, FF_BUSY },
      .summary = "Make an account" },
    { "GET", "/api/v1/kiosks", "listKiosks", ADMINS, FF_R_LIST,
      .query = &ff_schema_page_query, .out = &ff_schema_kiosk, .handle = ff_api_kiosk_list,
      .summary = "Kiosks, by name" },
    { "POST", "/api/v1/kiosks", "createKiosk", ADMINS, FF_R_CREATES,
      .in = &ff_schema_kiosk_new, .out = &ff_schema_pair_code, .handle = ff_api_kiosk_create,
      .fails = { FF_ALREADY_EXISTS },
      .summary = "Name a kiosk and get its pairing code" },
    { "POST", "/api/v1/kiosks/{id}/code", "newKioskCode", ADMINS, FF_R_EMPTY_BODY,
      .out = &ff_schema_pair_code, .handle = ff_api_kiosk_code,
      .fails = { FF_NOT_FOUND },
      .summary = "A new pairing code in place of the old one" },

    /* ---- operator ---- */
};
/* clang-format on */

const size_t ff_n_routes = sizeof ff_routes / sizeof ff_routes[0];
