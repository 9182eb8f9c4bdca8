/* SPDX-License-Identifier: MIT */
/* price_repo.h - what the files about prices share. For this folder only. */
#ifndef FF_DOMAIN_CATALOG_PRICE_REPO_H
#define FF_DOMAIN_CATALOG_PRICE_REPO_H

#include "base/clock.h"
#include "domain/catalog/price.h"
#include "domain/catalog/product_repo.h"

/* The business date of now. In a job: not before the last booking, as the ledger has it. */
void ff_price_today(struct ff_ctx *cx, char out[FF_DATE_CAP]);

/* The day a price begins: *day is `valid_from`, or NULL when that is today. FF_VALIDATION. */
FF_MUST_CHECK enum ff_rc ff_price_day(struct ff_ctx *cx, const char *valid_from, const char **day);

/* In a job: a price of the product that begins on `day`, NULL: at once; recorded as `action`
 * ("product.plan" for a later day). Nothing when it costs this already. FF_ALREADY_EXISTS. */
FF_MUST_CHECK enum ff_rc ff_price_put(struct ff_ctx *cx, const struct ff_product *product,
                                      int64_t price, const char *day, const char *action);

#endif
