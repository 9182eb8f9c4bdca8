#!/bin/sh
# analyze.sh FILE SHALLOW FLAG... - one C file through gcc -fanalyzer, clang-tidy and cppcheck; prints what they find, and
# 1 then. A tool that is not here is left out: lint says which.
set -u
file=$1 shallow=$2
shift 2
bad=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT
judge() { # TOOL COMMAND...
    tool=$1
    shift
    "$@" >"$out" 2>&1 || { echo "$file: $tool"; cat "$out"; bad=1; }
}
if gcc --version 2>/dev/null | grep -q 'Free Software'; then
    judge 'gcc -fanalyzer' gcc -O1 -fanalyzer -Werror "$@" -c -o /dev/null "$file"
fi
# shellcheck disable=SC2086 # a list of arguments
command -v clang-tidy >/dev/null && judge clang-tidy clang-tidy --quiet $shallow "$file" -- "$@"
command -v cppcheck >/dev/null &&
    judge cppcheck cppcheck -q --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
        --suppress=missingIncludeSystem -Isrc "$file"
exit $bad
