import { type Channel, endpointOf, type Parking, up } from './channel.js';
import type { Switchboard } from './switchboard.js';

const parkedLine = 'Place: parked\r\n';
const restData = 'nailup,participant,e(n)S(1)';
/** Sound that one RTP packet carries. */
const packetMs = 20;

/** What `asterisk/config/extensions*.conf` do, as far as AMI shows it. */
export class Dialplan {
  /** Seats at rest, by name; kept, because going through all channels at each step would cost more than the step. */
  private readonly parked = new Map<string, Set<Channel>>();

  constructor(
    private readonly board: Switchboard,
    /** A leg goes across to another media server, or onward to a number; it is back in the queue when that fails. */
    private readonly trunk: { across(leg: Channel, token: string): void; onward(leg: Channel, number: string): void },
  ) {}

  /** After a reboot: nobody rests. */
  reboot(): void {
    this.parked.clear();
  }

  /** An agent's browser dials its seat: older legs of that seat go first, and the newest joins when they are gone. */
  sit(seat: string, parking: Parking): Channel {
    const channel = this.board.open({ prefix: `PJSIP/${seat}-`, context: 'seats', exten: 'seat', priority: 3, callerNumber: seat, parking });
    this.board.state(channel, up);
    for (const older of this.legsOf(seat)) if (older !== channel) this.hangUp(older, 16);
    this.seated(channel, seat);
    return channel;
  }

  /** A client leg enters the conference of an agent, who is fetched when she rests. */
  enter(channel: Channel, conference: string, context: 'clients' | 'tone' | 'supervise-barge'): void {
    const data = { clients: 'nailup,nailup_client', tone: 'nailup,nailup_tone', 'supervise-barge': 'nailup,nailup_supervisor' }[context];
    if (channel.conference !== null) this.board.at(channel, context, conference, 1);
    if (channel.conference?.name !== conference) this.exit(channel);
    for (const seat of this.legsOf(conference)) if (seat.parked) this.stepIn(seat, conference);
    // Redirected into the conference it stands in, it leaves it for a moment and its agent does not go to rest.
    this.board.leave(channel);
    if (context === 'clients') this.record(channel);
    this.board.at(channel, context, conference, context === 'clients' ? 3 : 2, 'ConfBridge', `${conference},${data}`);
    this.board.join(channel, conference);
  }

  /** Where a Redirect sends a channel. */
  redirect(channel: Channel, context: string, exten: string): void {
    if (context === 'clients' || context === 'supervise-barge') return this.enter(channel, exten, context);
    this.board.at(channel, context, exten, 1);
    this.exit(channel);
    switch (context) {
      case 'queue':
        return this.wait(channel);
      case 'hold':
        this.place(channel, 'hold', 4);
        return this.board.at(channel, 'hold', 'hold', 5, 'MusicOnHold', 'default');
      case 'across':
        this.place(channel, 'across', 2);
        this.board.at(channel, 'across', exten, 3, 'Dial', `PJSIP/proxy/sip:${exten}`);
        return this.trunk.across(channel, exten);
      case 'onward':
        this.place(channel, 'onward', 2);
        this.board.at(channel, 'onward', exten, 3, exten.startsWith('w') ? 'Bridge' : 'Dial', exten.startsWith('w') ? exten.slice(1) : `PJSIP/${exten}@proxy`);
        return exten.startsWith('w') ? undefined : this.trunk.onward(channel, exten);
      case 'sorry':
        return void this.board.after(2_000, () => this.hangUp(channel, 17));
      case 'meeting':
        return this.board.at(channel, 'meeting', 'meeting', 2, 'Wait', '10');
      default:
        return context.startsWith('supervise-')
          ? this.board.at(channel, 'supervise-spy', exten, 6, 'ChanSpy', `PJSIP/${exten}-,qES`)
          : this.hangUp(channel, 16);
    }
  }

  /** A caller waits for an agent. */
  wait(channel: Channel): void {
    this.place(channel, 'queue', 4, 'wait');
    this.board.at(channel, 'queue', 'wait', 6, 'Wait', '20');
  }

  /** The other media server did not take a leg that was sent across: it says so and is back in the queue. */
  refusedAcross(channel: Channel): void {
    this.board.at(channel, 'across', channel.exten, 4);
    this.board.tell(channel, 'NailupAcross', 'State: failed\r\n');
    this.wait(channel);
  }

  /** Ends a channel wherever it stands. */
  hangUp(channel: Channel, cause: number, sipCode: number | null = null): void {
    if (!this.board.channels.has(channel.uniqueid)) return;
    const { conference } = channel;
    if (channel.parked) this.notParked(channel, endpointOf(channel.name) ?? '');
    this.board.leave(channel);
    const resting = conference !== null && channel.parking === null ? this.steppingOut(conference.name) : [];
    this.gone(channel);
    this.board.close(channel, cause, sipCode);
    for (const seat of resting) this.rest(seat);
  }

  /** The seat's own channels, oldest first. */
  legsOf(seat: string): Channel[] {
    const members = this.board.conferences.get(seat)?.members;
    const legs = members === undefined ? [] : [...members].filter((one) => one.parking !== null);
    return [...legs, ...(this.parked.get(seat) ?? [])];
  }

  private seated(channel: Channel, seat: string): void {
    if (channel.parking === 'holding' && !this.board.conferences.has(seat)) return this.rest(channel);
    this.board.at(channel, 'seated', seat, 3, 'ConfBridge', `${seat},nailup`);
    this.board.join(channel, seat);
  }

  /** Says that she rests, and rests. */
  private rest(channel: Channel): void {
    if (!this.board.channels.has(channel.uniqueid)) return;
    const seat = endpointOf(channel.name) ?? '';
    this.board.at(channel, 'seated', seat, 10);
    this.board.tell(channel, 'NailupSeat', parkedLine);
    this.board.at(channel, 'seated', seat, 11, 'BridgeWait', restData);
    channel.parked = true;
    const resting = this.parked.get(seat) ?? new Set();
    this.parked.set(seat, resting.add(channel));
  }

  private stepIn(channel: Channel, seat: string): void {
    this.notParked(channel, seat);
    this.board.at(channel, 'seated', seat, 3, 'ConfBridge', `${seat},nailup`);
    this.board.join(channel, seat);
  }

  private notParked(channel: Channel, seat: string): void {
    const resting = this.parked.get(seat);
    resting?.delete(channel);
    if (resting?.size === 0) this.parked.delete(seat);
    channel.parked = false;
  }

  /** The hangup handler of a client leg that came in: what was counted of its sound, as of a line that lost nothing. */
  private gone(channel: Channel): void {
    if (channel.role !== 'client' || channel.state !== up) return;
    const { context, exten, priority } = channel;
    const packets = Math.max(0, Math.floor((this.board.now() - channel.answeredAt) / packetMs));
    this.board.at(channel, 'gone', 's', 4);
    this.board.tell(channel, 'NailupQuality', rtcpLine(packets));
    this.board.at(channel, context, exten, priority);
  }

  /** A leg leaves its conference for another place, and an agent who is left alone there goes to rest. */
  private exit(channel: Channel): void {
    const { conference } = channel;
    if (conference === null) return;
    this.board.leave(channel);
    if (channel.parking === null) for (const seat of this.steppingOut(conference.name)) this.rest(seat);
  }

  /** Agents of holding parking who are alone in a conference leave it. */
  private steppingOut(conference: string): Channel[] {
    const members = this.board.conferences.get(conference)?.members;
    const [only] = members ?? [];
    if (members?.size !== 1 || only?.parking !== 'holding') return [];
    this.board.at(only, 'seated', conference, 5);
    this.board.leave(only);
    return [only];
  }

  /** Begins the recording that is wished for; a second one begins nothing. */
  private record(channel: Channel): void {
    const wanted = channel.wantsRecording;
    channel.wantsRecording = '';
    if (wanted === '' || channel.recording !== '') return;
    channel.recording = wanted;
    this.board.at(channel, 'recording', 's', 7);
    this.board.tell(channel, 'NailupRecording', `State: started\r\nRecording: ${wanted}\r\n`);
  }

  private place(channel: Channel, place: string, priority: number, exten = channel.exten): void {
    this.board.at(channel, place, exten, priority);
    this.board.tell(channel, 'NailupLeg', `Place: ${place}\r\n`);
  }
}

/** What CHANNEL(rtcp,all) says of as many packets received as sent (main/rtp_engine.c, ast_rtp_instance_get_quality), of a far side that sends no RTCP. */
function rtcpLine(packets: number): string {
  return (
    `Rtcp: ssrc=1;themssrc=2;lp=0;rxjitter=0.000000;rxcount=${packets};txjitter=0.000000;txcount=${packets};` +
    'rlp=0;rtt=0.000000;rxmes=0.000000;txmes=0.000000\r\n'
  );
}
