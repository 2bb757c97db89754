#!/bin/sh
# One consistent picture of the database, taken while everybody works; restore it into an empty database with `mysql`.
#   MYSQL_PWD=… backup.sh HOST PORT USER DATABASE > nailup.sql
#   MYSQL_PWD=… mysql --host=HOST --port=PORT --user=USER DATABASE < nailup.sql
# What it does not hold: NAILUP_SECRET_KEY, without which AMI secrets and sessions in it are of no use, and RECORDINGS_DIRECTORY. Keep both beside it.
set -eu
[ $# -eq 4 ] || { echo 'Usage: MYSQL_PWD=… backup.sh HOST PORT USER DATABASE > FILE' >&2; exit 64; }
# No locks (all tables are InnoDB), nothing that needs more than the manager's own account, and nothing that ties it to one replication group.
exec mysqldump --host="$1" --port="$2" --user="$3" --single-transaction --quick --set-gtid-purged=OFF --no-tablespaces --hex-blob --skip-comments "$4"
