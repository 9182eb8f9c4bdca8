/* SPDX-License-Identifier: MIT */
/* keyfile.h - the files of DATA/keys: 32 random bytes each, for this user alone. */
#ifndef FF_AUTH_KEYFILE_H
#define FF_AUTH_KEYFILE_H

#include "base/ctx.h"

enum { FF_KEY_BYTES = 32, FF_KEY_FILE_CAP = 48 };

/* Opens DATA/keys, making it (0700) when it is missing; close *folder. FF_INTERNAL, with a
 * sentence for the operator, unless it belongs to this user alone. */
FF_MUST_CHECK enum ff_rc ff_keyfile_folder(struct ff_ctx *cx, const char *data_dir, int *folder);

/* Reads a key. FF_INTERNAL unless it is a regular file of this user, closed to everybody else, of
 * exactly 32 bytes. *found is false, and all is well, when there is no such file; NULL: it must be
 * there. */
FF_MUST_CHECK enum ff_rc ff_keyfile_read(struct ff_ctx *cx, int folder, const char *file,
                                         unsigned char key[FF_KEY_BYTES], bool *found);

/* Writes a key aside, durably; then gives it its name. So no half of one can exist. */
FF_MUST_CHECK enum ff_rc ff_keyfile_prepare(struct ff_ctx *cx, int folder, const char *file,
                                            const unsigned char key[FF_KEY_BYTES]);
FF_MUST_CHECK enum ff_rc ff_keyfile_commit(struct ff_ctx *cx, int folder, const char *file);

/* Overwrites and removes a key, durably. A file that is gone already is no error. */
FF_MUST_CHECK enum ff_rc ff_keyfile_wipe(struct ff_ctx *cx, int folder, const char *file);

/* Reads the key, or makes it with random bytes. */
FF_MUST_CHECK enum ff_rc ff_keyfile_load(struct ff_ctx *cx, int folder, const char *file,
                                         unsigned char key[FF_KEY_BYTES]);

#endif
