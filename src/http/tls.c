/* SPDX-License-Identifier: MIT */
/* tls.c - one SSL_CTX for the life of the server, and a certificate that may change under it: each
 * handshake asks for the one in use, so nothing that others work with is ever altered. */
#include "http/tls.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "http/certificate.h"
#include "http/knock.h"

enum { PATH_CAP = 1024, EXIT_CONFIG = 78 };

static const char ciphers_1_2[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
static const char ciphers_1_3[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
static char groups[] = "X25519:P-256:P-384"; /* not const: the macro casts it away */

/* What tells that a file is another one than before. */
struct stamp {
    struct timespec changed;
    off_t size;
    ino_t inode;
};

struct ff_tls {
    SSL_CTX *context;
    char paths[2][PATH_CAP];
    struct stamp seen[2];
    pthread_mutex_t lock; /* guards certificate */
    struct ff_certificate *certificate;
};

/* Called in each handshake. */
static int give_certificate(SSL *ssl, void *arg)
{
    struct ff_tls *tls = arg;
    pthread_mutex_lock(&tls->lock);
    struct ff_certificate_parts parts = ff_certificate_parts(tls->certificate);
    int ok = SSL_use_cert_and_key(ssl, parts.leaf, parts.key, parts.chain, 1);
    pthread_mutex_unlock(&tls->lock);
    return ok;
}

/* HTTP/1.1 is all we speak: said to those who ask, so that the bytes are not for another protocol.
 */
static int choose_protocol(SSL *ssl, const unsigned char **out, unsigned char *out_n,
                           const unsigned char *in, unsigned n, void *arg)
{
    static const unsigned char ours[] = "\x08http/1.1";
    (void)ssl;
    (void)arg;
    return SSL_select_next_proto((unsigned char **)(uintptr_t)out, out_n, ours, sizeof ours - 1, in,
                                 n) == OPENSSL_NPN_NEGOTIATED
               ? SSL_TLSEXT_ERR_OK
               : SSL_TLSEXT_ERR_NOACK;
}

/* No tickets and no cache: a key that lives as long as the server would undo forward secrecy. */
static SSL_CTX *context_new(struct ff_tls *tls)
{
    SSL_CTX *c = SSL_CTX_new(TLS_server_method());
    if (!c || SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(c, ciphers_1_2) != 1 ||
        SSL_CTX_set_ciphersuites(c, ciphers_1_3) != 1 || SSL_CTX_set1_groups_list(c, groups) != 1 ||
        SSL_CTX_set_num_tickets(c, 0) != 1) {
        SSL_CTX_free(c);
        return NULL;
    }
    SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                               SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_cert_cb(c, give_certificate, tls);
    SSL_CTX_set_alpn_select_cb(c, choose_protocol, NULL);
    return c;
}

static bool look(const struct ff_tls *tls, struct stamp out[2])
{
    for (int i = 0; i < 2; i++) {
        struct stat st;
        if (stat(tls->paths[i], &st))
            return false;
        out[i] = (struct stamp){.changed = st.st_mtim, .size = st.st_size, .inode = st.st_ino};
    }
    return true;
}

static bool same_stamp(const struct stamp *a, const struct stamp *b)
{
    return a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec &&
           a->size == b->size && a->inode == b->inode;
}

enum ff_rc ff_tls_open(struct ff_ctx *cx, const char *cert_path, const char *key_path,
                       struct ff_tls **out, int *exit_hint)
{
    struct ff_tls *tls = calloc(1, sizeof *tls);
    *exit_hint = EXIT_CONFIG;
    if (!tls)
        return FF_FAIL(cx, FF_INTERNAL, "out of memory");
    pthread_mutex_init(&tls->lock, NULL);
    (void)snprintf(tls->paths[0], PATH_CAP, "%s", cert_path);
    (void)snprintf(tls->paths[1], PATH_CAP, "%s", key_path);
    (void)look(tls, tls->seen);
    enum ff_rc rc = ff_certificate_read(cx, cert_path, key_path, &tls->certificate, exit_hint);
    if (!rc && !(tls->context = context_new(tls)))
        rc = FF_FAIL(cx, FF_INTERNAL, "the TLS library takes none of our settings");
    if (rc)
        ff_tls_free(tls);
    else
        *out = tls;
    return rc;
}

void ff_tls_free(struct ff_tls *tls)
{
    if (!tls)
        return;
    SSL_CTX_free(tls->context);
    ff_certificate_free(tls->certificate);
    pthread_mutex_destroy(&tls->lock);
    free(tls);
}

void *ff_tls_context(struct ff_tls *tls)
{
    return tls->context;
}

enum ff_tls_news ff_tls_refresh(struct ff_ctx *cx, struct ff_tls *tls)
{
    struct stamp now[2];
    struct ff_certificate *fresh = NULL;
    int exit_hint;
    if (!look(tls, now) ||
        (same_stamp(&now[0], &tls->seen[0]) && same_stamp(&now[1], &tls->seen[1])))
        return FF_TLS_SAME;
    memcpy(tls->seen, now, sizeof now);
    if (ff_certificate_read(cx, tls->paths[0], tls->paths[1], &fresh, &exit_hint))
        return FF_TLS_REFUSED;
    pthread_mutex_lock(&tls->lock);
    struct ff_certificate *old = tls->certificate;
    tls->certificate = fresh;
    pthread_mutex_unlock(&tls->lock);
    ff_certificate_free(old);
    return FF_TLS_RENEWED;
}

int64_t ff_tls_until_ms(struct ff_tls *tls)
{
    struct ff_certificate_info info;
    pthread_mutex_lock(&tls->lock);
    ff_certificate_tell(tls->certificate, &info);
    pthread_mutex_unlock(&tls->lock);
    return info.until_ms;
}

/* ---- the handshake with oneself ---- */

static bool shows_ours(struct ff_tls *tls, const SSL *ssl)
{
    X509 *shown = SSL_get1_peer_certificate(ssl);
    pthread_mutex_lock(&tls->lock);
    bool same = shown && X509_cmp(shown, ff_certificate_parts(tls->certificate).leaf) == 0;
    pthread_mutex_unlock(&tls->lock);
    X509_free(shown);
    return same;
}

static bool asks_and_hears(SSL *ssl)
{
    char got[sizeof FF_KNOCK_ANSWER] = "";
    int have = 0, n = 1;
    if (SSL_write(ssl, FF_KNOCK_REQUEST, sizeof FF_KNOCK_REQUEST - 1) <= 0)
        return false;
    while (n > 0 && have < (int)sizeof got - 1) {
        n = SSL_read(ssl, got + have, (int)sizeof got - 1 - have);
        have += n > 0 ? n : 0;
    }
    return !strcmp(got, FF_KNOCK_ANSWER);
}

bool ff_tls_answers(struct ff_tls *tls, const char *address, int port)
{
    int fd = ff_knock_reach(address, port);
    SSL_CTX *client = SSL_CTX_new(TLS_client_method());
    SSL *ssl = client ? SSL_new(client) : NULL;
    bool ok = fd >= 0 && ssl && SSL_set_fd(ssl, fd) == 1 && SSL_connect(ssl) == 1 &&
              shows_ours(tls, ssl) && asks_and_hears(ssl);
    SSL_free(ssl);
    SSL_CTX_free(client);
    if (fd >= 0)
        close(fd);
    return ok;
}
