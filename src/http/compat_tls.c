/* SPDX-License-Identifier: MIT */
/* compat_tls.c - the names of the TLS library. CivetWeb looks for libssl.so, a name that only
 * development packages have, and for SSL_get_peer_certificate, which OpenSSL 3 no longer has.
 * Source: library-traps.md, F2. */
#define _GNU_SOURCE
#include "http/compat.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>

static atomic_bool tls_found;

bool ff_compat_tls_found(void)
{
    return atomic_load(&tls_found);
}

/* Sanitizers look functions up before the C library is ready for it; TLS is not tested under them.
 */
#ifndef FF_SANITIZED

void *ff_compat_dlopen(const char *file, int mode) __asm__("dlopen");
void *ff_compat_peer_certificate(const void *ssl) __asm__("SSL_get_peer_certificate");

static void *real_dlopen(const char *file, int mode)
{
    void *(*real)(const char *, int);
    void *found = dlvsym(RTLD_NEXT, "dlopen", "GLIBC_2.34");
    if (!found)
        return NULL;
    memcpy(&real, &found, sizeof real);
    return real(file, mode);
}

/* The libraries are loaded for everybody and the handle is that of the program as a whole: a
 * look-up in it sees the libraries, and the function below that one of them lacks. So dlsym, whose
 * meaning depends on who calls it, can stay as it is. */
void *ff_compat_dlopen(const char *file, int mode)
{
    bool is_ssl = file && !strcmp(file, "libssl.so");
    if (!is_ssl && (!file || strcmp(file, "libcrypto.so")))
        return real_dlopen(file, mode);
    if (!real_dlopen(is_ssl ? "libssl.so.3" : "libcrypto.so.3", RTLD_NOW | RTLD_GLOBAL))
        return NULL;
    atomic_store(&tls_found, true);
    return real_dlopen(NULL, RTLD_NOW);
}

/* OpenSSL 3 has it under a name that says that the caller owns the result. */
void *ff_compat_peer_certificate(const void *ssl)
{
    void *(*get1)(const void *);
    void *found = dlsym(RTLD_DEFAULT, "SSL_get1_peer_certificate");
    if (!found)
        return NULL;
    memcpy(&get1, &found, sizeof get1);
    return get1(ssl);
}

#endif
