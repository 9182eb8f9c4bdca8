/* SPDX-License-Identifier: MIT */
/* identity.c - see identity.h. */
#include "identity.h"

#include <stdlib.h>
#include <string.h>

#include "domain/identity/device.h"
#include "domain/identity/identity.h"
#include "domain/identity/kiosk.h"
#include "domain/identity/session.h"

static void require(struct ff_fixture *fx, enum ff_rc rc, const char *doing)
{
    ck_assert_msg(rc == FF_OK, "%s: %s (%s)", doing, fx->cx.err.detail,
                  rc ? ff_err_info(rc)->code : "");
}

static struct ff_actor as_operator(struct ff_fixture *fx)
{
    struct ff_actor asking = fx->cx.who;
    ff_db_release(&fx->cx);
    fx->cx.who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .is_cli = true};
    return asking;
}

int64_t ff_test_user(struct ff_fixture *fx, const char *email, const char *role,
                     int64_t employee_id)
{
    const struct ff_user_new in = {.email = email,
                                   .name = "Test Person",
                                   .role = role,
                                   .password = FF_TEST_PASSWORD,
                                   .employee_id = employee_id};
    struct ff_user out;
    struct ff_actor asking = as_operator(fx);
    ff_test_know_password(true);
    require(fx, ff_user_create(&fx->cx, &in, &out), "account");
    ff_test_know_password(false);
    fx->cx.who = asking;
    return out.id;
}

struct ff_test_tokens ff_test_sign_in(struct ff_fixture *fx, const char *email)
{
    struct ff_signed_in in;
    struct ff_actor asking = as_operator(fx);
    ff_test_know_password(true);
    require(fx, ff_session_login(&fx->cx, email, FF_TEST_PASSWORD, &in), "sign in");
    ff_test_know_password(false);
    ff_db_release(&fx->cx);
    fx->cx.who = asking;
    return (struct ff_test_tokens){ff_test_keep(in.access_token), ff_test_keep(in.refresh_token)};
}

const char *ff_test_kiosk(struct ff_fixture *fx, const char *name)
{
    struct ff_pair_code code;
    struct ff_paired paired;
    struct ff_actor asking = as_operator(fx);
    require(fx, ff_device_create(&fx->cx, name, NULL, &code), "kiosk");
    require(fx, ff_device_pair(&fx->cx, code.code, &paired), "pairing");
    fx->cx.who = asking;
    return ff_test_keep(paired.token);
}

const char *ff_test_visit(struct ff_fixture *fx, const char *device, const char *badge)
{
    const struct ff_credentials credentials = {.device_cookie = device};
    const struct ff_identify in = {.badge = badge, .employee_id = FF_NULL_INT};
    struct ff_kiosk_visit visit;
    struct ff_actor asking = as_operator(fx);
    require(fx, ff_identity_authenticate(&fx->cx, &credentials), "device");
    require(fx, ff_kiosk_identify(&fx->cx, &in, &visit), "identify");
    ff_db_release(&fx->cx);
    fx->cx.who = asking;
    return ff_test_keep(visit.token);
}
