import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { callIs, liveCall, recorded, type Call, type Caller } from '../support/callers.js';
import { comeToWork, goHome, openOffice, parkings, waitsIn, type Office } from '../support/office.js';
import type { OutsideCall, Telephony } from '../support/sandbox.js';
import { until } from '../support/wait.js';
import { outsideHearsOnly, pageHears } from '../support/who-hears.js';
import { conferences } from '../support/world.js';

/**
 * Each of them sounds otherwise (Hz), so that a spectrum tells who is heard: between the notes that music is made of, and where G.711 puts no mixture of
 * the others' tones (3 x 604 - 1004 is 808).
 */
const microphones = { agent1: 604, agent2: 855, agent3: 1281 } as const;
const callerHertz = 1004;
type Username = keyof typeof microphones;
const usernames = Object.keys(microphones) as Username[];

interface Agent {
  readonly username: Username;
  readonly id: string;
  readonly name: string;
  readonly api: Caller;
  readonly page: Page;
  readonly server: string;
}

/** Three agents on two media servers: she who has the caller, a colleague beside her, and one on the other media server. */
interface Roles {
  readonly first: Agent;
  readonly same: Agent;
  readonly other: Agent;
}
const places = [
  { where: 'same', words: 'the same media server' },
  { where: 'other', words: 'the other media server' },
] as const;

let office: Office<Username>;
let admin: Caller;
let telephony: Telephony;
let who: Roles;

before(async () => {
  office = await openOffice('transfer', 43, microphones, { wrapUpSeconds: 0 });
  ({ admin, telephony } = office);
});
after(() => office?.close());

async function come(username: Username): Promise<Agent> {
  const { page, api, seat } = await comeToWork(office.world, await office.browsers[username].window(), username);
  const { body } = await admin<{ displayName: string }>('GET', `/agents/${seat.agentId}`);
  return { username, id: seat.agentId, name: body.displayName, api, page, server: seat.mediaServer.name };
}

function rolesOf(agents: readonly Agent[]): Roles {
  const crowded = agents.filter(({ server }) => agents.filter((one) => one.server === server).length === 2);
  const other = agents.find((one) => !crowded.includes(one));
  const [first, same] = crowded;
  assert.ok(first && same && other, `two sit on one media server and one on the other: ${agents.map(({ server }) => server).join(', ')}`);
  return { first, same, other };
}

const channels = async (): Promise<string[]> =>
  (await Promise.all(office.world.servers.map((server) => server.cli('core show channels concise')))).flatMap((text) => text.split('\n').flatMap((line) => /^PJSIP\/[^!]+/.exec(line)?.[0] ?? []));

/** A caller of the first agent's number talks with her. */
async function callerOf(plays: 'tone' | 'record'): Promise<{ caller: OutsideCall; call: Call }> {
  const caller = await telephony.pstn.call({ to: '+15550201', from: '+15550142', plays });
  const call = await liveCall(who.first.api, 'the caller is with the first agent', ({ state, direction }) => direction === 'inbound' && state === 'answered');
  return { caller, call };
}

/** She opens the list and chooses. */
async function choose({ page }: Agent, whom: string, number = false): Promise<void> {
  await page.getByRole('button', { name: 'Transfer', exact: true }).click();
  if (number) await page.getByLabel('To whom').fill(whom);
  await page.getByRole('list', { name: 'Whom to transfer to' }).getByRole('button', { name: number ? /number$/ : new RegExp(`^${whom}`) }).first().click();
}
const press = ({ page }: Agent, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

type Party = Username | 'caller';

/** Who hears whom, and nobody else: agents by what their page plays, the caller by what the telephone network recorded. */
async function hearing(agents: readonly (readonly [Agent, readonly Party[]])[], caller?: readonly [OutsideCall, readonly Party[]]): Promise<void> {
  const found = await Promise.allSettled([
    ...agents.map(([{ page, username }, heard]) => pageHears(page, username, { ...microphones, caller: callerHertz }, heard)),
    ...(caller ? [outsideHearsOnly(caller[0].heard, microphones, caller[1])] : []),
  ]);
  assert.deepEqual(found.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])), []);
}

for (const parking of parkings) {
  describe(`a caller of an agent who waits in ${waitsIn(parking)}`, () => {
    before(async () => {
      assert.equal((await admin('PUT', '/settings', { parking })).status, 200);
      const agents: Agent[] = [];
      for (const username of usernames) agents.push(await come(username));
      who = rolesOf(agents);
      const { body } = await admin<{ items: { id: string; number: string }[] }>('GET', '/numbers');
      const number = body.items.find((one) => one.number === '+15550201');
      assert.equal((await admin('PATCH', `/numbers/${number?.id}`, { agentId: who.first.id })).status, 200);
    });
    after(async () => {
      for (const { page } of Object.values(who)) await goHome(page);
    });
    afterEach(async () => {
      await office.quiet();
      await until('only the seats are left on the media servers', 10_000, async () => {
        const left = await channels();
        if (left.length !== usernames.length) throw new Error(left.join(', '));
        return true;
      });
      await until('everybody is ready', 10_000, async () => (await admin<{ items: { state: string }[] }>('GET', '/agents')).body.items.filter(({ state }) => state === 'ready').length === usernames.length);
      const alone = parking === 'conference' ? usernames.length : 0;
      await until('nobody but who waits there is in a conference', 10_000, async () => (await Promise.all(office.world.servers.map(conferences))).flatMap((all) => Object.values(all)).reduce((sum, count) => sum + count, 0) === alone);
    });

    for (const { where, words } of places) {
      test(`is handed at once to the agent of ${words}: they hear each other in the same call, and her screen is empty`, async () => {
        const { first } = who;
        const colleague = who[where];
        const { caller, call } = await callerOf('tone');
        await hearing([[first, ['caller']]], [caller, [first.username]]);
        await choose(first, colleague.name);
        await press(first, 'Hand over now');
        const handed = await callIs(colleague.api, call.id, 'answered');
        assert.deepEqual([handed.agentId, handed.farMediaServer !== null], [colleague.id, where === 'other']);
        await hearing([[colleague, ['caller']], [first, []]], [caller, [colleague.username]]);
        await first.page.getByRole('region', { name: /^Call: / }).waitFor({ state: 'detached' });
        await caller.hangUp();
        assert.equal((await callIs(colleague.api, call.id, 'ended')).endReason, 'caller-hung-up');
      });

      test(`hears music while the agent of ${words} is asked, then all three hear each other, and then the two`, async () => {
        const { first } = who;
        const colleague = who[where];
        const { caller, call } = await callerOf('tone');
        await choose(first, colleague.name);
        await press(first, 'Talk first');
        await first.page.getByText(/hear each other\. .* hears music\.$/).waitFor();
        await hearing([[first, [colleague.username]], [colleague, [first.username]]], [caller, []]);
        await press(first, 'All together');
        await first.page.getByText(/^You, .* all hear each other\.$/).waitFor();
        await hearing([[first, [colleague.username, 'caller']], [colleague, [first.username, 'caller']]], [caller, [first.username, colleague.username]]);
        await press(first, 'Hand over');
        const handed = await callIs(colleague.api, call.id, 'answered');
        assert.deepEqual([handed.agentId, handed.farMediaServer !== null], [colleague.id, where === 'other']);
        await hearing([[colleague, ['caller']], [first, []]], [caller, [colleague.username]]);
        await caller.hangUp();
        await callIs(colleague.api, call.id, 'ended');
      });
    }

    test('is handed at once to a number, which hears her, while the agent is free again', async () => {
      const { first } = who;
      const { caller, call } = await callerOf('tone');
      await hearing([[first, ['caller']]]);
      const since = Date.now();
      await choose(first, '+15550107', true);
      await press(first, 'Hand over now');
      assert.equal((await callIs(first.api, call.id, 'ended')).endReason, 'transferred');
      const onward = await liveCall(admin, 'the caller is through', ({ direction, state, to }) => direction === 'outbound' && state === 'answered' && to === '+15550107');
      assert.deepEqual([onward.agentId, onward.from], [null, '+15550142']);
      await recorded(telephony.pstn.recordingsDir, since, callerHertz);
      await hearing([[first, []]]);
      await caller.hangUp();
      await callIs(admin, onward.id, 'ended');
      const { body } = await admin<{ items: { type: string }[] }>('GET', `/calls/${onward.id}/events`);
      assert.equal(body.items.filter(({ type }) => type === 'call.ended').length, 1);
    });

    test('hears music while a number is asked, then all three hear each other, and then hears the number alone', async () => {
      const { first } = who;
      const { caller, call } = await callerOf('record');
      const number = { ...microphones, number: 1004 };
      const callerHears = (heard: readonly string[]) => outsideHearsOnly(caller.heard, number, heard);
      const since = Date.now();
      await choose(first, '+15550101', true);
      await press(first, 'Talk first');
      await first.page.getByText(/hear each other\. .* hears music\.$/).waitFor();
      await Promise.all([pageHears(first.page, 'she', number, ['number']), callerHears([])]);
      await press(first, 'All together');
      await Promise.all([pageHears(first.page, 'she', number, ['number']), callerHears([first.username, 'number'])]);
      await press(first, 'Hand over');
      assert.equal((await callIs(first.api, call.id, 'ended')).endReason, 'transferred');
      const onward = await liveCall(admin, 'the caller is through', ({ purpose, state, startedAt }) => purpose === 'onward' && state === 'answered' && Date.parse(startedAt) > since - 60_000);
      await Promise.all([pageHears(first.page, 'she', number, []), callerHears(['number'])]);
      await caller.hangUp();
      await callIs(admin, onward.id, 'ended');
    });

    test('is heard by a number that was asked first, which until then heard the agent alone', async () => {
      const { first } = who;
      const { caller, call } = await callerOf('tone');
      const since = Date.now();
      await choose(first, '+15550107', true);
      await press(first, 'Talk first');
      await recorded(telephony.pstn.recordingsDir, since, microphones[first.username]);
      await press(first, 'Hand over');
      await callIs(first.api, call.id, 'ended');
      await recorded(telephony.pstn.recordingsDir, since, callerHertz);
      await hearing([[first, []]]);
      await caller.hangUp();
    });

    test('is handed to a queue and from there to whoever is free the longest, and not back to who handed her on', async () => {
      const { first } = who;
      const { caller, call } = await callerOf('tone');
      await choose(first, 'Support');
      await press(first, 'Hand over now');
      const handed = await until('a colleague has her', 15_000, async () => {
        const { body } = await admin<Call>('GET', `/calls/${call.id}`);
        return body.state === 'answered' && body.agentId !== first.id ? body : false;
      });
      const taker = Object.values(who).find(({ id }) => id === handed.agentId);
      assert.ok(taker && handed.queueId !== null);
      const { body } = await admin<{ items: { type: string }[] }>('GET', `/calls/${call.id}/events`);
      assert.ok(body.items.some(({ type }) => type === 'call.queued'));
      await hearing([[taker, ['caller']], [first, []]], [caller, [taker.username]]);
      await first.page.getByRole('region', { name: /^Call: / }).waitFor({ state: 'detached' });
      await caller.hangUp();
      assert.equal((await callIs(admin, call.id, 'ended')).endReason, 'caller-hung-up');
    });
  });
}
