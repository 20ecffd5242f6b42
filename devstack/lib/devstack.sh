# shellcheck shell=bash
# What stack.sh, unstack.sh and clean.sh begin with: the parts, root rights, the settings.

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# shellcheck source=lib/progress.sh
. "$SOURCE/devstack/lib/progress.sh"
# shellcheck source=lib/settings.sh
. "$SOURCE/devstack/lib/settings.sh"
# shellcheck source=lib/packages.sh
. "$SOURCE/devstack/lib/packages.sh"
# shellcheck source=lib/accounts.sh
. "$SOURCE/devstack/lib/accounts.sh"
# shellcheck source=lib/python.sh
. "$SOURCE/devstack/lib/python.sh"
# shellcheck source=lib/services.sh
. "$SOURCE/devstack/lib/services.sh"
# shellcheck source=lib/mariadb.sh
. "$SOURCE/devstack/lib/mariadb.sh"
# shellcheck source=lib/postgresql.sh
. "$SOURCE/devstack/lib/postgresql.sh"
# shellcheck source=lib/database.sh
. "$SOURCE/devstack/lib/database.sh"
# shellcheck source=lib/rabbitmq.sh
. "$SOURCE/devstack/lib/rabbitmq.sh"
# shellcheck source=lib/libvirt.sh
. "$SOURCE/devstack/lib/libvirt.sh"
# shellcheck source=lib/network.sh
. "$SOURCE/devstack/lib/network.sh"
# shellcheck source=lib/config.sh
. "$SOURCE/devstack/lib/config.sh"
# shellcheck source=lib/companions.sh
. "$SOURCE/devstack/lib/companions.sh"
# shellcheck source=lib/keystone.sh
. "$SOURCE/devstack/lib/keystone.sh"
# shellcheck source=lib/glance.sh
. "$SOURCE/devstack/lib/glance.sh"
# shellcheck source=lib/identity.sh
. "$SOURCE/devstack/lib/identity.sh"
# shellcheck source=lib/client.sh
. "$SOURCE/devstack/lib/client.sh"
# shellcheck source=lib/guest_image.sh
. "$SOURCE/devstack/lib/guest_image.sh"
# shellcheck source=lib/api.sh
. "$SOURCE/devstack/lib/api.sh"
# shellcheck source=lib/readiness.sh
. "$SOURCE/devstack/lib/readiness.sh"
# shellcheck source=lib/cloud.sh
. "$SOURCE/devstack/lib/cloud.sh"
# shellcheck source=lib/trial.sh
. "$SOURCE/devstack/lib/trial.sh"

# Shows the text at the top of the script that was called.
show_usage() {
    sed -n '2,/^[^#]/p' "$0" | sed -n 's/^# \{0,1\}//p'
}

become_root() {
    [ "$(id -u)" != 0 ] || return 0
    command -v sudo >/dev/null || die 'it installs packages and services: run it as root'
    local keep
    # Settings, and what pip and apt need to get through to their mirrors.
    keep=$(compgen -e | grep -E '^(NOVA_LITE_|PIP_|https?_proxy$|no_proxy$)' | paste -sd, || true)
    exec sudo ${keep:+--preserve-env="$keep"} -- "$0" "$@"
}

load_settings() {
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    export PATH LC_ALL=C.UTF-8
    read_local_conf "$SOURCE/devstack/local.conf"
    set_defaults
    check_settings
}

one_at_a_time() {
    exec 9>/run/nova-lite-stack.lock
    flock -n 9 || die 'another stack.sh, unstack.sh or clean.sh is running'
}
