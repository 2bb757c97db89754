import type { AmiMessage } from '@nailup/ami';
import type { Chance } from '../chance.js';
import type { Time } from '../time.js';
import { answer, type Reply } from './answers.js';
import { type Channel, down, kindOf, type Parking, up } from './channel.js';
import { Dialplan } from './dialplan.js';
import { type FarEnd, Outbound } from './outbound.js';
import { fullyBooted } from './shapes.js';
import { Switchboard } from './switchboard.js';

export interface AsteriskOptions {
  /** SystemName of asterisk.conf: begins its unique ids. */
  readonly name: string;
  readonly time: Time;
  readonly chance: Chance;
  /** Takes each event that passes the filter of manager.conf, as it stands on the wire. */
  readonly say: (event: string) => void;
  /** Told of each channel that has ended, by uniqueid; not when the process dies. */
  readonly ended?: (uniqueid: string) => void;
  readonly farEnd?: FarEnd;
  readonly version?: string;
}

/** How one conference stands on the server itself; what a manager should believe of it. */
export interface Standing {
  readonly conference: string;
  /** Uniqueids of the agent's own legs, in her conference or at rest, sorted. */
  readonly agentLegs: readonly string[];
  readonly clientLegs: number;
}

/** How one leg of a call stands on the server itself. */
export interface StandingCall {
  readonly callId: string;
  readonly uniqueid: string;
  readonly role: string;
  readonly place: string;
  readonly conference: string | null;
}

/** A client leg that comes in through the SIP proxy. */
export interface Arrival {
  /** Left out: a leg of no call, which counts as a client all the same. */
  readonly callId?: string;
  /** `client` when there is a call, else none. */
  readonly role?: string;
  /** Number of the caller. */
  readonly from?: string;
  readonly recordingId?: string;
  readonly place: 'queue' | { readonly conference: string };
}

/** One Asterisk without a wire: its channels and conferences, what its dialplan does, and the AMI events and answers that come of it. */
export class Asterisk {
  readonly board: Switchboard;
  readonly version: string;
  /** Digits played to a channel, by uniqueid. */
  readonly digits = new Map<string, string>();
  /** Milliseconds that its clock is ahead of everybody else's. */
  skewMs = 0;
  /** What Getvar SYSINFO(loadavg) says; a tenth for each channel when null. */
  load: number | null = null;
  private readonly dialplan: Dialplan;
  private readonly outbound: Outbound;

  constructor({ name, time, chance, say, ended = () => undefined, farEnd = () => undefined, version = '22.10.1' }: AsteriskOptions) {
    this.version = version;
    const over = (channel: Channel): void => {
      this.outbound.part(channel);
      ended(channel.uniqueid);
    };
    this.board = new Switchboard({ name, time, chance, say, ended: over, skewMs: () => this.skewMs });
    this.dialplan = new Dialplan(this.board, {
      across: (leg, token) => this.dialOn(leg, 'across', `${token}@${leg.variables?.get('NAILUP_ACROSS') ?? ''}`),
      onward: (leg, number) => this.dialOn(leg, 'onward', number),
    });
    this.outbound = new Outbound(this.board, this.dialplan, farEnd);
  }

  loadAverage(): number {
    return this.load ?? this.board.channels.size / 10;
  }

  /** Seconds since the start by its own clock, as FullyBooted says it: a clock that is set back shortens it. */
  get uptimeSeconds(): number {
    return Math.floor((this.board.now() - this.board.bootedAt) / 1_000);
  }

  /** What every session is told that logs in. */
  welcome(): string {
    return fullyBooted(this.uptimeSeconds);
  }

  /** Another process in place of this one. @param agoMs since when it runs */
  reboot(agoMs = 0): void {
    this.board.reboot(this.board.now() - agoMs);
    this.dialplan.reboot();
    this.outbound.reboot();
    this.digits.clear();
  }

  /** Answers an action of somebody who is logged in. */
  answer(action: AmiMessage, reply: Reply): void {
    answer(this, action, reply);
  }

  /** An agent's browser dials her seat. @returns uniqueid of her leg */
  sit(seat: string, { parking = 'conference' }: { parking?: Parking } = {}): string {
    return this.dialplan.sit(seat, parking).uniqueid;
  }

  /** @returns uniqueid of the leg */
  arrive({ callId = '', role = callId === '' ? '' : 'client', from, recordingId = '', place }: Arrival): string {
    const inQueue = place === 'queue';
    const context = inQueue ? 'queue' : 'clients';
    const leg = this.board.open({
      prefix: 'PJSIP/proxy-',
      context,
      exten: inQueue ? 'wait' : place.conference,
      priority: 3,
      callId,
      role,
      ...(from === undefined ? {} : { callerNumber: from }),
    });
    leg.wantsRecording = recordingId;
    this.board.state(leg, up);
    if (inQueue) this.dialplan.wait(leg);
    else this.dialplan.enter(leg, place.conference, 'clients');
    return leg.uniqueid;
  }

  /** The far side presses a key; the agent's leg is sent it. Nothing when the leg is gone. */
  press(which: string, digit: string): void {
    const channel = this.board.find(which);
    if (channel === undefined) return;
    this.board.digit(channel, digit, 'Received');
    for (const other of channel.conference?.members ?? []) if (other !== channel) this.board.digit(other, digit, 'Sent');
  }

  /**
   * Ends a channel, by name or uniqueid.
   * @param cause of Q.850; left out, that of a far side that hangs up: 16 out of a bridge, 0 elsewhere, as recorded
   * @returns whether there was one
   */
  hangUp(which: string, cause?: number): boolean {
    const channel = this.board.find(which);
    if (channel === undefined) return false;
    cause ??= channel.conference !== null || channel.parked ? 16 : 0;
    if (channel.dialling !== null || channel.state === down) this.outbound.ended(channel, cause, null);
    else this.dialplan.hangUp(channel, cause);
    return true;
  }

  redirect(which: string, context: string, exten: string): boolean {
    const channel = this.board.find(which);
    if (channel === undefined) return false;
    this.outbound.part(channel);
    this.dialplan.redirect(channel, context, exten);
    return true;
  }

  originate(action: AmiMessage): void {
    this.outbound.originate(action);
  }

  played(uniqueid: string, digit: string): void {
    this.digits.set(uniqueid, (this.digits.get(uniqueid) ?? '') + digit);
  }

  /** Every conference with somebody in it or a seat at rest, by name. */
  standing(): Standing[] {
    const found = new Map<string, { agentLegs: string[]; clientLegs: number }>();
    const of = (name: string): { agentLegs: string[]; clientLegs: number } => {
      const present = found.get(name) ?? { agentLegs: [], clientLegs: 0 };
      found.set(name, present);
      return present;
    };
    for (const channel of this.board.channels.values()) {
      const name = channel.conference?.name ?? (channel.parked ? channel.exten : null);
      const kind = kindOf(channel);
      if (name === null || kind === 'other') continue;
      if (kind === 'agent') of(name).agentLegs.push(channel.uniqueid);
      else of(name).clientLegs += 1;
    }
    return [...found]
      .map(([conference, { agentLegs, clientLegs }]) => ({ conference, agentLegs: agentLegs.sort(), clientLegs }))
      .sort((one, other) => (one.conference < other.conference ? -1 : 1));
  }

  /** Every leg of a call but those of which no event has told yet: dialled, and not ringing. */
  calls(): StandingCall[] {
    return [...this.board.channels.values()].flatMap(({ callId, uniqueid, role, state, context, conference }) => {
      if (callId === '' || role === '' || state === down) return [];
      const elsewhere = ['queue', 'hold', 'across', 'onward'].includes(context) ? context : state === up ? 'up' : 'ringing';
      return [{ callId, uniqueid, role, place: conference === null ? elsewhere : 'conference', conference: conference?.name ?? null }];
    });
  }

  private dialOn(leg: Channel, role: string, number: string): void {
    this.outbound.leg(leg, role, number, (answered) => {
      if (answered || !this.board.channels.has(leg.uniqueid)) return;
      // Not taken: the leg is back in the queue, where a manager decides.
      if (role === 'across') this.dialplan.refusedAcross(leg);
      else this.dialplan.wait(leg);
    });
  }
}
