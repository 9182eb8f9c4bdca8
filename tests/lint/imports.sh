#!/bin/sh
# imports.sh PROGRAM LIBRARY - what the program takes from its libraries, and our own code from the engine inside it. From CivetWeb only what is listed: its form parser, file
# sender and cookie reader have a history and are not to be reachable (security.md S47). From the C library nothing that
# writes without a bound or runs a shell (S93), whoever in the program, or whichever macro, would call it.
set -eu
imports=$(nm -D --undefined-only "$1" | awk '{ print $NF }' | sed 's/@.*//')
bad=0
mg='mg_(init_library|exit_library|start2|stop|get_server_ports|get_request_info|get_thread_pointer|get_user_data|get_context|get_user_connection_data|set_user_connection_data|disable_connection_keep_alive|read|write|version)'
found=$(printf '%s\n' "$imports" | grep '^mg_' | grep -vE "^$mg\$" || true)
[ -z "$found" ] || { echo "not to be used of CivetWeb:"; echo "$found"; bad=1; }

never='strcpy|strcat|stpcpy|strncpy|strncat|sprintf|vsprintf|gets|strtok|atoi|atol|atoll|alloca|system|popen|tmpnam|tempnam|mktemp|wordexp|scanf|rand|srand|random|drand48|getpw|getlogin'
never="($never|__(strcpy|strcat|stpcpy|strncpy|strncat|sprintf|vsprintf|gets)_chk)"
# The engine is in the program: what our own code asks of it is seen in our objects.
imports="$imports
$(nm -u "$2" 2>/dev/null | awk '{ print $NF }' | grep -E '^(sqlite3|cJSONUtils)_')"
libraries='sqlite3_(mprintf|vmprintf|snprintf|load_extension|enable_load_extension|auto_extension|enable_shared_cache)|cJSONUtils_.*'
found=$(printf '%s\n' "$imports" | grep -E "^($never|$libraries)\$" || true)
[ -z "$found" ] || { echo "not to be called:"; echo "$found"; bad=1; }
exit $bad
