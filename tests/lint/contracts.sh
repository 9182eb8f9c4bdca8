#!/bin/sh
# contracts.sh - a prototype in a header has a contract: a comment above it, above the group it
# belongs to (no empty line between), or behind it on its line.
set -eu
cd "$(dirname "$0")/../.."
find src -name '*.h' ! -path 'src/gen/*' | sort | xargs awk '
FNR == 1 { covered = 0; in_comment = 0; depth = 0 }
/^$/ { covered = 0; next }
in_comment { if (/\*\//) in_comment = 0; covered = 1; next }
/^[ \t]*\/\*/ { covered = 1; if (!/\*\//) in_comment = 1; next }
/^(FF_MUST_CHECK |const |enum |struct |bool |void |int |size_t |int64_t |uint64_t |char |typedef )[^;={]*ff_[a-z0-9_]+\(/ {
    if (!covered && !/\/\*/) { print FILENAME ":" FNR ": no contract: " $0; bad = 1 }
}
END { exit bad }'
