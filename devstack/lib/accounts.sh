# shellcheck shell=bash
# The system users, the directories and the passwords.

make_accounts() {
    make_user
    make_directories
    if is_controller; then
        ! has_keystone || make_companion_account keystone
        ! has_glance || make_companion_account glance
        make_secrets
    fi
}

make_user() {
    make_system_user "$SERVICE_USER"
    local group
    for group in libvirt kvm; do
        if getent group "$group" >/dev/null; then
            usermod --append --groups "$group" "$SERVICE_USER"
        fi
    done
}

make_system_user() { # $1; the group has the same name
    getent group "$1" >/dev/null || groupadd --system "$1"
    getent passwd "$1" >/dev/null ||
        useradd --system --gid "$1" --home-dir "$STATE_DIR" --no-create-home --shell /usr/sbin/nologin "$1"
}

remove_system_user() { # $1
    if getent passwd "$1" >/dev/null; then
        userdel "$1"
        note "user $1"
    fi
    ! getent group "$1" >/dev/null || groupdel "$1"
}

make_directories() {
    install -d -m 0755 "$PREFIX" "$CACHE_DIR"
    # Keystone and Glance, which are other users, pass through to what is theirs.
    install -d -m 0751 -o root -g "$SERVICE_USER" "$CONFIG_DIR"
    install -d -m 0750 -o root -g "$SERVICE_USER" "$CONFIG_DIR/keys"
    # QEMU and dnsmasq, which are other users, pass through.
    install -d -m 0755 -o "$SERVICE_USER" -g "$SERVICE_USER" "$STATE_DIR" "$STATE_DIR/instances" \
        "$STATE_DIR/networks"
    install -d -m 0750 -o "$SERVICE_USER" -g "$SERVICE_USER" "$STATE_DIR/images" "$STATE_DIR/lock"
    install -d -m 0750 -o "$SERVICE_USER" -g "$SERVICE_USER" "$LOG_DIR"
}

# Passwords are made once and kept; one in the settings replaces the one that is kept.
make_secrets() {
    keep_secret DB_PASSWORD "${NOVA_LITE_DB_PASSWORD:-$(secret DB_PASSWORD)}"
    keep_secret RABBIT_PASSWORD "${NOVA_LITE_RABBIT_PASSWORD:-$(secret RABBIT_PASSWORD)}"
    ! has_keystone || make_keystone_secrets
}

# Secret $1 is $2 from now on; a random one if that is empty.
keep_secret() {
    local others
    others=$(grep -v "^$1=" "$CONFIG_DIR/secrets" 2>/dev/null || echo '# Made and read by stack.sh. No daemon reads this file.')
    write_file "$CONFIG_DIR/secrets" 0600 root:root <<<"$others
$1=${2:-$(random_password)}"
}

secret() {
    sed -n "s/^$1=//p" "$CONFIG_DIR/secrets" 2>/dev/null || true
}

random_password() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Standard input becomes file $1 with mode $2 and owner $3, at once and never readable by others in between.
write_file() {
    local new
    new=$(mktemp "$1.XXXXXX")
    chmod "$2" "$new"
    chown "$3" "$new"
    cat >"$new"
    mv "$new" "$1"
}
