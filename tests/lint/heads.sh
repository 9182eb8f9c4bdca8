#!/bin/sh
# heads.sh - every source begins with its licence line and a comment that says what it is for, and
# names the file it stands in.
set -eu
cd "$(dirname "$0")/../.."
bad=0
for file in $(find src tests -name '*.[ch]' | sort); do
    name=$(basename "$file")
    if ! sed -n 1p "$file" | grep -qF '/* SPDX-License-Identifier: MIT */' ||
        ! sed -n 2p "$file" | grep -qE "^/\* $name - "; then
        echo "$file: does not begin with the licence and \"/* $name - what it is for\""
        bad=1
    fi
done
exit $bad
