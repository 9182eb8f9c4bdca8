/* SPDX-License-Identifier: MIT */
/* err.h - the error table: every failure the product can name, once.
 * The X-list gives the enum, the stable code, the HTTP status, the retry hint and the title;
 * problem+json bodies, the OpenAPI document and the web texts are checked against it.  A code
 * enters this table together with the feature that can raise it, never before. */
#ifndef FF_BASE_ERR_H
#define FF_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ff_retry { FF_RETRY_NO, FF_RETRY_AFTER, FF_RETRY_SAME_KEY, FF_RETRY_LOGIN, FF_RETRY_RELOAD };

/* clang-format off */
/*    name                      code suffix                   HTTP retry     title */
#define FF_ERRORS(X) \
    X(FF_BAD_REQUEST,           "BAD_REQUEST",                400, NO,       "The request could not be read") \
    X(FF_MALFORMED_JSON,        "MALFORMED_JSON",             400, NO,       "The body is not valid JSON") \
    X(FF_VALIDATION,            "VALIDATION",                 400, NO,       "Some fields are not valid") \
    X(FF_UNKNOWN_FIELD,         "UNKNOWN_FIELD",              400, NO,       "The request has an unknown field") \
    X(FF_INVALID_ID,            "INVALID_ID",                 400, NO,       "Not a valid number") \
    X(FF_MONEY_FORMAT,          "MONEY_FORMAT",               400, NO,       "The amount could not be read") \
    X(FF_AMOUNT_OUT_OF_RANGE,   "AMOUNT_OUT_OF_RANGE",        400, NO,       "The amount is out of range") \
    X(FF_KEY_REQUIRED,          "IDEMPOTENCY_KEY_REQUIRED",   400, NO,       "An Idempotency-Key is required") \
    X(FF_IMPORT_ROWS,           "IMPORT_ROWS",                400, NO,       "Some rows of the file are not valid") \
    X(FF_PASSWORD_TOO_WEAK,     "PASSWORD_TOO_WEAK",          400, NO,       "The password is too weak") \
    X(FF_PASSWORD_TOO_COMMON,   "PASSWORD_TOO_COMMON",        400, NO,       "The password is too easy to guess") \
    X(FF_CODE_INVALID,          "CODE_INVALID",               400, NO,       "This code is not valid any more") \
    X(FF_UNAUTHENTICATED,       "UNAUTHENTICATED",            401, LOGIN,    "Sign-in is required") \
    X(FF_TOKEN_INVALID,         "TOKEN_INVALID",              401, LOGIN,    "The token is not valid") \
    X(FF_TOKEN_EXPIRED,         "TOKEN_EXPIRED",              401, LOGIN,    "The token has expired") \
    X(FF_TOKEN_REVOKED,         "TOKEN_REVOKED",              401, LOGIN,    "The session has ended") \
    X(FF_REFRESH_REUSED,        "REFRESH_REUSED",             401, LOGIN,    "The session has ended for its safety") \
    X(FF_INVALID_CREDENTIALS,   "INVALID_CREDENTIALS",        401, NO,       "E-mail or password is wrong") \
    X(FF_PIN_INVALID,           "PIN_INVALID",                401, NO,       "Number or PIN is wrong") \
    X(FF_BADGE_UNKNOWN,         "BADGE_UNKNOWN",              401, NO,       "This badge is not known") \
    X(FF_DEVICE_UNKNOWN,        "DEVICE_UNKNOWN",             401, NO,       "This kiosk is not paired") \
    X(FF_FORBIDDEN,             "FORBIDDEN",                  403, NO,       "Not allowed") \
    X(FF_STEP_UP_REQUIRED,      "STEP_UP_REQUIRED",           403, LOGIN,    "The password is asked for again") \
    X(FF_CSRF,                  "CSRF",                       403, NO,       "The request did not come from this site") \
    X(FF_REFUND_OWN,            "REFUND_OWN",                 403, NO,       "Someone else must do this refund") \
    X(FF_SELF_ACTION,           "SELF_ACTION",                403, NO,       "Someone else must do this") \
    X(FF_EMPLOYEE_BLOCKED,      "EMPLOYEE_BLOCKED",           403, NO,       "This person may not buy at present") \
    X(FF_EMPLOYEE_INACTIVE,     "EMPLOYEE_INACTIVE",          403, NO,       "This account is not active") \
    X(FF_NOT_FOUND,             "NOT_FOUND",                  404, NO,       "Not found") \
    X(FF_METHOD_NOT_ALLOWED,    "METHOD_NOT_ALLOWED",         405, NO,       "Method not allowed") \
    X(FF_NOT_ACCEPTABLE,        "NOT_ACCEPTABLE",             406, NO,       "No acceptable representation") \
    X(FF_REQUEST_TIMEOUT,       "REQUEST_TIMEOUT",            408, SAME_KEY, "The request took too long to arrive") \
    X(FF_INSUFFICIENT_BALANCE,  "INSUFFICIENT_BALANCE",       409, NO,       "Insufficient balance") \
    X(FF_PRODUCT_BANNED,        "PRODUCT_BANNED",             409, NO,       "This person may not buy this") \
    X(FF_QUANTITY_CAP,          "QUANTITY_CAP",               409, NO,       "More pieces than one person may have") \
    X(FF_PURCHASE_LIMIT,        "PURCHASE_LIMIT",             409, NO,       "The purchase is larger than allowed") \
    X(FF_DAILY_LIMIT,           "DAILY_LIMIT",                409, NO,       "Daily limit reached") \
    X(FF_MONTHLY_LIMIT,         "MONTHLY_LIMIT",              409, NO,       "Monthly limit reached") \
    X(FF_AUDIT_CHAIN_BROKEN,    "AUDIT_CHAIN_BROKEN",         409, NO,       "The audit log was altered") \
    X(FF_BALANCE_LIMIT,         "BALANCE_LIMIT",              409, NO,       "The balance would exceed its maximum") \
    X(FF_OUT_OF_STOCK,          "OUT_OF_STOCK",               409, NO,       "Sold out") \
    X(FF_NOT_SERVED_NOW,        "NOT_SERVED_NOW",             409, NO,       "Not served now") \
    X(FF_PRODUCT_INACTIVE,      "PRODUCT_INACTIVE",           409, NO,       "No longer sold") \
    X(FF_SELLING_STOPPED,       "SELLING_STOPPED",            409, NO,       "Nothing is sold at the moment") \
    X(FF_CLOSED_DAY,            "CLOSED_DAY",                 409, NO,       "Closed today") \
    X(FF_PRICE_CHANGED,         "PRICE_CHANGED",              409, NO,       "The price has changed") \
    X(FF_KEY_REUSED,            "IDEMPOTENCY_KEY_REUSED",     409, NO,       "The Idempotency-Key was used for another request") \
    X(FF_UNDO_WINDOW,           "UNDO_WINDOW",                409, NO,       "Too late to undo") \
    X(FF_ALREADY_UNDONE,        "ALREADY_UNDONE",             409, NO,       "Already undone") \
    X(FF_ALREADY_REFUNDED,      "PURCHASE_ALREADY_REFUNDED",  409, NO,       "Already refunded") \
    X(FF_PERIOD_OPEN,           "PERIOD_OPEN",                409, NO,       "The month cannot be closed yet") \
    X(FF_PAYROLL_STATE,         "PAYROLL_STATE",              409, NO,       "Not possible for this payroll batch") \
    X(FF_ALREADY_EXISTS,        "ALREADY_EXISTS",             409, NO,       "Already in use") \
    X(FF_IN_USE,                "IN_USE",                     409, NO,       "Still in use") \
    X(FF_APPROVAL_DECIDED,      "APPROVAL_DECIDED",           409, NO,       "Already decided") \
    X(FF_TILL_CLOSED,           "TILL_CLOSED",                409, NO,       "This till is closed") \
    X(FF_OPENING_BOOKED,        "OPENING_BOOKED",             409, NO,       "These opening balances were booked before") \
    X(FF_ERASURE_BALANCE,       "ERASURE_BALANCE",            409, NO,       "Money is still open") \
    X(FF_LAST_ADMIN,            "LAST_ADMIN",                 409, NO,       "At least one administrator is needed") \
    X(FF_LENGTH_REQUIRED,       "LENGTH_REQUIRED",            411, NO,       "Content-Length is required") \
    X(FF_VERSION_CONFLICT,      "VERSION_CONFLICT",           412, RELOAD,   "Changed by someone else meanwhile") \
    X(FF_BODY_TOO_LARGE,        "BODY_TOO_LARGE",             413, NO,       "The body is too large") \
    X(FF_URI_TOO_LONG,          "URI_TOO_LONG",               414, NO,       "The address is too long") \
    X(FF_UNSUPPORTED_MEDIA,     "UNSUPPORTED_MEDIA_TYPE",     415, NO,       "Unsupported content type") \
    X(FF_MISDIRECTED,           "MISDIRECTED",                421, NO,       "This host name is not served here") \
    X(FF_ACCOUNT_LOCKED,        "ACCOUNT_LOCKED",             423, AFTER,    "Too many attempts") \
    X(FF_PRECONDITION_REQUIRED, "PRECONDITION_REQUIRED",      428, RELOAD,   "If-Match is required") \
    X(FF_RATE_LIMITED,          "RATE_LIMITED",               429, AFTER,    "Too many requests") \
    X(FF_HEADERS_TOO_LARGE,     "HEADERS_TOO_LARGE",          431, NO,       "The headers are too large") \
    X(FF_INTERNAL,              "INTERNAL",                   500, SAME_KEY, "Something went wrong") \
    X(FF_TRANSFER_ENCODING,     "TRANSFER_ENCODING",          501, NO,       "Transfer-Encoding is not supported") \
    X(FF_BUSY,                  "BUSY",                       503, SAME_KEY, "Busy, please try again") \
    X(FF_SHUTTING_DOWN,         "SHUTTING_DOWN",              503, SAME_KEY, "Restarting, one moment") \
    X(FF_STORAGE_FAULT,         "STORAGE_FAULT",              503, SAME_KEY, "The storage failed") \
    X(FF_STORAGE_FULL,          "STORAGE_FULL",               507, AFTER,    "The storage is full")
/* clang-format on */

enum ff_rc {
    FF_OK = 0,
#define FF_ERR_ENUM(name, code, status, retry, title) name,
    FF_ERRORS(FF_ERR_ENUM)
#undef FF_ERR_ENUM
        FF_RC_COUNT
};

struct ff_err_info {
    const char *code;  /* "ERR_..." */
    int status;        /* HTTP */
    const char *retry; /* "no", "after", "same_key", "login", "reload" */
    const char *title;
    const char *type; /* "/problems/insufficient-balance" */
};

/* The row of `rc` (any value of enum ff_rc but FF_OK). Constant data, valid for ever. */
const struct ff_err_info *ff_err_info(enum ff_rc rc);

/* One bad field. `pointer` is an RFC 6901 pointer into the body, or "?name" for a query parameter.
 */
struct ff_field_error {
    const char *pointer; /* in the context's arena */
    const char *code;    /* REQUIRED TYPE RANGE LENGTH PATTERN MONEY_FORMAT UNKNOWN NULL VALUE */
    const char *detail;
    int64_t min, max; /* only when has_range */
    bool has_range;
};

/* A named value that the message speaks of: an amount, a limit, a name. */
struct ff_err_param {
    const char *name; /* a literal */
    const char *text; /* NULL: `number` counts */
    int64_t number;
};

enum { FF_ERR_MAX_FIELDS = 20, FF_ERR_MAX_PARAMS = 6 };

/* The first failure of a request; later ones do not replace it. */
struct ff_error {
    enum ff_rc rc;
    char detail[256]; /* one English sentence for the person or program that asked; no SQL, no path
                       */
    const char *file; /* where it was raised: for the log only */
    int line;
    struct ff_field_error *fields; /* NULL or FF_ERR_MAX_FIELDS rows in the arena */
    size_t n_fields;
    struct ff_err_param params[FF_ERR_MAX_PARAMS];
    size_t n_params;
    int retry_after_s; /* 0: none */
};

#endif
