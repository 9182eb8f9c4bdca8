/* SPDX-License-Identifier: MIT */
/* handout.c - see handout.h. All slow work comes before the one job that stores it all. */
#include "domain/people/handout.h"

#include <stdio.h>
#include <string.h>

#include "domain/common/sheet.h"
#include "domain/people/badge_repo.h"
#include "domain/site/site.h"

enum { BADGE_CHARS = 20, PIN_CAP = 9 };

/* ---- for whom ---- */

static void bind_people(struct ff_ctx *cx, struct ff_stmt *st, const struct ff_handout *who)
{
    ff_db_opt_int(st, FF_P_HANDOUT_PEOPLE_DEPARTMENT, ff_people_border(cx));
    ff_db_opt_int(st, FF_P_HANDOUT_PEOPLE_DEPARTMENT_ID,
                  who->department_id > 0 ? who->department_id : FF_NULL_INT);
    ff_db_opt_int(st, FF_P_HANDOUT_PEOPLE_EMPLOYEE,
                  who->employee_id > 0 ? who->employee_id : FF_NULL_INT);
    ff_db_int(st, FF_P_HANDOUT_PEOPLE_LIMIT, FF_SHEET_CARDS + 1);
}

static void read_recipient(struct ff_ctx *cx, struct ff_stmt *st, struct ff_recipient *out)
{
    *out = (struct ff_recipient){
        .id = ff_db_col_int(st, FF_C_HANDOUT_PEOPLE_ID),
        .has_pin = ff_db_col_int(st, FF_C_HANDOUT_PEOPLE_HAS_PIN),
        .has_user = ff_db_col_int(st, FF_C_HANDOUT_PEOPLE_HAS_USER),
        .number = ff_db_col_text(cx, st, FF_C_HANDOUT_PEOPLE_NUMBER),
        .name = ff_db_col_text(cx, st, FF_C_HANDOUT_PEOPLE_NAME),
        .department = ff_db_col_text(cx, st, FF_C_HANDOUT_PEOPLE_DEPARTMENT),
        .email = ff_db_col_text(cx, st, FF_C_HANDOUT_PEOPLE_EMAIL),
    };
}

enum ff_rc ff_handout_people(struct ff_ctx *cx, const struct ff_handout *who, struct ff_list *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_HANDOUT_PEOPLE, &st);
    if (rc)
        return rc;
    bind_people(cx, st, who);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_recipient *one = ff_rows_add(cx, &rows, sizeof *one);
        if (!one)
            return cx->err.rc;
        read_recipient(cx, st, one);
    }
    *out = rows.list;
    if (rows.list.n > FF_SHEET_CARDS)
        return FF_FAIL(cx, FF_VALIDATION, "More than %d people: print a department at a time.",
                       FF_SHEET_CARDS);
    if (who->employee_id > 0 && rows.list.n == 0)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such person.");
    return rc ? rc : cx->err.rc;
}

/* ---- what each gets ---- */

struct gift {
    int64_t id; /* of the person */
    char secret[BADGE_CHARS + 1];
    struct ff_badge_key key;         /* cards */
    char hash[FF_PASSWORD_HASH_CAP]; /* PINs */
};

struct gifts {
    struct gift *items;
    size_t n;
    const char *label;
};

/* Text that fits the smallest QR symbol: 100 random bits. */
static void make_badge(const struct ff_auth *auth, struct gift *gift)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char random[BADGE_CHARS];
    ff_random(random, sizeof random);
    for (size_t i = 0; i < BADGE_CHARS; i++)
        gift->secret[i] = alphabet[random[i] % 32];
    ff_auth_badge_hash(auth, gift->secret, gift->key.hash);
}

static enum ff_rc store_badges(struct ff_ctx *cx, void *arg)
{
    const struct gifts *gifts = arg;
    int64_t id;
    enum ff_rc rc = FF_OK;
    ff_err_clear(cx);
    for (size_t i = 0; !rc && i < gifts->n; i++)
        rc = ff_badge_insert(cx, &gifts->items[i].key, gifts->items[i].id, gifts->label, &id);
    return rc;
}

static struct ff_sheet_card *make_cards(struct ff_ctx *cx, const struct ff_recipient *people,
                                        size_t n)
{
    struct ff_sheet_card *cards = ff_alloc(cx, (n + 1) * sizeof *cards);
    for (size_t i = 0; cards && i < n; i++)
        cards[i] = (struct ff_sheet_card){
            .name = people[i].name, .number = people[i].number, .department = people[i].department};
    return cards;
}

enum ff_rc ff_card_sheet(struct ff_ctx *cx, const struct ff_handout *who, struct ff_text *out,
                         int64_t *n)
{
    const struct ff_site_settings site = ff_site_get(cx);
    char today[FF_DATE_CAP], label[32];
    struct ff_list people;
    enum ff_rc rc = ff_handout_people(cx, who, &people);
    if (rc)
        return rc;
    ff_business_date(ff_clock_now_ms(cx->clock), (int)site.day_start_min, today);
    snprintf(label, sizeof label, "card %s", today);
    struct gifts gifts = {
        .items = ff_alloc(cx, (people.n + 1) * sizeof *gifts.items), .n = people.n, .label = label};
    struct ff_sheet_card *cards = make_cards(cx, people.items, people.n);
    if (!gifts.items || !cards)
        return cx->err.rc;
    for (size_t i = 0; i < people.n; i++) {
        gifts.items[i].id = ((const struct ff_recipient *)people.items)[i].id;
        make_badge(cx->auth, &gifts.items[i]);
        cards[i].qr = gifts.items[i].secret;
        cards[i].note = today;
    }
    *n = (int64_t)people.n;
    if ((rc = ff_sheet_write(cx, "Cards", cards, people.n, out)))
        return rc;
    return ff_db_write(cx, store_badges, &gifts);
}

/* ---- first PINs ---- */

/* Of `digits` random digits, none of the trivial ones. */
static enum ff_rc make_pin(struct ff_ctx *cx, int64_t digits, struct gift *gift)
{
    do {
        unsigned char random[PIN_CAP];
        ff_random(random, sizeof random);
        for (int64_t i = 0; i < digits; i++) {
            while (random[i] >= 250) /* 250 is the last multiple of ten: no digit is likelier */
                ff_random(&random[i], 1);
            gift->secret[i] = (char)('0' + random[i] % 10);
        }
        gift->secret[digits] = '\0';
        ff_err_clear(cx);
    } while (ff_pin_check(cx, gift->secret));
    return ff_pin_hash(cx, gift->secret, gift->hash);
}

static enum ff_rc store_pins(struct ff_ctx *cx, void *arg)
{
    const struct gifts *gifts = arg;
    enum ff_rc rc = FF_OK;
    ff_err_clear(cx);
    for (size_t i = 0; !rc && i < gifts->n; i++)
        rc = ff_employee_store_pin(cx, gifts->items[i].id, gifts->items[i].hash);
    return rc;
}

/* Those who get one, moved to the front. */
static size_t without_pin(struct ff_recipient *people, size_t n, bool is_single)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (is_single || !people[i].has_pin)
            people[kept++] = people[i];
    return kept;
}

enum ff_rc ff_pin_sheet(struct ff_ctx *cx, const struct ff_handout *who, struct ff_text *out,
                        int64_t *n)
{
    const struct ff_site_settings site = ff_site_get(cx);
    struct ff_list people;
    enum ff_rc rc = ff_handout_people(cx, who, &people);
    if (rc)
        return rc;
    people.n = without_pin(people.items, people.n, who->employee_id > 0);
    struct gifts gifts = {.items = ff_alloc(cx, (people.n + 1) * sizeof *gifts.items),
                          .n = people.n};
    struct ff_sheet_card *cards = make_cards(cx, people.items, people.n);
    if (!gifts.items || !cards)
        return cx->err.rc;
    ff_db_release(cx);
    for (size_t i = 0; i < people.n; i++) {
        gifts.items[i].id = ((const struct ff_recipient *)people.items)[i].id;
        if ((rc = make_pin(cx, site.pin_digits, &gifts.items[i])))
            return rc;
        cards[i].secret = gifts.items[i].secret;
        cards[i].note = "PIN";
    }
    *n = (int64_t)people.n;
    if ((rc = ff_sheet_write(cx, "PIN", cards, people.n, out)))
        return rc;
    return ff_db_write(cx, store_pins, &gifts);
}
