#!/bin/sh
# sql-in-c.sh - SQL lives in sql/, not in C. Outside src/db no string begins like a statement;
# inside it only what configures the engine (PRAGMA and transaction control) may,
# and scrub.c, table.c, which write and read tables whatever they hold.
set -eu
cd "$(dirname "$0")/../.."
verbs='SELECT|INSERT +INTO|UPDATE +[a-z_]+ +SET|DELETE +FROM|CREATE +(TABLE|INDEX|TRIGGER)|ALTER +TABLE|DROP +TABLE|WITH +[a-z_]+ +AS'
bad=$(find src -name '*.[ch]' ! -path 'src/gen/*' ! -path src/db/scrub.c ! -path src/db/table.c \
    -exec grep -nHE "\"[[:space:]]*($verbs)\\b" {} + || true)
control=$(find src -name '*.[ch]' ! -path 'src/gen/*' ! -path 'src/db/*' \
    -exec grep -nHE '"(PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|VACUUM)\b' {} + || true)
[ -z "$bad$control" ] || { echo "SQL in C:"; echo "$bad$control"; exit 1; }
