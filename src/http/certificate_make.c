/* SPDX-License-Identifier: MIT */
/* certificate_make.c - a certificate signed by its own key, for a house without a certificate
 * authority: whoever compares the fingerprint once knows the server from then on. */
#include "http/certificate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum { EXIT_INTERNAL = 70, EXIT_NO_CREATE = 73, EXIT_IO = 74, SERIAL_BITS = 127, HOUR_S = 3600 };

/* "DNS:a,IP:1.2.3.4,...". Names hold only letters, digits, dots and dashes, so none can end an
 * item.
 */
static bool list_names(const char *const *names, char out[FF_CERTIFICATE_TEXT_CAP])
{
    static const char own[] = "DNS:localhost,IP:127.0.0.1";
    size_t n = 0;
    struct in_addr address;
    for (size_t i = 0; names[i]; i++) {
        bool is_ip = inet_pton(AF_INET, names[i], &address) == 1;
        int len = snprintf(out + n, FF_CERTIFICATE_TEXT_CAP - n, "%s:%s,", is_ip ? "IP" : "DNS",
                           names[i]);
        n += len > 0 ? (size_t)len : 0;
        if (i >= FF_CERTIFICATE_NAMES_MAX || n + sizeof own > FF_CERTIFICATE_TEXT_CAP)
            return false;
    }
    memcpy(out + n, own, sizeof own);
    return true;
}

static bool add_extension(X509 *x, int nid, const char *value)
{
    X509V3_CTX v3;
    X509V3_set_ctx_nodb(&v3);
    X509V3_set_ctx(&v3, x, x, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &v3, nid, value);
    bool ok = e && X509_add_ext(x, e, -1) == 1;
    X509_EXTENSION_free(e);
    return ok;
}

static bool set_serial(X509 *x)
{
    BIGNUM *n = BN_new();
    bool ok = n && BN_rand(n, SERIAL_BITS, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
              BN_to_ASN1_INTEGER(n, X509_get_serialNumber(x));
    BN_free(n);
    return ok;
}

static bool set_subject(X509 *x, const char *name)
{
    X509_NAME *subject = X509_get_subject_name(x);
    char common[65]; /* X.520: at most 64 */
    (void)snprintf(common, sizeof common, "%s", name);
    return X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8,
                                      (const unsigned char *)"FeastFrenzy", -1, -1, 0) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)common,
                                      -1, -1, 0) == 1 &&
           X509_set_issuer_name(x, subject) == 1;
}

static bool set_validity(X509 *x)
{
    /* A client whose clock is a little slow must not be refused on the first day. */
    return X509_gmtime_adj(X509_getm_notBefore(x), -HOUR_S) &&
           X509_time_adj_ex(X509_getm_notAfter(x), FF_SELF_SIGNED_DAYS, 0, NULL);
}

static X509 *make(EVP_PKEY *key, const char *const *names)
{
    char list[FF_CERTIFICATE_TEXT_CAP];
    X509 *x = X509_new();
    if (x && list_names(names, list) && X509_set_version(x, X509_VERSION_3) == 1 && set_serial(x) &&
        set_subject(x, names[0] ? names[0] : "localhost") && set_validity(x) &&
        X509_set_pubkey(x, key) == 1 &&
        add_extension(x, NID_basic_constraints, "critical,CA:FALSE") &&
        add_extension(x, NID_key_usage, "critical,digitalSignature") &&
        add_extension(x, NID_ext_key_usage, "serverAuth") &&
        add_extension(x, NID_subject_key_identifier, "hash") &&
        add_extension(x, NID_subject_alt_name, list) && X509_sign(x, key, EVP_sha256()) > 0)
        return x;
    X509_free(x);
    return NULL;
}

/* ---- files ---- */

struct draft {
    char path[1024]; /* of the new file; "": none */
    const char *target;
};

/* Opens a new file beside the target; NULL when that cannot be done. */
static FILE *open_draft(struct ff_ctx *cx, struct draft *d, const char *target)
{
    d->target = target;
    if (snprintf(d->path, sizeof d->path, "%s.new", target) >= (int)sizeof d->path)
        return NULL;
    (void)unlink(d->path);
    int fd = open(d->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f) {
        (void)FF_FAIL(cx, FF_INTERNAL, "%s: %s", d->path, strerror(errno));
        d->path[0] = '\0';
    }
    return f;
}

static bool close_draft(FILE *f, bool written)
{
    bool ok = written && fflush(f) == 0 && fsync(fileno(f)) == 0;
    return fclose(f) == 0 && ok;
}

static bool write_files(struct ff_ctx *cx, X509 *x, EVP_PKEY *key, struct draft drafts[2])
{
    FILE *f = open_draft(cx, &drafts[1], drafts[1].target);
    if (!f || !close_draft(f, PEM_write_PrivateKey(f, key, NULL, NULL, 0, NULL, NULL) == 1))
        return false;
    f = open_draft(cx, &drafts[0], drafts[0].target);
    return f && close_draft(f, PEM_write_X509(f, x) == 1);
}

static bool put_in_place(struct draft drafts[2])
{
    bool ok = true;
    for (int i = 0; i < 2; i++)
        ok = ok && rename(drafts[i].path, drafts[i].target) == 0;
    for (int i = 0; i < 2 && !ok; i++)
        (void)unlink(drafts[i].path);
    return ok;
}

static enum ff_rc write_pair(struct ff_ctx *cx, X509 *x, EVP_PKEY *key, const char *cert_path,
                             const char *key_path)
{
    struct draft drafts[2] = {{.target = cert_path}, {.target = key_path}};
    if (write_files(cx, x, key, drafts) && put_in_place(drafts))
        return FF_OK;
    return cx->err.rc ? cx->err.rc : FF_FAIL(cx, FF_INTERNAL, "%s: %s", cert_path, strerror(errno));
}

enum ff_rc ff_certificate_make(struct ff_ctx *cx, const char *const *names, const char *cert_path,
                               const char *key_path, bool replace, int *exit_hint)
{
    *exit_hint = EXIT_NO_CREATE;
    if (!replace && (access(cert_path, F_OK) == 0 || access(key_path, F_OK) == 0))
        return FF_FAIL(cx, FF_ALREADY_EXISTS, "%s is there already", cert_path);
    *exit_hint = EXIT_INTERNAL;
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = key ? make(key, names) : NULL;
    enum ff_rc rc = x ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "the certificate cannot be made");
    if (!rc && (rc = write_pair(cx, x, key, cert_path, key_path)))
        *exit_hint = EXIT_IO;
    X509_free(x);
    EVP_PKEY_free(key);
    return rc;
}
