#!/bin/sh
# deps.sh MODE SCOPE - what the list in deps.txt asks for and this machine lacks.
#   missing build|check|bench|fuzz   name what is missing, one line each; exit 1 when something is
#   install build|check|bench|fuzz   install it with apt, as root or through sudo; nothing present is touched
# Scope `check` includes `build`; `bench` and `fuzz` include both.
set -eu
here=$(dirname "$0")
mode=${1:-missing} scope=${2:-build}

present() { # KIND PROBE
    case $1 in
    command) command -v "$2" >/dev/null 2>&1 ;;
    pkg) command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$2" ;;
    header) command -v cc >/dev/null 2>&1 && printf '#include <%s>\n' "$2" | cc -E -x c - >/dev/null 2>&1 ;;
    file) [ -e "$2" ] ;;
    *) echo "deps.txt: unknown kind of probe: $1" >&2; exit 70 ;;
    esac
}

lacking=
while read -r package kind probe for; do
    case $package in '' | '#'*) continue ;; esac
    case "$scope:$for" in
    build:check | *:bench | *:fuzz) [ "$scope" = "$for" ] || continue ;;
    esac
    present "$kind" "$probe" || lacking="$lacking $package"
done <"$here/deps.txt"

[ -n "$lacking" ] || exit 0
for package in $lacking; do
    echo "missing: $package"
done
line="apt-get install -y --no-install-recommends$lacking"
if [ "$mode" = missing ]; then
    echo "install with: make deps   (or: sudo $line)"
    exit 1
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Neither root nor sudo here. As root, type: $line" >&2
        exit 77
    fi
    as_root="sudo"
fi
echo "+ $line"
known=yes
for package in $lacking; do
    apt-cache show "$package" >/dev/null 2>&1 || known=no
done
install_all() {
    # shellcheck disable=SC2086 # a list of package names
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $lacking
}
[ $known = yes ] || $as_root apt-get update
# package lists may be stale: one more try with fresh ones
install_all || { $as_root apt-get update && install_all; }
