/* SPDX-License-Identifier: MIT */
/* digest.c - SHA-256 of a file, so that a backup can be told from its damaged copy and an operator
 * can check it with sha256sum.  The only place under src/db that touches libcrypto: BLAKE2b lives
 * in src/auth, which db may not know. */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ids.h"
#include "db/engine.h"

bool ff_digest_file(const char *path, char out[65], int64_t *bytes)
{
    enum { BLOCK = 65536 };
    unsigned char *block = malloc(BLOCK), digest[EVP_MAX_MD_SIZE];
    unsigned int n_digest = 0;
    size_t n;
    FILE *f = fopen(path, "rbe");
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool ok = block && f && md && EVP_DigestInit_ex(md, EVP_sha256(), NULL);
    *bytes = 0;
    while (ok && (n = fread(block, 1, BLOCK, f)) > 0) {
        ok = EVP_DigestUpdate(md, block, n);
        *bytes += (int64_t)n;
    }
    ok = ok && !ferror(f) && EVP_DigestFinal_ex(md, digest, &n_digest) && n_digest == 32;
    if (ok)
        ff_hex(digest, 32, out);
    EVP_MD_CTX_free(md);
    free(block);
    if (f)
        fclose(f);
    return ok;
}
