#!/bin/sh
# wording.sh - SQL keeps to the subset that a second engine takes: the words that would fail there,
# or mean something else, are refused. Triggers are the exception and live in their own files.
set -eu
cd "$(dirname "$0")/../.."
words='IFNULL|group_concat|strftime|INSERT +OR|AUTOINCREMENT|LIKE|ILIKE|GLOB|rowid|FOR +UPDATE|datetime *\(|julianday|unixepoch|last_insert_rowid'
# shellcheck disable=SC2016 # awk's own $
bad=$(find sql/query sql/schema -name '*.sql' ! -name '*.trigger.sql' | sort |
    xargs awk -v words="$words" '{ line = $0; sub(/--.*/, "", line); gsub(/WITHOUT ROWID/, "", line)
        if (toupper(line) ~ ("(^|[^A-Z_])(" toupper(words) ")([^A-Z_]|$)")) print FILENAME ":" FNR ": " $0 }')
[ -z "$bad" ] || { echo "outside the SQL subset:"; echo "$bad"; exit 1; }
