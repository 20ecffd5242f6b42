# shellcheck shell=bash
# Settings: what can be chosen, its defaults, and what was chosen earlier.
#
# Each setting is a variable NOVA_LITE_*. The environment counts first, then devstack/local.conf, then the
# default below. local.conf.sample describes every one of them.

# Fixed places; units, sudoers and documentation name them too.
VENV=/opt/nova_lite/venv
PREFIX=/opt/nova_lite
# Keystone, Glance and the openstack client have an environment of their own.
COMPANIONS=/opt/nova_lite/companions
CLIENT_LINK=/usr/local/bin/openstack
CONFIG_DIR=/etc/nova_lite
# What every compute host has to know to get images; only root reads it.
HOST_ACCESS=/etc/nova_lite/host-access.conf
STATE_DIR=/var/lib/nova_lite
CACHE_DIR=/var/cache/nova_lite
LOG_DIR=/var/log/nova_lite
SERVICE_USER=nova-lite
DATABASE=nova_lite
VHOST=nova_lite

# Reads local.conf as shell; what the environment has already said stays.
read_local_conf() {
    local -A environment=()
    local name
    [ -e "$1" ] || return 0
    for name in "${!NOVA_LITE_@}"; do
        environment[$name]=${!name}
    done
    # shellcheck disable=SC1090
    . "$1"
    for name in "${!environment[@]}"; do
        printf -v "$name" %s "${environment[$name]}"
    done
}

set_defaults() {
    : "${NOVA_LITE_ROLE:=all}"
    : "${NOVA_LITE_HOST_IP:=$(address_of_default_route)}"
    : "${NOVA_LITE_HOST_NAME:=$(uname -n)}"
    : "${NOVA_LITE_VIRT_DRIVER:=libvirt}"
    : "${NOVA_LITE_VIRT_TYPE:=auto}"
    : "${NOVA_LITE_AUTH:=keystone}"
    if has_keystone; then
        : "${NOVA_LITE_IMAGES:=glance}"
        : "${NOVA_LITE_API_LISTEN:=0.0.0.0}"
    else
        : "${NOVA_LITE_IMAGES:=files}"
        : "${NOVA_LITE_API_LISTEN:=127.0.0.1}"
    fi
    : "${NOVA_LITE_KEYSTONE_PORT:=5000}"
    : "${NOVA_LITE_GLANCE_PORT:=9292}"
    : "${NOVA_LITE_ADMIN_PASSWORD:=}"
    : "${NOVA_LITE_DEMO_PASSWORD:=}"
    : "${NOVA_LITE_API_PORT:=8774}"
    : "${NOVA_LITE_METADATA_PORT:=8775}"
    : "${NOVA_LITE_API_WORKERS:=1}"
    : "${NOVA_LITE_API_SERVER:=builtin}"
    : "${NOVA_LITE_METADATA_WORKERS:=1}"
    : "${NOVA_LITE_METRICS_LISTEN:=}"
    : "${NOVA_LITE_NETWORK_NAME:=private}"
    : "${NOVA_LITE_NETWORK_CIDR:=10.11.0.0/24}"
    : "${NOVA_LITE_DNS:=}"
    : "${NOVA_LITE_FLAT_INTERFACE:=}"
    : "${NOVA_LITE_DATABASE:=mariadb}"
    : "${NOVA_LITE_DB_PASSWORD:=}"
    : "${NOVA_LITE_RABBIT_PASSWORD:=}"
    : "${NOVA_LITE_CONTROLLER:=}"
    : "${NOVA_LITE_HOST_KEY:=}"
    : "${NOVA_LITE_TRANSPORT_URL:=}"
    : "${NOVA_LITE_HOST_ACCESS:=}"
    : "${NOVA_LITE_SKIP_GUEST:=no}"
    : "${NOVA_LITE_DEBUG:=no}"
    : "${NOVA_LITE_TIMEOUT:=120}"
}

address_of_default_route() {
    ip -4 -o route get 192.0.2.1 2>/dev/null | sed -n 's/.* src \([0-9.]*\).*/\1/p'
}

check_settings() {
    one_of NOVA_LITE_ROLE all controller compute
    one_of NOVA_LITE_VIRT_DRIVER libvirt fake
    one_of NOVA_LITE_VIRT_TYPE auto kvm qemu
    one_of NOVA_LITE_API_SERVER builtin uwsgi
    one_of NOVA_LITE_DATABASE mariadb postgresql
    one_of NOVA_LITE_AUTH keystone noauth2
    one_of NOVA_LITE_IMAGES glance files
    [ "$NOVA_LITE_AUTH-$NOVA_LITE_IMAGES" != noauth2-glance ] ||
        die 'NOVA_LITE_IMAGES=glance needs NOVA_LITE_AUTH=keystone: Glance asks Keystone who its users are'
    one_of NOVA_LITE_SKIP_GUEST yes no
    one_of NOVA_LITE_DEBUG yes no
    number NOVA_LITE_API_PORT NOVA_LITE_METADATA_PORT NOVA_LITE_API_WORKERS NOVA_LITE_METADATA_WORKERS \
        NOVA_LITE_KEYSTONE_PORT NOVA_LITE_GLANCE_PORT NOVA_LITE_TIMEOUT
    matches NOVA_LITE_HOST_NAME '[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?' \
        'a host name of letters, digits, dots and hyphens'
    matches NOVA_LITE_HOST_IP '[0-9]+(\.[0-9]+){3}' 'an IPv4 address (this machine has no default route: set it)'
    matches NOVA_LITE_API_LISTEN '[0-9]+(\.[0-9]+){3}' 'an IPv4 address'
    matches NOVA_LITE_METRICS_LISTEN '([0-9]+(\.[0-9]+){3})?' 'an IPv4 address'
    matches NOVA_LITE_NETWORK_CIDR '[0-9]+(\.[0-9]+){3}/[0-9]+' 'a network such as 10.11.0.0/24'
    matches NOVA_LITE_NETWORK_NAME '[A-Za-z0-9._-]+' 'a name'
    matches NOVA_LITE_FLAT_INTERFACE '([A-Za-z][A-Za-z0-9_.-]{0,14})?' 'the name of an interface'
    matches NOVA_LITE_DNS '([0-9]+(\.[0-9]+){3})?' 'an IPv4 address'
    # They become part of URLs, of SQL, of JSON and of YAML. Keystone takes no more than 72 letters.
    matches NOVA_LITE_DB_PASSWORD '[A-Za-z0-9._~-]*' 'letters, digits and . _ ~ -'
    matches NOVA_LITE_RABBIT_PASSWORD '[A-Za-z0-9._~-]*' 'letters, digits and . _ ~ -'
    matches NOVA_LITE_ADMIN_PASSWORD '[A-Za-z0-9._~-]{0,72}' 'at most 72 letters, digits and . _ ~ -'
    matches NOVA_LITE_DEMO_PASSWORD '[A-Za-z0-9._~-]{0,72}' 'at most 72 letters, digits and . _ ~ -'
    if [ "$NOVA_LITE_ROLE" = compute ]; then
        matches NOVA_LITE_CONTROLLER '[A-Za-z0-9._-]+' 'the address of the controller'
        matches NOVA_LITE_TRANSPORT_URL 'rabbit://.+' "what 'nova-lite-manage host add' printed on the controller"
        [ -f "$NOVA_LITE_HOST_KEY" ] ||
            die "NOVA_LITE_HOST_KEY must be the file that 'nova-lite-manage host add' made on the controller"
        [ -z "$NOVA_LITE_HOST_ACCESS" ] || [ -f "$NOVA_LITE_HOST_ACCESS" ] ||
            die "NOVA_LITE_HOST_ACCESS must be a copy of the controller's $HOST_ACCESS"
    fi
}

one_of() {
    local name=$1 word
    shift
    for word; do
        [ "${!name}" != "$word" ] || return 0
    done
    die "$name is '${!name}', but must be one of: $*"
}

number() {
    local name
    for name; do
        matches "$name" '[1-9][0-9]*' 'a number above 0'
    done
}

matches() {
    local name=$1
    [[ ${!name} =~ ^($2)$ ]] || die "$name is '${!name}', but must be $3"
}

is_controller() { [ "$NOVA_LITE_ROLE" != compute ]; }
is_compute() { [ "$NOVA_LITE_ROLE" != controller ]; }
# Only a controller has them.
has_keystone() { [ "$NOVA_LITE_AUTH" = keystone ]; }
has_glance() { [ "$NOVA_LITE_IMAGES" = glance ]; }
is_yes() { [ "${!1}" = yes ]; }
has_systemd() { [ -d /run/systemd/system ]; }
