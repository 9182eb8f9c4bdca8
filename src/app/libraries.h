/* SPDX-License-Identifier: MIT */
/* libraries.h - the libraries of the distribution that this program runs on. */
#ifndef FF_APP_LIBRARIES_H
#define FF_APP_LIBRARIES_H

#include <stddef.h>

#include "base/version.h"

enum { FF_LIBRARIES = 5 };

/* Number `i` (0..FF_LIBRARIES-1) of them. libjwt is missing: it cannot say which one it is. */
struct ff_library ff_library_at(size_t i);

#endif
