// @ts-check
// A supervisor who hears a seat, speaks to its agent, or joins the conference. Three parties, three tones: who hears whom is measured.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eventually, openMediaWorld } from './testing/media-world.mjs';

const AGENT = 700;
const CLIENT = 1004;
const SUPERVISOR = 1700;

/** @type {import('./testing/media-world.mjs').MediaWorld} */
let world;
before(async () => { world = await openMediaWorld({ octet: 34 }); });
after(() => world.close());

/** @typedef {'listen' | 'whisper' | 'barge'} Mode */
/** @typedef {Awaited<ReturnType<typeof supervise>>} Supervisor */
/** @typedef {{ audio: import('./testing/rtp.mjs').Audio }} Party */

let names = 0;
/** What she dials is the one thing she can; mode and seat come with her endpoint. @param {string} seat @param {Mode} mode */
async function supervise(seat, mode, { name = `supervisor-${(names += 1)}ear`, id = randomUUID(), tone = SUPERVISOR } = {}) {
  world.manager.supervisor(name, 'secret', `${id}:${mode}:${seat}`);
  const mark = world.ami.mark();
  const leg = await world.agents.call(world.sip('supervise'), { from: world.sip(name), credentials: { user: name, password: 'secret' }, tone });
  const up = await world.ami.event('Newstate', (one) => (one.get('Channel') ?? '').startsWith(`PJSIP/${name}-`) && one.get('ChannelStateDesc') === 'Up', { since: mark });
  return { id, name, leg, audio: leg.audio, uniqueid: up.get('Uniqueid') ?? '', up };
}

/** @param {Supervisor} supervisor @param {Mode} mode @param {string} seat */
const change = (supervisor, mode, seat) => world.ami.do({ Action: 'Redirect', Channel: supervisor.uniqueid, Context: `supervise-${mode}`, Exten: seat, Priority: '1' });

/**
 * Every one of these tones and nothing of the others, for a third of a second on end: what is not heard must stay unheard. Tones share the energy of what is heard.
 * @param {string} who @param {Party} party @param {number[]} tones
 */
async function hearsJust(who, party, tones) {
  const others = [AGENT, CLIENT, SUPERVISOR].filter((tone) => !tones.includes(tone));
  let since = Number.NaN;
  await eventually(`${who} hears ${tones.join(' and ') || 'nobody'}`, () => {
    const now = tones.every((tone) => party.audio.share(tone) > 0.15) && others.every((tone) => party.audio.share(tone) < 0.02);
    since = now ? (Number.isNaN(since) ? performance.now() : since) : Number.NaN;
    return performance.now() - since > 330;
  });
}

/** @param {Mode} mode @param {{ agent: Party, client: Party, supervisor: Party }} parties */
async function hearAs(mode, { agent, client, supervisor }) {
  await hearsJust('the supervisor', supervisor, [AGENT, CLIENT]);
  await hearsJust('the agent', agent, mode === 'listen' ? [CLIENT] : [CLIENT, SUPERVISOR]);
  await hearsJust('the client', client, mode === 'barge' ? [AGENT, SUPERVISOR] : [AGENT]);
}

/** @param {'conference' | 'holding'} parking */
async function talking(parking) {
  const agent = await world.sit({ parking, tone: AGENT });
  const { call, leg } = await world.arrive({ kind: 'agent', conference: agent.name }, { tone: CLIENT });
  await eventually('they talk', () => agent.audio.hears(CLIENT) && leg.audio.hears(AGENT));
  return { agent, client: { leg, audio: leg.audio, call } };
}
/** @param {string} name */
const rests = (name) => eventually('she rests', async () => (await world.ami.channels()).some((one) => (one.get('Channel') ?? '').startsWith(`PJSIP/${name}-`) && one.get('Application') === 'BridgeWait'));
/** @param {Supervisor} supervisor */
const isGone = (supervisor) => eventually('the supervisor is gone', () => supervisor.leg.endedBy === 'BYE', 30_000);

for (const parking of /** @type {const} */ (['conference', 'holding'])) {
  for (const mode of /** @type {const} */ (['listen', 'whisper', 'barge'])) {
    test(`with ${parking} parking a supervisor who begins with ${mode} is heard by whom she should be`, async () => {
      const { agent, client } = await talking(parking);
      const supervisor = await supervise(agent.name, mode);
      await hearAs(mode, { agent, client, supervisor });
      assert.match(supervisor.up.text, new RegExp(`NAILUP_CALL=${supervisor.id}`));
      assert.match(supervisor.up.text, /NAILUP_ROLE=supervisor/);
      supervisor.leg.hangup();
      await hearsJust('the agent', agent, [CLIENT]);
      await hearsJust('the client', client, [AGENT]);
      client.leg.hangup();
      if (parking === 'holding') await rests(agent.name);
    });
  }

  test(`with ${parking} parking a supervisor changes over from each to each without hanging up`, async () => {
    const { agent, client } = await talking(parking);
    const supervisor = await supervise(agent.name, 'listen');
    await hearAs('listen', { agent, client, supervisor });
    for (const mode of /** @type {const} */ (['whisper', 'barge', 'listen', 'barge', 'whisper', 'listen'])) {
      await change(supervisor, mode, agent.name);
      await hearAs(mode, { agent, client, supervisor });
    }
    assert.equal(supervisor.leg.state, 'up');
    supervisor.leg.hangup();
    client.leg.hangup();
  });

  for (const mode of /** @type {const} */ (['listen', 'whisper', 'barge'])) {
    test(`with ${parking} parking a supervisor in ${mode} hears nobody when the client has hung up, is gone soon without an order, and the agent is where she was`, async () => {
      const { agent, client } = await talking(parking);
      const supervisor = await supervise(agent.name, mode);
      await hearAs(mode, { agent, client, supervisor });
      client.leg.hangup();
      await hearsJust('the agent', agent, []);
      await hearsJust('the supervisor', supervisor, []);
      await isGone(supervisor);
      if (parking === 'holding') await rests(agent.name);
      else await eventually('she is alone', async () => (await world.ami.members(agent.name)).length === 1);
      assert.equal(agent.leg.state, 'up');
    });
  }

  test(`with ${parking} parking the supervisor of a client on hold hears the agent and nobody else, and both again when the hold ends`, async () => {
    const agent = await world.sit({ parking, tone: AGENT });
    const { id, far } = await world.dial(agent.name, { tone: false });
    far.audio.tone = CLIENT;
    far.answer();
    await eventually('they talk', () => agent.audio.hears(CLIENT));
    const supervisor = await supervise(agent.name, 'listen');
    await hearAs('listen', { agent, client: far, supervisor });
    await world.ami.do({ Action: 'Redirect', Channel: id, Context: 'hold', Exten: 'hold', Priority: '1' });
    await eventually('she hears no client', () => supervisor.audio.share(CLIENT) < 0.02);
    await world.ami.do({ Action: 'Redirect', Channel: id, Context: 'clients', Exten: agent.name, Priority: '1' });
    await hearAs('listen', { agent, client: far, supervisor });
    await world.ami.do({ Action: 'Redirect', Channel: id, Context: 'hold', Exten: 'hold', Priority: '1' });
    await eventually('she hears no client', () => supervisor.audio.share(CLIENT) < 0.02);
    far.hangup();
    await isGone(supervisor);
    assert.equal(agent.leg.state, 'up');
  });
}

test('a client who was handed on to the queue and gives up there ends nobody\'s listening to the next client of that agent', async () => {
  const { agent, client } = await talking('conference');
  const old = (await world.ami.channels()).find((one) => one.get('Context') === 'clients' && one.get('Exten') === agent.name)?.get('Uniqueid') ?? '';
  await world.ami.do({ Action: 'Redirect', Channel: old, Context: 'queue', Exten: 'wait', Priority: '1' });
  const next = await world.arrive({ kind: 'agent', conference: agent.name }, { tone: CLIENT });
  await eventually('they talk', () => agent.audio.hears(CLIENT));
  const supervisor = await supervise(agent.name, 'listen');
  const where = async () => (await world.ami.channels()).find((one) => one.get('Uniqueid') === supervisor.uniqueid)?.get('Context');
  await eventually('she listens', async () => (await where()) === 'supervise-spy');
  client.leg.hangup();
  // Its handler has run by then.
  await world.ami.event('Hangup', (one) => one.get('Uniqueid') === old);
  assert.equal(await where(), 'supervise-spy');
  await hearAs('listen', { agent, client: { audio: next.leg.audio }, supervisor });
  supervisor.leg.hangup();
  next.leg.hangup();
});

test('an agent who reloads is heard again by her supervisor, whose leg stayed', async () => {
  const { agent, client } = await talking('conference');
  const supervisor = await supervise(agent.name, 'whisper');
  await hearAs('whisper', { agent, client, supervisor });
  agent.leg.hangup();
  await eventually('the supervisor hears nobody', () => !supervisor.audio.hearsSomething());
  const back = await world.sit({ name: agent.name, tone: AGENT });
  await hearAs('whisper', { agent: back, client, supervisor });
  assert.equal(supervisor.leg.state, 'up');
  supervisor.leg.hangup();
  client.leg.hangup();
});

test('a supervisor whose console reloads has one leg, the newest', async () => {
  const { agent, client } = await talking('conference');
  const first = await supervise(agent.name, 'listen');
  await hearAs('listen', { agent, client, supervisor: first });
  const second = await supervise(agent.name, 'listen', { name: first.name, id: first.id });
  await isGone(first);
  await hearAs('listen', { agent, client, supervisor: second });
  second.leg.hangup();
  client.leg.hangup();
});

test('two supervisors of one agent hear her, not each other, while they listen', async () => {
  const { agent, client } = await talking('conference');
  const [one, two] = [await supervise(agent.name, 'listen'), await supervise(agent.name, 'listen')];
  await hearAs('listen', { agent, client, supervisor: one });
  await hearAs('listen', { agent, client, supervisor: two });
  one.leg.hangup();
  two.leg.hangup();
  client.leg.hangup();
});

test('the digits of a supervisor reach nobody, whatever she does', async () => {
  const { agent, client } = await talking('conference');
  let digits = '';
  for (const party of [agent, client]) party.audio.onDigit((digit) => { digits += digit; });
  const supervisor = await supervise(agent.name, 'barge');
  await hearAs('barge', { agent, client, supervisor });
  await supervisor.audio.press('5');
  await change(supervisor, 'whisper', agent.name);
  await hearAs('whisper', { agent, client, supervisor });
  await supervisor.audio.press('*');
  await supervisor.audio.press('#');
  await hearAs('whisper', { agent, client, supervisor });
  assert.equal(digits, '');
  supervisor.leg.hangup();
  client.leg.hangup();
});

/** @param {string} user @param {string} uri */
const dial = (user, uri) => world.agents.call(world.sip(uri), { from: world.sip(user), credentials: { user, password: 'secret' } });

test('an agent cannot dial what a supervisor dials, nor anything behind it', async () => {
  const agent = await world.sit({ tone: AGENT });
  world.manager.seat('otherseat', 'secret');
  for (const what of ['supervise', agent.name, 'supervise-listen', 'supervise-barge']) {
    const leg = await dial('otherseat', what);
    await eventually(`${what} is not found`, () => leg.endedBy === '404');
  }
});

test('a supervisor can dial one thing: no seat, no conference, no other place', async () => {
  const agent = await world.sit({ tone: AGENT });
  world.manager.supervisor('supervisor-curious', 'secret', `${randomUUID()}:listen:${agent.name}`);
  for (const what of ['seat', agent.name, 'hold', 'wait', 's', 'supervis', 'supervise1']) {
    const leg = await dial('supervisor-curious', what);
    await eventually(`${what} is not found`, () => leg.endedBy === '404');
  }
});

test('a supervisor whose endpoint names no mode, no seat or nothing hears nobody', async () => {
  const agent = await world.sit({ tone: AGENT });
  for (const [n, rules] of [`${randomUUID()}:sing:${agent.name}`, `${randomUUID()}:listen:`, '', `${randomUUID()}::${agent.name}`].entries()) {
    world.manager.supervisor(`supervisor-odd${n}`, 'secret', rules);
    const leg = await dial(`supervisor-odd${n}`, 'supervise');
    await eventually('it ends', () => leg.state === 'ended');
  }
  assert.equal(agent.leg.state, 'up');
});

test('a caller who shows the word of supervisors instead of a token is not let in', async () => {
  const leg = await world.proxy.call(world.sip('supervise'), { from: 'sip:+15557777@127.0.34.110' });
  await eventually('it is not found', () => leg.endedBy === '404');
});
