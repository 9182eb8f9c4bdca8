#!/bin/sh
# contracts.sh - every paragraph of prototypes in a header (lines without an empty one between) has
# its contract: a comment above it, or beside the prototypes.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck disable=SC2016 # awk's own $
find src -name '*.h' ! -path 'src/gen/*' | sort | xargs awk '
function flush() { if (first && !covered) { print first; bad = 1 } first = ""; covered = 0 }
FNR == 1 { flush(); in_comment = 0 }
/^$/ { flush(); next }
in_comment { if (/\*\//) in_comment = 0; next }
/\/\*/ { covered = 1; if (!/\*\//) in_comment = 1 }
/^(FF_MUST_CHECK |const |enum |struct |bool |void |int |long |size_t |int64_t |uint64_t |char )[^;={]*ff_[a-z0-9_]+\(/ {
    if (!first) first = FILENAME ":" FNR ": no contract: " $0
}
END { flush(); exit bad }'
