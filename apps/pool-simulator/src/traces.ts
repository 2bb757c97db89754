import { type AmiFields, AmiMessage, encodeAction } from '@nailup/ami';
import { Asterisk, type Standing, type StandingCall } from './asterisk/asterisk.js';
import { Chance } from './chance.js';
import { demoNumbers } from './far-end.js';
import { TurnedTime } from './time.js';
import { Mangler, type Mischief } from './wire/mischief.js';

/** What is asked of a session with a media server. */
export interface Asks {
  action(fields: AmiFields): Promise<AmiMessage>;
  list(fields: AmiFields): Promise<AmiMessage[]>;
}

/** What a manager makes of one media server: its own path from messages to what it believes. */
export interface Believer {
  hear(event: AmiMessage): void;
  /** Reads the whole server; what it hears meanwhile counts after what it has read. */
  read(server: Asks): Promise<void>;
  seats(): Standing[];
  calls(): StandingCall[];
}

/** Things that happen on a media server. */
export const deeds = [
  'sit',
  'rest',
  'reload',
  'arrive',
  'queue',
  'dial',
  'redirect',
  'press',
  'client-ends',
  'agent-ends',
  'anybody-ends',
  'wait',
  'restart',
  'read',
] as const;
export type Deed = (typeof deeds)[number];
/** `who` picks among those it can happen to. */
export interface Step {
  readonly deed: Deed;
  readonly who: number;
}

/** Its weight among random steps; 1 when it has none here. */
const weights: Readonly<Partial<Record<Deed, number>>> = { sit: 3, rest: 3, arrive: 6, dial: 4, redirect: 3, 'client-ends': 4, wait: 5, 'agent-ends': 2 };
const raffle = deeds.flatMap((deed) => Array.from({ length: weights[deed] ?? 1 }, () => deed));
const seats = Array.from({ length: 6 }, (_, index) => `seat0000${index}`);
const numbers = ['+15550101', '+15550102', '+15550103', '+15550105'];

/** Steps by chance. */
export function randomSteps(chance: Chance, length: number): Step[] {
  return Array.from({ length }, () => ({ deed: raffle[chance.below(raffle.length)] as Deed, who: chance.below(1_000) }));
}

/**
 * One media server lives through the steps while its events are mangled; then, with honest events, it goes on for a few steps more while a
 * manager reads it once.
 * @returns in what the manager is wrong afterwards; nothing, when it holds what it promises
 */
export async function playTrace(steps: readonly Step[], seed: number, mischief: Mischief, manager: Believer): Promise<string[]> {
  const life = new Life(seed, mischief, manager);
  for (const step of steps) await life.live(step);
  await life.settle();
  return differences(manager, life.asterisk);
}

export interface TracesResult {
  readonly traces: number;
  readonly events: { readonly told: number; readonly dropped: number; readonly doubled: number; readonly swapped: number };
  /** Seeds of those that ended with a difference, and the differences. */
  readonly diverged: readonly { readonly seed: number; readonly differences: readonly string[] }[];
}

/**
 * Many random traces, one after the other: the promise "5 % of events dropped, doubled, swapped: zero divergence after reconcile".
 * @param newManager a manager that knows nothing yet, for each trace
 */
export async function runTraces(
  {
    traces,
    seed = 1,
    length = 30,
    mischief = { drop: 0.05, double: 0.05, swap: 0.05 },
  }: { traces: number; seed?: number; length?: number; mischief?: Mischief },
  newManager: () => Believer,
): Promise<TracesResult> {
  const events = { told: 0, dropped: 0, doubled: 0, swapped: 0 };
  const diverged: { seed: number; differences: string[] }[] = [];
  for (let trace = 0; trace < traces; trace += 1) {
    const manager = newManager();
    const life = new Life(seed + trace, mischief, manager);
    for (const step of randomSteps(new Chance(`steps/${seed + trace}`), length)) await life.live(step);
    await life.settle();
    const found = differences(manager, life.asterisk);
    if (found.length > 0) diverged.push({ seed: seed + trace, differences: found });
    for (const what of ['told', 'dropped', 'doubled', 'swapped'] as const) events[what] += life.mangler.count[what];
  }
  return { traces, events, diverged };
}

class Life {
  readonly asterisk: Asterisk;
  readonly mangler: Mangler;
  private readonly time = new TurnedTime();
  private readonly chance: Chance;
  private reading = false;

  constructor(
    seed: number,
    mischief: Mischief,
    private readonly manager: Believer,
  ) {
    this.chance = new Chance(seed);
    this.mangler = new Mangler(this.chance.of('mischief'), this.time, (text) => manager.hear(new AmiMessage(text.slice(0, -4))));
    this.mangler.mischief = mischief;
    this.asterisk = new Asterisk({
      name: 'ms1',
      time: this.time,
      chance: this.chance.of('asterisk'),
      say: (text) => this.mangler.take(text),
      farEnd: demoNumbers(this.chance.of('far end'), this.time),
    });
  }

  async live({ deed, who }: Step): Promise<void> {
    if (deed === 'read') return this.read();
    if (deed !== 'restart') return this.do(deed, who);
    // Its sessions end with it: what waited to be told is told to nobody, and the manager that logs in again reads everything.
    this.asterisk.reboot();
    await this.read();
  }

  /** From here on every event comes, once and in order. */
  async settle(): Promise<void> {
    this.mangler.mischief = { drop: 0, double: 0, swap: 0 };
    this.mangler.flush();
    await this.read();
    // What is under way comes to its end: a tone, somebody who does not answer.
    this.time.pass(60_000);
  }

  /** Reads the whole server, which lives on between two answers. */
  private async read(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    const between = (): void => {
      if (this.chance.happens(0.3)) for (const { deed, who } of randomSteps(this.chance, 2)) this.do(deed, who);
    };
    await this.manager.read(asksOf(this.asterisk, between));
    this.reading = false;
  }

  private do(deed: Deed, who: number): void {
    const { asterisk } = this;
    const seat = seats[who % seats.length] as string;
    const channels = [...asterisk.board.channels.values()];
    const one = <T>(all: readonly T[]): T | undefined => all[who % Math.max(1, all.length)];
    const client = one(channels.filter(({ role, parking }) => parking === null && (role === '' || role === 'client')));
    const agent = one(channels.filter(({ parking }) => parking !== null));
    switch (deed) {
      case 'sit':
        return void asterisk.sit(seat);
      case 'rest':
        return void asterisk.sit(seat, { parking: 'holding' });
      case 'reload':
        return agent && void asterisk.sit(/^PJSIP\/(.+)-/.exec(agent.name)?.[1] ?? seat, { parking: agent.parking ?? 'conference' });
      case 'arrive':
        return void asterisk.arrive({ place: { conference: seat }, ...(who % 3 === 0 ? {} : { callId: this.chance.uuid() }) });
      case 'queue':
        return void asterisk.arrive({ place: 'queue', callId: this.chance.uuid() });
      case 'dial': {
        const callId = this.chance.uuid();
        const variables = (role: string): string => `Variable: __NAILUP_CALL=${callId}\r\nVariable: NAILUP_ROLE=${role}`;
        const where = `Exten: ${seat}\r\nPriority: 1\r\nTimeout: 10000\r\nAsync: true`;
        asterisk.originate(
          new AmiMessage(
            `Action: Originate\r\nActionID: dial-${callId}\r\nChannelId: ${callId}\r\n` +
              `Channel: PJSIP/${numbers[who % 4]}@proxy\r\nContext: clients\r\n${where}\r\n${variables('client')}`,
          ),
        );
        return asterisk.originate(
          new AmiMessage(
            `Action: Originate\r\nActionID: tone-${who}\r\nChannel: Local/${callId}@ringback/n\r\nContext: tone\r\n${where}\r\n${variables('tone')}`,
          ),
        );
      }
      case 'redirect': {
        const [context = '', exten = ''] =
          one([
            ['hold', 'hold'],
            ['queue', 'wait'],
            ['clients', seat],
            ['clients', client?.conference?.name ?? seat],
          ]) ?? [];
        // A leg without a call is nobody's to send anywhere, and one that is still dialled cannot be sent.
        return client?.callId && client.state === 6 ? void asterisk.redirect(client.uniqueid, context, exten) : undefined;
      }
      case 'press':
        return client && asterisk.press(client.uniqueid, String(who % 10));
      case 'client-ends':
        return client && void asterisk.hangUp(client.uniqueid);
      case 'agent-ends':
        return agent && void asterisk.hangUp(agent.uniqueid);
      case 'anybody-ends':
        return void asterisk.hangUp(one(channels)?.uniqueid ?? '');
      default:
        return this.time.pass(who % 400);
    }
  }
}

/** Asks an Asterisk without a wire; `between` happens before each answer. */
function asksOf(asterisk: Asterisk, between: () => void): Asks {
  const ask = (fields: AmiFields): AmiMessage[] => {
    between();
    const messages: AmiMessage[] = [];
    asterisk.answer(new AmiMessage(encodeAction({ ...fields, ActionID: '1' }).slice(0, -4)), (text) => void messages.push(new AmiMessage(text.slice(0, -4))));
    return messages;
  };
  return {
    action: (fields) => Promise.resolve(ask(fields)[0] as AmiMessage),
    list: (fields) => Promise.resolve(ask(fields).slice(1, -1)),
  };
}

function differences(manager: Believer, asterisk: Asterisk): string[] {
  const lines = (all: readonly unknown[]): string[] => all.map((one) => JSON.stringify(one)).sort();
  const believed = [...lines(manager.seats()), ...lines(manager.calls())];
  const held = [...lines(asterisk.standing()), ...lines(asterisk.calls())];
  return [
    ...believed.filter((line) => !held.includes(line)).map((line) => `believed: ${line}`),
    ...held.filter((line) => !believed.includes(line)).map((line) => `true: ${line}`),
  ];
}
