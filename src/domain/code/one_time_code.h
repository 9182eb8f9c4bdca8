/* SPDX-License-Identifier: MIT */
/* one_time_code.h - secrets that work once: in a link of a message, on paper, typed at a kiosk.
 *
 * A code has a purpose (it is good for nothing else), a holder (an account or an employee) and a
 * last moment. The database keeps a keyed hash of it, so a copy of the database helps nobody.
 *   Making one: ff_code_issue, in the job that needs it or on its own; show `text` once.
 *   Using one:  ff_code_spend inside the job that does what the code permits, so that the code is
 *               used up exactly when that is done. ff_code_look first, where something must be
 *               known of the holder before (to check a new password, say).
 *   Who tries codes must be counted: see attempt.h. */
#ifndef FF_DOMAIN_CODE_ONE_TIME_CODE_H
#define FF_DOMAIN_CODE_ONE_TIME_CODE_H

#include "auth/auth.h"

enum ff_code_purpose {
    FF_CODE_RESET,      /* a new password; holder: account */
    FF_CODE_OTP,        /* signing in without password; holder: account */
    FF_CODE_INVITE,     /* a person makes the own account; holder: employee */
    FF_CODE_BADGE_LINK, /* a person gives themselves a badge at a kiosk; holder: employee */
    FF_CODE_PURPOSES
};

/* Whose it is: one of the two, the other is 0. */
struct ff_code_holder {
    int64_t user_id, employee_id;
};

struct ff_code_new {
    enum ff_code_purpose purpose;
    struct ff_code_holder holder;
    int64_t valid_ms;
    bool is_typed; /* for people's fingers: "XXXX-XXXX-XXXX", 60 bits; else 256 bits for a link */
};

struct ff_code {
    char text[FF_SECRET_CAP];
    int64_t expires_at_ms;
};

/* Makes a code, in place of all older ones of this holder and purpose. */
FF_MUST_CHECK enum ff_rc ff_code_issue(struct ff_ctx *cx, const struct ff_code_new *in,
                                       struct ff_code *out);

/* Uses a code up. FF_CODE_INVALID, always the same, when it is unknown, used, replaced, too old or
 * for another purpose. Of two callers at once one succeeds. */
FF_MUST_CHECK enum ff_rc ff_code_spend(struct ff_ctx *cx, enum ff_code_purpose purpose,
                                       const char *text, struct ff_code_holder *out);

/* Whose code is it? Does not use it up; FF_CODE_INVALID likewise. */
FF_MUST_CHECK enum ff_rc ff_code_look(struct ff_ctx *cx, enum ff_code_purpose purpose,
                                      const char *text, struct ff_code_holder *out);

/* Makes the holder's codes of this purpose invalid. */
FF_MUST_CHECK enum ff_rc ff_code_revoke(struct ff_ctx *cx, enum ff_code_purpose purpose,
                                        const struct ff_code_holder *holder);

#endif
