#!/bin/sh
# node.sh KIND COMMAND... - runs node tests (a node:test runner or a script that ends with 0) and adds their counts; the
# last line is "KIND: N passed, N failed". A script that prints no counts is one test.
# What they print is shown only when something failed.
set -u
kind=$1
shift
out=$(mktemp)
trap 'rm -f "$out"' EXIT
"$@" >"$out" 2>&1
rc=$?
count() { sed -nE "s/^(# |ℹ )$1 ([0-9]+)\$/\\2/p" "$out" | tail -n 1; }
passed=$(count pass) failed=$(count fail)
if [ -z "$passed" ]; then
    if [ $rc -eq 0 ]; then passed=1 failed=0; else passed=0 failed=1; fi
elif [ $rc -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
fi
[ "$failed" -eq 0 ] || cat "$out"
echo "$kind: $passed passed, $failed failed"
[ -z "${FF_TALLY:-}" ] || echo "$passed $failed" >>"$FF_TALLY"
[ "$failed" -eq 0 ]
