#!/bin/sh
# The one-time steps of compose.yaml. Each may run again at every start and changes nothing that is right already.
set -eu
SECRETS=/var/lib/nailup/secrets
ENROLMENT=/var/lib/nailup/enrolment
PROXY=/var/lib/nailup/proxy
cli() { node apps/api/dist/cli.js "$@"; }
fail() { echo "$*" >&2; exit 1; }

# keep NAME VALUE COMMAND...: VALUE, when the operator gave one; else what was kept; else what COMMAND makes.
keep() {
  name=$1 value=$2
  shift 2
  case $value in *[!A-Za-z0-9._~+/=-]*) fail "$name holds a character that is not allowed: use letters, digits and . _ ~ + / = - only." ;; esac
  if [ -z "$value" ]; then
    [ ! -s "$SECRETS/$name" ] || return 0
    value=$("$@")
  fi
  # Moved into place, so that nobody reads half of it. Readable by any user of the containers it is mounted in: MySQL runs under
  # its own user, and the volume is mounted nowhere else.
  printf %s "$value" > "$SECRETS/.$name"
  chmod 0444 "$SECRETS/.$name"
  mv -f "$SECRETS/.$name" "$SECRETS/$name"
}
random_bytes() { node -p "crypto.randomBytes($1).toString('$2')"; }

case ${1:-} in
  secrets)
    case ${MYSQL_PASSWORD:-} in *[+/=]*) fail "MYSQL_PASSWORD becomes part of a URL: use letters, digits and . _ ~ - only." ;; esac
    keep mysql-root-password "${MYSQL_ROOT_PASSWORD:-}" random_bytes 24 hex
    keep mysql-password "${MYSQL_PASSWORD:-}" random_bytes 24 hex
    keep secret-key "${NAILUP_SECRET_KEY:-}" random_bytes 32 base64
    keep proxy-secret "${PROXY_SECRET:-}" random_bytes 32 hex
    keep demo-password "${NAILUP_DEMO_PASSWORD:-}" random_bytes 9 base64url
    ;;
  enrolment)
    # Minted anew at each start: it is good for a day, and a box that has enrolled never asks for it again.
    cli enrolment-token --uses "${NAILUP_MEDIA_SERVERS:-2}" --name compose | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p' > "$ENROLMENT/.token"
    [ -s "$ENROLMENT/.token" ] || fail "The manager's command line made no enrolment token."
    chmod 0444 "$ENROLMENT/.token"
    mv -f "$ENROLMENT/.token" "$ENROLMENT/token"
    ;;
  proxy)
    # The key is made once: the manager shows it that one time. The secret follows the operator's.
    if [ ! -s "$PROXY/api-key" ]; then
      cli api-key --name proxy --scopes routes:read | sed -n 's/.*"key": *"\([^"]*\)".*/\1/p' > "$PROXY/.api-key"
      [ -s "$PROXY/.api-key" ] || fail "The manager's command line made no key for the SIP proxy."
      chmod 0444 "$PROXY/.api-key"
      mv -f "$PROXY/.api-key" "$PROXY/api-key"
    fi
    cp "$SECRETS/proxy-secret" "$PROXY/.secret"
    chmod 0444 "$PROXY/.secret"
    mv -f "$PROXY/.secret" "$PROXY/secret"
    ;;
  demo)
    [ "${NAILUP_DEMO:-yes}" = yes ] || { echo "No demo accounts: NAILUP_DEMO is ${NAILUP_DEMO}. The first administrator: docker compose -f docker/compose.yaml run --rm demo $0 admin NAME"; exit 0; }
    cli seed-demo
    echo "Softphone ${NAILUP_URL}/softphone/ (agent1 ... agent8), console ${NAILUP_URL}/admin/ (admin, supervisor), password: $NAILUP_DEMO_PASSWORD"
    ;;
  admin)
    cli create-admin --name "${2:-}"
    ;;
  *) fail "Usage: step.sh secrets | enrolment | proxy | demo | admin NAME" ;;
esac
