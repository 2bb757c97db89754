import type { Chance } from '../chance.js';
import type { Time } from '../time.js';
import { type Channel, type Conference, down, unknown, up } from './channel.js';
import { confbridgeJoin, confbridgeLeave, dtmfEnd, hangup, newstate, userEvent } from './shapes.js';

export interface SwitchboardPort {
  /** SystemName of asterisk.conf. */
  readonly name: string;
  readonly time: Time;
  readonly chance: Chance;
  /** Takes an event that passes the filter of manager.conf, as it stands on the wire. */
  readonly say: (event: string) => void;
  /** A channel has ended, after the event that says so; not called when the process dies. */
  readonly ended: (channel: Channel) => void;
  /** Milliseconds that the clock of this machine is ahead. */
  readonly skewMs: () => number;
}

/** What a new channel is; the rest is as of any. */
export type NewChannel = Pick<Channel, 'context' | 'exten'> &
  Partial<Pick<Channel, 'uniqueid' | 'linkedid' | 'callerNumber' | 'connectedNumber' | 'priority' | 'callId' | 'role' | 'parking'>> & {
    /** The part of the name before its number: `PJSIP/proxy-`. */
    readonly prefix: string;
    /** Behind the number: `;1` of a Local channel. */
    readonly suffix?: string;
    /** Of a Local channel's other half: the number that half has. */
    readonly number?: number;
  };

/** Channels and conferences of one Asterisk, and the events of each change. Knows no dialplan. */
export class Switchboard {
  /** By uniqueid, oldest first. */
  readonly channels = new Map<string, Channel>();
  readonly conferences = new Map<string, Conference>();
  /** Bridge in which seats rest. */
  holdingBridge: string;
  bootedAt: number;
  /** Channels so far, for their names. */
  private named = 0;
  /** Unique ids so far. */
  private counted = 0;
  private readonly byName = new Map<string, Channel>();

  constructor(private readonly port: SwitchboardPort) {
    this.bootedAt = this.now();
    this.holdingBridge = port.chance.uuid();
  }

  get name(): string {
    return this.port.name;
  }

  /** What this machine takes for the time, in milliseconds since the epoch. */
  now(): number {
    return this.port.time.now() + this.port.skewMs();
  }

  after(ms: number, work: () => void): () => void {
    const born = this.bootedAt;
    // What the process before the last restart had in mind died with it.
    return this.port.time.after(ms, () => {
      if (this.bootedAt === born) work();
    });
  }

  /** A new process: nothing of the old one. */
  reboot(bootedAt: number): void {
    for (const channel of this.channels.values()) channel.dialling?.cancel();
    this.channels.clear();
    this.byName.clear();
    this.conferences.clear();
    this.bootedAt = bootedAt;
    this.named = 0;
    this.counted = 0;
    this.holdingBridge = this.port.chance.uuid();
  }

  /** By unique id or name, as AMI takes either for a channel. */
  find(which: string): Channel | undefined {
    return this.channels.get(which) ?? this.byName.get(which);
  }

  open(what: NewChannel): Channel {
    const number = what.number ?? this.named++;
    const name = `${what.prefix}${number.toString(16).padStart(8, '0')}${what.suffix ?? ''}`;
    const uniqueid = what.uniqueid ?? `${this.port.name}-${Math.floor(this.now() / 1_000)}.${this.counted++}`;
    const now = this.now();
    const channel: Channel = {
      name,
      uniqueid,
      linkedid: what.linkedid ?? uniqueid,
      state: down,
      callerNumber: what.callerNumber ?? unknown,
      connectedNumber: what.connectedNumber ?? unknown,
      context: what.context,
      exten: what.exten,
      priority: what.priority ?? 1,
      application: '',
      applicationData: '',
      callId: what.callId ?? '',
      role: what.role ?? '',
      startedAt: now,
      answeredAt: now,
      conference: null,
      parking: what.parking ?? null,
      parked: false,
      wantsRecording: '',
      recording: '',
      variables: null,
      dialling: null,
    };
    this.channels.set(uniqueid, channel);
    this.byName.set(name, channel);
    return channel;
  }

  /** The number the next channel will have in its name. */
  get nextNumber(): number {
    return this.named;
  }

  state(channel: Channel, state: Channel['state']): void {
    channel.state = state;
    if (state === up) channel.answeredAt = this.now();
    this.port.say(newstate(this.port.name, channel));
  }

  /** Where the dialplan of a channel is now; says nothing. */
  at(channel: Channel, context: string, exten: string, priority: number, application = '', applicationData = ''): void {
    Object.assign(channel, { context, exten, priority, application, applicationData });
  }

  join(channel: Channel, name: string): void {
    let conference = this.conferences.get(name);
    if (conference === undefined) this.conferences.set(name, (conference = { name, bridgeId: this.port.chance.uuid(), members: new Set() }));
    conference.members.add(channel);
    channel.conference = conference;
    channel.parked = false;
    this.port.say(confbridgeJoin(this.port.name, conference, channel));
  }

  /** Leaves its conference, when it is in one; the last member takes it along. */
  leave(channel: Channel): void {
    const { conference } = channel;
    if (conference === null) return;
    this.port.say(confbridgeLeave(this.port.name, conference, channel));
    conference.members.delete(channel);
    channel.conference = null;
    if (conference.members.size === 0) this.conferences.delete(conference.name);
  }

  tell(channel: Channel, name: string, headers: string): void {
    this.port.say(userEvent(this.port.name, channel, name, headers));
  }

  digit(channel: Channel, digit: string, direction: 'Received' | 'Sent'): void {
    this.port.say(dtmfEnd(this.port.name, channel, digit, direction));
  }

  /** Ends a channel that stands in no conference any more. */
  close(channel: Channel, cause: number, sipCode: number | null = null): void {
    this.channels.delete(channel.uniqueid);
    this.byName.delete(channel.name);
    this.port.say(hangup(this.port.name, channel, cause, sipCode));
    this.port.ended(channel);
  }

  say(event: string): void {
    this.port.say(event);
  }
}
