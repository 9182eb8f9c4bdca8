/* SPDX-License-Identifier: MIT */
/* typed_code.h - codes that are read off one place and typed in another: 12 characters without I,
 * L, O and U, in groups of four; 60 random bits. What is typed is taken generously: small letters,
 * missing dashes, O for 0. Short codes of 8 characters name something, and are no secret. */
#ifndef FF_BASE_TYPED_CODE_H
#define FF_BASE_TYPED_CODE_H

#include <stdbool.h>

enum { FF_TYPED_CODE_CHARS = 12, FF_TYPED_CODE_CAP = 13, FF_SHOWN_CODE_CAP = 15 };

/* A new code: as it is compared, and as it is shown ("XXXX-XXXX-XXXX"). */
void ff_typed_code_make(char plain[FF_TYPED_CODE_CAP], char shown[FF_SHOWN_CODE_CAP]);

/* What was meant by what was typed. False when it cannot be a code. */
bool ff_typed_code_read(const char *typed, char plain[FF_TYPED_CODE_CAP]);

enum { FF_SHORT_CODE_CHARS = 8, FF_SHORT_CODE_CAP = 9, FF_SHOWN_SHORT_CAP = 10 };

/* The same for a short one ("XXXX-XXXX", 40 bits). */
void ff_short_code_make(char plain[FF_SHORT_CODE_CAP], char shown[FF_SHOWN_SHORT_CAP]);
bool ff_short_code_read(const char *typed, char plain[FF_SHORT_CODE_CAP]);

#endif
