// @ts-check
// Recordings on a real media server: begun by the dialplan, paused and stopped over AMI, and handed over by the box itself.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually, openMediaWorld } from './testing/media-world.mjs';
import { openWav } from './testing/wav.mjs';

/** @type {import('./testing/media-world.mjs').MediaWorld} */
let world;
before(async () => { world = await openMediaWorld({ octet: 30 }); });
after(() => world.close());

const act = (/** @type {string} */ Action, /** @type {Record<string, string>} */ fields) => world.ami.do({ Action, ...fields });
const folder = (/** @type {string} */ name) => join(world.box.stateDir, 'media-1/lib/nailup/recordings', name);
const files = (/** @type {string} */ name) => readdirSync(folder(name)).filter((file) => file.endsWith('.wav'));
const begun = (/** @type {string} */ recording) => world.ami.event('UserEvent', (one) => one.get('UserEvent') === 'NailupRecording' && one.get('Recording') === recording);
const uploadsOf = (/** @type {string} */ recording) => world.manager.uploads.filter((one) => one.recording === recording);
const taken = (/** @type {string} */ recording) => uploadsOf(recording).find(({ status }) => status === 200);
const redirect = (/** @type {string} */ channel, /** @type {string} */ context, /** @type {string} */ exten) => act('Redirect', { Channel: channel, Context: context, Exten: exten, Priority: '1' });

/** What a manager does to begin a recording in the middle of a call. @param {string} id @param {string} conference */
async function start(id, conference) {
  const recording = randomUUID();
  await act('Setvar', { Channel: id, Variable: 'NAILUP_RECORDING', Value: recording });
  await redirect(id, 'clients', conference);
  await begun(recording);
  return recording;
}

/** What a manager does to end one. @param {string} id */
async function stop(id) {
  await act('StopMixMonitor', { Channel: id });
  await act('Setvar', { Channel: id, Variable: 'NAILUP_MONITOR', Value: '' });
}

/** The recording has grown by so much. @param {string} call @param {string} recording @param {number} seconds */
async function grows(call, recording, seconds) {
  const size = () => statSync(join(folder('writing'), `${call}_${recording}.wav`), { throwIfNoEntry: false })?.size ?? 0;
  const from = size();
  await eventually(`${seconds} s more are recorded`, () => size() >= from + seconds * 16_000, 20_000);
}

/** A client who talks with an agent. @param {{ record?: string, parking?: 'conference' | 'holding' }} [options] */
async function talking({ record, parking } = {}) {
  const agent = await world.sit({ tone: 700, parking });
  const { id, far } = await world.dial(agent.name, { tone: false, record });
  far.audio.tone = 1004;
  far.answer();
  await eventually('they talk', () => agent.audio.hears(1004) && far.audio.hears(700));
  return { agent, id, far };
}

/** The recording as the manager has it. @param {string} recording */
async function delivered(recording) {
  await eventually('the recording is with the manager', () => taken(recording) !== undefined, 20_000);
  return /** @type {import('./testing/stub-manager.mjs').Upload} */ (taken(recording));
}

for (const parking of /** @type {const} */ (['conference', 'holding'])) {
  test(`a call that is always recorded holds both sides, is handed over with the box's own token, and is gone from the box then (${parking})`, async () => {
    const record = randomUUID();
    const { agent, id, far } = await talking({ record, parking });
    const event = await begun(record);
    assert.deepEqual([event.get('Uniqueid'), event.get('State')], [id, 'started']);
    assert.match(event.text, new RegExp(`NAILUP_CALL=${id}`));
    await grows(id, record, 2);
    far.hangup();
    const upload = await delivered(record);
    assert.deepEqual([upload.call, upload.authorization, upload.type], [id, 'Bearer mine', 'audio/wav']);
    const sound = openWav(upload.body);
    assert.ok(sound.isWav);
    assert.ok(sound.secondsOf(1004) >= 1 && sound.secondsOf(700) >= 1, `client ${sound.secondsOf(1004)} s, agent ${sound.secondsOf(700)} s of ${sound.seconds} s`);
    await eventually('nothing is left on the box', () => files('writing').length + files('done').length === 0);
    assert.equal(agent.leg.state, 'up');
  });
}

test('a recording begun in the middle of a call is silent while it is paused, and is handed over when it is stopped, while they talk on', async () => {
  const { agent, id, far } = await talking();
  const recording = await start(id, agent.name);
  await eventually('they talk again', () => agent.audio.hears(1004) && far.audio.hears(700));
  await grows(id, recording, 2);
  await act('MixMonitorMute', { Channel: id, Direction: 'both', State: '1' });
  await grows(id, recording, 4);
  await act('MixMonitorMute', { Channel: id, Direction: 'both', State: '0' });
  await grows(id, recording, 3);
  await stop(id);
  const sound = openWav((await delivered(recording)).body);
  assert.ok(sound.longestSilence() >= 2, `silent for ${sound.longestSilence()} s of ${sound.seconds} s`);
  assert.ok(sound.secondsOf(1004) >= 2, `the client is heard for ${sound.secondsOf(1004)} s`);
  assert.ok(agent.audio.hears(1004) && far.audio.hears(700));
  const second = await start(id, agent.name);
  await eventually('they talk again', () => agent.audio.hears(1004) && far.audio.hears(700));
  await grows(id, second, 2);
  far.hangup();
  assert.equal((await delivered(second)).call, id);
});

test('hold and resume do not begin it twice: one recording goes through all of it', async () => {
  const record = randomUUID();
  const { agent, id, far } = await talking({ record });
  await begun(record);
  await redirect(id, 'hold', 'hold');
  await world.ami.event('UserEvent', (one) => one.get('UserEvent') === 'NailupLeg' && one.get('Place') === 'hold' && one.text.includes(id));
  await redirect(id, 'clients', agent.name);
  await eventually('they talk again', () => agent.audio.hears(1004) && far.audio.hears(700));
  await grows(id, record, 2);
  assert.equal(files('writing').length, 1);
  far.hangup();
  await delivered(record);
  assert.equal(world.manager.uploads.filter(({ call }) => call === id).length, 1);
});

test('a second order to record while it records changes nothing', async () => {
  const record = randomUUID();
  const { agent, id, far } = await talking({ record });
  await begun(record);
  await act('Setvar', { Channel: id, Variable: 'NAILUP_RECORDING', Value: randomUUID() });
  await redirect(id, 'clients', agent.name);
  await eventually('they talk again', () => agent.audio.hears(1004) && far.audio.hears(700));
  assert.equal(files('writing').length, 1);
  far.hangup();
  await delivered(record);
  await eventually('nothing is left on the box', () => files('writing').length + files('done').length === 0);
});

test('a caller of the queue is recorded from when she is brought to the agent, not while she waits', async () => {
  const record = randomUUID();
  const caller = await world.arrive({ kind: 'queue', record }, { tone: 1004 });
  const waiting = await world.ami.event('UserEvent', (one) => one.get('UserEvent') === 'NailupLeg' && one.text.includes(caller.call));
  assert.equal(files('writing').length, 0);
  const agent = await world.sit({ tone: 700 });
  await redirect(waiting.get('Uniqueid') ?? '', 'clients', agent.name);
  await begun(record);
  await eventually('they talk', () => agent.audio.hears(1004) && caller.audio.hears(700));
  await grows(caller.call, record, 3);
  caller.leg.hangup();
  const sound = openWav((await delivered(record)).body);
  assert.ok(sound.secondsOf(1004) >= 1 && sound.secondsOf(700) >= 1);
});

test('a recording no manager takes is kept, offered again, and gone when it is taken', async () => {
  const record = randomUUID();
  const { id, far } = await talking({ record });
  await grows(id, record, 2);
  world.manager.uploadAnswers.push(503, 401);
  far.hangup();
  await delivered(record);
  assert.deepEqual(uploadsOf(record).map(({ status }) => status), [503, 401, 200]);
  await eventually('nothing is left on the box', () => files('done').length === 0);
});

test('a recording the managers will not have is kept, and offered again when the box starts; so is what was being written when Asterisk was killed', async () => {
  const refused = randomUUID();
  const first = await talking({ record: refused });
  await grows(first.id, refused, 2);
  world.manager.uploadAnswers.push(404);
  first.far.hangup();
  await eventually('it is put aside', () => files('refused').length === 1);
  const cut = randomUUID();
  const second = await talking({ record: cut });
  await grows(second.id, cut, 2);
  await world.media[0].kill();
  assert.deepEqual(files('writing'), [`${second.id}_${cut}.wav`]);
  await world.media[0].start();
  await delivered(refused);
  const upload = await delivered(cut);
  assert.ok(openWav(upload.body).secondsOf(1004) >= 1);
  await eventually('nothing is left on the box', () => files('writing').length + files('done').length + files('refused').length === 0);
});
