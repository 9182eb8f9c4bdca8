/* SPDX-License-Identifier: MIT */
/* health.h - what the background checks and the stop say, for /health and for the dispatcher.
 * One object a process, set by the program's life cycle, read by every request; all atomic. */
#ifndef FF_BASE_HEALTH_H
#define FF_BASE_HEALTH_H

#include <stdatomic.h>
#include <stdint.h>

enum ff_ledger_state { FF_LEDGER_OK, FF_LEDGER_CHECKING, FF_LEDGER_FAILED };
/* As the levels of the check table (app/check.h). */
enum ff_part_state { FF_PART_OK, FF_PART_WARN, FF_PART_FAILED };

/* The parts are looked at every few seconds; when nobody has for so long, something hangs. */
enum { FF_HEALTH_STALE_MS = 30000 };

struct ff_health {
    _Atomic int ledger; /* enum ff_ledger_state: the check that runs after the start */
    /* enum ff_part_state, looked at every few seconds: */
    _Atomic int database;            /* is it read and written? */
    _Atomic int disk;                /* is there room? */
    _Atomic int clock;               /* is it behind no booking? */
    _Atomic int64_t looked_ms;       /* ff_clock_machine_ms of the last look; 0: nobody looks */
    _Atomic int stopping;            /* 1: drain, new requests get FF_SHUTTING_DOWN */
    _Atomic int64_t started_mono_ms; /* ff_clock_mono_ms at start, for the uptime */
};

#endif
