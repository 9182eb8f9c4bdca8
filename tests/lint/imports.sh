#!/bin/sh
# imports.sh PROGRAM - the program takes nothing from CivetWeb but what it needs: its form parser, file
# sender, cookie reader and WebSockets have a history, and are not to be reachable. Source: S47.
set -eu
allowed='^mg_(init_library|exit_library|start2|stop|get_server_ports|get_request_info|get_thread_pointer|get_user_data|get_context|get_user_connection_data|set_user_connection_data|disable_connection_keep_alive|read|write|version)$'
bad=$(nm -D --undefined-only "$1" | awk '{ print $NF }' | grep '^mg_' | grep -vE "$allowed" || true)
[ -z "$bad" ] || { echo "not to be used:"; echo "$bad"; exit 1; }
