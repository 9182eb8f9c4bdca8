#!/bin/sh
# hardening.sh PROGRAM LIBRARY - what the compiler and the linker were asked for is in the program that came out: a lost
# flag is silent otherwise. Branch protection is looked for in our objects, because the C library's start files have none
# and the linker then marks no program. Source: security.md S92.
set -eu
export LC_ALL=C
program=$1 library=$2 bad=0
wants() { # NAME TEXT PATTERN
    printf '%s\n' "$2" | grep -qE "$3" || { echo "$program: no $1"; bad=1; }
}
refuses() { # NAME TEXT PATTERN
    ! printf '%s\n' "$2" | grep -qE "$3" || { echo "$program: $1"; bad=1; }
}

header=$(readelf -hW "$program")
segments=$(readelf -lW "$program")
dynamic=$(readelf -dW "$program")
imports=$(nm -D --undefined-only "$program")
wants 'position independence (-fPIE -pie)' "$header$dynamic" 'FLAGS_1.*PIE'
wants 'RELRO (-z relro)' "$segments" 'GNU_RELRO'
wants 'immediate binding (-z now)' "$dynamic" 'BIND_NOW'
wants 'stack segment (-z noexecstack)' "$segments" 'GNU_STACK'
refuses 'the stack is executable' "$segments" 'GNU_STACK.*E *0x'
refuses 'a segment is writable and executable' "$segments" 'LOAD.* RWE '
refuses 'relocations in the code' "$dynamic" 'TEXTREL'
refuses 'a library path of its own' "$dynamic" 'RPATH|RUNPATH'

# A sanitizer replaces these three.
if ! printf '%s\n' "$imports" | grep -qE '__(asan|tsan|ubsan)_'; then
    wants 'stack protector' "$imports" '__stack_chk_fail'
    wants 'fortified calls (_FORTIFY_SOURCE)' "$imports" '__(snprintf|vsnprintf|memcpy|memmove|read|printf)_chk'
    if printf '%s\n' "$header" | grep -q X86-64; then
        marks=$(readelf -nW "$library" 2>/dev/null | awk '
            /^File: / { if (name && !marked && name !~ /web_data\.o/) print name; name = $2; marked = 0 }
            /IBT, SHSTK/ { marked = 1 }
            END { if (name && !marked && name !~ /web_data\.o/) print name }')
        [ -z "$marks" ] || { echo "without branch protection (-fcf-protection):"; echo "$marks"; bad=1; }
    fi
fi
exit $bad
