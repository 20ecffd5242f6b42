# shellcheck shell=bash
# PostgreSQL: databases, and the role that owns each.

postgresql_answers() { as_postgres -c 'SELECT 1' >/dev/null 2>&1; }

# Statements come by standard input or -c; answers are bare values, and an error ends it.
as_postgres() {
    (cd / && runuser -u postgres -- psql -X -q -tA -v ON_ERROR_STOP=1 "$@")
}

start_postgresql() {
    start_system_service postgresql postgresql postgresql_answers /var/log/postgresql/
}

# A role is no superuser and makes neither roles nor databases; nobody else may connect to its database.
# Names are compared and sorted by their bytes, as in MariaDB.
set_up_postgresql() {
    # By standard input: a command line can be read by every user of the machine.
    statements_of_postgresql | as_postgres ||
        fail "PostgreSQL does not let the user postgres in by its socket (peer), or see its log."
}

statements_of_postgresql() {
    local name of
    while read -r name of; do
        cat <<END
SELECT 'CREATE ROLE $name' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$name')
\gexec
ALTER ROLE $name LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '$(secret "$of")';
SELECT 'CREATE DATABASE $name OWNER $name TEMPLATE template0 ENCODING ''UTF8''
        LC_COLLATE ''C'' LC_CTYPE ''C.UTF-8'''
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$name')
\gexec
REVOKE ALL ON DATABASE $name FROM PUBLIC;
END
    done < <(databases)
}

# By TCP: the socket wants the operating system's user to be named as the role is. It stays on this machine, so
# encryption would only cost time.
postgresql_url() { echo "postgresql://$(postgresql_place "$DATABASE" "$(secret DB_PASSWORD)")"; }
companion_postgresql_url() { echo "postgresql+psycopg2://$(postgresql_place "$1" "$2")"; }

postgresql_place() { # $1 database and role, $2 password
    echo "$1:$2@127.0.0.1:$(as_postgres -c 'SHOW port')/$1?sslmode=disable"
}

remove_from_postgresql() {
    local name
    command -v psql >/dev/null && getent passwd postgres >/dev/null || return 0
    if ! postgresql_answers; then
        note "PostgreSQL does not answer: the databases $(all_databases) stay, if they are there"
        return
    fi
    for name in $(all_databases); do
        [ -n "$(as_postgres -c "SELECT 1 FROM pg_roles WHERE rolname = '$name'")" ] || continue
        as_postgres <<END
DROP DATABASE IF EXISTS $name WITH (FORCE);
DROP ROLE IF EXISTS $name;
END
        note "PostgreSQL: database and role $name"
    done
}
