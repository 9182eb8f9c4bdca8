#!/bin/sh
# run.sh KIND PROGRAM... - runs Check programs, FF_JOBS (1) at a time, and adds their counts; the last line is
# "KIND: N passed, N failed". A program that ends without its closing line (a crash) counts as one failure.
set -u
kind=$1
shift
# What a sync is worth is the subject of tests/fault; here it would only be waited for.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "${room:-0}" -gt 1000000 ]; then
    export TMPDIR=/dev/shm
fi
passed=0 failed=0
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
# shellcheck disable=SC2016 # expanded by the inner shell
printf '%s\n' "$@" | CK_VERBOSITY=${CK_VERBOSITY:-normal} xargs -n 1 -P "${FF_JOBS:-1}" \
    sh -c '"$1" >"$0/$(basename "$1")" 2>&1; echo $? >"$0/$(basename "$1").rc"' "$out"
for program in "$@"; do
    said=$out/$(basename "$program")
    rc=$(cat "$said.rc" 2>/dev/null || echo 127)
    counts=$(sed -nE 's/^[0-9]+%: Checks: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+)$/\1 \2 \3/p' "$said" | tail -n 1)
    if [ -z "$counts" ]; then
        echo "FAIL $program: ended with $rc and no result"
        cat "$said"
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
        cat "$said"
        [ "$bad" -gt 0 ] || failed=$((failed + 1))
    else
        echo "ok   $(basename "$program") ($checks)"
    fi
done
echo "$kind: $passed passed, $failed failed"
[ -z "${FF_TALLY:-}" ] || echo "$passed $failed" >>"$FF_TALLY"
[ "$failed" -eq 0 ]
