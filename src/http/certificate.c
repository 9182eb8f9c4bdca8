/* SPDX-License-Identifier: MIT */
/* certificate.c - reading certificates and keys, and telling what is in them. */
#include "http/certificate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/ids.h"

enum { EXIT_PERMISSION = 77, EXIT_CONFIG = 78, LEAST_BITS = 112, MAX_CHAIN = 8 };

struct ff_certificate {
    X509 *leaf;
    EVP_PKEY *key;
    STACK_OF(X509) * chain;
};

void ff_certificate_free(struct ff_certificate *c)
{
    if (!c)
        return;
    X509_free(c->leaf);
    EVP_PKEY_free(c->key);
    sk_X509_pop_free(c->chain, X509_free);
    free(c);
}

struct ff_certificate_parts ff_certificate_parts(const struct ff_certificate *c)
{
    return (struct ff_certificate_parts){c->leaf, c->key, c->chain};
}

static FILE *open_file(struct ff_ctx *cx, const char *path)
{
    FILE *f = fopen(path, "re");
    if (!f)
        (void)FF_FAIL(cx, FF_INTERNAL, "%s: %s", path, strerror(errno));
    return f;
}

/* Somebody else who can read the key can be this server; who can write it, too. */
static enum ff_rc check_closed(struct ff_ctx *cx, FILE *f, const char *path)
{
    struct stat st;
    if (fstat(fileno(f), &st) || !S_ISREG(st.st_mode))
        return FF_FAIL(cx, FF_INTERNAL, "%s is no file", path);
    if (st.st_mode & 077)
        return FF_FAIL(cx, FF_INTERNAL, "%s is open to others; type: chmod 600 %s", path, path);
    if (st.st_uid != geteuid() && st.st_uid != 0)
        return FF_FAIL(cx, FF_INTERNAL, "%s is another user's", path);
    return FF_OK;
}

/* Nobody is there to type a passphrase. */
static int no_passphrase(char *out, int cap, int writes, void *arg)
{
    (void)out;
    (void)cap;
    (void)writes;
    (void)arg;
    return -1;
}

static enum ff_rc read_key(struct ff_ctx *cx, struct ff_certificate *c, const char *path,
                           int *exit_hint)
{
    FILE *f = open_file(cx, path);
    if (!f)
        return cx->err.rc;
    enum ff_rc rc = check_closed(cx, f, path);
    if (rc)
        *exit_hint = EXIT_PERMISSION;
    else if (!(c->key = PEM_read_PrivateKey(f, NULL, no_passphrase, NULL)))
        rc = FF_FAIL(cx, FF_INTERNAL,
                     "%s holds no private key that can be read (PEM, no passphrase)", path);
    fclose(f);
    return rc;
}

static enum ff_rc read_chain(struct ff_ctx *cx, struct ff_certificate *c, const char *path)
{
    FILE *f = open_file(cx, path);
    if (!f)
        return cx->err.rc;
    c->leaf = PEM_read_X509(f, NULL, no_passphrase, NULL);
    c->chain = sk_X509_new_null();
    for (X509 *more; c->leaf && c->chain && sk_X509_num(c->chain) < MAX_CHAIN &&
                     (more = PEM_read_X509(f, NULL, no_passphrase, NULL));)
        if (!sk_X509_push(c->chain, more))
            X509_free(more);
    fclose(f);
    if (c->leaf && c->chain)
        return FF_OK;
    return FF_FAIL(cx, FF_INTERNAL, "%s holds no certificate that can be read (PEM)", path);
}

static enum ff_rc check_pair(struct ff_ctx *cx, const struct ff_certificate *c,
                             const char *cert_path, const char *key_path)
{
    if (X509_check_private_key(c->leaf, c->key) != 1)
        return FF_FAIL(cx, FF_INTERNAL, "%s is not the key of %s", key_path, cert_path);
    if (EVP_PKEY_get_security_bits(c->key) < LEAST_BITS)
        return FF_FAIL(cx, FF_INTERNAL, "%s is too weak: RSA needs 2048 bits", key_path);
    return FF_OK;
}

enum ff_rc ff_certificate_read(struct ff_ctx *cx, const char *cert_path, const char *key_path,
                               struct ff_certificate **out, int *exit_hint)
{
    struct ff_certificate *c = calloc(1, sizeof *c);
    enum ff_rc rc;
    *exit_hint = EXIT_CONFIG;
    if (!c)
        return FF_FAIL(cx, FF_INTERNAL, "out of memory");
    if ((rc = read_chain(cx, c, cert_path)) || (rc = read_key(cx, c, key_path, exit_hint)) ||
        (rc = check_pair(cx, c, cert_path, key_path)))
        ff_certificate_free(c);
    else
        *out = c;
    return rc;
}

/* ---- telling ---- */

static void take_text(BIO *bio, char *out, size_t cap)
{
    int n = BIO_read(bio, out, (int)cap - 1);
    out[n > 0 ? n : 0] = '\0';
}

static void tell_name(const X509_NAME *name, char *out, size_t cap)
{
    BIO *bio = BIO_new(BIO_s_mem());
    out[0] = '\0';
    if (bio && X509_NAME_print_ex(bio, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) >= 0)
        take_text(bio, out, cap);
    BIO_free(bio);
}

static void tell_names(const X509 *leaf, char *out, size_t cap)
{
    int at = X509_get_ext_by_NID(leaf, NID_subject_alt_name, -1);
    BIO *bio = BIO_new(BIO_s_mem());
    out[0] = '\0';
    if (bio && at >= 0 && X509V3_EXT_print(bio, X509_get_ext(leaf, at), 0, 0) == 1)
        take_text(bio, out, cap);
    BIO_free(bio);
}

static int64_t instant_of(const ASN1_TIME *time)
{
    struct tm tm;
    memset(&tm, 0, sizeof tm);
    return ASN1_TIME_to_tm(time, &tm) == 1 ? (int64_t)timegm(&tm) * 1000 : 0;
}

static void tell_fingerprint(const X509 *leaf, char out[FF_FINGERPRINT_CAP])
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    out[0] = '\0';
    if (X509_digest(leaf, EVP_sha256(), sum, &n) != 1)
        return;
    for (unsigned i = 0; i < n; i++)
        (void)snprintf(out + 3 * (size_t)i, FF_FINGERPRINT_CAP - 3 * (size_t)i, "%02X%s", sum[i],
                       i + 1 < n ? ":" : "");
}

void ff_certificate_tell(const struct ff_certificate *c, struct ff_certificate_info *out)
{
    tell_name(X509_get_subject_name(c->leaf), out->subject, sizeof out->subject);
    tell_name(X509_get_issuer_name(c->leaf), out->issuer, sizeof out->issuer);
    tell_names(c->leaf, out->names, sizeof out->names);
    tell_fingerprint(c->leaf, out->fingerprint);
    out->from_ms = instant_of(X509_get0_notBefore(c->leaf));
    out->until_ms = instant_of(X509_get0_notAfter(c->leaf));
    (void)snprintf(out->key, sizeof out->key, "%s %d bits", EVP_PKEY_get0_type_name(c->key),
                   EVP_PKEY_get_bits(c->key));
}
