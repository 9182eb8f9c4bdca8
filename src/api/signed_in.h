/* SPDX-License-Identifier: MIT */
/* signed_in.h - the reply that begins a session, for every route that does. */
#ifndef FF_API_SIGNED_IN_H
#define FF_API_SIGNED_IN_H

#include "api/route.h"
#include "domain/identity/session.h"

/* Answers with the tokens; for a browser the long one moves into its cookie. */
FF_MUST_CHECK enum ff_rc ff_answer_signed_in(struct ff_req *rq, struct ff_reply *rp,
                                             struct ff_signed_in *tokens);

#endif
