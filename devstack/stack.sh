#!/bin/bash
# Install nova_lite on this machine, start it, and boot a server in it.
#
#   ./devstack/stack.sh          as root, or as somebody who may use sudo
#   ./devstack/stack.sh -h       this text
#
# Debian 12 or Ubuntu 24.04, bare. It can be run again at any time: what is right already stays, the daemons are
# restarted with the present code and settings. Settings are NOVA_LITE_* variables in the environment or in
# devstack/local.conf; local.conf.sample describes them. The log is /var/log/nova_lite/stack.log.
#
#   ./devstack/unstack.sh        stops it
#   ./devstack/clean.sh          removes it
set -euo pipefail

# shellcheck source=lib/devstack.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib/devstack.sh"

main() {
    case ${1:-} in
        '') ;;
        -h | --help)
            show_usage
            return
            ;;
        *) die "unknown argument '$1'; settings are variables, see local.conf.sample" ;;
    esac
    become_root "$@"
    load_settings
    check_machine
    one_at_a_time
    open_log "$LOG_DIR/stack.log"
    count_steps
    echo "nova_lite, role $NOVA_LITE_ROLE, on $NOVA_LITE_HOST_NAME ($NOVA_LITE_HOST_IP); details in $LOG"
    install_everything
    if is_controller; then
        fill_the_cloud
    fi
    show_result
}

check_machine() {
    local id version
    # shellcheck disable=SC1091
    id=$(. /etc/os-release && echo "${ID:-}")
    # shellcheck disable=SC1091
    version=$(. /etc/os-release && echo "${VERSION_ID:-}")
    case $id-$version in
        debian-12 | ubuntu-24.04) ;;
        *) echo "This is $id $version. It is made for Debian 12 and Ubuntu 24.04; going on all the same." >&2 ;;
    esac
    command -v apt-get >/dev/null || die 'it needs apt-get: Debian or Ubuntu'
    [ "$(dpkg --print-architecture)" = amd64 ] || die 'it needs an amd64 machine'
    local free_mb
    free_mb=$(df -Pm /var | awk 'NR == 2 {print $4}')
    [ "$free_mb" -ge 3000 ] || die "/var has $free_mb MB left; it takes about 3000"
}

# As many as install_everything and fill_the_cloud have.
count_steps() {
    STEP_TOTAL=5
    ! is_compute || STEP_TOTAL=$((STEP_TOTAL + 1))
    ! is_controller || STEP_TOTAL=$((STEP_TOTAL + 4))
    ! wants_guest || STEP_TOTAL=$((STEP_TOTAL + 2))
    ! wants_guest || ! is_compute || STEP_TOTAL=$((STEP_TOTAL + 2))
}

wants_guest() { is_controller && ! is_yes NOVA_LITE_SKIP_GUEST; }

install_everything() {
    step 'System packages' install_packages
    step 'Accounts and directories' make_accounts
    if wants_guest; then
        step_in_background 'Guest image' build_guest_image
    fi
    # They take their time to come up; the environment is made meanwhile.
    step_in_background 'Servers that it uses' start_servers
    step 'Python environment' make_environment
    step_join 'Servers that it uses'
    if is_controller; then
        step 'Database and broker accounts' set_up_servers
        step 'Configuration of the controller' write_controller_configuration
        step 'Database schema' sync_database
    fi
    if is_compute; then
        step 'Configuration of the compute host' write_compute_configuration
    fi
    step 'Daemons' start_daemons
}

start_servers() {
    if is_controller; then
        start_database
        start_rabbitmq
    fi
    if is_compute; then
        start_libvirt
    fi
}

set_up_servers() {
    set_up_database
    set_up_rabbitmq
}

start_daemons() {
    install_daemons
    restart_daemons
    wait_for_daemons
}

fill_the_cloud() {
    step 'Flavors, network and key pair' set_up_cloud
    if ! wants_guest; then
        return
    fi
    step_join 'Guest image'
    step 'Guest image into the image store' upload_guest_image
    if ! is_compute; then
        return
    fi
    step 'A server is built' boot_trial_server
    if [ "$NOVA_LITE_VIRT_DRIVER" = libvirt ]; then
        step 'Ping and login' reach_trial_server
    else
        step 'Its console log' show_fake_server
    fi
}

show_result() {
    echo
    show_times
    printf '  %-42s %7s s\n' 'all of it' "$(seconds_since "$STARTED")"
    echo
    if is_controller; then
        show_how_to_use
    else
        echo "This host works for $NOVA_LITE_CONTROLLER; see there: curl -H X-Auth-Token:admin:admin http://127.0.0.1:8774/v2.1/os-services"
    fi
}

show_how_to_use() {
    cat <<END
The API is at $(api_url)/v2.1. Whoever you say you are is believed (X-Auth-Token: user:project).

  . $SOURCE/devstack/openrc        # OS_* for openstack clients, and the functions below
  api GET /servers/detail
  api POST /servers '{"server": {"name": "second", "imageRef": "'\$(image)'", "flavorRef": "42",
      "key_name": "$KEY_NAME", "networks": "auto"}}'
  console second                    # its console log
  login second                      # ssh with the key $(key_file)

  curl -H 'X-Auth-Token: $DEMO' $(api_url)/v2.1/servers
  $VENV/bin/nova-lite-manage --help
  ./devstack/stack.sh again after a change, unstack.sh to stop, clean.sh to remove everything
END
}

STARTED=$EPOCHREALTIME
main "$@"
