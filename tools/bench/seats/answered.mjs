// @ts-check
/* global AudioContext, MediaStream, document */
// From the moment a client answers until both hear each other, with a nailed-up agent at the softphone in the browser.

import { once } from 'node:events';
import { eventually } from '../../testing/media-world.mjs';
import { median, quantile, round } from './measure.mjs';
import { AGENT_HERTZ, CLIENT_HERTZ } from './stage.mjs';

/** @typedef {import('./measure.mjs').Figure} Figure */
/** @typedef {{ both: number, agent: number, client: number }} Times milliseconds after the answer: both hear, she hears the client, the client hears her */

/**
 * From now on the page notes when it plays a tone of `hertz`: it looks at the last 10.7 ms of what it plays every 4 ms.
 * @param {import('./system.mjs').Page} page @param {number} hertz
 */
const listen = (page, hertz) => page.evaluate(async (tone) => {
  const context = new AudioContext({ sampleRate: 48_000 });
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  const samples = new Float32Array(analyser.fftSize);
  const ear = { since: 0, until: 0 };
  Object.assign(globalThis, { ear });
  /** @type {MediaStream | undefined} */
  let playing;
  setInterval(() => {
    const streams = [...document.querySelectorAll('audio')].map((audio) => audio.srcObject);
    const stream = streams.find((one) => one instanceof MediaStream && one.getAudioTracks().length > 0);
    if (stream instanceof MediaStream && stream !== playing) context.createMediaStreamSource(playing = stream).connect(analyser);
    analyser.getFloatTimeDomainData(samples);
    const [turn, energy] = [2 * Math.cos((2 * Math.PI * tone) / 48_000), samples.reduce((sum, sample) => sum + sample * sample, 0)];
    let [one, two] = [0, 0];
    for (const sample of samples) [one, two] = [sample + turn * one - two, one];
    const power = ((one * one + two * two - turn * one * two) * 2) / samples.length;
    if (energy / samples.length < 1e-4 || power / energy < 0.5) return;
    const now = Date.now();
    if (now - ear.until > 300) ear.since = now;
    ear.until = now;
  }, 4);
}, hertz);

/** @typedef {{ ear: { since: number, until: number } }} Ear when the tone was first heard after a pause, and last; wall time in milliseconds */
/** @param {import('./system.mjs').Page} page */
const ear = (page) => page.evaluate(() => /** @type {Ear} */ (/** @type {unknown} */ (globalThis)).ear);

/**
 * One client is dialled, answers at once, talks and hangs up.
 * @param {import('./system.mjs').System} system @param {import('./system.mjs').Page} page @returns {Promise<Times>}
 */
async function oneCall({ carrier, agent, admin }, page) {
  // When packets end, the browser goes on with what it heard last for a while.
  await eventually('the client of before is not heard any more', async () => Date.now() - (await ear(page)).until > 500);
  const invited = once(carrier, 'invite');
  const { status, body: call } = await agent('POST', '/calls', { to: '+15550101' });
  if (status !== 202) throw new Error(`The call was not accepted: ${status} ${JSON.stringify(call)}`);
  const [client] = /** @type {import('../../testing/sip-phone.mjs').Leg[]} */ (await invited);
  client.audio.tone = CLIENT_HERTZ;
  const clientHears = client.audio.next(AGENT_HERTZ);
  client.answer();
  const answeredAt = Date.now() - (performance.now() - client.answeredAt);
  let clientMs = 0;
  void clientHears.then((heardAt) => { clientMs = heardAt - client.answeredAt; });
  await eventually('the client hears the agent', () => clientMs > 0);
  let at = 0;
  await eventually('the agent hears the client', async () => (at = (await ear(page)).since) > answeredAt);
  await agent('POST', `/calls/${call.id}/hangup`);
  const live = async () => /** @type {unknown[]} */ ((await admin('GET', '/calls?live=true')).body.items).length;
  await eventually('no call is live', async () => (await live()) === 0);
  return { both: Math.max(clientMs, at - answeredAt), agent: at - answeredAt, client: clientMs };
}

/** @param {import('./system.mjs').System} system @param {'conference' | 'holding'} parking @param {number} calls @returns {Promise<Times[]>} */
async function answered(system, parking, calls) {
  const page = await system.softphone(parking);
  await system.goOnline(page);
  await listen(page, CLIENT_HERTZ);
  const seats = async () => /** @type {unknown[]} */ ((await system.agent('GET', '/placements?state=connected')).body.items).length;
  await eventually('the manager knows her seat', async () => (await seats()) === 1);
  /** @type {Times[]} */
  const times = [];
  for (let n = 0; n < calls; n += 1) {
    await eventually('she waits where she should', async () => {
      const legs = (await system.world.servers[0].cli('core show channels concise')).split('\n').filter((line) => line.startsWith('PJSIP/'));
      return legs.length === 1 && legs[0].includes(parking === 'holding' ? '!BridgeWait!' : '!ConfBridge!');
    });
    times.push(await oneCall(system, page));
  }
  await system.leave(page);
  await page.context().close();
  return times;
}

/**
 * @param {import('./system.mjs').System} system @param {{ rounds: number, small: boolean, log: (text: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function answeredFigures(system, { rounds, small, log }) {
  /** @type {Record<'conference' | 'holding', Times[]>} */
  const all = { conference: [], holding: [] };
  for (let n = 0; n < rounds; n += 1) {
    for (const parking of /** @type {const} */ (['conference', 'holding'])) {
      const times = await answered(system, parking, small ? 3 : 10);
      all[parking].push(...times);
      const shown = times.map(({ agent, client }) => `${Math.round(agent)}/${Math.round(client)}`);
      log(`answered, ${parking}, she/client hears after ms: ${shown.join(', ')}`);
    }
  }
  return Object.entries(all).flatMap(([parking, times]) => {
    const both = times.map((one) => one.both);
    const range = `${Math.round(Math.min(...both))}-${Math.round(Math.max(...both))}`;
    const name = `client answered until both hear each other, ${parking} parking, agent in the browser`;
    const figure = (/** @type {string} */ which, /** @type {number} */ value, /** @type {string | null} */ goal) =>
      ({ name: `${name}, ${which}`, value: round(value), unit: 'ms', goal, met: goal ? value <= 150 : null, peer: null, peerValue: null, spread: range });
    return [figure('median', median(both), '<= 150 ms'), figure('p95', quantile(both, 0.95), null)];
  });
}
