#!/bin/sh
# Part of relay.sh: tells coturn which addresses are media servers. `peers.sh follow` asks the managers every 5 s for ever.
# The list of the pool and not the operator's network, because a network also holds databases and managers. When no manager answers, or
# answers nonsense, the last list stays: calls go on, and a relay must not depend on who is restarted at the moment.

say() { printf 'relay: %s\n' "$*"; }

# allow "ADDRESS ADDRESS ...": these and TURN_PEERS, and nothing else, from coturn's next look on.
allow() {
  {
    echo '.timeout 2000'
    echo 'BEGIN IMMEDIATE; DELETE FROM allowed_peer_ip;'
    for range in $1 $(printf '%s' "$TURN_PEERS" | tr ',' ' '); do
      case $range in
        *[!0-9a-fA-F.:-]*) say "$range is no address: left out" >&2 ;;
        *) echo "INSERT OR IGNORE INTO allowed_peer_ip (realm, ip_range) VALUES ('', '$range');" ;;
      esac
    done
    echo 'COMMIT;'
  } | sqlite3 -bail "$TURN_STATE/turndb"
}

# The hosts of the pool, one a line; fails when no manager tells.
pool() {
  for manager in $(printf '%s' "$TURN_MANAGERS" | tr ',' ' '); do
    pages "${manager%/}" && return 0
  done
  return 1
}
pages() {
  cursor=
  while :; do
    # By standard input: the key is not for the list of processes.
    printf 'header = "Authorization: Bearer %s"\n' "$TURN_API_KEY" | curl --config - --silent --fail --max-time 3 ${TURN_MANAGER_CA:+--cacert "$TURN_MANAGER_CA"} \
      --output "$TURN_STATE/pool.json" "$1/api/v1/media-servers?limit=200${cursor:+&cursor=$cursor}" || return 1
    sqlite3 :memory: "SELECT json_extract(value, '\$.host') FROM json_each(readfile('$TURN_STATE/pool.json'), '\$.items')" || return 1
    cursor=$(sqlite3 :memory: "SELECT coalesce(json_extract(readfile('$TURN_STATE/pool.json'), '\$.nextCursor'), '')") || return 1
    [ -n "$cursor" ] || return 0
  done
}

follow() {
  known=none
  while :; do
    if hosts=$(pool); then
      addresses=
      for host in $hosts; do
        case $host in
          *[!0-9.]*) addresses="$addresses $(getent ahostsv4 "$host" | awk '{ print $1 }' | sort -u | tr '\n' ' ')" ;;
          *) addresses="$addresses $host" ;;
        esac
      done
      if [ "$addresses" != "$known" ] && allow "$addresses"; then
        known=$addresses
        say "media servers:${addresses:- none}"
      fi
    fi
    sleep 5
  done
}

if [ "${1:-}" = follow ]; then
  umask 077
  follow
fi
