/* SPDX-License-Identifier: MIT */
/* version.h - which program this is: shown by `version`, /health, /public and the document. */
#ifndef FF_BASE_VERSION_H
#define FF_BASE_VERSION_H

/* "0.1.0", from the Makefile. */
const char *ff_version(void);

/* Short name of the source state it was built from; "unknown" outside a repository. */
const char *ff_build_id(void);

#endif
