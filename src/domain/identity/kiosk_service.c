/* SPDX-License-Identifier: MIT */
/* kiosk_service.c - a visit at a kiosk, put together from people, ledger and purchases.
 * Whether a badge or a PIN is right is for people to say; here is which forms the site allows, and
 * that the person is bound to the device they stand at. */
#include "domain/identity/kiosk.h"

#include <string.h>

#include "auth/visit.h"
#include "base/utf8.h"
#include "domain/ledger/ledger.h"
#include "domain/people/badge.h"
#include "domain/people/employee.h"
#include "domain/purchase/purchase.h"
#include "domain/site/site.h"

enum { MS_PER_S = 1000 };

/* Which of the three forms; the wrong number of members is a field error. */
enum form { BY_NOTHING, BY_BADGE, BY_NUMBER, BY_NAME };

static enum form form_of(struct ff_ctx *cx, const struct ff_identify *in)
{
    const bool has_id = in->employee_id != FF_NULL_INT;
    if (!!in->badge + !!in->number + has_id != 1) {
        (void)ff_field_fail(cx, "", "VALUE",
                            "Give a badge, or a number and PIN, or an id and PIN.");
        return BY_NOTHING;
    }
    if (in->badge && in->pin) {
        (void)ff_field_fail(cx, "/pin", "VALUE", "A badge comes without a PIN.");
        return BY_NOTHING;
    }
    if (!in->badge && !in->pin) {
        (void)ff_field_fail(cx, "/pin", "REQUIRED", "The PIN is missing.");
        return BY_NOTHING;
    }
    if (in->badge)
        return BY_BADGE;
    return in->number ? BY_NUMBER : BY_NAME;
}

static bool is_allowed(const struct ff_site_settings *site, enum form form)
{
    if (form == BY_BADGE)
        return site->identify_badge == 1;
    return form == BY_NUMBER ? site->identify_number == 1 : site->identify_name == 1;
}

static enum ff_rc who_is_it(struct ff_ctx *cx, const struct ff_site_settings *site,
                            const struct ff_identify *in, int64_t *employee_id)
{
    const enum form form = form_of(cx, in);
    if (form == BY_NOTHING)
        return cx->err.rc;
    if (!is_allowed(site, form))
        return FF_FAIL(cx, FF_FORBIDDEN, "This canteen does not identify people this way.");
    if (form == BY_BADGE)
        return ff_employee_by_badge(cx, in->badge, employee_id);
    return ff_employee_by_pin(cx, in->number, form == BY_NAME ? in->employee_id : 0, in->pin,
                              employee_id);
}

/* The name a person is greeted by. A site that counts in forint writes the family name first,
 * whatever language its screens speak. */
static const char *first_name(struct ff_ctx *cx, const struct ff_site_settings *site,
                              const char *name)
{
    const char *space = strchr(name, ' '), *last = strrchr(name, ' ');
    const char *text = !space ? ff_strdup(cx, name)
                       : strcmp(site->currency, "HUF") == 0
                           ? ff_strdup(cx, last + 1)
                           : ff_arena_strndup(cx->arena, name, (size_t)(space - name));
    return text;
}

static enum ff_rc describe_self(struct ff_ctx *cx, const struct ff_site_settings *site,
                                struct ff_kiosk_person *out)
{
    struct ff_employee e;
    char initials[12];
    enum ff_rc rc = ff_employee_get(cx, out->employee_id, &e);
    if (rc)
        return rc;
    ff_utf8_initials(e.name, initials);
    out->name = e.name;
    out->number = e.number;
    out->department = e.department;
    out->first_name = first_name(cx, site, e.name);
    out->initials = ff_strdup(cx, initials);
    return out->first_name && out->initials ? FF_OK
                                            : FF_FAIL(cx, FF_INTERNAL, "no memory for a person");
}

static enum ff_rc describe_wallet(struct ff_ctx *cx, struct ff_kiosk_person *out)
{
    struct ff_balance wallet;
    enum ff_rc rc = ff_wallet_view(cx, out->employee_id, FF_NULL_INT, &wallet);
    if (rc)
        return rc;
    out->balance = wallet.balance;
    out->floor = wallet.floor;
    out->allowance = wallet.allowance;
    out->spendable = wallet.spendable;
    out->spend = wallet.spend;
    out->left_today = wallet.left_today;
    out->left_this_month = wallet.left_this_month;
    return FF_OK;
}

static enum ff_rc describe(struct ff_ctx *cx, const struct ff_site_settings *site,
                           struct ff_kiosk_person *out)
{
    const struct ff_purchase_filter lately = {
        .employee_id = cx->who.employee_id, .limit = FF_KIOSK_LAST_PURCHASES, .by_cursor = true};
    const char *next;
    int64_t total;
    *out = (struct ff_kiosk_person){.employee_id = cx->who.employee_id};
    enum ff_rc rc = describe_self(cx, site, out);
    if (rc || (rc = describe_wallet(cx, out)) ||
        (rc = ff_purchase_usuals(cx, out->employee_id, &out->usuals)))
        return rc;
    return ff_purchase_list(cx, &lately, &out->last_purchases, &total, &next);
}

enum ff_rc ff_kiosk_identify(struct ff_ctx *cx, const struct ff_identify *in,
                             struct ff_kiosk_visit *out)
{
    const struct ff_site_settings site = ff_site_get(cx);
    char token[FF_SECRET_CAP];
    int64_t employee_id;
    enum ff_rc rc = who_is_it(cx, &site, in, &employee_id);
    if (rc)
        return rc;
    cx->who.role = FF_ROLE_PERSON;
    cx->who.scope = FF_SELF;
    cx->who.employee_id = employee_id;
    if ((rc = describe(cx, &site, &out->person)))
        return rc;
    ff_visit_begin(cx->auth, cx->who.device_id, employee_id, ff_clock_mono_ms(cx->clock),
                   site.idle_seconds * MS_PER_S, token);
    if ((rc = ff_counter_get(cx, &out->counter)))
        return rc;
    out->idle_seconds = site.idle_seconds;
    out->token = ff_strdup(cx, token);
    return out->token ? FF_OK : cx->err.rc;
}

enum ff_rc ff_kiosk_me(struct ff_ctx *cx, struct ff_kiosk_person *out)
{
    const struct ff_site_settings site = ff_site_get(cx);
    return describe(cx, &site, out);
}

void ff_kiosk_leave(struct ff_ctx *cx)
{
    ff_visit_end(cx->auth, cx->who.session);
}
