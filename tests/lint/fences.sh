#!/bin/sh
# fences.sh - each library has one place; nothing else includes its header.
set -eu
cd "$(dirname "$0")/../.."
bad=0
fence() { # HEADER ALLOWED-PATTERN
    out=$(find src -name '*.[ch]' | sort | xargs grep -lE "#[ ]*include *[<\"]$1[>\"]" |
        grep -vE "$2" || true)
    [ -z "$out" ] || { echo "$1 belongs to $2, but is included by:"; echo "$out"; bad=1; }
}
fence 'sqlite3\.h' '^src/(db|gen)/'
fence 'cjson/.*\.h' '^src/json/'
fence 'sodium\.h' '^src/(auth|gen)/'
fence 'jwt\.h' '^src/auth/'
fence 'openssl/ssl\.h' '^src/http/tls\.c$'
fence 'openssl/x509v3\.h' '^src/http/certificate[a-z_]*\.c$'
fence 'qrencode\.h' '^src/base/qr\.c$'
fence 'civetweb\.h' '^src/http/(server|compat)[a-z_]*\.[ch]$'
exit $bad
