/* SPDX-License-Identifier: MIT */
/* mark.h - how far the record of who did what had come: a row's number and hash, signed with the
 * audit key. One is kept in DATA/keys, so that a record that was cut off at its end is noticed; one
 * in the database says what retention took away. */
#ifndef FF_AUTH_MARK_H
#define FF_AUTH_MARK_H

#include "auth/auth.h"

struct ff_mark {
    int64_t seq;
    unsigned char hash[32];
};

/* What a mark is for goes into its signature: one cannot stand in for another. */
enum ff_mark_use { FF_MARK_HEAD = 'H', FF_MARK_ANCHOR = 'A' };

/* Signs a mark, and tells whether a signature is ours. */
void ff_mark_sign(const struct ff_auth *auth, enum ff_mark_use use, const struct ff_mark *mark,
                  unsigned char mac[32]);
bool ff_mark_is_genuine(const struct ff_auth *auth, enum ff_mark_use use,
                        const struct ff_mark *mark, const unsigned char mac[32]);

/* Writes DATA/keys/audit.head in place of the one before; `durable`: it is on the disk on return.
 * FF_INTERNAL when it cannot be written. */
FF_MUST_CHECK enum ff_rc ff_mark_write(struct ff_ctx *cx, const char *data_dir,
                                       const struct ff_mark *mark, bool durable);

/* Reads it. *found false: there is none. FF_STORAGE_FAULT when it is damaged or forged. */
FF_MUST_CHECK enum ff_rc ff_mark_read(struct ff_ctx *cx, const char *data_dir, struct ff_mark *mark,
                                      bool *found);

/* A restore takes the record back to an earlier state: the mark is set aside, the next start reads
 * it there, records how much was taken back, and drops it. */
void ff_mark_set_aside(const char *data_dir);
FF_MUST_CHECK enum ff_rc ff_mark_read_aside(struct ff_ctx *cx, const char *data_dir,
                                            struct ff_mark *mark, bool *found);
void ff_mark_drop_aside(const char *data_dir);

#endif
