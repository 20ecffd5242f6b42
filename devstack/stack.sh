#!/bin/bash
# Install nova_lite on this machine, start it, and boot a server in it.
#
#   ./devstack/stack.sh          as root, or as somebody who may use sudo
#   ./devstack/stack.sh -h       this text
#
# Debian 12 or Ubuntu 24.04, bare. With it come Keystone, Glance and the openstack client (NOVA_LITE_AUTH=noauth2: without
# them). It can be run again at any time: what is right already stays, the daemons are
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
    free_mb=$(df -Pm /opt | awk 'NR == 2 {print $4}')
    ! is_controller || ! has_keystone || [ "$free_mb" -ge 1000 ] || [ -e "$COMPANIONS" ] ||
        die "/opt has $free_mb MB left; it takes about 1000"
}

# As many as install_everything and fill_the_cloud have.
count_steps() {
    STEP_TOTAL=5
    ! is_compute || STEP_TOTAL=$((STEP_TOTAL + 1))
    ! is_controller || STEP_TOTAL=$((STEP_TOTAL + 4))
    ! wants_companions || STEP_TOTAL=$((STEP_TOTAL + 2))
    ! wants_guest || STEP_TOTAL=$((STEP_TOTAL + 2))
    ! wants_guest || ! is_compute || STEP_TOTAL=$((STEP_TOTAL + 2))
}

wants_guest() { is_controller && ! is_yes NOVA_LITE_SKIP_GUEST; }
wants_companions() { is_controller && has_keystone; }
companions_named() { has_glance && echo 'Keystone and Glance' || echo Keystone; }

install_everything() {
    step 'System packages' install_packages
    step 'Accounts and directories' make_accounts
    if wants_guest; then
        step_in_background 'Guest image' build_guest_image
    fi
    if wants_companions; then
        step_in_background "Environment of $(companions_named)" make_companions_environment
    fi
    # They take their time to come up; the environment is made meanwhile.
    step_in_background 'Servers that it uses' start_servers
    step 'Python environment' make_environment
    step_join 'Servers that it uses'
    if is_controller; then
        step 'Database and broker accounts' set_up_servers
        if wants_companions; then
            step_join "Environment of $(companions_named)"
            step_in_background "$(companions_named)" set_up_companions
        fi
        step 'Configuration of the controller' write_controller_configuration
        step 'Database schema' sync_database
    fi
    if is_compute; then
        step 'Configuration of the compute host' write_compute_configuration
    fi
    if wants_companions; then
        step_join "$(companions_named)"
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

# Glance's database at the same time: most of it is waiting for programs to load.
set_up_companions() {
    local glance=
    if has_glance; then
        set_up_glance &
        glance=$!
    fi
    set_up_keystone
    [ -z "$glance" ] || wait "$glance"
    start_companions
    wait_for_keystone
    fill_keystone || fail "Users and services can not be written into Keystone; look into: $(where_is_the_log nova-lite-keystone)"
    ! has_glance || wait_for_glance
}

start_daemons() {
    remove_other_companions
    install_daemons
    restart_daemons
    wait_for_daemons
}

fill_the_cloud() {
    step 'Flavors, network, key pair and clients' set_up_cloud
    if ! wants_guest; then
        return
    fi
    step_join 'Guest image'
    step "Guest image into $(has_glance && echo Glance || echo 'the image store')" upload_guest_image
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
        echo "This host works for $NOVA_LITE_CONTROLLER; see there: . devstack/openrc admin; api GET /os-services"
    fi
}

show_how_to_use() {
    if has_keystone; then
        show_use_with_keystone
    else
        show_use_without_keystone
    fi
    cat <<END
  $VENV/bin/nova-lite-manage --help
  ./devstack/stack.sh again after a change, unstack.sh to stop, clean.sh to remove everything
END
}

show_use_with_keystone() {
    cat <<END
The API is at $(compute_url), Keystone at $(identity_url)$(! has_glance || echo ", Glance at $(image_url)").
The users admin, demo and alt_demo are in projects of their names; their passwords are in $CONFIG_DIR/secrets,
and in $(clouds_file).

  . $SOURCE/devstack/openrc        # as demo; . openrc admin
  openstack server list
  openstack server create --image $GUEST_IMAGE --flavor m1.nano --network $NOVA_LITE_NETWORK_NAME --key-name $KEY_NAME --wait second
  openstack console log show second
  login second                      # ssh with the key $(key_file)
  openstack --os-cloud nova-lite-admin hypervisor list       # without openrc

  TOKEN=\$(openstack token issue -f value -c id)
  curl -H "X-Auth-Token: \$TOKEN" $(compute_url)/servers
END
}

show_use_without_keystone() {
    cat <<END
The API is at $(api_url)/v2.1. Whoever you say you are is believed (X-Auth-Token: user:project).

  . $SOURCE/devstack/openrc        # OS_* for openstack clients, and the functions below
  api GET /servers/detail
  api POST /servers '{"server": {"name": "second", "imageRef": "'\$(image)'", "flavorRef": "42",
      "key_name": "$KEY_NAME", "networks": "auto"}}'
  console second                    # its console log
  login second                      # ssh with the key $(key_file)

  curl -H 'X-Auth-Token: $DEMO:$DEMO' $(api_url)/v2.1/servers
END
}

STARTED=$EPOCHREALTIME
main "$@"
