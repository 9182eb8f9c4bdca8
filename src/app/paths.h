/* SPDX-License-Identifier: MIT */
/* paths.h - where the data directory is, and that it is ours alone. */
#ifndef FF_APP_PATHS_H
#define FF_APP_PATHS_H

#include "app/options.h"

/* The data directory: --data, FEASTFRENZY_DATA, the file; else systemd's STATE_DIRECTORY; root:
 * /var/lib/feastfrenzy; else $XDG_DATA_HOME/feastfrenzy. In the options' arena. NULL with trouble
 * when nothing names one. */
const char *ff_data_dir(const struct ff_options *o, struct ff_trouble *t);

/* Makes the directory and its parents, mode 0700. An existing empty one of ours is closed to
 * others; one that holds anything is left alone and must be closed already. */
bool ff_data_dir_make(const char *dir, struct ff_trouble *t);

/* Refuses a directory that is missing, open to others, or another user's. Root takes the owner's
 * identity instead, so that no file of root's appears in a service's directory. */
bool ff_data_dir_check(const char *dir, struct ff_trouble *t);

/* The files of certificate and key: --tls-cert and --tls-key, else DATA/tls/cert.pem and key.pem.
 * In the options' arena; NULL when that is exhausted. */
const char *ff_tls_cert_path(const struct ff_options *o, const char *dir);
const char *ff_tls_key_path(const struct ff_options *o, const char *dir);

/* Removes a directory and what is in it (two levels of plain files are enough for us). */
void ff_data_dir_remove(const char *dir);

#endif
