#!/bin/sh
# What a container needs before provision.sh: addresses the engine gave it, and the enrolment token as a file.
set -eu

# Asterisk binds to addresses. In compose.yaml each network knows this box by another name, so a name says which network is meant.
for variable in NAILUP_BIND NAILUP_AMI_BIND NAILUP_SIP_BIND; do
  eval "value=\${$variable:-}"
  case $value in
    *[!0-9.]*)
      address=$(getent ahostsv4 "$value" | awk 'NR == 1 { print $1 }')
      [ -n "$address" ] || { echo "$variable names $value, which has no address in this container's networks." >&2; exit 78; }
      export "$variable=$address" ;;
  esac
done

if [ -z "${NAILUP_ENROLMENT_TOKEN:-}" ] && [ -r "${NAILUP_ENROLMENT_TOKEN_FILE:-}" ]; then
  export NAILUP_ENROLMENT_TOKEN="$(cat "$NAILUP_ENROLMENT_TOKEN_FILE")"
fi
exec /usr/share/nailup/provision.sh
