/* SPDX-License-Identifier: MIT */
/* handout.h - what is printed for many people at once: badge cards with a QR code, and first PINs.
 * Only hashes are kept, so nothing can be printed a second time: each sheet gives new secrets. */
#ifndef FF_DOMAIN_PEOPLE_HANDOUT_H
#define FF_DOMAIN_PEOPLE_HANDOUT_H

#include "domain/common/list.h"

/* For whom, of the active people within the caller's scope. */
struct ff_handout {
    int64_t department_id, employee_id; /* below 1: all */
};

/* A sheet of cards (HTML); each person gets a further badge, and the older ones stay good. *n is
 * how many. FF_VALIDATION for more than FF_SHEET_CARDS people. */
FF_MUST_CHECK enum ff_rc ff_card_sheet(struct ff_ctx *cx, const struct ff_handout *who,
                                       struct ff_text *out, int64_t *n);

/* A sheet of PINs (HTML) made at random: for those without one; for a single person in place of the
 * old one. The hashing is done before the job. FF_BUSY, and as above. */
FF_MUST_CHECK enum ff_rc ff_pin_sheet(struct ff_ctx *cx, const struct ff_handout *who,
                                      struct ff_text *out, int64_t *n);

/* ---- for who hands out something else to the same people ---- */

struct ff_recipient {
    int64_t id, has_pin, has_user;
    const char *number, *name, *department, *email; /* the last two may be NULL */
};

/* By department, then name; list of struct ff_recipient. FF_VALIDATION as above. */
FF_MUST_CHECK enum ff_rc ff_handout_people(struct ff_ctx *cx, const struct ff_handout *who,
                                           struct ff_list *out);

/* In a job: stores a PIN that was checked and hashed before, and ends a wait after wrong ones. */
FF_MUST_CHECK enum ff_rc ff_employee_store_pin(struct ff_ctx *cx, int64_t id, const char *hash);

/* The rule for a PIN, without setting it: FF_VALIDATION at "/pin". */
FF_MUST_CHECK enum ff_rc ff_pin_check(struct ff_ctx *cx, const char *pin);

#endif
