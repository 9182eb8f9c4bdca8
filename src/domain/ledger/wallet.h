/* SPDX-License-Identifier: MIT */
/* wallet.h - inside this folder only: a wallet as the caller may see it. */
#ifndef FF_DOMAIN_LEDGER_WALLET_H
#define FF_DOMAIN_LEDGER_WALLET_H

#include "domain/ledger/ledger.h"

/* The wallet of now and its account, within the caller's reach; FF_NOT_FOUND outside. */
FF_MUST_CHECK enum ff_rc ff_wallet_reach(struct ff_ctx *cx, int64_t employee_id,
                                         struct ff_balance *out, int64_t *account_id);

#endif
