#!/bin/bash
# Remove nova_lite from this machine: guests, networks, daemons, databases, accounts, files.
#
#   ./devstack/clean.sh           asks first, on a terminal
#   ./devstack/clean.sh --yes     does not ask
#   ./devstack/clean.sh -h        this text
#
# System packages stay, and so does the built guest image in /var/cache/nova_lite (--cache removes it too). Servers
# that people have built are gone for good.
set -euo pipefail

# shellcheck source=lib/devstack.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib/devstack.sh"

main() {
    local sure=no
    CLEAN_CACHE=no
    local argument
    for argument; do
        case $argument in
            --yes) sure=yes ;;
            --cache) CLEAN_CACHE=yes ;;
            -h | --help)
                show_usage
                return
                ;;
            *) die "unknown argument '$argument'" ;;
        esac
    done
    become_root "$@"
    [ $sure = yes ] || be_sure
    load_settings
    one_at_a_time
    open_log /var/log/nova_lite-clean.log
    STEP_TOTAL=5
    step 'Daemons' remove_all_daemons
    step 'Guests' remove_domains
    step 'Networks' remove_networks
    step 'Database and broker' remove_from_servers
    step 'Files and accounts' remove_files
    echo "nova_lite is gone; details in $LOG. System packages are as they were."
}

be_sure() {
    # Without a terminal it was a program that called this, and there is nobody to ask.
    [ -t 0 ] || return 0
    local answer
    read -r -p 'Remove all servers and data of nova_lite from this machine? [y/N] ' answer
    [[ $answer =~ ^[yY] ]] || die 'nothing was removed'
}

remove_all_daemons() {
    stop_daemons
    remove_daemons
}

remove_from_servers() {
    remove_databases
    remove_from_rabbitmq
    remove_supervised_servers
}

remove_files() {
    local path
    remove_clouds
    unlink_client
    # The packages stay installed, and a later stack must know that they came from an earlier one.
    rm -f "$(key_file)" "$(key_file).pub"
    for path in "$CONFIG_DIR" "$STATE_DIR" "$LOG_DIR" "$PREFIX" /etc/sudoers.d/nova-lite; do
        if [ -e "$path" ]; then
            rm -rf --one-file-system "$path"
            note "$path"
        fi
    done
    if [ "$CLEAN_CACHE" = yes ]; then
        rm -rf "$CACHE_DIR"
        note "$CACHE_DIR"
    fi
    remove_system_user "$SERVICE_USER"
    remove_companion_accounts
}

main "$@"
