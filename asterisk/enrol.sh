# Part of provision.sh: makes this box known to the pool. Any manager will do; all of them write the same database.

# The facts a manager keeps of this box, as JSON. All values were checked to be plain.
facts() {
  certificate=''
  [ -z "$AMI_CERTIFICATE" ] || certificate=",\"caCertificate\":\"$(awk '{printf "%s\\n", $0}' "$AMI_CERTIFICATE")\""
  region=''
  [ -z "$NAILUP_REGION" ] || region=",\"region\":\"$NAILUP_REGION\""
  cores=$(nproc 2>/dev/null || true)
  tls=false
  [ "$NAILUP_AMI_TLS" = no ] || tls=true
  printf '{"name":"%s","host":"%s","webSocketUrl":"%s","sipUri":"sip:%s:%s","ami":{"host":"%s","port":%s,"tls":%s,"username":"nailup","secret":"%s"%s},"capacity":%s%s%s}' \
    "$NAILUP_NAME" "$NAILUP_HOST" "$NAILUP_WS_URL" "$NAILUP_SIP_HOST" "$NAILUP_SIP_PORT" \
    "$NAILUP_AMI_HOST" "$NAILUP_AMI_PORT" "$tls" "$AMI_SECRET" "$certificate" "$NAILUP_CAPACITY" "$region" "${cores:+,\"cores\":$cores}"
}

# One text field out of JSON on standard input; nothing when it is not there.
field() { tr -d '\n' | sed -n "s/.*\"$1\"[[:space:]]*:[[:space:]]*\"\([^\"]*\)\".*/\1/p"; }

# Answers of a manager end in configuration files too: the same rule holds for them.
keep() {
  case $2 in
    '') return 0 ;;
    *[!A-Za-z0-9._:/,@+=~-]*) say "the manager's answer holds a $1 with characters that are not allowed; it is not used." >&2; return 1 ;;
  esac
  printf '%s' "$2" > "$STATE/$1"
}

remember() {
  realtime=$(tr -d '\n' < "$STATE/answer" | sed -n 's/.*"realtime"[[:space:]]*:[[:space:]]*{\([^}]*\)}.*/\1/p')
  managers=$(tr -d '\n' < "$STATE/answer" | sed -n 's/.*"managers"[[:space:]]*:[[:space:]]*\[\([^]]*\)\].*/\1/p' | tr -d '" ')
  keep server-token "$(field serverToken < "$STATE/answer")" && keep realtime-url "$(printf '%s' "$realtime" | field url)" &&
    keep realtime-token "$(printf '%s' "$realtime" | field token)" && keep managers "$managers" || return 1
  [ -s "$STATE/realtime-url" ] && [ -s "$STATE/realtime-token" ] || { say "the manager's answer names no realtime address." >&2; return 1; }
  facts > "$STATE/enrolled-facts"
}

# Asks one manager. 0: enrolled; 1: it is away; 2: it refused, for a reason that waiting will not change soon.
ask() {
  if [ -s "$STATE/server-token" ]; then token=$(cat "$STATE/server-token"); else token=$NAILUP_ENROLMENT_TOKEN; fi
  # Secrets go by file: the arguments of a process can be read by every user of the machine.
  printf 'Authorization: Bearer %s\nContent-Type: application/json\n' "$token" > "$STATE/headers"
  facts > "$STATE/facts"
  # The facts hold this box's own AMI secret, so their digest is a key of its own: should the answer to a first enrolment be lost
  # on the way, asking again gets that answer, token and all, instead of "this name is taken".
  [ -s "$STATE/server-token" ] || printf 'Idempotency-Key: %s\n' "$(sha256sum < "$STATE/facts" | cut -d ' ' -f 1)" >> "$STATE/headers"
  : > "$STATE/answer"
  status=$(curl --silent --max-time 10 --connect-timeout 3 ${NAILUP_MANAGER_CA:+--cacert "$NAILUP_MANAGER_CA"} --header "@$STATE/headers" \
    --data-binary "@$STATE/facts" --output "$STATE/answer" --write-out '%{http_code}' "$1/api/v1/media-servers/enrol") || status=000
  case $status in
    200|201) remember || return 2; say "enrolled with $1 as $NAILUP_NAME"; return 0 ;;
    000) say "no manager answers at $1"; return 1 ;;
    5??) say "the manager at $1 cannot enrol this box now ($status)"; return 1 ;;
  esac
  detail=$(field detail < "$STATE/answer")
  case $status in
    401|403)
      if [ -s "$STATE/server-token" ]; then
        rm -f "$STATE/server-token" "$STATE/enrolled-facts"
        say "the manager at $1 no longer knows this box; it will enrol anew"
        [ -z "$NAILUP_ENROLMENT_TOKEN" ] || return 1
      fi
      say "the manager at $1 does not accept the enrolment token: make a new one (POST /api/v1/media-servers/enrolment-tokens) and set NAILUP_ENROLMENT_TOKEN" ;;
    409) say "a media server named $NAILUP_NAME is in the pool already: give this box another NAILUP_NAME, or delete the other one" ;;
    *) say "the manager at $1 refused this box ($status): ${detail:-no reason given}" ;;
  esac
  return 2
}

# Asks all managers in turn until one has enrolled this box: quickly while they are away, slowly while they refuse.
enrol() {
  pause=1
  while :; do
    refused=no
    for manager in $(printf '%s' "$NAILUP_MANAGERS" | tr ',' ' '); do
      result=0
      ask "${manager%/}" || result=$?
      [ "$result" -ne 0 ] || { rm -f "$STATE/headers" "$STATE/facts" "$STATE/answer"; return 0; }
      [ "$result" -ne 2 ] || refused=yes
    done
    # Known to the pool and nothing changed: seats must not wait for a manager that is being restarted.
    if [ -s "$STATE/enrolled-facts" ] && [ "$(facts)" = "$(cat "$STATE/enrolled-facts")" ]; then
      say "going on with the enrolment of an earlier start"
      return 0
    fi
    if [ "$refused" = yes ]; then pause=60; fi
    say "trying again in $pause s"
    sleep "$pause"
    pause=$((pause * 2))
    [ "$pause" -le 30 ] || pause=30
  done
}
