/* SPDX-License-Identifier: MIT */
/* common_passwords.h - the table that wordgen makes of src/gen/common-passwords.txt. */
#ifndef FF_DOMAIN_IDENTITY_COMMON_PASSWORDS_H
#define FF_DOMAIN_IDENTITY_COMMON_PASSWORDS_H

#include <stddef.h>
#include <stdint.h>

/* ff_word_hash of each word in lower case, ascending. */
extern const uint64_t ff_common_passwords[];
extern const size_t ff_n_common_passwords;

#endif
