# shellcheck shell=bash
# Keystone and Glance: what both have in common. Their environment, their system users, how they are served.

companions() { # the daemons, in the order in which they start
    ! has_keystone || echo nova-lite-keystone
    ! has_glance || echo nova-lite-glance
}

companion_user() { echo "nova-lite-$1"; }
companion_config() { echo "$CONFIG_DIR/$1"; }

# The address at which clients, and the other services, find a service.
public_address() {
    if [ "$NOVA_LITE_API_LISTEN" = 0.0.0.0 ]; then
        echo "$NOVA_LITE_HOST_IP"
    else
        echo "$NOVA_LITE_API_LISTEN"
    fi
}

identity_url() { echo "http://$(public_address):$NOVA_LITE_KEYSTONE_PORT/v3"; }
image_url() { echo "http://$(public_address):$NOVA_LITE_GLANCE_PORT"; }
compute_url() { echo "http://$(public_address):$NOVA_LITE_API_PORT/v2.1"; }

make_companions_environment() {
    local stamp requirements=$SOURCE/devstack/companions/requirements.txt constraints=$SOURCE/devstack/companions/constraints.txt
    make_venv "$COMPANIONS"
    stamp=$({ "$COMPANIONS/bin/python" --version && cat "$requirements" "$constraints"; } | sha256sum)
    if [ "$stamp" != "$(cat "$COMPANIONS/.requirements" 2>/dev/null)" ]; then
        { install_uwsgi "$COMPANIONS" "$constraints" &&
            pip_of "$COMPANIONS" install -c "$constraints" -r "$requirements"; } ||
            fail "pip could not install Keystone and Glance; does pip's package index answer? (pip config list)"
        echo "$stamp" >"$COMPANIONS/.requirements"
    fi
    link_client
}

# The client is for everybody on this machine; one that is there already stays.
link_client() {
    if ! command -v openstack; then
        ln -s "$COMPANIONS/bin/openstack" "$CLIENT_LINK"
    fi
}

unlink_client() {
    if [ "$(readlink "$CLIENT_LINK")" = "$COMPANIONS/bin/openstack" ]; then
        rm "$CLIENT_LINK"
        note "$CLIENT_LINK"
    fi
}

make_companion_account() { # $1 keystone or glance
    local user
    user=$(companion_user "$1")
    make_system_user "$user"
    install -d -m 0750 -o root -g "$user" "$(companion_config "$1")"
    install -d -m 0750 -o "$user" -g "$user" "$STATE_DIR/$1"
}

remove_companion_accounts() {
    remove_system_user "$(companion_user keystone)"
    remove_system_user "$(companion_user glance)"
}

# Runs a command of $1, keystone or glance, as the user that it runs as.
as_companion() {
    (cd / && runuser -u "$(companion_user "$1")" -- "$COMPANIONS/bin/$2" --config-dir "$(companion_config "$1")" "${@:3}")
}

# How uWSGI serves $1 at port $2. One process with a few threads: what they wait for is the database and the disk.
write_server_settings() {
    write_own_file "$(companion_config "$1")/$1-uwsgi.ini" "root:$(companion_user "$1")" <<END
; Written by stack.sh.
[uwsgi]
module = $1.wsgi.api:application
http-socket = $NOVA_LITE_API_LISTEN:$2
; Bytes of a request's headers: tokens and lists of roles are long.
buffer-size = 65535
; Images come in pieces, and nobody says beforehand how many.
http-chunked-input = true
; It closes each connection after the answer, and clients have to know.
add-header = Connection: close
processes = 1
threads = 4
enable-threads = true
lazy-apps = true
need-app = true
master = true
die-on-term = true
; Requests that succeed are not worth a line each.
disable-logging = true
log-4xx = true
log-5xx = true
END
}

# Starts those whose settings or programs are new, and those that do not run.
start_companions() {
    local daemon
    for daemon in $(companions); do
        install_service "$daemon"
    done
    ! has_systemd || systemctl daemon-reload
    has_systemd || start_supervisor
    for daemon in $(companions); do
        start_companion "$daemon"
    done
}

start_companion() { # $1 the daemon
    if runs_as_wanted "$1"; then
        return
    fi
    rm -f "$STATE_DIR/written/$1.started"
    if has_systemd; then
        systemctl -q enable "$1"
        systemctl reset-failed "$1" 2>/dev/null || true
        systemctl restart --no-block "$1"
    else
        supervisorctl stop "$1" || true
        # It starts a program whose file is new to it.
        supervisorctl update "$1"
        supervisorctl start "$1" || true
    fi
    companion_state "$1" >"$STATE_DIR/written/$1.started"
}

runs_as_wanted() {
    is_running "$1" && [ "$(companion_state "$1")" = "$(cat "$STATE_DIR/written/$1.started" 2>/dev/null)" ]
}

# What a daemon is started with.
companion_state() {
    cat "$COMPANIONS/.requirements" "$(service_file "$1")" "$(companion_config "${1#nova-lite-}")"/*.* | sha256sum
}

# Those that the settings do not want any more; their data stays.
remove_other_companions() {
    local daemon wanted
    wanted=$(companions)
    for daemon in nova-lite-keystone nova-lite-glance; do
        if ! grep -qx "$daemon" <<<"$wanted"; then
            remove_service "$daemon"
            rm -f "$STATE_DIR/written/$daemon.started"
        fi
    done
}
