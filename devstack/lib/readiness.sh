# shellcheck shell=bash
# Readiness: a daemon is ready when it has been seen working, not when its process exists.

wait_for_daemons() {
    local daemon
    if is_controller; then
        wait_until "$NOVA_LITE_TIMEOUT" "The API does not answer at $(api_url); look into: $(where_is_the_log "$(api_daemon)")" \
            curl -sf --max-time 2 -o /dev/null "$(api_url)/"
    fi
    for daemon in $(daemons); do
        wait_until "$NOVA_LITE_TIMEOUT" "$daemon does not run; look into: $(where_is_the_log "$daemon")" is_running "$daemon"
        if is_controller && [ "$daemon" != "$(api_daemon)" ]; then
            wait_until "$NOVA_LITE_TIMEOUT" "$daemon runs, but does not report; look into: $(where_is_the_log "$daemon")" \
                reports "$daemon"
        fi
    done
}

is_running() {
    if has_systemd; then
        systemctl is-active "$1"
    else
        grep -q RUNNING <<<"$(supervisorctl status "$(supervised_name "$1")")"
    fi
}

# It has written a heartbeat since it was started.
reports() {
    api "$ADMIN" GET "/os-services?binary=$1&host=$NOVA_LITE_HOST_NAME" |
        json "[service['state'] for service in it['services'] if (service['updated_at'] or '') >= '$RESTARTED']" |
        grep -qx up
}

# The clock of heartbeats is the database's, in UTC.
database_time() { date -u '+%FT%T'; }
