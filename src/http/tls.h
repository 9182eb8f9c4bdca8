/* SPDX-License-Identifier: MIT */
/* tls.h - TLS in this process: what is offered, with which certificate, and whether it works.
 * TLS 1.2 and 1.3, ECDHE and AEAD only. Source: security.md S58. */
#ifndef FF_HTTP_TLS_H
#define FF_HTTP_TLS_H

#include "base/ctx.h"

struct ff_tls;

/* Reads certificate and key (certificate.h says how that may fail) and prepares the context. */
FF_MUST_CHECK enum ff_rc ff_tls_open(struct ff_ctx *cx, const char *cert_path, const char *key_path,
                                     struct ff_tls **out, int *exit_hint);
void ff_tls_free(struct ff_tls *tls);

/* OpenSSL's SSL_CTX *, ours until ff_tls_free. */
void *ff_tls_context(struct ff_tls *tls);

enum ff_tls_news { FF_TLS_SAME, FF_TLS_RENEWED, FF_TLS_REFUSED };

/* Looks whether the files have changed, and if so reads them anew: later handshakes give the new
 * certificate. What cannot be used is refused once, why is in cx->err, and the old one stays. */
enum ff_tls_news ff_tls_refresh(struct ff_ctx *cx, struct ff_tls *tls);

/* Milliseconds UTC at which the certificate in use ends. */
int64_t ff_tls_until_ms(struct ff_tls *tls);

/* Connects to this server, and says whether it shows our certificate and answers /health/live. */
bool ff_tls_answers(struct ff_tls *tls, const char *address, int port);

#endif
