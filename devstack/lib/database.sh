# shellcheck shell=bash
# The database: whichever of the two NOVA_LITE_DATABASE names.

database_package() {
    case $NOVA_LITE_DATABASE in
        mariadb) echo mariadb-server ;;
        postgresql) echo postgresql ;;
    esac
}

start_database() { "start_$NOVA_LITE_DATABASE"; }
set_up_database() { "set_up_$NOVA_LITE_DATABASE"; }
database_url() { "${NOVA_LITE_DATABASE}_url"; }

sync_database() {
    "$VENV/bin/nova-lite-manage" db sync
}

# Of both: an earlier stack may have used the other one.
remove_databases() {
    remove_from_mariadb
    remove_from_postgresql
}
