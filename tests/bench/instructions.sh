#!/bin/sh
# instructions.sh PROGRAM FILE [accept] - instructions a request, by kind, as callgrind counts them; fails when one has grown by more than
# 5 % over FILE. `accept` writes FILE. The last line is "instructions: N passed, N failed".
set -u
program=$1 file=$2 mode=${3:-compare}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
valgrind --tool=callgrind --quiet --callgrind-out-file="$dir/out" "$program" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
count=$(sed -nE 's/^health ([0-9]+)$/\1/p' "$dir/log")
for part in "$dir"/out.*; do
    awk -v n="$count" '/^desc: Trigger: Client Request: / { name = $NF } /^summary: / && name != "" && name != "warm" { printf "%s %d\n", name, $2 / n }' "$part"
done | sort >"$dir/now"
if [ "$mode" = accept ]; then
    {
        echo "# Instructions a request, by kind: written by \`make instructions-accept\`, compared by \`make instructions\` (5 %)."
        cat "$dir/now"
    } >"$file"
    cat "$file"
    exit
fi
awk '
    FNR == NR { if ($1 != "#") { before[$1] = $2; left[$1] } next }
    {
        seen++
        delete left[$1]
        if (!($1 in before)) { printf "FAIL %-28s %9d, new: make instructions-accept\n", $1, $2; failed++; next }
        change = ($2 - before[$1]) * 100 / before[$1]
        bad = change > 5
        failed += bad
        printf "%s %-28s %9d (%+.1f %%)\n", bad ? "FAIL" : "ok  ", $1, $2, change
    }
    END {
        for (name in left) { printf "FAIL %s was not counted\n", name; failed++; seen++ }
        printf "instructions: %d passed, %d failed\n", seen - failed, failed
    }' "$file" "$dir/now" | tee "$dir/said"
# shellcheck disable=SC2046
set -- $(sed -nE 's/^instructions: ([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$dir/said")
[ -z "${FF_TALLY:-}" ] || echo "$1 $2" >>"$FF_TALLY"
[ "$2" -eq 0 ]
