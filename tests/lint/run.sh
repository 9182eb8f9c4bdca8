#!/bin/sh
# run.sh PROGRAM LIBRARY - all lints; the last line is "lint: N passed, N failed".
set -u
here=$(dirname "$0")
cd "$here/../.." || exit 70
program=$1 library=$2
passed=0 failed=0 skipped=

check() { # NAME COMMAND...
    name=$1
    shift
    if out=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "ok   $name"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        echo "$out"
    fi
}

format() {
    find src tests -name '*.[ch]' ! -path 'src/gen/*' | sort | xargs clang-format --dry-run --Werror
}
scripts() {
    git ls-files -co --exclude-standard -- '*.sh' .ci/run packaging/hooks/pre-commit | sort -u | xargs shellcheck
}
unit_file() {
    sed "s|/usr/bin/feastfrenzy|$program|" packaging/systemd/feastfrenzy.service >"$tmp/feastfrenzy.service"
    systemd-analyze security --offline=true --threshold=15 "$tmp/feastfrenzy.service" 2>&1
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for lint in layers banned sql-in-c wording heads contracts fences; do
    check "$lint" "tests/lint/$lint.sh"
done
check prefix tests/lint/prefix.sh "$library"
check imports tests/lint/imports.sh "$program" "$library"
check hardening tests/lint/hardening.sh "$program" "$library"
check golden tests/lint/golden.sh "$program"
check manual tests/lint/manual.sh "$program"
if command -v clang-format >/dev/null; then check format format; else skipped="$skipped format"; fi
if command -v shellcheck >/dev/null; then check shellcheck scripts; else skipped="$skipped shellcheck"; fi
if command -v systemd-analyze >/dev/null; then check unit-file unit_file; else skipped="$skipped unit-file"; fi
[ -z "$skipped" ] || echo "skipped, tool not here:$skipped"
echo "lint: $passed passed, $failed failed"
[ -z "${FF_TALLY:-}" ] || echo "$passed $failed" >>"$FF_TALLY"
[ "$failed" -eq 0 ]
