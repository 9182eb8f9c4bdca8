/* SPDX-License-Identifier: MIT */
/* ids.h - random and printable identifiers: request ids, hex, base64url, bounds of integers in
 * text. */
#ifndef FF_BASE_IDS_H
#define FF_BASE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FF_REQUEST_ID_CAP = 65 };

/* Fills with bytes of the kernel's generator; ends the process if there are none (nothing sane can
 * go on). */
void ff_random(void *out, size_t n);

/* A UUIDv4 in text. */
void ff_uuid(char out[37]);

/* The same for a request, without asking the kernel each time: its bytes were drawn ahead, for this
 * thread alone, and lie in memory until then. Unique and not to be guessed, also after a fork, but
 * no secret: keys and tokens come from ff_random. */
void ff_request_id(char out[37]);

/* True when `text` may be echoed as a request id: [A-Za-z0-9._-]{8,64}. Source: api.md. */
bool ff_request_id_ok(const char *text);

/* Lower-case hex of n bytes; `out` holds 2n+1. */
void ff_hex(const void *bytes, size_t n, char *out);

/* 2n hex digits into n bytes. False for anything else. */
bool ff_unhex(const char *hex, size_t hex_len, void *out, size_t n);

/* base64url without padding; `out` holds (n*4+2)/3+1. */
void ff_b64url(const void *bytes, size_t n, char *out);

/* A positive decimal integer without sign or leading zero, 1..INT64_MAX. */
bool ff_parse_id(const char *text, int64_t *out);

/* A decimal integer within [min,max]; optional minus; no leading zeros, no spaces. */
bool ff_parse_int(const char *text, int64_t min, int64_t max, int64_t *out);

#endif
