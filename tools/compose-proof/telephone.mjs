// @ts-check
// The story told with a carrier on the composed system: she is called, she calls, strangers are turned away, what was said is kept.

import { join } from 'node:path';
import { Fault, until } from '../sandbox/machine.mjs';
import { Phone } from '../testing/sip-phone.mjs';
import { HERTZ, agent1, agentHears, bothHear, callIs, callOf, ended, mediaOf, orders, servesRecording, strangerCalls } from './calls.mjs';
import { holdsNoError } from './logs.mjs';
import { becomesTrue, mediaServers, openPhone, place, signIn, support } from './system.mjs';

/** @typedef {import('../testing/sip-phone.mjs').Leg} Leg */

/**
 * @param {{ compose: import('./system.mjs').Compose, url: string, address: string, proxyPort: number, carrierPort: number, password: string,
 *   root: string, home: string, log: (text: string) => void, shown: import('./system.mjs').Shown, undo: (() => Promise<unknown>)[] }} world
 *   `address`: of this machine, where its ports are published and where the carrier of the story stands; `home`: for a file
 * @returns {Promise<string>} the id of a recording that is stored
 * @throws {Fault} at the first fact that does not come true
 */
export async function tellTelephoneStory(world) {
  const { compose, url, address, proxyPort, carrierPort, password, root, home, log, shown, undo } = world;
  const carrier = await Phone.open(address, carrierPort);
  undo.push(async () => carrier.close());
  /** @type {Leg[]} */
  const rung = [];
  carrier.on('invite', (leg) => rung.push(leg));
  const proxy = `${address}:${proxyPort}`;
  let callers = 0;

  await shown('the proxy answers the carrier at its published port', () => becomesTrue('OPTIONS is answered', 30_000, async () => {
    const asked = await carrier.call(`sip:proxy@${proxy}`, { method: 'OPTIONS' });
    const answered = await until(() => asked.responses.includes(200), { withinMs: 1_000 });
    carrier.legs.delete(asked.dialog.callId);
    asked.end('asked');
    return answered;
  }));
  await shown('a stranger who calls is refused', () => becomesTrue('403 for a stranger', 20_000, async () => {
    const answer = await strangerCalls(compose, proxyPort);
    if (!answer.startsWith('SIP/2.0 403')) throw new Fault(`A stranger hears: ${answer}`);
    return true;
  }));

  const admin = await signIn(url, 'admin', password);
  await shown('both media servers are healthy at the new address', () => becomesTrue('two healthy media servers at the new address', 90_000, async () => {
    const servers = await mediaServers(admin);
    return servers.length === 2 && servers.every(({ health, webSocketUrl }) => health === 'healthy' && webSocketUrl.includes(address));
  }));
  await orders(admin, 'PUT', '/settings', { wrapUpSeconds: 0, recording: { mode: 'on-demand', retentionDays: 30 } });

  const agent = await signIn(url, 'agent1', password);
  const microphone = join(home, 'microphone.wav');
  (await support(root, 'wave', log)).writeTone(microphone, HERTZ.agent, 4);
  const phone = await openPhone(root, log, microphone);
  undo.push(() => phone.close());
  const seat = await shown('agent1 takes a seat', async () => {
    const given = await place(agent);
    const { outcome } = await phone.call(given);
    if (outcome !== 'Established') throw new Fault(`The INVITE ended in: ${outcome}`);
    await becomesTrue('she is seated', 15_000, async () => (await agent('GET', `/placements/${given.id}`)).body.state === 'connected');
    await isReady();
    return given;
  });
  log(`on ${seat.mediaServer.name}`);
  const agentId = (await agent1(admin)).id;
  const hears = (/** @type {number} */ tone) => agentHears(phone, tone);

  const recording = await callsOut();
  await callerReachesQueue();
  await callerWaits();
  await callerReachesAgent();
  await shown('the log of the proxy holds no error', () => holdsNoError(compose, 'proxy'));
  await proxyMadeAnew();
  return recording;

  async function callsOut() {
    const { id } = await orders(agent, 'POST', '/calls', { to: '+15550142' });
    /** @type {Leg} */
    const leg = await shown('the agent calls out: the carrier is rung, with a published address for the media and no word of the house', async () => {
      await becomesTrue('the carrier is rung', 20_000, async () => rung.length === 1);
      const { request } = rung[0];
      if (!request.uri.startsWith('sip:+15550142@')) throw new Fault(`The carrier is asked for ${request.uri}.`);
      const house = request.headers.find(([name]) => /^x-nailup/i.test(name));
      if (house) throw new Fault(`The carrier is told ${house[0]}.`);
      return rung[0];
    });
    log(mediaOf(leg.request.body, address));
    leg.respond(180);
    await callIs(agent, id, 'ringing');
    leg.audio.tone = HERTZ.called;
    leg.answer();
    await shown('answered: both hear each other', async () => {
      await callIs(agent, id, 'answered');
      return bothHear(leg, () => hears(HERTZ.called));
    });
    const kept = await shown('she has it recorded', async () => {
      await orders(agent, 'POST', `/calls/${id}/recording`, { action: 'start' });
      let running = '';
      await becomesTrue('the call is recorded', 10_000, async () => {
        running = (await agent('GET', `/calls/${id}`)).body.recording?.id ?? '';
        return running !== '';
      });
      await hears(HERTZ.called);
      return running;
    });
    await shown('the one who was called hangs up: the record says answered, then ended', async () => {
      leg.hangup();
      return ended(admin, id, 'caller-hung-up', ['call.dialing', 'call.ringing', 'call.answered', 'call.ended']);
    });
    await shown('the recording was handed over by the media server and is served by the manager', () => servesRecording(admin, kept));
    return kept;
  }

  async function callerReachesQueue() {
    const queue = await orders(admin, 'POST', '/queues', { name: 'Carrier', skills: [] });
    await orders(admin, 'POST', '/numbers', { number: '+15550210', queueId: queue.id });
    await shown('somebody of the carrier calls a number of the queue and reaches the agent', async () => {
      const { leg, from } = await bring('+15550210');
      const call = await callOf(admin, from, 'answered');
      if (call.queueId !== queue.id || call.agentId !== agentId) throw new Fault(`The record says queue ${call.queueId}, agent ${call.agentId}.`);
      const how = `${mediaOf(leg.remoteSdp, address)}; ${await bothHear(leg, () => hears(HERTZ.caller))}`;
      leg.hangup();
      return `${how}; ${await ended(admin, call.id, 'caller-hung-up', ['call.ringing', 'call.answered', 'call.ended'])}`;
    });
  }

  async function callerWaits() {
    await isReady();
    await orders(agent, 'PUT', `/agents/${agentId}/state`, { state: 'paused', reason: 'Lunch' });
    await shown('while she is paused the next one waits with music, and is brought to her afterwards', async () => {
      const { leg, from } = await bring('+15550210');
      const { id, mediaServerId } = await callOf(admin, from, 'queued');
      await becomesTrue('there is music', 10_000, async () => leg.audio.hearsSomething());
      await orders(agent, 'PUT', `/agents/${agentId}/state`, { state: 'ready' });
      await callOf(admin, from, 'answered');
      const where = mediaServerId === seat.mediaServer.id ? 'on her media server' : 'on the other media server, and came across';
      const how = await bothHear(leg, () => hears(HERTZ.caller));
      await orders(agent, 'POST', `/calls/${id}/hangup`);
      await becomesTrue('the carrier is told', 5_000, async () => leg.endedBy === 'BYE');
      await ended(admin, id, 'agent-hung-up');
      return `waited ${where}; ${how}`;
    });
  }

  async function callerReachesAgent() {
    await orders(admin, 'POST', '/numbers', { number: '+15550211', agentId });
    await isReady();
    await shown('a number of hers reaches her, one that is nobody\'s is 404', async () => {
      const { leg, from } = await bring('+15550211');
      const { id } = await callOf(admin, from, 'answered');
      const how = await bothHear(leg, () => hears(HERTZ.caller));
      leg.hangup();
      await ended(admin, id, 'caller-hung-up');
      const { leg: lost } = await bring('+15550999');
      await becomesTrue('404 for a number that is nobody\'s', 5_000, async () => lost.endedBy === '404');
      return how;
    });
  }

  async function proxyMadeAnew() {
    await shown('the proxy alone is made anew: the next caller reaches her all the same', async () => {
      await compose(['up', '-d', '--no-deps', '--force-recreate', 'proxy']);
      await becomesTrue('a caller is answered', 60_000, async () => {
        const { leg, from } = await bring('+15550211');
        await until(() => leg.state !== 'calling', { withinMs: 5_000 });
        if (leg.state !== 'up') throw new Fault(`The caller hears ${leg.responses.join(', ') || 'nothing'}.`);
        const { id } = await callOf(admin, from, 'answered');
        leg.hangup();
        return callIs(admin, id, 'ended').then(() => true);
      });
    });
  }

  /** Her last call is over for her too. */
  async function isReady() {
    await becomesTrue('she is ready again', 10_000, async () => (await agent1(admin)).state === 'ready');
  }

  /** Somebody of the carrier calls in. @param {string} number */
  async function bring(number) {
    const from = `+1555778${String(callers += 1).padStart(4, '0')}`;
    const leg = await carrier.call(`sip:${number}@${proxy}`, { from: `sip:${from}@${address}`, tone: HERTZ.caller });
    return { leg, from };
  }
}

