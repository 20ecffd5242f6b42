# shellcheck shell=bash
# PostgreSQL: one database and the role that owns it.

postgresql_answers() { as_postgres -c 'SELECT 1' >/dev/null 2>&1; }

# Statements come by standard input or -c; answers are bare values, and an error ends it.
as_postgres() {
    (cd / && runuser -u postgres -- psql -X -q -tA -v ON_ERROR_STOP=1 "$@")
}

start_postgresql() {
    start_system_service postgresql postgresql postgresql_answers /var/log/postgresql/
}

# The role is no superuser and makes neither roles nor databases; nobody else may connect to its database.
# Names are compared and sorted by their bytes, as in MariaDB.
set_up_postgresql() {
    local password
    password=$(secret DB_PASSWORD)
    # By standard input: a command line can be read by every user of the machine.
    as_postgres <<END || fail "PostgreSQL does not let the user postgres in by its socket (peer), or see its log."
SELECT 'CREATE ROLE $DATABASE' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$DATABASE')
\gexec
ALTER ROLE $DATABASE LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '$password';
SELECT 'CREATE DATABASE $DATABASE OWNER $DATABASE TEMPLATE template0 ENCODING ''UTF8''
        LC_COLLATE ''C'' LC_CTYPE ''C.UTF-8'''
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$DATABASE')
\gexec
REVOKE ALL ON DATABASE $DATABASE FROM PUBLIC;
END
}

# By TCP: the socket wants the operating system's user to be named as the role is. It stays on this machine, so
# encryption would only cost time.
postgresql_url() {
    echo "postgresql://$DATABASE:$(secret DB_PASSWORD)@127.0.0.1:$(as_postgres -c 'SHOW port')/$DATABASE?sslmode=disable"
}

remove_from_postgresql() {
    command -v psql >/dev/null && getent passwd postgres >/dev/null || return 0
    if ! postgresql_answers; then
        note "PostgreSQL does not answer: the database $DATABASE, if there is one, stays"
        return
    fi
    [ -n "$(as_postgres -c "SELECT 1 FROM pg_roles WHERE rolname = '$DATABASE'")" ] || return 0
    as_postgres <<END
DROP DATABASE IF EXISTS $DATABASE WITH (FORCE);
DROP ROLE IF EXISTS $DATABASE;
END
    note "PostgreSQL: database and role $DATABASE"
}
