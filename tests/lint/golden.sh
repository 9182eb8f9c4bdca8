#!/bin/sh
# golden.sh PROGRAM - what the program prints of itself is what lies in the tree, so that a change of
# the contract, or of what is kept about people, is a difference someone reviews.
# To accept one: make openapi, make record
set -eu
cd "$(dirname "$0")/../.."
bad=0
"$1" openapi | diff -u tests/golden/openapi.json - || {
    echo "The contract changed. When that is meant: make openapi"
    bad=1
}
"$1" privacy record | diff -u packaging/doc/records-of-processing.md - || {
    echo "The record of processing changed: look whether it says the truth (src/domain/privacy/tables.c), then: make record"
    bad=1
}
if "$1" privacy record | grep -n 'NOT DESCRIBED'; then
    echo "A table needs a row in src/domain/privacy/tables.c."
    bad=1
fi
exit $bad
