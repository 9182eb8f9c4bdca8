/* SPDX-License-Identifier: MIT */
/* handout.h - what the routes that print sheets share. */
#ifndef FF_API_HANDOUT_H
#define FF_API_HANDOUT_H

#include "api/route.h"
#include "domain/common/list.h"

/* Answers with a page to print; the text stays where it is. */
void ff_reply_sheet(struct ff_reply *rp, const struct ff_text *sheet);

#endif
