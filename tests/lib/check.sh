#!/bin/sh
# check.sh TARGET... - makes each test target, goes on when one fails, and ends with the plain line
# "N passed, N failed". A target that ends badly without counts of its own is one failure.
set -u
FF_TALLY=$(mktemp)
export FF_TALLY
trap 'rm -f "$FF_TALLY"' EXIT
bad=0 took=
for target in "$@"; do
    before=$(wc -l <"$FF_TALLY")
    began=$(date +%s)
    echo "== $target"
    if ! ${MAKE:-make} --no-print-directory "$target"; then
        bad=1
        failures=$(tail -n +$((before + 1)) "$FF_TALLY" | awk '{ n += $2 } END { print n + 0 }')
        [ "$failures" -gt 0 ] || echo "0 1" >>"$FF_TALLY"
    fi
    took="$took$target $(($(date +%s) - began)), "
done
echo "seconds: ${took%, }"
awk '{ p += $1; f += $2 } END { printf "%d passed, %d failed\n", p, f }' "$FF_TALLY"
exit $bad
