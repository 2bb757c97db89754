import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, type OpenedBrowser } from '../support/browser.js';
import type { Call, Caller } from '../support/callers.js';
import { goOnline, openSoftphone } from '../support/people.js';
import { root } from '../support/sandbox.js';
import { until } from '../support/wait.js';
import { startWorld, type World } from '../support/world.js';

const callers = 100;
const agents = ['agent1', 'agent2', 'agent3', 'agent4'];

interface Step {
  type: string;
  at: string;
  data: { agentId?: string | null };
}

let world: World;
let browser: OpenedBrowser;
let admin: Caller;

before(async () => {
  world = await startWorld({ name: 'e2e-crowd', octet: 46, telephony: true });
  admin = await world.as('admin');
  await admin('PUT', '/settings', { wrapUpSeconds: 0 });
  browser = await openBrowser();
  for (const name of agents) await goOnline(await openSoftphone(world, await browser.window(), name));
  await until('all of them are seated', 10_000, async () => (await admin<{ items: unknown[] }>('GET', '/placements?state=connected')).body.items.length === agents.length);
});
after(async () => {
  await browser?.close();
  await world?.close();
});

/** An agent who ends each call as soon as she has seen that it is hers, until `over`. */
async function works(username: string, over: () => boolean): Promise<void> {
  const agent = await world.as(username);
  while (!over()) {
    const mine = await until(`${username} has a caller, or there is none left`, 60_000, async () => {
      const { body } = await agent<{ items: Call[] }>('GET', '/calls?live=true');
      return body.items.find(({ state }) => state === 'answered') ?? (over() && 'nobody');
    });
    if (mine !== 'nobody') await agent('POST', `/calls/${mine.id}/hangup`);
  }
}

const everyCall = async (): Promise<Call[]> => {
  const items: Call[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await admin<{ items: Call[]; nextCursor: string | null }>('GET', `/calls?limit=200${cursor}`);
    items.push(...body.items);
    if (body.nextCursor === null) return items;
    cursor = `&cursor=${body.nextCursor}`;
  }
};

test('a hundred callers at five a second are served by four agents in the order they came, none is lost and no agent has two', async () => {
  const began = performance.now();
  let over = false;
  const work = agents.map((name) => works(name, () => over));
  let served = 0;
  let refused = 0;
  // Whom the proxy refuses, because a busy machine left the manager no time to answer within the second, calls again as a carrier would.
  for (let round = 1; served < callers && round <= 3; round += 1) {
    const carrier = await world.box.sipp(join(root, 'e2e/sipp/caller-waits-for-hang-up.xml'), {
      host: `127.0.${world.box.octet}.120`, to: `127.0.${world.box.octet}.110:5060`, number: '+15550200', calls: callers - served, rate: 5, timeoutSeconds: 150,
    });
    const result = await carrier.done;
    served += result.successful;
    refused += result.failed;
  }
  over = true;
  await Promise.all(work);
  console.log(`    ${served} of ${callers} callers were served and let go after ${((performance.now() - began) / 1_000).toFixed(0)} s, ${refused} were refused and called again`);
  assert.equal(served, callers);

  await until('no call is open', 20_000, async () => (await everyCall()).every(({ state }) => state === 'ended'));
  const all = (await everyCall()).reverse();
  const calls = all.filter(({ answeredAt }) => answeredAt !== null);
  assert.equal(calls.length, callers);
  assert.deepEqual([...new Set(calls.map(({ endReason }) => endReason))], ['agent-hung-up']);
  assert.ok(all.length - calls.length <= refused, 'every other record is of a caller who was refused');

  const offered = await Promise.all(calls.map(async ({ id }) => {
    const { items } = (await admin<{ items: Step[] }>('GET', `/calls/${id}/events`)).body;
    assert.equal(items.filter(({ type }) => type === 'call.ended').length, 1, 'one final record');
    return items.find(({ type }) => type === 'call.ringing')?.at ?? '';
  }));
  // Offers of one moment are one decision; within it nobody overtakes by more than the offers made at once.
  const overtaken = offered.filter((at, place) => offered.slice(place + agents.length).some((later) => later < at));
  assert.deepEqual(overtaken, [], 'whoever came first was offered an agent first');

  // That no agent has two at any moment: her calls, one after the other.
  for (const agentId of new Set(calls.map((call) => call.agentId))) {
    const hers = calls.filter((call) => call.agentId === agentId).sort((a, b) => String(a.answeredAt).localeCompare(String(b.answeredAt)));
    hers.forEach((call, index) => assert.ok(index === 0 || String(hers[index - 1]?.endedAt) <= String(call.answeredAt)));
  }
  assert.equal(new Set(calls.map(({ agentId }) => agentId)).size, agents.length, 'every agent had work');
});
