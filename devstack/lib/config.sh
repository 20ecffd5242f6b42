# shellcheck shell=bash
# Configuration: the files of /etc/nova_lite.

write_configuration() {
    if is_controller; then
        write_controller_configuration
    fi
    if is_compute; then
        write_compute_configuration
    fi
    install -m 0440 "$SOURCE"/etc/sudoers.d/nova-lite /etc/sudoers.d/nova-lite
}

write_controller_configuration() {
    install_setting_file "$SOURCE/etc/nova_lite/api-paste.ini"
    controller_settings | write_own_file "$CONFIG_DIR/nova_lite.conf"
    "$VENV/bin/nova-lite-manage" operation create_key
    chown root:"$SERVICE_USER" "$CONFIG_DIR"/keys/*
}

controller_settings() {
    cat <<END
# Written by stack.sh; what is changed here is kept as .edited when stack.sh runs again, and is then without effect.
# Settings that last belong into devstack/local.conf, or into a file in $CONFIG_DIR/nova_lite.conf.d.

[DEFAULT]
$(common_settings)
transport_url = rabbit://$CONTROLLER_ACCOUNT:$(secret RABBIT_PASSWORD)@127.0.0.1:5672/$VHOST
# Whoever reaches this port says himself who he is (noauth2): open it to others only in a network that you trust.
osapi_compute_listen = $NOVA_LITE_API_LISTEN
osapi_compute_listen_port = $NOVA_LITE_API_PORT
osapi_compute_workers = $NOVA_LITE_API_WORKERS
metadata_listen = $NOVA_LITE_HOST_IP
metadata_listen_port = $NOVA_LITE_METADATA_PORT
metadata_workers = $NOVA_LITE_METADATA_WORKERS

[database]
connection = mysql://$DATABASE:$(secret DB_PASSWORD)@localhost/$DATABASE?unix_socket=/run/mysqld/mysqld.sock

[oslo_concurrency]
lock_path = $STATE_DIR/lock
END
}

common_settings() {
    cat <<END
debug = $(is_yes NOVA_LITE_DEBUG && echo true || echo false)
host = $NOVA_LITE_HOST_NAME
my_ip = $NOVA_LITE_HOST_IP
state_path = $STATE_DIR
END
}

# A file that the product brings and that an operator may change: what was changed stays.
install_setting_file() {
    local target=$CONFIG_DIR/${1##*/}
    if edited_by_hand "$target"; then
        note "$target was changed by hand and stays as it is"
        return
    fi
    remember_as_ours "$target" "$1"
    write_file "$target" 0640 root:"$SERVICE_USER" <"$1"
}

# A file that is made from the settings each time.
write_own_file() {
    local new
    new=$(mktemp)
    cat >"$new"
    if edited_by_hand "$1"; then
        cp -p "$1" "$1.edited"
        note "$1 had been changed by hand; that is in $1.edited now"
    fi
    remember_as_ours "$1" "$new"
    write_file "$1" 0640 root:"$SERVICE_USER" <"$new"
    rm -f "$new"
}

edited_by_hand() {
    [ -e "$1" ] && [ -e "$STATE_DIR/written/${1##*/}" ] && ! sha256sum --quiet -c "$STATE_DIR/written/${1##*/}"
}

remember_as_ours() { # file $1 gets the content of file $2
    install -d -m 0750 "$STATE_DIR/written"
    echo "$(sha256sum <"$2" | cut -d' ' -f1)  $1" >"$STATE_DIR/written/${1##*/}"
}
