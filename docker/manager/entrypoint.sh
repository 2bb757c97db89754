#!/bin/sh
# The manager reads variables; secrets come as files, because variables of a container can be read by whoever may ask the engine.
# NAME_FILE names the file that holds NAME. A variable that is set itself wins.
set -eu

from_file() {
  eval "value=\${$1:-} file=\${$1_FILE:-}"
  [ -z "$value" ] && [ -n "$file" ] && [ -r "$file" ] || return 0
  export "$1=$(cat "$file")"
}
from_file NAILUP_SECRET_KEY
from_file PROXY_SECRET
from_file NAILUP_DEMO_PASSWORD
from_file TURN_SECRET
from_file MYSQL_PASSWORD
if [ -z "${DATABASE_URL:-}" ] && [ -n "${MYSQL_PASSWORD:-}" ]; then
  export DATABASE_URL="mysql://nailup:$MYSQL_PASSWORD@${MYSQL_HOST:-mysql}:3306/nailup"
fi
unset MYSQL_PASSWORD
exec "$@"
