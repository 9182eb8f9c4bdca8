/* SPDX-License-Identifier: MIT */
/* argon.c - the linker gives all test programs these two calls of libsodium (--wrap). */
#include "argon.h"

#include <sodium.h>
#include <string.h>

enum { PASSES = 2, PASSWORD_BYTES = 64 << 20 };

const char ff_test_password_hash[] = "$argon2id$v=19$m=65536,t=2,p=1$/Cz/27yWnRNv2QOXpeuRfQ"
                                     "$MI2oXWzp4zS2yS53Qdqc1d31Ibze3Zu0Yqa47t3LlNE";

static _Thread_local bool is_known_here;

void ff_test_know_password(bool is_known)
{
    is_known_here = is_known;
}

static bool is_password(const char *secret, unsigned long long n)
{
    return is_known_here && n == strlen(FF_TEST_PASSWORD) && !memcmp(secret, FF_TEST_PASSWORD, n);
}

int __real_crypto_pwhash_str_alg(char *out, const char *secret, unsigned long long n,
                                 unsigned long long passes, size_t memory_bytes, int algorithm);
int __wrap_crypto_pwhash_str_alg(char *out, const char *secret, unsigned long long n,
                                 unsigned long long passes, size_t memory_bytes, int algorithm);
int __wrap_crypto_pwhash_str_alg(char *out, const char *secret, unsigned long long n,
                                 unsigned long long passes, size_t memory_bytes, int algorithm)
{
    if (!is_password(secret, n) || passes != PASSES || memory_bytes != PASSWORD_BYTES ||
        algorithm != crypto_pwhash_ALG_ARGON2ID13)
        return __real_crypto_pwhash_str_alg(out, secret, n, passes, memory_bytes, algorithm);
    memcpy(out, ff_test_password_hash, sizeof ff_test_password_hash);
    return 0;
}

int __real_crypto_pwhash_str_verify(const char *hash, const char *secret, unsigned long long n);
int __wrap_crypto_pwhash_str_verify(const char *hash, const char *secret, unsigned long long n);
int __wrap_crypto_pwhash_str_verify(const char *hash, const char *secret, unsigned long long n)
{
    if (is_password(secret, n) && !strcmp(hash, ff_test_password_hash))
        return 0;
    return __real_crypto_pwhash_str_verify(hash, secret, n);
}
