#!/bin/sh
# run.sh MODE ... - what `make` does with the harnesses of tests/fuzz.
#   replay PROGRAM...            each kept input once; the last line is "fuzz: N passed, N failed"
#   fuzz SECONDS BUILD PROGRAM... each harness for so long; new inputs go to BUILD/corpus, what broke one to BUILD/found
#   keep BUILD PROGRAM...        the fewest inputs that reach as much go to tests/fuzz/corpus
set -u
cd "$(dirname "$0")/../.." || exit 70
mode=$1
shift
kept=tests/fuzz/corpus
passed=0 failed=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT

case $mode in
replay)
    for program in "$@"; do
        name=$(basename "$program")
        if "$program" "$kept/$name" >"$out" 2>&1; then
            n=$(sed -nE 's/^100%: Checks: ([0-9]+),.*/\1/p' "$out")
            passed=$((passed + n))
            echo "ok   $name ($n)"
        else
            failed=$((failed + 1))
            echo "FAIL $name"
            cat "$out"
        fi
    done
    ;;
fuzz)
    seconds=$1 build=$2
    shift 2
    mkdir -p "$build/found"
    for program in "$@"; do
        name=$(basename "$program")
        mkdir -p "$build/corpus/$name"
        if "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$build/found/$name-" \
            -print_final_stats=1 "$build/corpus/$name" "$kept/$name" >"$out" 2>&1; then
            passed=$((passed + 1))
            echo "ok   $name ($(sed -nE 's/^stat::number_of_executed_units: ([0-9]+)/\1/p' "$out") runs in $seconds s)"
        else
            failed=$((failed + 1))
            echo "FAIL $name: the input is in $build/found"
            tail -n 60 "$out"
        fi
    done
    ;;
keep)
    build=$1
    shift
    for program in "$@"; do
        name=$(basename "$program")
        rm -rf "$build/merged" && mkdir -p "$build/merged" "$build/corpus/$name"
        "$program" -merge=1 "$build/merged" "$kept/$name" "$build/corpus/$name" >"$out" 2>&1 ||
            { cat "$out"; exit 1; }
        rm -rf "${kept:?}/$name" && mv "$build/merged" "$kept/$name"
        echo "$name: $(find "$kept/$name" -type f | wc -l) inputs"
    done
    exit 0
    ;;
*) echo "run.sh: unknown mode $mode" >&2; exit 70 ;;
esac
echo "fuzz: $passed passed, $failed failed"
[ -z "${FF_TALLY:-}" ] || echo "$passed $failed" >>"$FF_TALLY"
[ "$failed" -eq 0 ]
