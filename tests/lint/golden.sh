#!/bin/sh
# golden.sh PROGRAM - the API's document is what tests/golden says, so that a change of the contract
# is a difference someone reviews. To accept one: feastfrenzy openapi > tests/golden/openapi.json
set -eu
cd "$(dirname "$0")/../.."
"$1" openapi | diff -u tests/golden/openapi.json - || {
    echo "The contract changed. When that is meant: make openapi"
    exit 1
}
