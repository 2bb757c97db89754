#!/bin/sh
# Turns a bare machine with Asterisk into a media server of a pool: checks its variables, enrols with a manager, writes
# the configuration and becomes Asterisk. The same script runs in the sandbox and as the entry point of the image.
#
#   NAILUP_NAME             name in the pool; default: the host name
#   NAILUP_HOST             public address or name that agents reach                                    (required)
#   NAILUP_MANAGERS         comma list of managers, e.g. https://m1.example,https://m2.example          (required)
#   NAILUP_ENROLMENT_TOKEN  needed until the box has enrolled once
#   NAILUP_CAPACITY=50  NAILUP_REGION=      most seats, and where it stands
#   NAILUP_BIND=0.0.0.0     address of the WebSocket and of media, that of client legs too; name it when SIP comes by another network
#   NAILUP_TLS_CERT= NAILUP_TLS_KEY=        PEM files: wss instead of ws
#   NAILUP_WS_PORT=8088 (8089 with TLS)     NAILUP_WS_URL= when something in front of the box ends TLS
#   NAILUP_AMI_HOST=NAILUP_HOST  NAILUP_AMI_BIND=127.0.0.1  NAILUP_AMI_PORT=5038 (5039 with TLS)  NAILUP_AMI_PERMIT=127.0.0.0/8
#   NAILUP_AMI_TLS          yes|no; default: yes unless AMI is bound to loopback
#   NAILUP_SIP_HOST=NAILUP_SIP_BIND  NAILUP_SIP_BIND=127.0.0.1  NAILUP_SIP_PORT=5060   where the SIP proxy sends client legs
#   NAILUP_SIP_PROXY=       host:port the SIP proxy sends from and is sent to; without it there are no client legs
#   NAILUP_RTP_START=10100 NAILUP_RTP_END=19999
#   NAILUP_PUBLIC_ADDRESS=  IP address offered for media when a 1:1 NAT stands before NAILUP_BIND
#   NAILUP_MANAGER_CA=      PEM file to trust for the managers' certificates
#   NAILUP_PROFILE=production|sandbox       sandbox adds test tones and recordings
set -eu
umask 077

HERE=$(dirname "$(readlink -f "$0")")
CONFIG=${NAILUP_CONFIG_DIRECTORY:-/etc/asterisk}
STATE=${NAILUP_STATE_DIRECTORY:-/var/lib/asterisk/nailup}

say() { printf 'nailup: %s\n' "$*"; }
fail() { say "$*" >&2; exit 78; }

# Every value ends in a configuration file, a shell command or JSON: characters that mean something there are refused, not quoted.
plain() {
  eval "value=\${$1}"
  case $value in
    *[!A-Za-z0-9._:/,@+=~-]*) fail "$1 holds a character that is not allowed: use letters, digits and . _ : / , @ + = ~ - only." ;;
  esac
}
required() {
  eval "value=\${$1}"
  [ -n "$value" ] || fail "$1 is not set: see the list at the head of provision.sh."
}
number() {
  eval "value=\${$1}"
  case $value in ''|*[!0-9]*) fail "$1 must be a whole number, not \"$value\"." ;; esac
}

: "${NAILUP_NAME:=$(cat /proc/sys/kernel/hostname)}" "${NAILUP_HOST:=}" "${NAILUP_MANAGERS:=}" "${NAILUP_ENROLMENT_TOKEN:=}"
: "${NAILUP_CAPACITY:=50}" "${NAILUP_REGION:=}" "${NAILUP_BIND:=0.0.0.0}" "${NAILUP_PROFILE:=production}"
: "${NAILUP_TLS_CERT:=}" "${NAILUP_TLS_KEY:=}" "${NAILUP_MANAGER_CA:=}" "${NAILUP_PUBLIC_ADDRESS:=}"
if [ -n "$NAILUP_TLS_CERT" ]; then scheme=wss; : "${NAILUP_WS_PORT:=8089}"; else scheme=ws; : "${NAILUP_WS_PORT:=8088}"; fi
: "${NAILUP_WS_URL:=$scheme://$NAILUP_HOST:$NAILUP_WS_PORT/ws}"
: "${NAILUP_AMI_HOST:=$NAILUP_HOST}" "${NAILUP_AMI_BIND:=127.0.0.1}" "${NAILUP_AMI_PERMIT:=127.0.0.0/8}"
case $NAILUP_AMI_BIND in 127.*) : "${NAILUP_AMI_TLS:=no}" ;; *) : "${NAILUP_AMI_TLS:=yes}" ;; esac
if [ "$NAILUP_AMI_TLS" = yes ]; then : "${NAILUP_AMI_PORT:=5039}"; else : "${NAILUP_AMI_PORT:=5038}"; fi
: "${NAILUP_SIP_BIND:=127.0.0.1}" "${NAILUP_SIP_PORT:=5060}" "${NAILUP_SIP_PROXY:=}"
: "${NAILUP_SIP_HOST:=$NAILUP_SIP_BIND}"
: "${NAILUP_RTP_START:=10100}" "${NAILUP_RTP_END:=19999}"

for name in NAME HOST MANAGERS ENROLMENT_TOKEN CAPACITY REGION BIND PROFILE TLS_CERT TLS_KEY MANAGER_CA PUBLIC_ADDRESS WS_PORT WS_URL \
  AMI_HOST AMI_BIND AMI_PERMIT AMI_TLS AMI_PORT SIP_BIND SIP_PORT SIP_HOST SIP_PROXY RTP_START RTP_END; do plain "NAILUP_$name"; done
for name in NAME HOST MANAGERS; do required "NAILUP_$name"; done
for name in CAPACITY WS_PORT AMI_PORT SIP_PORT RTP_START RTP_END; do number "NAILUP_$name"; done
# It becomes part of SIP addresses: a port, and in front of it nothing that would end a host name there.
case $NAILUP_SIP_PROXY in
  '') ;;
  *[!A-Za-z0-9.:-]*|*:*[!0-9]*|*:|:*) fail "NAILUP_SIP_PROXY must be host:port, not \"$NAILUP_SIP_PROXY\"." ;;
  *:*) ;;
  *) fail "NAILUP_SIP_PROXY must be host:port, not \"$NAILUP_SIP_PROXY\"." ;;
esac
# Asterisk looks a name up once, when it starts, and would go on without knowing the proxy.
case ${NAILUP_SIP_PROXY%:*} in
  *[!0-9.]*) getent ahostsv4 "${NAILUP_SIP_PROXY%:*}" >/dev/null || fail "NAILUP_SIP_PROXY names ${NAILUP_SIP_PROXY%:*}, which has no address now: give the address, or start again when it has one." ;;
esac
[ "$NAILUP_CAPACITY" -ge 1 ] || fail "NAILUP_CAPACITY must be at least 1."
[ "$NAILUP_RTP_START" -lt "$NAILUP_RTP_END" ] || fail "NAILUP_RTP_START must be below NAILUP_RTP_END."
# The bad ports of the Fetch Standard from 1024 on: browsers open no WebSocket to them and send no media there, without a word (asterisk/FACTS.md).
for port in 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080; do
  [ "$NAILUP_WS_PORT" -ne "$port" ] || fail "NAILUP_WS_PORT must not be $port: browsers refuse it."
  [ "$port" -lt "$NAILUP_RTP_START" ] || [ "$port" -gt "$NAILUP_RTP_END" ] || fail "NAILUP_RTP_START to NAILUP_RTP_END must not hold $port: browsers send no audio there."
done
[ -z "$NAILUP_TLS_CERT" ] || [ -r "$NAILUP_TLS_CERT" ] || fail "NAILUP_TLS_CERT names $NAILUP_TLS_CERT, which cannot be read."
[ -z "$NAILUP_TLS_KEY" ] || [ -r "$NAILUP_TLS_KEY" ] || fail "NAILUP_TLS_KEY names $NAILUP_TLS_KEY, which cannot be read."
command -v asterisk >/dev/null || fail "Asterisk is not installed on this machine."
command -v curl >/dev/null || fail "curl is not installed on this machine."
mkdir -p "$STATE" "$CONFIG" || fail "$STATE or $CONFIG cannot be written by $(id -un)."

# Kept from the first boot on: the managers know this box by it.
secret() {
  [ -s "$STATE/$1" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > "$STATE/$1"
  cat "$STATE/$1"
}
AMI_SECRET=$(secret ami-secret)
AMI_CERTIFICATE='' AMI_KEY=''
if [ "$NAILUP_AMI_TLS" = yes ]; then
  AMI_CERTIFICATE=$STATE/ami.crt AMI_KEY=$STATE/ami.key
  case $NAILUP_AMI_HOST in *[!0-9.]*) san=DNS ;; *) san=IP ;; esac
  # The managers pin this certificate: it reaches them with the enrolment.
  [ -s "$AMI_CERTIFICATE" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$NAILUP_NAME" \
    -addext "subjectAltName=$san:$NAILUP_AMI_HOST" -keyout "$AMI_KEY" -out "$AMI_CERTIFICATE" 2>/dev/null || fail "openssl could not make the certificate of AMI."
fi

. "$HERE/enrol.sh"
. "$HERE/render.sh"
enrol
render
# Recordings that an earlier life of this box did not hand over; also what Asterisk was writing when it ended, which is cut but not lost.
export NAILUP_STATE_DIRECTORY="$STATE" NAILUP_MANAGERS NAILUP_MANAGER_CA
mkdir -p "$STATE/recordings/writing" "$STATE/recordings/done" "$STATE/recordings/refused" || fail "$STATE/recordings cannot be written by $(id -un)."
find "$STATE/recordings/writing" "$STATE/recordings/refused" -type f -name '*.wav' -exec mv -f {} "$STATE/recordings/done/" \;
sh "$HERE/upload-recording.sh" &
say "$NAILUP_NAME starts Asterisk: agents at $NAILUP_WS_URL, managers at $NAILUP_AMI_HOST:$NAILUP_AMI_PORT"
exec asterisk -f -C "$CONFIG/asterisk.conf"
