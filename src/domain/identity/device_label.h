/* SPDX-License-Identifier: MIT */
/* device_label.h - a device in two words, for a person who looks through their sessions. */
#ifndef FF_DOMAIN_IDENTITY_DEVICE_LABEL_H
#define FF_DOMAIN_IDENTITY_DEVICE_LABEL_H

#include "domain/identity/repo.h"

/* "Firefox, Windows" out of a User-Agent header; of one that is no browser's the name and version
 * it begins with ("curl/8.4.0"); "" for NULL and for what begins with nothing plain. Printable
 * ASCII whatever the header holds. */
void ff_device_label(const char *user_agent, char out[FF_LABEL_CAP]);

#endif
