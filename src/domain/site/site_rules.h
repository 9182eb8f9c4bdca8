/* SPDX-License-Identifier: MIT */
/* site_rules.h - what the settings of a site must satisfy. */
#ifndef FF_DOMAIN_SITE_SITE_RULES_H
#define FF_DOMAIN_SITE_SITE_RULES_H

#include "domain/site/site.h"

/* All bad settings at once as field errors (pointers as in the settings' wire form).
 * FF_VALIDATION. */
FF_MUST_CHECK enum ff_rc ff_site_check(struct ff_ctx *cx, const struct ff_site_settings *settings);

#endif
