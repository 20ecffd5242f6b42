# shellcheck shell=bash
# RabbitMQ: a virtual host and the controllers' account. Each compute host's own account is made by
# 'nova-lite-manage host add'.

CONTROLLER_ACCOUNT=nova_lite-controller

rabbitmq_answers() { rabbitmqctl -q await_startup --timeout 5 >/dev/null 2>&1; }

start_rabbitmq() {
    start_system_service rabbitmq rabbitmq-server rabbitmq_answers "/var/log/rabbitmq/"
}

set_up_rabbitmq() {
    local accounts
    if accounts=$(rabbitmqctl -q list_permissions -p "$VHOST" 2>/dev/null) &&
        grep -q "^${CONTROLLER_ACCOUNT}[[:space:]]" <<<"$accounts" &&
        secret RABBIT_PASSWORD | rabbitmqctl -q authenticate_user "$CONTROLLER_ACCOUNT"; then
        return
    fi
    grep -qx "$VHOST" <<<"$(rabbitmqctl -q list_vhosts)" || rabbitmqctl -q add_vhost "$VHOST"
    # Passwords go by standard input: a command line can be read by every user of the machine.
    if grep -q "^${CONTROLLER_ACCOUNT}[[:space:]]" <<<"$(rabbitmqctl -q list_users)"; then
        secret RABBIT_PASSWORD | rabbitmqctl -q change_password "$CONTROLLER_ACCOUNT"
    else
        secret RABBIT_PASSWORD | rabbitmqctl -q add_user "$CONTROLLER_ACCOUNT"
    fi
    rabbitmqctl -q set_permissions -p "$VHOST" "$CONTROLLER_ACCOUNT" '.*' '.*' '.*'
    remove_guest_account
}

# A new RabbitMQ has an administrator 'guest' with a known password, for every local user.
remove_guest_account() {
    was_installed_by_us rabbitmq-server || return 0
    if grep -q '^guest[[:space:]]' <<<"$(rabbitmqctl -q list_users)"; then
        rabbitmqctl -q delete_user guest
        note "RabbitMQ: removed the account 'guest', whose password everybody knows"
    fi
}

remove_from_rabbitmq() {
    local account accounts
    command -v rabbitmqctl >/dev/null || return 0
    if ! rabbitmq_answers; then
        note "RabbitMQ does not answer: the virtual host $VHOST, if there is one, stays"
        return
    fi
    accounts=$(rabbitmqctl -q list_users | awk '$1 ~ /^nova_lite-/ {print $1}')
    if grep -qx "$VHOST" <<<"$(rabbitmqctl -q list_vhosts)"; then
        rabbitmqctl -q delete_vhost "$VHOST"
        note "RabbitMQ: virtual host $VHOST"
    fi
    for account in $accounts; do
        rabbitmqctl -q delete_user "$account"
        note "RabbitMQ: account $account"
    done
}
