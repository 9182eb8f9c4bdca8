#!/bin/sh
# prefix.sh LIBRARY - every exported name of the library begins with ff_, but for the symbols that
# stand in for library ones: those of http/compat*.c.
set -eu
bad=$(nm -A --defined-only --extern-only "$1" |
    awk '$1 !~ /compat(_[a-z]+)?\.o:/ && $2 ~ /^[TDBRCVW]$/ { print $3 " in " $1 }
         NF == 3 && $1 !~ /compat(_[a-z]+)?\.o:/ { next }' |
    awk '$1 !~ /^ff_/ && $1 !~ /^__(asan|ubsan|tsan|odr|gcov|llvm)/')
[ -z "$bad" ] || { echo "exported without ff_:"; echo "$bad"; exit 1; }
