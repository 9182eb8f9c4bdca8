/* SPDX-License-Identifier: MIT */
/* certificate.h - a certificate with its key: read from files, made for oneself, told about. With
 * tls.c the only place that touches OpenSSL's certificates. What goes wrong is for the operator: it
 * is in cx->err.detail, and *exit_hint (sysexits) says how to end. */
#ifndef FF_HTTP_CERTIFICATE_H
#define FF_HTTP_CERTIFICATE_H

#include "base/ctx.h"

struct ff_certificate;

/* Reads a chain (PEM, own certificate first) and its key (PEM, no passphrase). The key's file must
 * be ours or root's and closed to everybody else (77); both must be readable, fit each other and be
 * of 112 bits of security or more (78). */
FF_MUST_CHECK enum ff_rc ff_certificate_read(struct ff_ctx *cx, const char *cert_path,
                                             const char *key_path, struct ff_certificate **out,
                                             int *exit_hint);
void ff_certificate_free(struct ff_certificate *certificate);

/* OpenSSL's own: X509 *, EVP_PKEY *, STACK_OF(X509) * of what follows the first. */
struct ff_certificate_parts {
    void *leaf, *key, *chain;
};
struct ff_certificate_parts ff_certificate_parts(const struct ff_certificate *certificate);

enum { FF_FINGERPRINT_CAP = 96, FF_CERTIFICATE_TEXT_CAP = 1024 };

struct ff_certificate_info {
    char subject[256], issuer[256];
    char names[FF_CERTIFICATE_TEXT_CAP];  /* "DNS:canteen.example, IP Address:10.0.0.7" */
    char key[64];                         /* "EC 256 bits" */
    char fingerprint[FF_FINGERPRINT_CAP]; /* SHA-256, "AB:CD:..." */
    int64_t from_ms, until_ms;
};

/* Tells what a client sees of it. */
void ff_certificate_tell(const struct ff_certificate *certificate, struct ff_certificate_info *out);

enum { FF_SELF_SIGNED_DAYS = 825, FF_CERTIFICATE_NAMES_MAX = 16 };

/* Makes a P-256 key and a certificate for `names` (host names and IPv4 addresses, ends with NULL)
 * and this machine, valid for FF_SELF_SIGNED_DAYS from now, as the two files, mode 0600. They are
 * written whole or not at all. 73: one is there and `replace` is false; 74: they cannot be written.
 */
FF_MUST_CHECK enum ff_rc ff_certificate_make(struct ff_ctx *cx, const char *const *names,
                                             const char *cert_path, const char *key_path,
                                             bool replace, int *exit_hint);

#endif
