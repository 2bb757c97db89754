import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { OutsideCall } from './sandbox.js';
import { until } from './wait.js';
import { readWave, toneShare } from './wave.js';
import type { World } from './world.js';

/** A call as the REST API shows it, as far as the stories look. */
export interface Call {
  id: string;
  direction: 'inbound' | 'outbound';
  state: 'queued' | 'dialing' | 'ringing' | 'answered' | 'held' | 'ended';
  agentId: string | null;
  mediaServerId: string | null;
  queueId: string | null;
  purpose: 'consultation' | 'onward' | null;
  startedAt: string;
  farMediaServer: { id: string; name: string } | null;
  from: string;
  to: string;
  answeredAt: string | null;
  endedAt: string | null;
  endReason: string | null;
  hangupCause: number | null;
  hangupText: string | null;
}

export type Caller = Awaited<ReturnType<World['as']>>;

/** Places a call and answers it as it was accepted. */
export async function dial(agent: Caller, to: string, more: object = {}): Promise<Call> {
  const { status, body } = await agent<Call>('POST', '/calls', { to, ...more });
  if (status !== 202) throw new Error(`The call to ${to} was not accepted: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Waits until a call is in one of these states. */
export function callIs(agent: Caller, id: string, states: string | string[], withinMs = 10_000): Promise<Call> {
  const wanted = [states].flat();
  return until(`the call is ${wanted.join(' or ')}`, withinMs, async () => {
    const { body } = await agent<Call>('GET', `/calls/${id}`);
    if (wanted.includes(body.state)) return body;
    if (body.state === 'ended') throw new Error(`it ended instead: ${body.endReason} (${body.hangupText})`);
    return false;
  });
}

/** The call that is not over and that `which` is true of. */
export function liveCall(someone: Caller, what: string, which: (call: Call) => boolean, withinMs = 10_000): Promise<Call> {
  return until(what, withinMs, async () => (await someone<{ items: Call[] }>('GET', '/calls?live=true')).body.items.find(which));
}

/** The newest recording in a folder that was begun after `since` (epoch ms). */
export function newestRecording(folder: string, since: number): string | null {
  const found = readdirSync(folder)
    .filter((name) => name.endsWith('.wav'))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).birthtimeMs }))
    .filter(({ at }) => at >= since - 1_000)
    .sort((a, b) => b.at - a.at);
  return found[0]?.path ?? null;
}

/** Waits until the newest recording begun after `since` holds a tone. */
export function recorded(folder: string, since: number, hertz: number): Promise<true> {
  return holdsTone(() => newestRecording(folder, since), hertz);
}

/** Waits until somebody outside has heard a tone. */
export function outsideHears(caller: OutsideCall, hertz: number): Promise<true> {
  return holdsTone(() => (existsSync(caller.heard) ? caller.heard : null), hertz);
}

function holdsTone(file: () => string | null, hertz: number): Promise<true> {
  return until(`a recording holds ${hertz} Hz`, 15_000, () => {
    const path = file();
    if (path === null) return false;
    const { rate, samples } = readWave(path);
    return toneShare(samples, rate, hertz) > 0.5;
  });
}
