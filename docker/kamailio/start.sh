#!/bin/sh
# Checks what the proxy needs, writes the carriers' table and becomes Kamailio. The same script runs in the sandbox and in the image.
#
#   PROXY_LISTEN        address:port for SIP over UDP, e.g. 127.0.0.110:5060; a name stands for its address           (required)
#   PROXY_PUBLIC_LISTEN=  the same for the side of the carriers, when that is another network; PROXY_LISTEN is then the media servers'
#   PROXY_PUBLIC_ADDRESS= address[:port] carriers reach that side at, when a 1:1 NAT stands before it
#   MANAGER_URLS        comma list of managers                                                                        (required)
#   API_KEY             of a manager, with the scope routes:read; or API_KEY_FILE                                      (required)
#   PROXY_SECRET        shared with the managers, 32 characters or more; or PROXY_SECRET_FILE                          (required)
#   CARRIER_URI         where numbers go, e.g. sip:198.51.100.5:5060 - better an address than a name: a name server
#                       that does not answer would hold up the calls                                                  (required)
#   CARRIERS=           comma list of those who may bring callers: address, address/mask, each with :port when only that one may
#   MANAGER_CA=         PEM file to trust for the managers' certificates
set -eu
umask 077
CONFIG=${PROXY_CONFIG_DIRECTORY:-/etc/kamailio}

fail() { echo "nailup: $*" >&2; exit 78; }
from_file() {
  eval "value=\${$1:-} file=\${$1_FILE:-}"
  [ -z "$value" ] && [ -n "$file" ] || return 0
  [ -r "$file" ] || fail "$1_FILE names $file, which cannot be read."
  export "$1=$(cat "$file")"
}
# Every value ends in a line of configuration, a URL or a header: characters that mean something there are refused, not quoted.
plain() {
  eval "value=\${$1:-}"
  case $value in
    *[!A-Za-z0-9._:/,@+=~-]*) fail "$1 holds a character that is not allowed: use letters, digits and . _ : / , @ + = ~ - only." ;;
  esac
}
required() {
  eval "value=\${$1:-}"
  [ -n "$value" ] || fail "$1 is not set: see the list at the head of start.sh."
}

from_file API_KEY
from_file PROXY_SECRET
for name in PROXY_LISTEN MANAGER_URLS API_KEY PROXY_SECRET CARRIER_URI; do required "$name"; done
for name in PROXY_LISTEN MANAGER_URLS API_KEY PROXY_SECRET CARRIER_URI CARRIERS MANAGER_CA PROXY_PUBLIC_LISTEN PROXY_PUBLIC_ADDRESS; do plain "$name"; done
[ "${#PROXY_SECRET}" -ge 32 ] || fail "PROXY_SECRET must have 32 characters or more."
case $CARRIER_URI in sip:*:[0-9]*) ;; *) fail "CARRIER_URI must be like sip:198.51.100.5:5060, not \"$CARRIER_URI\"." ;; esac
case $CARRIER_URI in *@*|*[!0-9]) fail "CARRIER_URI must be like sip:198.51.100.5:5060, not \"$CARRIER_URI\"." ;; esac
case ,$MANAGER_URLS in *,[!h]*|*,,*|*,) fail "MANAGER_URLS must be a comma list like http://m1:3000,https://m2, not \"$MANAGER_URLS\"." ;; esac

# listener NAME: the value of NAME as address:port.
listener() {
  eval "value=\$$1"
  host=${value%:*} port=${value##*:}
  case $value in *:*:*|:*|*:) port=none ;; *:*) ;; *) port=none ;; esac
  case $port in *[!0-9]*) fail "$1 must be an address and a port, not \"$value\"." ;; esac
  case $host in
    *[!0-9.]*)
      address=$(getent ahostsv4 "$host" | awk 'NR == 1 { print $1 }')
      [ -n "$address" ] || fail "$1 names $host, which has no address here."
      host=$address ;;
  esac
  echo "udp:$host:$port"
}

# Group 1 of the module permissions: group, address, mask, port (0: any).
{
  echo '# Who may bring callers; written at each start.'
  for carrier in $(echo "${CARRIERS:-}" | tr , ' '); do
    port=0 mask=32
    case $carrier in *:*) port=${carrier##*:} carrier=${carrier%:*} ;; esac
    case $carrier in */*) mask=${carrier#*/} carrier=${carrier%/*} ;; esac
    case $carrier:$mask$port in *[!0-9.:]*|:*|*:) fail "CARRIERS must be a comma list of addresses, \"$carrier\" is none." ;; esac
    case $mask:$port in :*|*:|*.*) fail "CARRIERS must be a comma list of addresses, \"$carrier\" is none." ;; esac
    [ "$mask" -ge 8 ] && [ "$mask" -le 32 ] || fail "CARRIERS names $carrier/$mask: a mask is a number from 8 to 32."
    echo "1 $carrier $mask $port"
  done
} > "$CONFIG/carriers.list"

set -- -DD -E -Y /run/kamailio -f "$(dirname "$(readlink -f "$0")")/kamailio.cfg" -m 64 -M 8
listen=$(listener PROXY_LISTEN)
set -- "$@" -l "$listen"
if [ -n "${PROXY_PUBLIC_LISTEN:-}" ]; then
  listen=$(listener PROXY_PUBLIC_LISTEN)
  public=${PROXY_PUBLIC_ADDRESS:-}
  case $public in ''|*:*) ;; *) public=$public:${listen##*:} ;; esac
  set -- "$@" -l "$listen${public:+/$public}" -A WITH_TWO_SIDES
fi
if [ -n "${MANAGER_CA:-}" ]; then
  [ -r "$MANAGER_CA" ] || fail "MANAGER_CA names $MANAGER_CA, which cannot be read."
  mkdir -p "$CONFIG/ca"
  cp "$MANAGER_CA" "$CONFIG/ca/$(openssl x509 -noout -hash -in "$MANAGER_CA").0"
  set -- "$@" -A WITH_MANAGER_CA
fi
MANAGER_COUNT=$(echo "$MANAGER_URLS" | awk -F, '{ print NF }')
[ "$MANAGER_COUNT" -gt 1 ] || set -- "$@" -A WITH_ONE_MANAGER
export MANAGER_COUNT MANAGER_URLS API_KEY PROXY_SECRET CARRIER_URI
exec kamailio "$@"
