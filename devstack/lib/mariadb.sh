# shellcheck shell=bash
# MariaDB: databases, and a user for each.

mariadb_answers() { mariadb -e 'SELECT 1' >/dev/null 2>&1; }

start_mariadb() {
    start_system_service mariadb mariadb mariadb_answers /var/log/mysql/error.log
}

set_up_mariadb() {
    # The statements go by standard input: a command line can be read by every user of the machine.
    statements_of_mariadb | mariadb ||
        fail "MariaDB does not let root in by its socket. Give root that right (unix_socket), or see its log."
}

statements_of_mariadb() {
    local name of password
    while read -r name of; do
        password=$(secret "$of")
        cat <<END
CREATE DATABASE IF NOT EXISTS $name CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$name'@'localhost' IDENTIFIED BY '$password';
CREATE USER IF NOT EXISTS '$name'@'127.0.0.1' IDENTIFIED BY '$password';
ALTER USER '$name'@'localhost' IDENTIFIED BY '$password';
ALTER USER '$name'@'127.0.0.1' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON $name.* TO '$name'@'localhost';
GRANT ALL PRIVILEGES ON $name.* TO '$name'@'127.0.0.1';
END
    done < <(databases)
}

mariadb_url() {
    echo "mysql://$DATABASE:$(secret DB_PASSWORD)@localhost/$DATABASE?unix_socket=/run/mysqld/mysqld.sock"
}

companion_mariadb_url() { # $1 database and user, $2 password
    echo "mysql+pymysql://$1:$2@localhost/$1?unix_socket=/run/mysqld/mysqld.sock&charset=utf8mb4"
}

remove_from_mariadb() {
    local name
    command -v mariadb >/dev/null || return 0
    if ! mariadb_answers; then
        note "MariaDB does not answer: the databases $(all_databases) stay, if they are there"
        return
    fi
    for name in $(all_databases); do
        [ -n "$(mariadb -N -e "SHOW DATABASES LIKE '$name'")" ] || continue
        mariadb <<END
DROP DATABASE IF EXISTS $name;
DROP USER IF EXISTS '$name'@'localhost', '$name'@'127.0.0.1';
END
        note "MariaDB: database and user $name"
    done
}
