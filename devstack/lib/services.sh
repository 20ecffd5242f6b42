# shellcheck shell=bash
# Services: the product's daemons and the servers that they need, under systemd, or under supervisor where systemd
# is not what runs this machine.

SUPERVISOR_DIR=/etc/supervisor/conf.d
UNIT_DIR=/etc/systemd/system

daemons() { # in the order in which they start
    if is_controller; then
        echo nova-lite-conductor nova-lite-scheduler "$(api_daemon)"
    fi
    if is_compute; then
        echo nova-lite-compute
    fi
}

has_uwsgi() { [ "$NOVA_LITE_API_SERVER" = uwsgi ]; }

api_daemon() {
    if has_uwsgi; then
        echo nova-lite-api-uwsgi
    else
        echo nova-lite-api
    fi
}

# The API under the server that is not the chosen one any more.
remove_other_api() {
    local other=nova-lite-api-uwsgi
    ! has_uwsgi || other=nova-lite-api
    remove_service "$other"
}

# Stops $1, a unit or a program of ours, and forgets it.
remove_service() {
    # A link is the alias of another one.
    if has_systemd && [ -e "$UNIT_DIR/$1.service" ] && [ ! -L "$UNIT_DIR/$1.service" ]; then
        systemctl -q disable --now "$1"
        rm "$UNIT_DIR/$1.service"
    elif [ -e "$SUPERVISOR_DIR/$1.conf" ]; then
        ! supervisor_runs || supervisorctl stop "$(supervised_name "$1")" || true
        rm "$SUPERVISOR_DIR/$1.conf"
        ! supervisor_runs || supervisorctl update
    fi
}

# The product's daemons are a group of supervisor's.
supervised_name() {
    case $1 in
        nova-lite-keystone | nova-lite-glance) echo "$1" ;;
        *) echo "nova-lite:$1" ;;
    esac
}

# A server that a package of the distribution brought: starts it, unless it answers already.
start_system_service() { # $1 our supervisor program, $2 its unit, $3 function that tests it, $4 where its log is
    local program=$1 unit=$2 answers=$3 log=$4
    if has_systemd; then
        systemctl enable --now "$unit" || fail "$unit does not start; see: journalctl -u $unit"
    elif ! "$answers"; then
        supervise "$program"
    fi
    wait_until "$NOVA_LITE_TIMEOUT" "$unit was started, but does not answer; look into $log" "$answers"
}

install_daemons() {
    local daemon
    remove_other_api
    if has_systemd; then
        for daemon in $(daemons); do
            install_service "$daemon"
        done
        systemctl daemon-reload
        # shellcheck disable=SC2046
        systemctl -q enable $(daemons)
    else
        # A group is stopped and started at the same time, and not one by one.
        for daemon in $(daemons); do
            install_service "$daemon"
        done
        printf '[group:nova-lite]\nprograms=%s\n' "$(daemons | paste -sd, | tr ' ' ',')" >"$SUPERVISOR_DIR/nova-lite.conf"
    fi
}

install_service() { # of daemon $1
    if has_systemd; then
        install_unit "$1"
    else
        install_program "$1"
    fi
}

# Where install_service puts it.
service_file() {
    if has_systemd; then
        echo "$UNIT_DIR/$1.service"
    else
        echo "$SUPERVISOR_DIR/$1.conf"
    fi
}

install_unit() {
    install -m 0644 "$SOURCE/etc/systemd/$1.service" "$UNIT_DIR/"
    # Without libvirt there is no group of that name, and systemd would not start the unit.
    getent group libvirt >/dev/null || sed -i '/^SupplementaryGroups=libvirt$/d' "$UNIT_DIR/$1.service"
}

restart_daemons() {
    # shellcheck disable=SC2046
    if has_systemd; then
        systemctl stop $(daemons)
        RESTARTED=$(database_time)
        # Units that failed too often are not started again before they are reset.
        systemctl reset-failed $(daemons) 2>/dev/null || true
        systemctl start --no-block $(daemons)
    else
        start_supervisor
        supervisorctl stop 'nova-lite:*' || true
        RESTARTED=$(database_time)
        supervisorctl update
        supervisorctl start 'nova-lite:*' || true
    fi
}

stop_daemons() {
    local present
    if has_systemd; then
        present=$(cd "$UNIT_DIR" && find . -maxdepth 1 -type f -name 'nova-lite-*.service' -printf '%f ')
        # shellcheck disable=SC2086
        [ -z "$present" ] || systemctl -q disable --now $present
    elif supervisor_runs; then
        supervisorctl stop 'nova-lite:*' || true
        rm -f "$SUPERVISOR_DIR"/nova-lite*.conf
        # What has no file any more is stopped too.
        supervisorctl update
    fi
    note 'the daemons are stopped'
}

remove_daemons() {
    rm -f "$UNIT_DIR"/nova-lite-*.service "$SUPERVISOR_DIR"/nova-lite*.conf
    ! has_systemd || systemctl daemon-reload
}

# --- supervisor -------------------------------------------------------------

supervisor_runs() { supervisorctl pid >/dev/null 2>&1; }

start_supervisor() {
    # Again and again: one that is just ending holds the socket for a while.
    wait_until 60 'supervisord does not start; look into /var/log/supervisor/supervisord.log' launch_supervisor
}

launch_supervisor() { supervisor_runs || { supervisord -c /etc/supervisor/supervisord.conf && supervisor_runs; }; }

install_program() { # $1: a file of etc/supervisor
    install -m 0644 "$SOURCE/etc/supervisor/$1.conf" "$SUPERVISOR_DIR/"
}

supervise() { # $1: as install_program; starts it now
    start_supervisor
    install_program "$1"
    supervisorctl update
    supervisorctl start "$1" || true
}

# The servers that stack.sh has put under supervisor, which nobody else would stop.
remove_supervised_servers() {
    local program
    has_systemd || ! supervisor_runs || for program in libvirt virtlogd rabbitmq mariadb postgresql; do
        if [ -e "$SUPERVISOR_DIR/$program.conf" ]; then
            supervisorctl stop "$program"
            rm "$SUPERVISOR_DIR/$program.conf"
            note "supervisor: $program is stopped"
        fi
    done
    if ! has_systemd && supervisor_runs; then
        supervisorctl update
        # With nothing left to supervise it has nothing to do.
        [ -n "$(supervisorctl status)" ] || end_supervisor
    fi
}

end_supervisor() {
    local pid
    pid=$(supervisorctl pid)
    supervisorctl shutdown
    wait_until 60 "supervisord (process $pid) does not end" is_no_process "$pid"
}

is_no_process() { ! kill -0 "$1"; }

where_is_the_log() { # of daemon $1
    if has_systemd; then
        echo "journalctl -u $1"
    else
        echo "$LOG_DIR/$1.log"
    fi
}
