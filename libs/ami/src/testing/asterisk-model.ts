/** A leg in a conference of the model. */
export interface FakeMember {
  conference: string;
  channel: string;
  uniqueid: string;
  marked: boolean;
  joinedAt: number;
}

export interface FakeChannel {
  channel: string;
  uniqueid: string;
  context: string;
  exten: string;
  startedAt: number;
  /** As ChannelStateDesc says it; Up if left out. */
  state?: string;
  /** Those that events carry (manager.conf: channelvars), as `NAME=value`. */
  variables?: string[];
  /** Which recording is to begin when it enters a conference, and which one runs. */
  wantsRecording?: string;
  recording?: string;
  /** Of the Originate that made it. */
  actionId?: string;
}

export interface FakeJoin {
  /** Channel name; `PJSIP/<conference>-…`, the seat's own leg, if left out. */
  channel?: string;
  uniqueid?: string;
  marked?: boolean;
}

/** What an Asterisk of the tests holds: channels and conferences. No wire, no time of its own. */
export class AsteriskModel {
  readonly channels = new Map<string, FakeChannel>();
  /** Conference name -> members by uniqueid, in order of joining. */
  readonly conferences = new Map<string, Map<string, FakeMember>>();
  private counted = 0;

  constructor(
    readonly systemName: string,
    private bootedAt: number,
    private readonly now: () => number,
  ) {}

  /** Seconds since the start, as Asterisk tells it. */
  get uptimeSeconds(): number {
    return Math.floor((this.now() - this.bootedAt) / 1000);
  }

  get startedAt(): Date {
    return new Date(this.bootedAt);
  }

  /** A new process: no channel and no conference of the old one. */
  reboot(bootedAt: number): void {
    this.bootedAt = bootedAt;
    this.channels.clear();
    this.conferences.clear();
  }

  /** A channel enters a conference, which begins to exist with it. Answers the member and whether it is the first. */
  join(conference: string, how: FakeJoin = {}): { member: FakeMember; first: boolean } {
    const channel = this.open(how.channel ?? `PJSIP/${conference}-${this.hex()}`, how.uniqueid, conference);
    const members = this.conferences.get(conference) ?? new Map<string, FakeMember>();
    const first = members.size === 0;
    const member: FakeMember = { conference, channel: channel.channel, uniqueid: channel.uniqueid, marked: how.marked ?? channel.channel.startsWith('PJSIP/'), joinedAt: this.now() };
    members.set(member.uniqueid, member);
    this.conferences.set(conference, members);
    return { member, first };
  }

  /** A channel, by name or uniqueid, leaves a conference; its last member takes the conference along. */
  leave(conference: string, which: string): { member: FakeMember; last: boolean } | undefined {
    const members = this.conferences.get(conference);
    const member = members && [...members.values()].find((one) => one.uniqueid === which || one.channel === which);
    if (!members || !member) return undefined;
    members.delete(member.uniqueid);
    if (members.size === 0) this.conferences.delete(conference);
    return { member, last: members.size === 0 };
  }

  find(which: string): FakeChannel | undefined {
    return this.channels.get(which) ?? [...this.channels.values()].find((one) => one.uniqueid === which);
  }

  conferencesOf(uniqueid: string): string[] {
    return [...this.conferences].filter(([, members]) => members.has(uniqueid)).map(([conference]) => conference);
  }

  /** The number part of the next channel name, as Asterisk writes it. */
  hex(): string {
    return this.counted.toString(16).padStart(8, '0');
  }

  /** The channel of that name; a new one where there is none. */
  open(name: string, uniqueid: string | undefined, exten: string): FakeChannel {
    const present = this.channels.get(name);
    if (present) return present;
    const channel: FakeChannel = {
      channel: name,
      uniqueid: uniqueid ?? `${this.systemName}-${Math.floor(this.bootedAt / 1000)}.${this.counted}`,
      context: name.startsWith('PJSIP/') ? 'seats' : 'client',
      exten: name.startsWith('PJSIP/') ? 'seat' : exten,
      startedAt: this.now(),
    };
    this.counted += 1;
    this.channels.set(name, channel);
    return channel;
  }
}
