/* SPDX-License-Identifier: MIT */
/* health.h - what the background checks and the stop say, for /health and for the dispatcher.
 * One object a process, set by the program's life cycle, read by every request; all atomic. */
#ifndef FF_BASE_HEALTH_H
#define FF_BASE_HEALTH_H

#include <stdatomic.h>
#include <stdint.h>

enum ff_ledger_state { FF_LEDGER_OK, FF_LEDGER_CHECKING, FF_LEDGER_FAILED };

struct ff_health {
    _Atomic int ledger;              /* enum ff_ledger_state: the check that runs after the start */
    _Atomic int stopping;            /* 1: drain, new requests get FF_SHUTTING_DOWN */
    _Atomic int64_t started_mono_ms; /* ff_clock_mono_ms at start, for the uptime */
};

#endif
