/* SPDX-License-Identifier: MIT */
/* notify.h - tells the service manager that started us how we are (systemd's sd_notify protocol,
 * one datagram; no library). Silent when nobody asked. */
#ifndef FF_APP_NOTIFY_H
#define FF_APP_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

/* Sends "READY=1", "STOPPING=1", "WATCHDOG=1" to $NOTIFY_SOCKET. */
void ff_notify(const char *state);

/* How often the watchdog wants to hear from us, in ms (half of $WATCHDOG_USEC); 0: never. */
int64_t ff_notify_watchdog_ms(void);

#endif
