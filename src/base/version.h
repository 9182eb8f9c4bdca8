/* SPDX-License-Identifier: MIT */
/* version.h - which program this is, and on which libraries it runs: shown by `version`, /health,
 * /public and the document. */
#ifndef FF_BASE_VERSION_H
#define FF_BASE_VERSION_H

#include <stdint.h>

/* "0.1.0", from the Makefile. */
const char *ff_version(void);

/* Short name of the source state it was built from; "unknown" outside a repository. */
const char *ff_build_id(void);

/* When that source state was made, UTC ms: no clock is right that is before it. 0: not known. */
int64_t ff_source_time_ms(void);

/* A library of the distribution: the version of the headers and of the one that runs. Each is told
 * by the layer that alone may touch it. */
struct ff_library {
    const char *name, *built, *running;
};

#endif
