import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.js';
import type { Call, Caller } from './callers.js';
import { goOnline, openSoftphone } from './people.js';
import { root, type Sipp, type SippOptions } from './sandbox.js';
import { until } from './wait.js';
import { writeTone } from './wave.js';
import { startWorld, type World } from './world.js';

/** What the microphone of the agent says; a carrier that echoes lets her hear it again. */
export const microphoneHertz = 620;

/** A call with the moments of its steps. */
export interface Record extends Call {
  startedAt: string;
  ringingAt: string | null;
  quality: { mos: number; lossPercent: number; jitterMs: number } | null;
}

/** How a call must have ended, as its one record says. */
export interface End {
  endReason: string | string[];
  /** Q.850; not given: whatever. */
  hangupCause?: number | null;
  /** The steps `call.…` of its ladder, in order; or what they are like, one after the other. */
  ladder: string[] | RegExp;
}

export interface Stage {
  world: World;
  admin: Caller;
  agent: Caller;
  agentId: string;
  page: Page;
  /** SIPp as a carrier: with `to` it brings a caller, else it takes the next call. Scenarios are those of e2e/sipp. */
  carrier(scenario: string, options?: Partial<SippOptions>): Promise<Sipp>;
  /** SIPp as a carrier that brings one caller to a number of ours. */
  brings(scenario: string, options?: Partial<SippOptions> & { from?: string }): Promise<Sipp>;
  /** The call a number of its own came with, while it lasts. */
  callOf(from: string, states: string[], withinMs?: number): Promise<Record>;
  /** Whoever called with that number has exactly one record, and it is final. */
  finalOf(from: string, end: End): Promise<Record>;
  final(id: string, end: End): Promise<Record>;
  /** No call is open, the agent is free, and her seat is all that stands on the media servers. */
  quiet(withinMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** The whole system with one agent, nailed up in Chromium, and SIPp at 127.0.<octet>.120 as the carrier of both directions. */
export async function openStage(name: string, octet: number): Promise<Stage> {
  const world = await startWorld({ name, octet, telephony: true, carrier: 'sipp' });
  const microphone = join(tmpdir(), `nailup-${name}-${process.pid}.wav`);
  writeTone(microphone, microphoneHertz, 4);
  const browser = await openBrowser({ microphone });
  const close = async () => {
    await browser.close();
    await world.close();
  };
  try {
    const admin = await world.as('admin');
    const { body: settings } = await admin<{ dialling: object }>('GET', '/settings');
    await admin('PUT', '/settings', { wrapUpSeconds: 0, dialling: { ...settings.dialling, callsPerMinute: 1_000 } });
    const page = await openSoftphone(world, await browser.window(), 'agent1');
    await goOnline(page);
    const agent = await world.as('agent1');
    const seat = await until('she is seated', 10_000, async () => (await agent<{ items: { agentId: string }[] }>('GET', '/placements?state=connected')).body.items[0]);
    return { world, admin, agent, agentId: seat.agentId, page, close, ...(await deeds(world, admin, seat.agentId)) };
  } catch (error) {
    await close();
    throw error;
  }
}

type Deeds = Pick<Stage, 'carrier' | 'brings' | 'callOf' | 'finalOf' | 'final' | 'quiet'>;

async function deeds(world: World, admin: Caller, agentId: string): Promise<Deeds> {
  const at = (index: number) => `127.0.${world.box.octet}.${index}`;
  const carrier: Stage['carrier'] = (scenario, options = {}) => world.box.sipp(join(root, 'e2e/sipp', `${scenario}.xml`), { host: at(120), ...options });
  const standing = await channels(world);
  const list = async (query: string) => (await admin<{ items: Record[] }>('GET', `/calls?limit=200&${query}`)).body.items;
  const check = async (call: Record, { endReason, hangupCause, ladder }: End): Promise<Record> => {
    const { items } = (await admin<{ items: { type: string; at: string }[] }>('GET', `/calls/${call.id}/events`)).body;
    const steps = items.map(({ type }) => type);
    const told = `${call.from} -> ${call.to}: ${call.endReason} (${call.hangupCause} ${call.hangupText}); ${steps.join(' ')}`;
    assert.ok([endReason].flat().includes(String(call.endReason)), told);
    if (hangupCause !== undefined) assert.equal(call.hangupCause, hangupCause, told);
    const moves = steps.filter((type) => type.startsWith('call.'));
    if (ladder instanceof RegExp) assert.match(moves.join(' '), ladder, told);
    else assert.deepEqual(moves, ladder, told);
    const moments = [call.startedAt, call.ringingAt, call.answeredAt, call.endedAt].filter((moment) => moment !== null);
    assert.deepEqual(moments, [...moments].sort(), `its steps follow each other: ${told}`);
    assert.equal(call.ringingAt !== null, moves.includes('call.ringing'), told);
    assert.equal(call.answeredAt !== null, moves.includes('call.answered'), told);
    return call;
  };
  return {
    carrier,
    brings: (scenario, { from = '+15557770001', ...options } = {}) => carrier(scenario, { to: `${at(110)}:5060`, number: '+15550200', keys: { from }, ...options }),
    callOf: (from, states, withinMs = 10_000) =>
      until(`the call of ${from} is ${states.join(' or ')}`, withinMs, async () => (await list(`number=${encodeURIComponent(from)}`)).find(({ state }) => states.includes(state))),
    finalOf: async (from, end) => {
      const [call, ...others] = await until(`the call of ${from} has ended`, 20_000, async () => {
        const found = await list(`number=${encodeURIComponent(from)}`);
        return found.length > 0 && found.every(({ state }) => state === 'ended') && found;
      });
      assert.equal(others.length, 0, `${from} has one record`);
      return check(call as Record, end);
    },
    final: async (id, end) => {
      const call = await until('the call has ended', 20_000, async () => {
        const { body } = await admin<Record>('GET', `/calls/${id}`);
        return body.state === 'ended' && body;
      });
      return check(call, end);
    },
    quiet: async (withinMs = 15_000) => {
      await until('no call is open', withinMs, async () => (await list('live=true')).length === 0);
      await until('the agent is free', withinMs, async () => (await admin<{ state: string }>('GET', `/agents/${agentId}`)).body.state === 'ready');
      await until('nothing but her seat stands on the media servers', withinMs, async () => {
        const more = (await channels(world)).filter((channel) => !standing.includes(channel));
        if (more.length > 0) throw new Error(more.join(', '));
        return true;
      });
    },
  };
}

/** Every channel of every media server, by server and name. */
async function channels(world: World): Promise<string[]> {
  const lists = await Promise.all(world.servers.map(async (server) => (await server.cli('core show channels concise')).split('\n').filter((line) => line.includes('!')).map((line) => `${server.name} ${line.split('!')[0]}`)));
  return lists.flat().sort();
}
