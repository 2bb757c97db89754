// @ts-check
// The pool simulator and a real Asterisk go through the same day and are asked the same; what they say must not differ.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { Pool } from '../apps/pool-simulator/dist/index.js';
import { eventually, openMediaWorld } from './testing/media-world.mjs';
import { Listener, plain } from './testing/raw-ami.mjs';

const number = '+15550101';
const caller = '+15557777';
const shown = '+15559999';
const seat = 'seat1x109';
const rests = 'seat2x109';

/** Ends of the steps of a telephone that is called. @typedef {{ ring(): void, busy(): void, answer(): void, hangUp(): void }} Far */
/** Somebody on the line with the media server. @typedef {{ press(digit: string): void, hangUp(): void }} OnLine */
/**
 * @typedef {{
 *   ami: Listener, logIn(): void, close(): Promise<void>, called(order: () => void): Promise<Far>,
 *   sit(name: string, parking: 'conference' | 'holding'): Promise<OnLine>, arrive(conference: string | null): Promise<OnLine>,
 * }} Side
 */

/** @type {Side} */
let real;
/** @type {Side} */
let simulated;

before(async () => {
  real = await openReal();
  simulated = await openSimulated();
});
after(() => Promise.all([real?.close(), simulated?.close()]));

/** @returns {Promise<Side>} */
async function openReal() {
  const world = await openMediaWorld({ octet: 109 });
  const { username, secret } = world.media[0].ami;
  const ami = new Listener(world.media[0].ami);
  return {
    ami,
    logIn: () => ami.ask({ Action: 'Login', Username: username, Secret: secret }),
    async sit(name, parking) {
      const { leg, audio } = await world.sit({ name, parking });
      return { press: (digit) => audio.press(digit), hangUp: () => leg.hangup() };
    },
    async arrive(conference) {
      const { leg, audio } = await world.arrive(conference === null ? { kind: 'queue' } : { kind: 'agent', conference });
      return { press: (digit) => audio.press(digit), hangUp: () => leg.hangup() };
    },
    async called(order) {
      const reached = world.called();
      order();
      const far = await reached;
      return { ring: () => far.respond(180), busy: () => far.respond(486), answer: () => far.answer(), hangUp: () => far.hangup() };
    },
    async close() {
      ami.socket.destroy();
      await world.close();
    },
  };
}

/** @returns {Promise<Side>} */
async function openSimulated() {
  /** @type {(leg: import('../apps/pool-simulator/dist/index.js').FarLeg) => void} */
  let reach = () => undefined;
  const pool = await Pool.open({ servers: 1, firstAddress: '127.200.109.1', farEnd: (leg) => reach(leg) });
  const [server] = pool.servers;
  const ami = new Listener(server);
  /** @param {string} leg @returns {OnLine} */
  const onLine = (leg) => ({ press: (digit) => server.press(leg, digit), hangUp: () => void server.hangUp(leg) });
  return {
    ami,
    logIn: () => ami.ask({ Action: 'Login', Username: server.username, Secret: server.secret }),
    sit: async (name, parking) => onLine(server.sit(name, { parking })),
    arrive: async (conference) => onLine(server.arrive({ callId: randomUUID(), from: caller, place: conference === null ? 'queue' : { conference } })),
    async called(order) {
      const leg = await new Promise((/** @type {(leg: import('../apps/pool-simulator/dist/index.js').FarLeg) => void} */ resolve) => {
        reach = resolve;
        order();
      });
      return { ring: () => leg.ring(), busy: () => leg.refuse(17, 486), answer: () => leg.answer(), hangUp: () => leg.hangUp() };
    },
    async close() {
      ami.socket.destroy();
      await pool.close();
    },
  };
}

/**
 * Does the same on both sides and holds what they say against each other.
 * @param {(side: Side) => unknown} deed @param {{ anyOrder?: boolean }} [how] `anyOrder`: threads of Asterisk race here, so only what is said is compared
 */
async function same(deed, { anyOrder = false } = {}) {
  /** @type {string[][]} */
  const said = [];
  for (const side of [simulated, real]) {
    const mark = side.ami.heard.length;
    await deed(side);
    const expected = said[0]?.length ?? 1;
    await eventually(`${expected} messages came`, () => side.ami.heard.length - mark >= expected);
    if (side === simulated) await eventually('nothing more is under way', () => quiet(side.ami));
    // Whatever was said before this is heard before its answer.
    side.ami.ask({ Action: 'Ping', ActionID: 'barrier' });
    await eventually('the barrier was answered', () => side.ami.heard.slice(mark).some((text) => text.includes('ActionID: barrier')));
    said.push(
      side.ami.heard
        .slice(mark)
        .filter((text) => !text.includes('ActionID: barrier'))
        .map(plain),
    );
  }
  const [ours, theirs] = said.map((messages) => (anyOrder ? messages.sort() : messages));
  assert.deepEqual(ours, theirs);
}

let length = -1;
let since = 0;
/** Nothing was heard for longer than anything of the simulator takes (the tone: 200 ms). @param {Listener} ami */
function quiet(ami) {
  if (ami.heard.length !== length) [length, since] = [ami.heard.length, performance.now()];
  return performance.now() - since > 300;
}

/** @param {string} id @param {string} [conference] */
const originate = (id, conference = seat) => ({
  Action: 'Originate',
  ActionID: `dial-${id}`,
  ChannelId: id,
  Channel: `PJSIP/${number}@proxy`,
  Async: 'true',
  Timeout: '30000',
  Context: 'clients',
  Exten: conference,
  Priority: '1',
  CallerID: shown,
  Variable: [`__NAILUP_CALL=${id}`, 'NAILUP_ROLE=client', `PJSIP_HEADER(add,X-Nailup-Call)=${id}`, 'PJSIP_HEADER(add,X-Nailup-Signature)=1.00'],
});
/** @param {string} id */
const tone = (id) => ({
  Action: 'Originate',
  Channel: `Local/${id}@ringback/n`,
  Async: 'true',
  Timeout: '35000',
  Context: 'tone',
  Exten: seat,
  Priority: '1',
  Variable: [`NAILUP_CALL=${id}`, 'NAILUP_ROLE=tone'],
});
/** @param {Record<string, string>[]} actions */
const ask =
  (...actions) =>
  (/** @type {Side} */ side) =>
    actions.forEach((action) => side.ami.ask(action));

test('who logs in, and what is asked of an empty server, is answered the same', async () => {
  await same((side) => side.logIn());
  await same(ask({ Action: 'CoreSettings' }));
  await same(ask({ Action: 'CoreStatus' }));
  await same(ask({ Action: 'Getvar', Variable: 'SYSINFO(loadavg)' }));
  await same(ask({ Action: 'CoreShowChannels' }));
  await same(ask({ Action: 'ConfbridgeListRooms' }, { Action: 'ConfbridgeList', Conference: seat }, { Action: 'ConfbridgeList' }, { Action: 'BridgeList' }));
});

test('what a manager may not do, and what there is not, is refused in the same words', async () => {
  await same(ask({ Action: 'Command', Command: 'core show version' }, { Action: 'Filter', Operation: 'Add', Filter: 'Event: X' }, { Action: 'Nonsense' }));
  await same(
    ask(
      { Action: 'Hangup', Channel: 'none' },
      { Action: 'Setvar', Channel: 'none', Variable: 'A', Value: 'b' },
      { Action: 'PlayDTMF', Channel: 'none', Digit: '1' },
    ),
  );
  await same(
    ask(
      { Action: 'Redirect', Channel: 'none', Context: 'hold', Exten: 'hold', Priority: '1' },
      { Action: 'Events', EventMask: 'off' },
      { Action: 'Events', EventMask: 'on' },
    ),
  );
});

test('a seat, its client and the lists of both are told the same, and so is their end', async () => {
  /** @type {Map<Side, OnLine>} */
  const clients = new Map();
  await same((side) => side.sit(seat, 'conference'));
  await same(async (side) => clients.set(side, await side.arrive(seat)));
  await same(ask({ Action: 'ConfbridgeListRooms' }, { Action: 'ConfbridgeList', Conference: seat }, { Action: 'ConfbridgeList', Conference: 'nobodys01' }));
  await same(ask({ Action: 'CoreShowChannels' }), { anyOrder: true });
  await same((side) => clients.get(side)?.press('7'));
  await same((side) => clients.get(side)?.hangUp());
});

test('a client who is dialled rings, is heard ringing, answers, is put on hold and hung up, in the same events', async () => {
  const id = randomUUID();
  /** @type {Map<Side, Far>} */
  const telephones = new Map();
  // In one step: a telephone that is dialled and does not ring is heard ringing after two seconds all the same.
  await same(
    async (side) => {
      telephones.set(side, await side.called(() => [originate(id), tone(id)].forEach((action) => side.ami.ask(action))));
      telephones.get(side)?.ring();
    },
    { anyOrder: true },
  );
  await same((side) => telephones.get(side)?.answer(), { anyOrder: true });
  await same(ask({ Action: 'Redirect', Channel: id, Context: 'hold', Exten: 'hold', Priority: '1' }), { anyOrder: true });
  await same(ask({ Action: 'CoreShowChannels' }), { anyOrder: true });
  await same(ask({ Action: 'Redirect', Channel: id, Context: 'clients', Exten: seat, Priority: '1' }), { anyOrder: true });
  await same(
    ask(
      { Action: 'PlayDTMF', Channel: id, Digit: '5', Duration: '120' },
      { Action: 'Setvar', Channel: id, Variable: 'NAILUP_X', Value: 'y' },
      { Action: 'Getvar', Channel: id, Variable: 'NAILUP_X' },
    ),
  );
  await same(ask({ Action: 'Hangup', Channel: id, Cause: '16' }), { anyOrder: true });
});

test('a number that is busy and one that is given up end with the same reason and cause', async () => {
  const [busy, cancelled] = [randomUUID(), randomUUID()];
  await same(async (side) => (await side.called(() => side.ami.ask(originate(busy)))).busy(), { anyOrder: true });
  await same(async (side) => (await side.called(() => side.ami.ask(originate(cancelled)))).ring(), { anyOrder: true });
  await same(ask({ Action: 'Hangup', Channel: cancelled, Cause: '16' }), { anyOrder: true });
});

test('a caller who waits is told in the same events', async () => {
  /** @type {Map<Side, OnLine>} */
  const waiting = new Map();
  await same(async (side) => waiting.set(side, await side.arrive(null)));
  await same(ask({ Action: 'CoreShowChannels' }), { anyOrder: true });
  await same((side) => waiting.get(side)?.hangUp());
});

test('an agent who rests is fetched and rests again in the same events; a reload replaces her leg, and her end is the same', async () => {
  /** @type {Map<Side, OnLine>} */
  const people = new Map();
  await same((side) => side.sit(rests, 'holding'));
  await same(ask({ Action: 'CoreShowChannels' }), { anyOrder: true });
  await same(async (side) => people.set(side, await side.arrive(rests)), { anyOrder: true });
  await same((side) => people.get(side)?.hangUp(), { anyOrder: true });
  await same(async (side) => people.set(side, await side.sit(seat, 'conference')), { anyOrder: true });
  await same((side) => people.get(side)?.hangUp());
});

test('who logs off is told goodbye in the same words', async () => {
  const said = await Promise.all(
    [simulated, real].map(async ({ ami }) => {
      const closed = once(ami.socket, 'close');
      ami.ask({ Action: 'Logoff' });
      await closed;
      return plain(ami.heard.at(-1) ?? '');
    }),
  );
  assert.equal(said[0], said[1]);
});
