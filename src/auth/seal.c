/* SPDX-License-Identifier: MIT */
/* seal.c - sealed values: nonce, then ciphertext with its tag. The nonce is random, which 24 bytes
 * allow for ever. */
#include <sodium.h>

#include "auth/auth.h"

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES
};

_Static_assert(FF_SEAL_EXTRA_BYTES == NONCE + TAG, "room for nonce and tag");
_Static_assert(FF_SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a whole key");

void ff_seal_key(unsigned char key[FF_SEAL_KEY_BYTES])
{
    crypto_aead_xchacha20poly1305_ietf_keygen(key);
}

void ff_seal(const unsigned char key[FF_SEAL_KEY_BYTES], const void *plain, size_t n, void *out)
{
    unsigned char *nonce = out;
    randombytes_buf(nonce, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE, NULL, plain, n, NULL, 0, NULL, nonce,
                                               key);
}

bool ff_unseal(const unsigned char key[FF_SEAL_KEY_BYTES], const void *sealed, size_t n, void *out)
{
    const unsigned char *nonce = sealed;
    return n >= FF_SEAL_EXTRA_BYTES &&
           crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, nonce + NONCE, n - NONCE,
                                                      NULL, 0, nonce, key) == 0;
}

void ff_wipe(void *bytes, size_t n)
{
    sodium_memzero(bytes, n);
}
