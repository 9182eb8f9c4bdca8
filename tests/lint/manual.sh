#!/bin/sh
# manual.sh PROGRAM - the manual page names every command and every option of the program, and no
# option that it does not have.
set -eu
cd "$(dirname "$0")/../.."
program=$1 page=packaging/man/feastfrenzy.1 bad=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
sed 's/\\-/-/g' "$page" >"$tmp/page"
"$program" help | sed -nE 's/^  ([a-z]+( [a-z-]+)?) +.*/\1/p' | sed -E 's/ +$//' >"$tmp/commands"
: >"$tmp/flags"
while read -r command; do
    grep -qE "^\.(SS|B|TP|IP) \"?$command" "$tmp/page" || { echo "not in $page: $command"; bad=1; }
    # shellcheck disable=SC2086 # two words are two arguments
    "$program" help $command | grep -oE -- '--[a-z]+(-[a-z]+)*' >>"$tmp/flags" || true
done <"$tmp/commands"
sort -u "$tmp/flags" -o "$tmp/flags"
grep -oE -- '--[a-z]+(-[a-z]+)*' "$tmp/page" | sort -u >"$tmp/named"
comm -3 "$tmp/flags" "$tmp/named" >"$tmp/differ"
[ ! -s "$tmp/differ" ] || { echo "only in help (left) or only in $page (right):"; cat "$tmp/differ"; bad=1; }
exit $bad
