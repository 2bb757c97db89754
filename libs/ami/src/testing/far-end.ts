import type { AmiMessage } from '../message.js';
import type { AsteriskModel, FakeChannel } from './asterisk-model.js';
import { dtmfEnd, hangup, newstate, originateResponse, type Shape, userEvent } from './shapes.js';

/** What the far end of this file needs of the server around it. */
export interface FarEndPort {
  readonly model: AsteriskModel;
  broadcast(event: Shape): void;
  /** A channel enters a conference, with its events. */
  join(conference: string, how: { channel: string }): unknown;
  leave(conference: string, which: string): void;
  /** Something has changed that a test may wait for. */
  tell(): void;
}

/** A client leg to come in from the proxy, as the dialplan of a media server lets it in. */
export interface FakeArrival {
  readonly callId: string;
  readonly uniqueid?: string;
  /** `client` if left out. */
  readonly role?: string;
  readonly place: 'queue' | { readonly conference: string };
}

/** The far end of calls: dialled numbers that ring, answer and hang up when the test says so, and legs that are sent from place to place. */
export class FarEnd {
  /** Key presses that were played to a channel, by uniqueid. */
  readonly played = new Map<string, string>();

  constructor(private readonly port: FarEndPort) {}

  /** Originate of `PJSIP/<number>@proxy`: a channel that has the uniqueid asked for and waits for the far end. Answers whether it was one. */
  dial(message: AmiMessage): boolean {
    const endpoint = /^PJSIP\/([^@/]+@proxy|proxy\/sip:[^@]+@.+)$/.exec(message.get('Channel') ?? '')?.[1];
    if (endpoint === undefined) return false;
    const variables = message.all('Variable').map((line) => line.replace(/^_+/, '')).filter((line) => /^NAILUP_(CALL|ROLE)=/.test(line));
    const channel = this.create({ name: `PJSIP/proxy-${this.port.model.hex()}`, uniqueid: message.get('ChannelId'), context: message.get('Context') ?? '', exten: message.get('Exten') ?? '', variables });
    channel.actionId = message.ActionID;
    channel.wantsRecording = message.all('Variable').find((line) => line.startsWith('NAILUP_RECORDING='))?.slice('NAILUP_RECORDING='.length);
    this.state(channel, 'Dialing');
    return true;
  }

  /** 180 from the far end. */
  ring(which: string): void {
    this.state(this.of(which), 'Ringing');
  }

  /** The far end answers, and its leg enters the conference it was dialled for. */
  answer(which: string): void {
    const channel = this.of(which);
    this.state(channel, 'Up');
    this.port.broadcast(originateResponse(this.port.model.systemName, channel, 'Success', 4));
    this.begins(channel);
    this.port.join(channel.exten, { channel: channel.channel });
  }

  /** A leg comes in from the proxy. Answers its uniqueid. */
  arrive({ callId, uniqueid, role = 'client', place }: FakeArrival): string {
    const channel = this.create({ name: `PJSIP/proxy-${this.port.model.hex()}`, uniqueid, context: 'from-proxy', exten: '', variables: [`NAILUP_CALL=${callId}`, `NAILUP_ROLE=${role}`] });
    this.state(channel, 'Up');
    if (place === 'queue') this.walk(channel, 'queue', 'wait');
    else this.walk(channel, 'clients', place.conference);
    return channel.uniqueid;
  }

  /** A supervisor's browser joins with the identity of her supervision, as its endpoint says. Answers the uniqueid of the leg. */
  supervise({ id, username, mode, conference }: { readonly id: string; readonly username: string; readonly mode: string; readonly conference: string }): string {
    const channel = this.create({ name: `PJSIP/${username}-${this.port.model.hex()}`, uniqueid: undefined, context: 'supervisors', exten: 'supervise', variables: [`NAILUP_CALL=${id}`, 'NAILUP_ROLE=supervisor'] });
    this.state(channel, 'Up');
    this.walk(channel, `supervise-${mode}`, conference);
    return channel.uniqueid;
  }

  /** What the dialplan does with a channel that a Redirect, or its own course, sends somewhere. */
  walk(channel: FakeChannel, context: string, exten: string): void {
    for (const conference of this.port.model.conferencesOf(channel.uniqueid)) this.port.leave(conference, channel.uniqueid);
    Object.assign(channel, { context, exten });
    if (context === 'clients' || context === 'supervise-barge') {
      this.begins(channel);
      this.port.join(exten, { channel: channel.channel });
    } else if (!context.startsWith('supervise-')) this.says(channel, 'NailupLeg', context);
    this.port.tell();
  }

  /** What a leg that was sent onward has dialled: a channel of the same call. Answers its uniqueid. */
  dialsOnward(which: string): string {
    const call = this.of(which).variables?.find((line) => line.startsWith('NAILUP_CALL=')) ?? '';
    const channel = this.create({ name: `PJSIP/proxy-${this.port.model.hex()}`, uniqueid: undefined, context: 'from-proxy', exten: '', variables: [call, 'NAILUP_ROLE=onward'] });
    this.state(channel, 'Ringing');
    return channel.uniqueid;
  }

  /** What was dialled onward is answered. */
  takesOnward(which: string): void {
    this.state(this.of(which), 'Up');
  }

  /** The way across of a leg that was sent there has failed: the dialplan says so and takes it back to the queue. */
  acrossFails(which: string): void {
    const channel = this.of(which);
    this.port.broadcast(userEvent(this.port.model.systemName, channel, 'NailupAcross', [['State', 'failed']]));
    this.walk(channel, 'queue', 'wait');
  }

  /** A leg ends, and tells before it how it has sounded (CHANNEL(rtcp,all)). */
  sounded(which: string, rtcp: string): void {
    this.port.broadcast(userEvent(this.port.model.systemName, this.of(which), 'NailupQuality', [['Rtcp', rtcp]]));
  }

  /** The far end presses a key. */
  press(which: string, digit: string): void {
    this.port.broadcast(dtmfEnd(this.port.model.systemName, this.of(which), digit, 'Received'));
  }

  /** A seat's own channel steps out of its conference and rests in the holding bridge. */
  park(which: string): void {
    const channel = this.of(which);
    for (const conference of this.port.model.conferencesOf(channel.uniqueid)) this.port.leave(conference, channel.uniqueid);
    Object.assign(channel, { context: 'seated', exten: /^PJSIP\/(.+)-[0-9a-f]+$/.exec(channel.channel)?.[1] ?? '' });
    this.says(channel, 'NailupSeat', 'parked');
  }

  /** A dialled leg ends before it is answered, or a standing one: the cause is that of Q.850. */
  ends(channel: FakeChannel, cause: number): void {
    const wasDialled = channel.state !== 'Up';
    this.port.broadcast(hangup(this.port.model.systemName, channel, cause));
    if (wasDialled && channel.actionId !== undefined) this.port.broadcast(originateResponse(this.port.model.systemName, channel, 'Failure', cause === 17 ? 5 : 0));
  }

  private create({ name, uniqueid, context, exten, variables }: { name: string; uniqueid: string | undefined; context: string; exten: string; variables: readonly string[] }): FakeChannel {
    const channel = this.port.model.open(name, uniqueid, exten);
    Object.assign(channel, { context, exten, variables: [...variables], state: 'Down' });
    this.port.tell();
    return channel;
  }

  private state(channel: FakeChannel, state: string): void {
    channel.state = state;
    this.port.broadcast(newstate(this.port.model.systemName, channel));
    this.port.tell();
  }

  /** As the dialplan begins a recording: the wish is spent, and a second one begins nothing. */
  private begins(channel: FakeChannel): void {
    const wanted = channel.wantsRecording;
    channel.wantsRecording = undefined;
    if (wanted === undefined || wanted === '' || channel.recording !== undefined) return;
    channel.recording = wanted;
    this.port.broadcast(userEvent(this.port.model.systemName, channel, 'NailupRecording', [['State', 'started'], ['Recording', wanted]]));
  }

  private says(channel: FakeChannel, name: string, place: string): void {
    this.port.broadcast(userEvent(this.port.model.systemName, channel, name, [['Place', place]]));
  }

  private of(which: string): FakeChannel {
    const channel = this.port.model.find(which);
    if (!channel) throw new Error(`There is no channel ${which}`);
    return channel;
  }
}
