import type { AmiMessage } from '@nailup/ami';
import { type Channel, ringing, up } from './channel.js';
import type { Dialplan } from './dialplan.js';
import { originateResponse } from './shapes.js';
import type { Switchboard } from './switchboard.js';

/** A telephone that is being called, or is in a call. Everything it does is no longer possible once the leg has ended; then it does nothing. */
export interface FarLeg {
  /** Its number as dialled, or the token and address of another media server: `t...@host:port`. */
  readonly number: string;
  /** Of its channel: the id of the call. */
  readonly uniqueid: string;
  ring(): void;
  answer(): void;
  /** @param cause of Q.850: 17 busy @param sipCode that it was said with */
  refuse(cause: number, sipCode: number): void;
  hangUp(): void;
}

/** What the telephone network makes of a call; without one it rings for ever. */
export type FarEnd = (leg: FarLeg) => void;

/** Of main/manager_doc.xml: AST_CONTROL_ values. */
const reasonAnswered = 4;
const reasonRangInVain = 3;
const reasonFailed = 0;
const defaultTimeoutMs = 30_000;
/** Looked at twenty times a second; after the answer it is silent, and stays a moment (extensions_clients.conf: ringback). */
const toneStaysMs = 200;

interface Tone {
  readonly watching: Channel;
  readonly inside: Channel;
  readonly actionId: string;
  readonly context: string;
  readonly exten: string;
}

/** Legs that this Asterisk dials, and the ringing that their agent hears meanwhile. */
export class Outbound {
  /** By the uniqueid of the leg they watch. */
  private readonly tones = new Map<string, Tone>();
  /** A leg that the dialplan dialled, and the leg it was dialled for; both ways. */
  private readonly partners = new Map<Channel, Channel>();

  constructor(
    private readonly board: Switchboard,
    private readonly dialplan: Dialplan,
    private readonly farEnd: FarEnd,
  ) {}

  reboot(): void {
    this.tones.clear();
    this.partners.clear();
  }

  /** AMI Originate, after its response. */
  originate(message: AmiMessage): void {
    const target = message.get('Channel') ?? '';
    const order = { actionId: message.get('ActionID') ?? '', target, context: message.get('Context') ?? '', exten: message.get('Exten') ?? '' };
    const variables = variablesOf(message);
    const timeoutMs = Number(message.get('Timeout')) || defaultTimeoutMs;
    const dialled = /^PJSIP\/(?:([^@/]+)@proxy|proxy\/sip:([^@]+@.+))$/.exec(target);
    const watched = /^Local\/([0-9a-f-]+)@ringback/.exec(target)?.[1];
    if (dialled !== null) this.dial(order, dialled[1] ?? dialled[2] ?? '', message, variables, timeoutMs);
    else if (watched !== undefined) this.watch(order, watched, variables, timeoutMs);
  }

  /** A leg of the dialplan's own: `across` or `onward`. Answers whether it was taken by `done`. */
  leg(of: Channel, role: string, number: string, done: (answered: boolean) => void): void {
    const leg = this.board.open({ prefix: 'PJSIP/proxy-', context: 'from-proxy', exten: '', callId: of.callId, role, linkedid: of.linkedid });
    this.partners.set(leg, of).set(of, leg);
    let open = true;
    const end = (answered: boolean): void => {
      if (open) done(answered);
      open = false;
    };
    this.farEnd(
      this.telephone(leg, number, {
        answered: () => {
          this.board.state(leg, up);
          end(true);
        },
        refused: (cause, sipCode) => {
          this.unbind(leg);
          this.dialplan.hangUp(leg, cause, sipCode);
          end(false);
        },
      }),
    );
  }

  /** One of two has ended, or is sent elsewhere: the other one ends. */
  part(channel: Channel): void {
    const partner = this.unbind(channel);
    if (partner !== undefined) this.dialplan.hangUp(partner, 16);
    // The two halves of a Local channel are one.
    if (channel.role === 'tone')
      for (const [watched, { inside, watching }] of this.tones) if (inside === channel || watching === channel) this.silence(watched);
  }

  /** A leg has ended while it was dialled, by AMI or by its time-out. */
  ended(channel: Channel, cause: number, sipCode: number | null, reason = reasonFailed): void {
    const { dialling } = channel;
    if (dialling !== null) {
      dialling.cancel();
      channel.dialling = null;
      this.board.say(originateResponse(this.board.name, { ...dialling, success: false, reason, channel }));
    }
    this.dialplan.hangUp(channel, cause, sipCode);
    this.silence(channel.uniqueid);
  }

  private unbind(channel: Channel): Channel | undefined {
    const partner = this.partners.get(channel);
    this.partners.delete(channel);
    if (partner !== undefined) this.partners.delete(partner);
    return partner;
  }

  private dial(order: Order, number: string, message: AmiMessage, variables: ReadonlyMap<string, string>, timeoutMs: number): void {
    const caller = message.get('CallerID') ?? '';
    const leg = this.board.open({
      prefix: 'PJSIP/proxy-',
      uniqueid: message.get('ChannelId') || undefined,
      context: 'from-proxy',
      exten: 's',
      ...(caller === '' ? {} : { callerNumber: caller, connectedNumber: caller }),
      callId: variables.get('NAILUP_CALL') ?? '',
      role: variables.get('NAILUP_ROLE') ?? '',
    });
    leg.wantsRecording = variables.get('NAILUP_RECORDING') ?? '';
    leg.dialling = { ...order, cancel: this.board.after(timeoutMs, () => this.ended(leg, 19, 480, reasonRangInVain)) };
    this.farEnd(this.telephone(leg, number, { answered: () => this.answered(leg), refused: (cause, sipCode) => this.ended(leg, cause, sipCode) }));
  }

  private answered(leg: Channel): void {
    const { dialling } = leg;
    if (dialling === null) return;
    dialling.cancel();
    leg.dialling = null;
    this.board.say(originateResponse(this.board.name, { ...dialling, success: true, reason: reasonAnswered, channel: leg }));
    this.board.state(leg, up);
    this.dialplan.enter(leg, dialling.exten, 'clients');
    this.board.after(toneStaysMs, () => this.silence(leg.uniqueid));
  }

  private telephone(leg: Channel, number: string, does: { answered(): void; refused(cause: number, sipCode: number): void }): FarLeg {
    const stands = (): boolean => this.board.channels.get(leg.uniqueid) === leg;
    return {
      number,
      uniqueid: leg.uniqueid,
      ring: () => {
        if (!stands() || leg.state !== 0) return;
        this.board.state(leg, ringing);
        this.sound(leg);
      },
      answer: () => {
        if (stands() && leg.state !== up) does.answered();
      },
      refuse: (cause, sipCode) => {
        if (stands() && leg.state !== up) does.refused(cause, sipCode);
      },
      hangUp: () => {
        if (!stands()) return;
        if (leg.state === up) this.dialplan.hangUp(leg, 16);
        else does.refused(16, 487);
      },
    };
  }

  private watch(order: Order, watched: string, variables: ReadonlyMap<string, string>, timeoutMs: number): void {
    const what = {
      prefix: `Local/${watched}@ringback-`,
      context: 'ringback',
      exten: watched,
      callId: variables.get('NAILUP_CALL') ?? '',
      role: variables.get('NAILUP_ROLE') ?? '',
      number: this.board.nextNumber,
    };
    const inside = this.board.open({ ...what, suffix: ';1' });
    const watching = this.board.open({ ...what, suffix: ';2', linkedid: inside.uniqueid, priority: 11 });
    inside.dialling = { ...order, cancel: this.board.after(timeoutMs, () => this.silence(watched)) };
    this.tones.set(watched, { ...order, inside, watching });
    const leg = this.board.find(watched);
    if (leg === undefined || leg.state === up) this.silence(watched);
    else if (leg.state === ringing) this.sound(leg);
  }

  private sound(leg: Channel): void {
    const tone = this.tones.get(leg.uniqueid);
    if (tone === undefined || tone.inside.state === up) return;
    this.board.state(tone.watching, up);
    this.board.state(tone.inside, up);
    tone.inside.dialling?.cancel();
    tone.inside.dialling = null;
    this.board.say(originateResponse(this.board.name, { ...tone, target: '', success: true, reason: reasonAnswered, channel: tone.inside }));
    this.dialplan.enter(tone.inside, tone.exten, 'tone');
  }

  private silence(watched: string): void {
    const tone = this.tones.get(watched);
    if (tone === undefined) return;
    this.tones.delete(watched);
    this.board.at(tone.watching, 'ringback', watched, 17);
    this.dialplan.hangUp(tone.watching, 16);
    this.ended(tone.inside, 16, null);
  }
}

type Order = Pick<Tone, 'actionId' | 'context' | 'exten'> & { readonly target: string };

/** The variables of an action by name, without the signs that make them inherited. */
function variablesOf(message: AmiMessage): Map<string, string> {
  return new Map(
    message.all('Variable').map((line): [string, string] => {
      const at = line.indexOf('=');
      return [line.slice(0, at).replace(/^_+/, ''), line.slice(at + 1)];
    }),
  );
}
