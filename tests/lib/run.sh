#!/bin/sh
# run.sh KIND PROGRAM... - runs Check programs and adds their counts; the last line is "KIND: N passed, N failed".
# A program that ends without its closing line (a crash) counts as one failure.
set -u
kind=$1
shift
passed=0 failed=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT
for program in "$@"; do
    CK_VERBOSITY=${CK_VERBOSITY:-normal} "$program" >"$out" 2>&1
    rc=$?
    counts=$(sed -nE 's/^[0-9]+%: Checks: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+)$/\1 \2 \3/p' "$out" | tail -n 1)
    if [ -z "$counts" ]; then
        echo "FAIL $program: ended with $rc and no result"
        cat "$out"
        failed=$((failed + 1))
        continue
    fi
    # shellcheck disable=SC2086
    set -- $counts "$@"
    checks=$1 bad=$(($2 + $3))
    shift 3
    passed=$((passed + checks - bad))
    failed=$((failed + bad))
    if [ "$bad" -gt 0 ] || [ "$rc" -ne 0 ]; then
        echo "FAIL $program"
        cat "$out"
        [ "$bad" -gt 0 ] || failed=$((failed + 1))
    else
        echo "ok   $(basename "$program") ($checks)"
    fi
done
echo "$kind: $passed passed, $failed failed"
[ -z "${FF_TALLY:-}" ] || echo "$passed $failed" >>"$FF_TALLY"
[ "$failed" -eq 0 ]
