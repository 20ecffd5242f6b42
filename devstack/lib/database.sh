# shellcheck shell=bash
# The database: whichever of the two NOVA_LITE_DATABASE names.

database_package() {
    case $NOVA_LITE_DATABASE in
        mariadb) echo mariadb-server ;;
        postgresql) echo postgresql ;;
    esac
}

# Each database and its user have one name; beside it, the secret that is its password.
databases() {
    echo "$DATABASE DB_PASSWORD"
    ! has_keystone || echo "${DATABASE}_keystone KEYSTONE_DB_PASSWORD"
    ! has_glance || echo "${DATABASE}_glance GLANCE_DB_PASSWORD"
}

# Of earlier runs with other settings too.
all_databases() { echo "$DATABASE ${DATABASE}_keystone ${DATABASE}_glance"; }

start_database() { "start_$NOVA_LITE_DATABASE"; }
set_up_database() { "set_up_$NOVA_LITE_DATABASE"; }
database_url() { "${NOVA_LITE_DATABASE}_url"; }
companion_database_url() { "companion_${NOVA_LITE_DATABASE}_url" "${DATABASE}_$1" "$2"; } # $1 whose, $2 password

sync_database() {
    "$VENV/bin/nova-lite-manage" db sync
}

# Of both: an earlier stack may have used the other one.
remove_databases() {
    remove_from_mariadb
    remove_from_postgresql
}
