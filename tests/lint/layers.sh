#!/bin/sh
# layers.sh - a folder of src/ may include only what stands to its right:
#   main -> cli -> app -> http -> api -> domain -> {auth, cache, db} -> json -> base
# auth, cache and db never include each other; a context of domain/ calls another context's
# service header, never its repository.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck disable=SC2016 # awk's own $
find src -name '*.[ch]' ! -path 'src/gen/*' | sort | xargs awk '
function rank(folder) { return (folder in order) ? order[folder] : -1 }
BEGIN {
    n = split("base json db domain api http app cli main", names, " ")
    for (i = 1; i <= n; i++) order[names[i]] = i
    order["auth"] = order["cache"] = order["db"]
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split(FILENAME, part, "/")
    from = part[2] == "main.c" ? "main" : part[2]
    target = $0
    sub(/^[^"]*"/, "", target); sub(/".*/, "", target)
    split(target, piece, "/")
    to = piece[1]
    if (to == "gen") next                       # generated: queries, migrations, version, assets
    if (!(to in order)) { print FILENAME ":" FNR ": unknown folder in \"" target "\""; bad = 1; next }
    if (rank(to) > rank(from) || (rank(to) == rank(from) && to != from)) {
        print FILENAME ":" FNR ": " from " may not include " target; bad = 1
    }
    if (from == "domain" && to == "domain" && piece[2] != part[3] && target ~ /repo\.h$/) {
        print FILENAME ":" FNR ": " part[3] " may not include the repository " target; bad = 1
    }
}
END { exit bad }'
