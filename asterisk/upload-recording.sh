#!/bin/sh
# Hands recordings over to a manager. Called by MixMonitor when a recording has ended, with its name (<call>_<recording>), and by
# provision.sh before Asterisk starts, without one, for what an earlier life of this box left behind.
# A file is removed when a manager has taken it and not before. Its way: recordings/writing, where Asterisk writes it; recordings/done, where it waits
# for a manager; recordings/refused, when a manager will not have it (it is offered again when the box starts).
set -u
umask 077

STATE=${NAILUP_STATE_DIRECTORY:-/var/lib/asterisk/nailup}
SPOOL=$STATE/recordings
FIRST_PAUSE=${NAILUP_UPLOAD_PAUSE:-2}
LONGEST_PAUSE=60

say() { printf 'nailup: %s\n' "$*"; }

managers() {
  if [ -s "$STATE/managers" ]; then cat "$STATE/managers"; else printf '%s' "${NAILUP_MANAGERS:-}"; fi | tr ',' ' '
}

# Offers one file to one manager. 0: taken; 1: not now; 2: it will not have it.
offer() {
  name=${2##*/} name=${name%.wav}
  call=${name%%_*} recording=${name#*_}
  # By file: the arguments of a process can be read by every user of the machine. Read each time, because enrolling anew changes it.
  printf 'Authorization: Bearer %s\nContent-Type: audio/wav\n' "$(cat "$STATE/server-token" 2>/dev/null)" > "$SPOOL/headers"
  status=$(curl --silent --connect-timeout 3 --speed-limit 1024 --speed-time 30 ${NAILUP_MANAGER_CA:+--cacert "$NAILUP_MANAGER_CA"} \
    --header "@$SPOOL/headers" --upload-file "$2" --output /dev/null --write-out '%{http_code}' \
    "${1%/}/api/v1/asterisk/recordings/$call?recording=$recording" 9>&-) || status=000
  case $status in
    2??) return 0 ;;
    400|404|409|413|415) say "the manager at $1 will not have the recording $name ($status); it is kept in $SPOOL/refused"; return 2 ;;
    000) why="no manager answers at $1" ;;
    401|403) why="the manager at $1 does not know this box" ;;
    503) why="the manager at $1 has no room for recordings or cannot write them" ;;
    *) why="the manager at $1 answered $status" ;;
  esac
  return 1
}

# One file to the first manager that takes it.
hand_over() {
  for manager in $(managers); do
    result=0
    offer "$manager" "$1" || result=$?
    case $result in
      0) rm -f "$1"; return 0 ;;
      2) mv -f "$1" "$SPOOL/refused/"; return 0 ;;
    esac
  done
  return 1
}

waiting() { [ -n "$(find "$SPOOL/done" -type f -name '*.wav' 2>/dev/null | head -n 1)" ]; }

# Until nothing waits; said once, not at every try, that nobody takes it.
drain() {
  pause=$FIRST_PAUSE told=no why='no manager is known'
  while waiting; do
    left=no
    for file in "$SPOOL"/done/*.wav; do
      [ -e "$file" ] || continue
      hand_over "$file" || left=yes
    done
    if [ "$left" = no ]; then
      [ "$told" = no ] || say 'recordings are taken again'
      pause=$FIRST_PAUSE told=no
      continue
    fi
    [ "$told" = yes ] || say "recordings are kept here for now: $why; trying again until one takes them"
    told=yes
    sleep "$pause" 9>&-
    pause=$((pause * 2))
    [ "$pause" -le "$LONGEST_PAUSE" ] || pause=$LONGEST_PAUSE
  done
}

mkdir -p "$SPOOL/writing" "$SPOOL/done" "$SPOOL/refused" || exit 1
if [ $# -gt 0 ]; then
  case $1 in *[!0-9a-f_-]*|'') exit 1 ;; esac
  # The head of a WAV file is 44 bytes. What is not longer holds no sound, as when the disk is full: the manager is told by an empty file.
  size=$(wc -c 2>/dev/null < "$SPOOL/writing/$1.wav" || echo 0)
  [ "$size" -gt 44 ] || { say "the recording $1 holds no sound: is the disk full?"; : > "$SPOOL/writing/$1.wav"; }
  mv -f "$SPOOL/writing/$1.wav" "$SPOOL/done/$1.wav" || exit 1
fi

# One at a time; whoever finds the door closed leaves the file to the one inside, who looks again after opening it.
exec 9> "$SPOOL/lock"
while waiting; do
  flock -n 9 || exit 0
  drain
  flock -u 9
done
