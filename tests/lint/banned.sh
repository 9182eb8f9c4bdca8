#!/bin/sh
# banned.sh - calls that we do not make, and words that have no place in a finished tree.
set -eu
cd "$(dirname "$0")/../.."
bad=0
files=$(find src tests -name '*.[ch]' | sort)
calls='strcpy|strcat|sprintf|vsprintf|strtok|strtok_r|atoi|atol|atoll|gets|strncpy|strncat|alloca|system|popen|tmpnam|mktemp'
# comments and strings may speak of them; code may not
for file in $files; do
    awk -v calls="$calls" '
        { line = $0
          gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
          if (in_comment) { if (!sub(/^.*\*\//, "", line)) next; in_comment = 0 }
          gsub(/\/\*.*\*\//, "", line)
          if (line ~ /\/\*/) { sub(/\/\*.*/, "", line); in_comment = 1 }
          if (line ~ ("(^|[^A-Za-z0-9_])(" calls ")[ \t]*\\(")) {
              print FILENAME ":" FNR ": banned call: " $0; bad = 1 } }
        END { exit bad }' "$file" || bad=1
done
# the engine takes a text to run in one place, which gets our own words only
loose=$(grep -nE '\bsqlite3_(exec|mprintf|vmprintf)[ ]*\(' src/*/*.[ch] src/*/*/*.[ch] | grep -vE '^src/(db/sq|gen/[a-z]+)\.c:' || true)
[ -z "$loose" ] || { echo "texts for the engine outside db/sq.c:"; echo "$loose"; bad=1; }
# money is never a float: the types do not occur where money is handled (as a word in quotes a float is a drawer's first cash)
floats=$(grep -nE '\b(float|double)\b' src/base/money.[ch] src/domain/*/*.[ch] src/api/*.[ch] |
    sed 's/"[^"]*"//g' | grep -E '\b(float|double)\b' |
    grep -vE '^[^:]*:[0-9]+: *(/?\*|//)|/\*.*\b(float|double)\b' || true)
[ -z "$floats" ] || { echo "float near money:"; echo "$floats"; bad=1; }
# words are put together so that this file does not find itself
left=$(git ls-files -z | grep -zvE '(package-lock\.json|^tests/lint/banned\.sh)$' |
    xargs -0 grep -nwE 'TO''DO|FIX''ME|XX''X|HA''CK' -- 2>/dev/null |
    grep -vE '^[^:]*:[0-9]+:.*[A-Z]{2}-XX''X' || true)
[ -z "$left" ] || { echo "left over:"; echo "$left"; bad=1; }
exit $bad
