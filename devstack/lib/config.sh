# shellcheck shell=bash
# Configuration: the files of /etc/nova_lite.

write_controller_configuration() {
    install_setting_file "$SOURCE/etc/nova_lite/api-paste.ini"
    controller_settings | write_own_file "$CONFIG_DIR/nova_lite.conf"
    write_host_access
    "$VENV/bin/nova-lite-manage" operation create_key
    "$VENV/bin/nova-lite-manage" host create_key
    keys_for_the_service
}

write_compute_configuration() {
    if is_controller; then
        let_this_host_join
    else
        install -m 0640 "$NOVA_LITE_HOST_KEY" "$(host_key_file)"
    fi
    keys_for_the_service
    compute_settings | write_own_file "$CONFIG_DIR/compute.conf"
    install -m 0440 "$SOURCE/etc/sudoers.d/nova-lite" /etc/sudoers.d/nova-lite
}

keys_for_the_service() {
    chown root:"$SERVICE_USER" "$CONFIG_DIR"/keys/*
    chmod 0640 "$CONFIG_DIR"/keys/*
}

host_key_file() { echo "$CONFIG_DIR/keys/$NOVA_LITE_HOST_NAME.key"; }

# A key file and a broker account of this host's own. It keeps them, unless they are no longer good for anything.
let_this_host_join() {
    local joined
    if has_joined; then
        return
    fi
    joined=$("$VENV/bin/nova-lite-manage" host add "$NOVA_LITE_HOST_NAME" --vhost "$VHOST" --broker 127.0.0.1 \
        --output "$(host_key_file)" --format json)
    keep_secret HOST_TRANSPORT_URL "$(json 'it["transport_url"]' <<<"$joined")"
}

has_joined() {
    local url account
    url=$(secret HOST_TRANSPORT_URL)
    account=$(sed -n 's|^rabbit://\([^:]*\):.*|\1|p' <<<"$url")
    [ -n "$account" ] && [ "$account" = "nova_lite-compute-$NOVA_LITE_HOST_NAME" ] && [ -e "$(host_key_file)" ] &&
        grep -q 'revoked=\(False\|0\)' \
            <<<"$("$VENV/bin/nova-lite-manage" host list | grep "name=$NOVA_LITE_HOST_NAME ")" &&
        sed 's|^rabbit://[^:]*:\([^@]*\)@.*|\1|' <<<"$url" | rabbitmqctl -q authenticate_user "$account"
}

compute_settings() {
    local is_fake=no
    [ "$NOVA_LITE_VIRT_DRIVER" != fake ] || is_fake=yes
    cat <<END
# Written by stack.sh, as nova_lite.conf. This file has this host's own broker account and key, and neither the
# database nor a controller's key: it runs strangers' guests. Its user in Keystone may do no more than read images and
# write the bytes of snapshots.

[DEFAULT]
$(common_settings)
transport_url = ${NOVA_LITE_TRANSPORT_URL:-$(secret HOST_TRANSPORT_URL)}
compute_driver = $([ $is_fake = yes ] && echo fake.FakeDriver || echo libvirt.LibvirtDriver)
network_driver = $([ $is_fake = yes ] && echo fake || echo flat_dhcp)
${NOVA_LITE_FLAT_INTERFACE:+flat_interface = $NOVA_LITE_FLAT_INTERFACE
}metadata_host = ${NOVA_LITE_CONTROLLER:-$NOVA_LITE_HOST_IP}
metadata_port = $NOVA_LITE_METADATA_PORT

[libvirt]
virt_type = $NOVA_LITE_VIRT_TYPE

[rpc]
key_file = $(host_key_file)

$(image_settings_of_host)

[oslo_concurrency]
lock_path = $STATE_DIR/lock

$(metrics_settings)
END
}

image_settings_of_host() {
    local access=${NOVA_LITE_HOST_ACCESS:-$HOST_ACCESS}
    if [ -e "$access" ]; then
        cat "$access"
    else
        printf '[image]\nstore = files\n'
    fi
}

# A part of compute.conf: what all compute hosts have in common. It is copied to them beside their keys.
write_host_access() {
    if has_glance; then
        {
            echo "# How compute hosts get images. Written by stack.sh."
            glance_client_settings nova_lite_compute
        } | write_file "$HOST_ACCESS" 0600 root:root
    else
        rm -f "$HOST_ACCESS"
    fi
}

glance_client_settings() { # $1 the user of Keystone by whom it is asked
    cat <<END
[image]
store = glance

[glance]
$(service_credentials "$1")
valid_interfaces = internal
END
}

image_settings_of_controller() {
    if has_glance; then
        glance_client_settings nova_lite
    else
        printf '[image]\nstore = files\n'
    fi
}

# Who may use the API, and where images are.
identity_settings() {
    if ! has_keystone; then
        printf '[api]\nauth_strategy = noauth2\n\n'
        image_settings_of_controller
        return
    fi
    cat <<END
[api]
auth_strategy = keystone

[keystone_authtoken]
$(service_credentials nova_lite)
www_authenticate_uri = $(identity_url)
service_type = compute
service_token_roles = service
service_token_roles_required = true

[service_user]
$(service_credentials nova_lite)
send_service_user_token = true

$(image_settings_of_controller)
END
}

controller_settings() {
    cat <<END
# Written by stack.sh; what is changed here is kept as .edited when stack.sh runs again, and is then without effect.
# Settings that last belong into devstack/local.conf, or into a file in $CONFIG_DIR/nova_lite.conf.d.

[DEFAULT]
$(common_settings)
transport_url = rabbit://$CONTROLLER_ACCOUNT:$(secret RABBIT_PASSWORD)@127.0.0.1:5672/$VHOST
$(has_keystone || cat <<NOAUTH2
# Whoever reaches this port says himself who he is (noauth2): open it to others only in a network that you trust.
NOAUTH2
)
osapi_compute_listen = $NOVA_LITE_API_LISTEN
osapi_compute_listen_port = $NOVA_LITE_API_PORT
osapi_compute_workers = $NOVA_LITE_API_WORKERS
metadata_listen = $NOVA_LITE_HOST_IP
metadata_listen_port = $NOVA_LITE_METADATA_PORT
metadata_workers = $NOVA_LITE_METADATA_WORKERS

[database]
connection = $(database_url)

$(identity_settings)

[oslo_concurrency]
lock_path = $STATE_DIR/lock

$(metrics_settings)
END
}

metrics_settings() {
    [ -n "$NOVA_LITE_METRICS_LISTEN" ] || return 0
    cat <<END
[metrics]
enabled = true
listen = $NOVA_LITE_METRICS_LISTEN
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

# A file that is made from the settings each time: $1, of the owner $2.
write_own_file() {
    local new
    new=$(mktemp)
    cat >"$new"
    if edited_by_hand "$1"; then
        cp -p "$1" "$1.edited"
        note "$1 had been changed by hand; that is in $1.edited now"
    fi
    remember_as_ours "$1" "$new"
    write_file "$1" 0640 "${2:-root:$SERVICE_USER}" <"$new"
    rm -f "$new"
}

edited_by_hand() {
    [ -e "$1" ] && [ -e "$STATE_DIR/written/${1##*/}" ] && ! sha256sum --quiet -c "$STATE_DIR/written/${1##*/}"
}

remember_as_ours() { # file $1 gets the content of file $2
    install -d -m 0750 "$STATE_DIR/written"
    echo "$(sha256sum <"$2" | cut -d' ' -f1)  $1" >"$STATE_DIR/written/${1##*/}"
}
