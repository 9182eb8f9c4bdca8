/* SPDX-License-Identifier: MIT */
/* sign_in.c - signs people in before the server starts: an account for each, all with one password,
 * so that only one hash is computed, and a session as signing in begins one.
 *   sign_in DATA PEOPLE
 * Prints a line for each person: the access token. People have the ids 1 to PEOPLE. */
#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"
#include "db/db.h"
#include "domain/identity/family.h"
#include "domain/identity/user_rules.h"

enum { BATCH = 50 };

static struct ff_app app;
static char hash[FF_PASSWORD_HASH_CAP];
static struct ff_family families[BATCH];

struct batch {
    int64_t first, n;
};

static enum ff_rc sign_in(struct ff_ctx *cx, int64_t person, struct ff_family *family)
{
    char email[40];
    struct ff_user user;
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    snprintf(email, sizeof email, "p%05lld@canteen.example", (long long)person);
    const struct ff_user_new in = {
        .email = email, .name = "Customer", .role = "employee", .employee_id = person};
    enum ff_rc rc = ff_user_make(cx, &in, hash, &user);
    if (rc || (rc = ff_repo_user_signed_in(cx, user.id, now_ms)))
        return rc;
    return ff_family_begin(cx, user.id, now_ms, family);
}

static enum ff_rc sign_in_some(struct ff_ctx *cx, void *arg)
{
    const struct batch *b = arg;
    enum ff_rc rc = FF_OK;
    for (int64_t i = 0; i < b->n && !rc; i++)
        rc = sign_in(cx, b->first + i, &families[i]);
    return rc;
}

static enum ff_rc print_tokens(const struct batch *b)
{
    enum ff_rc rc = FF_OK;
    for (int64_t i = 0; i < b->n && !rc; i++) {
        struct ff_signed_in out;
        rc = ff_user_get(&app.cx, families[i].user_id, &out.user);
        if (!rc && !(rc = ff_family_sign(&app.cx, &families[i], &out)))
            puts(out.access_token);
    }
    return rc;
}

static enum ff_rc sign_in_all(int64_t people)
{
    enum ff_rc rc = ff_password_hash(&app.cx, "Lunch-At-Noon-1", hash);
    for (struct batch b = {.first = 1}; b.first <= people && !rc; b.first += b.n) {
        b.n = people - b.first + 1 < BATCH ? people - b.first + 1 : BATCH;
        rc = ff_db_write(&app.cx, sign_in_some, &b);
        ff_app_again(&app);
        if (!rc)
            rc = print_tokens(&b);
    }
    return rc;
}

int main(int argc, char **argv)
{
    struct ff_trouble trouble;
    if (argc != 3)
        return 64;
    if (!ff_app_open(&app, &(struct ff_app_wants){.dir = argv[1]}, &trouble))
        return 78;
    enum ff_rc rc = sign_in_all(strtol(argv[2], NULL, 10));
    if (rc)
        fprintf(stderr, "sign_in: %s\n", app.cx.err.detail);
    ff_app_close(&app);
    return rc ? 70 : 0;
}
