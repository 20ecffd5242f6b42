#!/bin/bash
# Stop nova_lite on this machine. Nothing is removed; stack.sh starts it again.
#
#   ./devstack/unstack.sh              stops the daemons, Keystone and Glance; guests, database, RabbitMQ and libvirt go on
#   ./devstack/unstack.sh --guests     shuts the guests down too
#   ./devstack/unstack.sh -h           this text
set -euo pipefail

# shellcheck source=lib/devstack.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib/devstack.sh"

main() {
    local guests=no
    case ${1:-} in
        '') ;;
        --guests) guests=yes ;;
        -h | --help)
            show_usage
            return
            ;;
        *) die "unknown argument '$1'" ;;
    esac
    become_root "$@"
    load_settings
    one_at_a_time
    open_log "$LOG_DIR/unstack.log"
    STEP_TOTAL=1
    [ $guests = no ] || STEP_TOTAL=2
    step 'Daemons' stop_daemons
    if [ $guests = yes ]; then
        step 'Guests' stop_guests
    fi
}

stop_guests() {
    local uuid
    for uuid in $(our_domains); do
        virsh -q -c "$LIBVIRT_URI" shutdown "$uuid" || true
    done
    # Who does not listen is switched off.
    SECONDS=0
    while [ -n "$(our_running_domains)" ] && [ "$SECONDS" -lt 20 ]; do sleep 0.5; done
    for uuid in $(our_running_domains); do
        virsh -q -c "$LIBVIRT_URI" destroy "$uuid"
    done
    note 'no guest runs; the compute service finds them stopped when it starts again'
}

main "$@"
