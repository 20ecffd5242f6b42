# shellcheck shell=bash
# MariaDB: one database and its user.

mariadb_answers() { mariadb -e 'SELECT 1' >/dev/null 2>&1; }

start_mariadb() {
    start_system_service mariadb mariadb mariadb_answers /var/log/mysql/error.log
}

set_up_mariadb() {
    local password
    password=$(secret DB_PASSWORD)
    # The statements go by standard input: a command line can be read by every user of the machine.
    mariadb <<END || fail "MariaDB does not let root in by its socket. Give root that right (unix_socket), or see its log."
CREATE DATABASE IF NOT EXISTS $DATABASE CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$DATABASE'@'localhost' IDENTIFIED BY '$password';
CREATE USER IF NOT EXISTS '$DATABASE'@'127.0.0.1' IDENTIFIED BY '$password';
ALTER USER '$DATABASE'@'localhost' IDENTIFIED BY '$password';
ALTER USER '$DATABASE'@'127.0.0.1' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON $DATABASE.* TO '$DATABASE'@'localhost';
GRANT ALL PRIVILEGES ON $DATABASE.* TO '$DATABASE'@'127.0.0.1';
END
}

mariadb_url() {
    echo "mysql://$DATABASE:$(secret DB_PASSWORD)@localhost/$DATABASE?unix_socket=/run/mysqld/mysqld.sock"
}

remove_from_mariadb() {
    command -v mariadb >/dev/null || return 0
    if ! mariadb_answers; then
        note "MariaDB does not answer: the database $DATABASE, if there is one, stays"
        return
    fi
    [ -n "$(mariadb -N -e "SHOW DATABASES LIKE '$DATABASE'")" ] || return 0
    mariadb <<END
DROP DATABASE IF EXISTS $DATABASE;
DROP USER IF EXISTS '$DATABASE'@'localhost', '$DATABASE'@'127.0.0.1';
END
    note "MariaDB: database and user $DATABASE"
}
