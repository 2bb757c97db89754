import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { AmiSession } from '@nailup/ami';
import { openBrowser, type OpenedBrowser } from '../support/browser.js';
import { callIs, dial, type Call, type Caller } from '../support/callers.js';
import { goOnline, openSoftphone, ready } from '../support/people.js';
import { until } from '../support/wait.js';
import { startWorld, type World } from '../support/world.js';

interface Placement {
  id: string;
  agentId: string;
  state: string;
  conference: string;
  mediaServer: { name: string };
}

/** The page as these stories reach into it: its WebSockets to media servers. */
interface Reached {
  lines: WebSocket[];
}

let world: World;
let admin: Caller;
let browser: OpenedBrowser | null = null;
let witness: OpenedBrowser | null = null;
let agent: Caller;
const sessions: AmiSession[] = [];
/** When each channel ended, by name, as Asterisk said it. */
const ended = new Map<string, number>();

before(async () => {
  world = await startWorld({ name: 'e2e-presence', octet: 98, mediaServers: 1, telephony: true });
  admin = await world.as('admin');
  agent = await world.as('agent1');
  await admin('PUT', '/settings', { wrapUpSeconds: 0 });
  for (const server of world.servers) {
    const session = new AmiSession({ ...server.ami });
    session.on('event', (event) => void (event.Event === 'Hangup' && ended.set(event.get('Channel') ?? '', performance.now())));
    await session.connect();
    sessions.push(session);
  }
});
after(async () => {
  await end(browser);
  await end(witness);
  for (const session of sessions) await session.close();
  await world?.close();
});

/** A browser may hang by now: it is not asked. */
const end = async (opened: OpenedBrowser | null): Promise<void> => {
  opened?.signal('SIGKILL');
  await opened?.close().catch(() => undefined);
};

/** Gathers what a page opens towards a media server. */
const gatherLines = (): void => {
  const lines: WebSocket[] = [];
  window.WebSocket = class extends window.WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      if (protocols === 'sip' || protocols?.includes('sip')) lines.push(this);
    }
  };
  Object.assign(window, { lines });
};

const seatOf = async (username: string): Promise<Placement> => {
  const { body } = await admin<{ items: { id: string; username: string }[] }>('GET', '/agents');
  const id = body.items.find((one) => one.username === username)?.id;
  return until(`${username} is seated`, 10_000, async () => (await admin<{ items: Placement[] }>('GET', `/placements?state=connected&agentId=${id}`)).body.items[0]);
};
const stateOf = async ({ id }: Placement): Promise<string> => (await admin<Placement>('GET', `/placements/${id}`)).body.state;
/** The channels of a seat on its media server. */
const channelsOf = async ({ conference }: Placement): Promise<string[]> => {
  const lines = (await Promise.all(world.servers.map((server) => server.cli('core show channels concise')))).join('\n').split('\n');
  return lines.map((line) => line.split('!')[0] ?? '').filter((name) => name.startsWith(`PJSIP/${conference}-`));
};

async function sit(opened: OpenedBrowser, username: string): Promise<{ page: Page; seat: Placement; channel: string }> {
  const window = await opened.window();
  await window.addInitScript(gatherLines);
  const page = await openSoftphone(world, window, username);
  await goOnline(page);
  const seat = await seatOf(username);
  const [channel] = await channelsOf(seat);
  assert.ok(channel);
  await lineIsKnown(seat);
  return { page, seat, channel };
}

const lineIsKnown = (seat: Placement): Promise<unknown> =>
  until('her line is known to the media server', 5_000, async () => (await world.servers[0]?.cli('pjsip show contacts'))?.includes(seat.conference));

for (const parking of ['conference', 'holding'] as const) {
  const where = parking === 'conference' ? 'her conference' : 'the holding bridge';
  for (const client of [false, true]) {
    describe(`an agent who waits in ${where}, ${client ? 'on a call' : 'without a client'},`, () => {
      let page: Page;
      let seat: Placement;
      let channel: string;
      let call: Call | null = null;
      let beside: { seat: Placement; channel: string };

      before(async () => {
        assert.equal((await admin('PUT', '/settings', { parking })).status, 200);
        witness = await openBrowser();
        beside = await sit(witness, 'agent2');
      });
      after(async () => {
        const stayed = (await channelsOf(beside.seat)).includes(beside.channel);
        await end(witness);
        await admin('DELETE', `/placements/${beside.seat.id}`);
        assert.ok(stayed, 'the agent beside her, whom nothing happened to, lost her leg');
      });
      beforeEach(async () => {
        browser = await openBrowser();
        ({ page, seat, channel } = await sit(browser, 'agent1'));
        if (!client) return;
        call = await dial(agent, '+15550101');
        await callIs(agent, call.id, 'answered');
      });
      afterEach(async () => {
        await end(browser);
        if (call) await admin('POST', `/calls/${call.id}/hangup`);
        if (call) await callIs(admin, call.id, 'ended');
        call = null;
        await admin('DELETE', `/placements/${seat.id}`);
        await until('her seat is free', 5_000, async () => (await channelsOf(seat)).length === 0);
        ended.clear();
      });

      const print = (what: string, seconds: number): void => console.log(`    ${parking}${client ? ', on a call' : ''}: ${what} after ${seconds.toFixed(2)} s`);
      const isOut = async (since: number, withinSeconds: number, what: string): Promise<void> => {
        const at = await until('her leg has ended', withinSeconds * 1_000 + 3_000, () => ended.get(channel));
        const seconds = (at - since) / 1_000;
        print(what, seconds);
        assert.ok(seconds <= withinSeconds, `${what} after ${seconds.toFixed(2)} s`);
      };
      const isKept = async (): Promise<void> => {
        await until('her seat is kept for her', 2_000, async () => (await stateOf(seat)) === 'lost');
        if (call) await callIs(admin, call.id, 'answered');
      };

      test('is out within 2 s of the death of her browser, and her seat is kept', async () => {
        const since = performance.now();
        browser?.signal('SIGKILL');
        await isOut(since, 2, 'browser killed: out');
        await isKept();
      });

      test('is out within 2 s of the end of her WebSocket when her page hangs, and her seat is kept', async () => {
        const since = performance.now();
        await page.evaluate(() => {
          (window as unknown as Reached).lines.at(-1)?.close();
          setTimeout(() => {
            for (;;);
          }, 0);
        });
        await isOut(since, 2, 'WebSocket closed, page hangs: out');
        await isKept();
      });

      test('is back on a new leg, which stays, when her WebSocket closes and her page lives', async () => {
        const since = performance.now();
        await page.evaluate(() => (window as unknown as Reached).lines.at(-1)?.close());
        await isOut(since, 2, 'WebSocket closed, page lives: old leg out');
        const back = await until('she has one other leg', 5_000, async () => {
          const channels = await channelsOf(seat);
          return channels.length === 1 && channels[0] !== channel && channels[0];
        });
        await ready(page);
        await lineIsKnown(seat);
        // What the new leg's arrival and the old one's end make of her seat is written a moment later.
        await until('her seat is connected', 5_000, async () => (await stateOf(seat)) === 'connected');
        assert.deepEqual(await channelsOf(seat), [back]);
        if (call) await callIs(admin, call.id, 'answered');
      });

      test('is found within 15 s when her browser freezes, and her seat is kept', async () => {
        const since = performance.now();
        browser?.signal('SIGSTOP');
        await isOut(since, 15, 'browser frozen: out');
        await isKept();
      });

      test('has the same seat back within 6 s of a reload', async () => {
        const since = performance.now();
        await page.reload();
        await ready(page);
        const seconds = (performance.now() - since) / 1_000;
        print('page reloaded: back', seconds);
        assert.ok(seconds < 6, `back after ${seconds.toFixed(2)} s`);
        const now = await seatOf('agent1');
        assert.deepEqual([now.id, now.conference], [seat.id, seat.conference]);
        if (call) await callIs(admin, call.id, 'answered');
      });
    });
  }
}
