#!/bin/sh
# Turns a bare machine with coturn into the relay of a pool: checks its variables, writes the configuration and becomes coturn.
# The same script runs in the sandbox and as the entry point of the image.
#
#   TURN_SECRET            shared with the managers' TURN_SECRET, 32 characters or more                  (required, or TURN_SECRET_FILE)
#   TURN_LISTEN            comma list of addresses agents reach; default: every address of this machine
#   TURN_EXTERNAL_ADDRESS= public address when a 1:1 NAT stands before TURN_LISTEN
#   TURN_PORT=3478 TURN_TLS_PORT=5349       TURN_TLS_CERT= TURN_TLS_KEY=   PEM files; without them there is no TLS
#   TURN_RELAY_START=49152 TURN_RELAY_END=65535   UDP ports towards the media servers
#   TURN_MANAGERS=         comma list of managers, asked every 5 s for the media servers, with a key of scope media-servers:read:
#   TURN_API_KEY=          (or TURN_API_KEY_FILE)   TURN_MANAGER_CA=   PEM file to trust for their certificates
#   TURN_PEERS=            comma list of further addresses or ranges (first-last) that may be reached
#   TURN_REALM=nailup TURN_USER_QUOTA=24 TURN_TOTAL_QUOTA=4800   TURN_STATE=/var/lib/turn
set -eu
umask 077

HERE=$(dirname "$(readlink -f "$0")")
fail() { printf 'relay: %s\n' "$*" >&2; exit 78; }
# Every value ends in a configuration file or an SQL statement: characters that mean something there are refused, not quoted.
plain() {
  eval "value=\${$1}"
  case $value in *[!A-Za-z0-9._:/,@+=~-]*) fail "$1 holds a character that is not allowed: use letters, digits and . _ : / , @ + = ~ - only." ;; esac
}
from_file() {
  eval "value=\${$1:-} file=\${$1_FILE:-}"
  [ -n "$value" ] || [ -z "$file" ] || value=$(cat "$file") || fail "$1_FILE names $file, which cannot be read."
  export "$1=$value"
}

from_file TURN_SECRET
from_file TURN_API_KEY
: "${TURN_LISTEN:=}" "${TURN_EXTERNAL_ADDRESS:=}" "${TURN_PORT:=3478}" "${TURN_TLS_PORT:=5349}" "${TURN_TLS_CERT:=}" "${TURN_TLS_KEY:=}"
: "${TURN_RELAY_START:=49152}" "${TURN_RELAY_END:=65535}" "${TURN_MANAGERS:=}" "${TURN_MANAGER_CA:=}" "${TURN_PEERS:=}"
: "${TURN_REALM:=nailup}" "${TURN_USER_QUOTA:=24}" "${TURN_TOTAL_QUOTA:=4800}" "${TURN_STATE:=/var/lib/turn}"
for name in SECRET API_KEY LISTEN EXTERNAL_ADDRESS PORT TLS_PORT TLS_CERT TLS_KEY RELAY_START RELAY_END MANAGERS MANAGER_CA PEERS REALM \
  USER_QUOTA TOTAL_QUOTA STATE; do plain "TURN_$name"; done
[ "${#TURN_SECRET}" -ge 32 ] || fail "TURN_SECRET must have 32 characters or more: whoever guesses it may relay."
[ -n "$TURN_PEERS$TURN_MANAGERS" ] || fail "TURN_MANAGERS or TURN_PEERS must be set: a relay that reaches no media server is of no use."
[ -z "$TURN_MANAGERS" ] || [ -n "$TURN_API_KEY" ] || fail "TURN_API_KEY is not set: managers tell the media servers only to a key of scope media-servers:read."
[ -z "$TURN_TLS_CERT" ] || [ -r "$TURN_TLS_CERT" ] || fail "TURN_TLS_CERT names $TURN_TLS_CERT, which cannot be read."
[ -z "$TURN_TLS_KEY" ] || [ -r "$TURN_TLS_KEY" ] || fail "TURN_TLS_KEY names $TURN_TLS_KEY, which cannot be read."
command -v turnserver >/dev/null || fail "coturn is not installed on this machine."
mkdir -p "$TURN_STATE" || fail "$TURN_STATE cannot be written by $(id -un)."

# One line for each word of a comma list: prefix, word.
lines() { [ -z "$2" ] || printf '%s\n' "$2" | tr ',' '\n' | sed "s|^|$1|"; }
# Puts a text of several lines in the place of a marker that stands alone on its line.
block() {
  printf '%s\n' "$2" > "$TURN_STATE/block"
  sed -i -e "/^{{$1}}\$/{r $TURN_STATE/block" -e 'd' -e '}' "$config"
}

config=$TURN_STATE/turnserver.conf
sed -e "s|{{TURN_PORT}}|$TURN_PORT|" -e "s|{{TURN_REALM}}|$TURN_REALM|" \
  -e "s|{{TURN_SECRET}}|$TURN_SECRET|" -e "s|{{TURN_STATE}}|$TURN_STATE|" \
  -e "s|{{TURN_RELAY_START}}|$TURN_RELAY_START|" -e "s|{{TURN_RELAY_END}}|$TURN_RELAY_END|" \
  -e "s|{{TURN_USER_QUOTA}}|$TURN_USER_QUOTA|" -e "s|{{TURN_TOTAL_QUOTA}}|$TURN_TOTAL_QUOTA|" < "$HERE/turnserver.conf" > "$config"
[ "$TURN_LISTEN" != 0.0.0.0 ] || TURN_LISTEN=
block LISTEN "$(lines listening-ip= "$TURN_LISTEN"; lines relay-ip= "$TURN_LISTEN")"
block EXTERNAL "${TURN_EXTERNAL_ADDRESS:+external-ip=$TURN_EXTERNAL_ADDRESS}"
if [ -n "$TURN_TLS_CERT" ]; then tls="tls-listening-port=$TURN_TLS_PORT
cert=$TURN_TLS_CERT
pkey=$TURN_TLS_KEY"; else tls=no-tls; fi
block CERTIFICATE "$tls"
# A relay on a loopback address serves this machine alone, and its media servers are there too.
case $TURN_LISTEN in 127.*) block LOOPBACK allow-loopback-peers ;; *) block LOOPBACK '' ;; esac
# Older versions listen for an administrator unless they are told not to; newer ones call that an error and have to be told to.
if turnserver --help 2>&1 | grep -q -- '^ *--cli[[:space:]]'; then cli=''; else cli=no-cli; fi
block CLI "$cli"
rm -f "$TURN_STATE/block" "$TURN_STATE/turndb"
! grep -q '{{' "$config" || fail "turnserver.conf names a variable that nobody sets: $(grep -o '{{[A-Z_]*}}' "$config" | head -1)"

sqlite3 "$TURN_STATE/turndb" < /usr/share/coturn/schema.sql
. "$HERE/peers.sh"
allow ''
if [ -n "$TURN_MANAGERS" ]; then
  export TURN_MANAGERS TURN_API_KEY TURN_MANAGER_CA TURN_PEERS TURN_STATE
  # It ends with coturn, which is this process in a moment.
  setpriv --pdeathsig TERM -- "$HERE/peers.sh" follow &
fi
exec turnserver -c "$config"
