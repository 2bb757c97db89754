#!/bin/sh
# What our compose file uses of the public image's entrypoint: a database, an account and a root password at the first start.
set -eu

# MYSQL_x or the content of the file MYSQL_x_FILE names, as the public image reads them.
setting() {
  eval "value=\${$1:-} file=\${$1_FILE:-}"
  if [ -n "$file" ]; then cat "$file"; else printf %s "$value"; fi
}

if [ "$1" = mysqld ] && [ ! -d /var/lib/mysql/mysql ]; then
  chown mysql: /var/lib/mysql
  mysqld --user=mysql --initialize-insecure --secure-file-priv=NULL
  {
    echo "ALTER USER 'root'@'localhost' IDENTIFIED BY '$(setting MYSQL_ROOT_PASSWORD)';"
    echo "CREATE DATABASE IF NOT EXISTS \`$(setting MYSQL_DATABASE)\`;"
    echo "CREATE USER '$(setting MYSQL_USER)'@'%' IDENTIFIED BY '$(setting MYSQL_PASSWORD)';"
    echo "GRANT ALL ON \`$(setting MYSQL_DATABASE | sed 's/_/\\_/g')\`.* TO '$(setting MYSQL_USER)'@'%';"
  } > /tmp/first-start.sql
  chown mysql: /tmp/first-start.sql
  set -- "$@" --init-file=/tmp/first-start.sql
fi
exec setpriv --reuid mysql --regid mysql --init-groups "$@"
