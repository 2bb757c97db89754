# Part of provision.sh: writes the configuration files from the templates beside it.

# One line for each word of a comma list: prefix, word.
lines() { printf '%s' "$2" | tr ',' '\n' | sed "s|^|$1|"; }

# The realtime address of each manager, the one named in the enrolment first, with a rising priority (1 is asked first).
families() {
  first=$(cat "$STATE/realtime-url")
  path=/api/v1/asterisk/realtime
  [ -s "$STATE/managers" ] && known=$(cat "$STATE/managers") || known=$NAILUP_MANAGERS
  for table in ps_endpoints ps_auths ps_aors ps_contacts nailup_targets nailup_waits; do
    priority=1
    echo "$table => curl,$first/$table,$table,$priority"
    for manager in $(printf '%s' "$known" | tr ',' ' '); do
      url=${manager%/}$path
      [ "$url" != "$first" ] || continue
      priority=$((priority + 1))
      echo "$table => curl,$url/$table,$table,$priority"
    done
  done
}

# Asterisk offers the addresses of the interfaces for media, whatever it is bound to: a loopback or one of several addresses would never
# be offered. So each of them is replaced by the one that agents reach; equal ones are offered once.
candidates() {
  offered=${NAILUP_PUBLIC_ADDRESS:-$NAILUP_BIND}
  [ "$offered" != 0.0.0.0 ] || return 0
  for address in 127.0.0.1 $(hostname -I); do
    case $address in *:*|"$offered") ;; *) echo "$address => $offered" ;; esac
  done
}

# Where carriers find the media of a client leg: where agents find theirs. A SIP side on loopback has its carriers there too.
client_media_offered() {
  case $NAILUP_SIP_BIND in 127.*) return 0 ;; esac
  offered=${NAILUP_PUBLIC_ADDRESS:-$NAILUP_BIND}
  [ "$offered" = 0.0.0.0 ] || echo "external_media_address = $offered"
}
client_media_bound() {
  case $NAILUP_SIP_BIND:$NAILUP_BIND in 127.*|*:0.0.0.0) return 0 ;; esac
  printf 'media_address = %s\nbind_rtp_to_media_address = yes\n' "$NAILUP_BIND"
}

# Puts a text of several lines in the place of a marker that stands alone on its line.
block() {
  printf '%s\n' "$2" > "$STATE/block"
  sed -i -e "/^{{$1}}\$/{r $STATE/block" -e 'd' -e '}' "$3"
}

render() {
  MODULE_DIRECTORY=${NAILUP_MODULE_DIRECTORY:-}
  for directory in /usr/lib/*/asterisk/modules /usr/lib/asterisk/modules; do
    [ ! -e "$directory/chan_pjsip.so" ] || MODULE_DIRECTORY=$directory
  done
  [ -n "$MODULE_DIRECTORY" ] || fail "the modules of Asterisk were not found under /usr/lib."
  rm -f "$CONFIG"/*.conf
  for template in "$HERE"/config/*.conf; do
    target=$CONFIG/${template##*/}
    substitute < "$template" > "$target"
    block REALTIME_FAMILIES "$(families)" "$target"
    block AMI_PERMITS "$(lines 'permit = ' "$NAILUP_AMI_PERMIT")" "$target"
    block ICE_HOST_CANDIDATES "$(candidates)" "$target"
    block CLIENT_MEDIA_OFFERED "$(client_media_offered)" "$target"
    block CLIENT_MEDIA_BOUND "$(client_media_bound)" "$target"
    block CURL_CA "${NAILUP_MANAGER_CA:+ssl_cainfo = $NAILUP_MANAGER_CA}" "$target"
    ! grep -q '{{' "$target" || fail "the template ${template##*/} names a variable that nobody sets: $(grep -o '{{[A-Z_]*}}' "$target" | head -1)"
  done
  rm -f "$STATE/block"
  [ -n "$NAILUP_SIP_PROXY" ] || rm -f "$CONFIG/pjsip_proxy.conf"
  # Parts of Asterisk's core report an error when they find no file, and have nothing to be told here.
  for file in acl ccss features pjproject stasis udptl; do
    echo '; Nothing to say: the defaults hold.' > "$CONFIG/$file.conf"
  done
  if [ "$NAILUP_PROFILE" = sandbox ]; then
    cp "$HERE"/sandbox/*.conf "$CONFIG/"
    mkdir -p /var/spool/asterisk/recordings
  fi
}

substitute() {
  if [ "$NAILUP_AMI_TLS" = yes ]; then plain_bind=127.0.0.1 plain_port=5038; else plain_bind=$NAILUP_AMI_BIND plain_port=$NAILUP_AMI_PORT; fi
  if [ -n "$NAILUP_TLS_CERT" ]; then protocol=wss tls=yes http=no; else protocol=ws tls=no http=yes; fi
  # A seat is one channel, its client another one, the ringing before it two; the rest is for callers who wait and legs that replace each other.
  sed -e "s|{{NAILUP_NAME}}|$NAILUP_NAME|g" -e "s|{{NAILUP_BIND}}|$NAILUP_BIND|g" \
    -e "s|{{NAILUP_WS_PORT}}|$NAILUP_WS_PORT|g" -e "s|{{NAILUP_TLS_CERT}}|$NAILUP_TLS_CERT|g" -e "s|{{NAILUP_TLS_KEY}}|$NAILUP_TLS_KEY|g" \
    -e "s|{{NAILUP_AMI_BIND}}|$NAILUP_AMI_BIND|g" -e "s|{{NAILUP_AMI_PORT}}|$NAILUP_AMI_PORT|g" \
    -e "s|{{NAILUP_SIP_BIND}}|$NAILUP_SIP_BIND|g" -e "s|{{NAILUP_SIP_PORT}}|$NAILUP_SIP_PORT|g" -e "s|{{NAILUP_SIP_PROXY}}|$NAILUP_SIP_PROXY|g" \
    -e "s|{{NAILUP_RTP_START}}|$NAILUP_RTP_START|g" -e "s|{{NAILUP_RTP_END}}|$NAILUP_RTP_END|g" \
    -e "s|{{MODULE_DIRECTORY}}|$MODULE_DIRECTORY|g" -e "s|{{WEBSOCKET_PROTOCOL}}|$protocol|g" \
    -e "s|{{TLS_ENABLED}}|$tls|g" -e "s|{{HTTP_ENABLED}}|$http|g" \
    -e "s|{{AMI_PLAIN_BIND}}|$plain_bind|g" -e "s|{{AMI_PLAIN_PORT}}|$plain_port|g" -e "s|{{AMI_TLS_ENABLED}}|$NAILUP_AMI_TLS|g" \
    -e "s|{{AMI_CERTIFICATE}}|$AMI_CERTIFICATE|g" -e "s|{{AMI_KEY}}|$AMI_KEY|g" -e "s|{{AMI_SECRET}}|$AMI_SECRET|g" \
    -e "s|{{STATE}}|$STATE|g" -e "s|{{HERE}}|$HERE|g" \
    -e "s|{{REALTIME_TOKEN}}|$(cat "$STATE/realtime-token")|g" \
    -e "s|{{MAX_CALLS}}|$((NAILUP_CAPACITY * 6 + 50))|g" -e "s|{{SESSION_LIMIT}}|$((NAILUP_CAPACITY * 2 + 100))|g"
}
