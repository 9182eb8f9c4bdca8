/* SPDX-License-Identifier: MIT */
/* ini.h - the configuration file: strict, small, and also readable by other INI parsers. */
#ifndef FF_APP_INI_H
#define FF_APP_INI_H

#include "app/options.h"

#define FF_INI_DEFAULT "/etc/feastfrenzy/feastfrenzy.ini"

/* Reads the file named by --config or FEASTFRENZY_CONFIG, or the default one when it is there.
 * Unknown or repeated keys, a line over 4096 bytes and a file others may write are errors with the
 * line's number. */
bool ff_ini_read(struct ff_options *o, struct ff_trouble *t);

/* Reads text as if it were the file `name` (for tests and fuzzing). */
bool ff_ini_text(struct ff_options *o, const char *name, const char *text, size_t n,
                 struct ff_trouble *t);

#endif
