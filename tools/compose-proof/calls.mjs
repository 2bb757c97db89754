// @ts-check
// Facts about calls on the composed system: what the records say, what is heard, what was kept.

import { Fault } from '../sandbox/machine.mjs';
import { openWav } from '../testing/wav.mjs';
import { becomesTrue } from './system.mjs';

/** @typedef {import('./system.mjs').Caller} Caller */
/** @typedef {import('./system.mjs').AgentPhone} AgentPhone */
/** @typedef {import('../testing/sip-phone.mjs').Leg} Leg */

/** What the agent says into her microphone, and what people at the other end say; far from each other and from music. */
export const HERTZ = { agent: 620, called: 1100, caller: 850 };

/** The agent of the story as the API shows her. @param {Caller} admin */
export async function agent1(admin) {
  const { items } = (await admin('GET', '/agents?limit=200')).body;
  return items.find((/** @type {{ username: string }} */ { username }) => username === 'agent1');
}

/**
 * Something that must be done. @param {Caller} someone @param {string} method @param {string} path @param {unknown} [body]
 * @throws {Fault} with what was answered instead
 */
export async function orders(someone, method, path, body) {
  const { status, body: answer } = await someone(method, path, body);
  if (status >= 300) throw new Fault(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}

/** @param {Caller} someone @param {string} id @param {string} state */
export const callIs = (someone, id, state) => becomesTrue(`the call is ${state}`, 15_000, async () => {
  const { body } = await someone('GET', `/calls/${id}`);
  if (body.state !== state) throw new Fault(`It is ${body.state} (${body.endReason}, ${body.hangupText}).`);
  return true;
});

/** The call of a number nobody else calls with, once it is in this state. @param {Caller} admin @param {string} from @param {string} state */
export async function callOf(admin, from, state) {
  /** @type {any} */
  let call;
  await becomesTrue(`the call of ${from} is ${state}`, 20_000, async () => {
    call = (await admin('GET', `/calls?number=${encodeURIComponent(from)}`)).body.items[0];
    if (call?.state !== state) throw new Fault(call ? `It is ${call.state} (${call.endReason}).` : 'There is no record of it.');
    return true;
  });
  return call;
}

/**
 * The one record of a call that is over. @param {Caller} admin @param {string} id @param {string} endReason @param {string[]} [ladder] its steps `call.…`
 * @returns {Promise<string>} in words
 */
export async function ended(admin, id, endReason, ladder) {
  await callIs(admin, id, 'ended');
  const { body } = await admin('GET', `/calls/${id}`);
  const { items } = (await admin('GET', `/calls/${id}/events`)).body;
  const steps = items.map((/** @type {{ type: string }} */ { type }) => type).filter((/** @type {string} */ type) => type.startsWith('call.'));
  if (body.endReason !== endReason || !body.answeredAt || body.answeredAt > body.endedAt) throw new Fault(`The record says ${JSON.stringify(body)}.`);
  if (ladder && steps.join() !== ladder.join()) throw new Fault(`Its steps are ${steps.join(', ')}.`);
  return `${endReason}, ${((Date.parse(body.endedAt) - Date.parse(body.answeredAt)) / 1000).toFixed(1)} s after the answer`;
}

/** @param {AgentPhone} phone @param {number} tone */
export async function agentHears(phone, tone) {
  let level = 0;
  await becomesTrue(`the agent hears ${tone} Hz`, 20_000, async () => {
    const { hertz, decibel } = await phone.hear();
    level = decibel;
    if (Math.abs(hertz - tone) > 6 || decibel < -60) throw new Fault(`She hears ${hertz.toFixed(1)} Hz at ${decibel.toFixed(0)} dB.`);
    return true;
  });
  return `she hears ${tone} Hz at ${level.toFixed(0)} dB`;
}

/** @param {Leg} leg @param {() => Promise<string>} agentHearsThem */
export async function bothHear(leg, agentHearsThem) {
  await becomesTrue(`the far end hears ${HERTZ.agent} Hz`, 10_000, async () => {
    if (leg.state === 'ended') throw new Fault(`The call has ended: ${leg.endedBy}.`);
    const share = leg.audio.share(HERTZ.agent);
    if (share < 0.3) throw new Fault(`A share of ${share.toFixed(2)} of what is heard is ${HERTZ.agent} Hz.`);
    return true;
  });
  return `${await agentHearsThem()}, the far end ${HERTZ.agent} Hz`;
}

/** Where media of a call is to be sent, which must be where compose publishes it. @param {string} sdp @param {string} address @throws {Fault} */
export function mediaOf(sdp, address) {
  const host = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
  const port = /^m=audio (\d+)/m.exec(sdp)?.[1];
  if (host !== address) throw new Fault(`The carrier is told to send the media to ${host}:${port}, which is not published: ${address} is.`);
  return `media at ${host}:${port}`;
}

/** @param {Caller} admin @param {string} id @returns {Promise<string>} in words */
export async function servesRecording(admin, id) {
  await becomesTrue('the recording is stored', 30_000, async () => (await admin('GET', `/recordings/${id}`)).body.state === 'stored');
  const { status, body } = await admin('GET', `/recordings/${id}/media`);
  if (status !== 200 || !Buffer.isBuffer(body)) throw new Fault(`GET /recordings/${id}/media answers ${status} ${JSON.stringify(body)}`);
  const wav = openWav(body);
  const seconds = wav.secondsOf(HERTZ.called, 0.1);
  if (!wav.isWav || seconds < 1) throw new Fault(`${seconds} s of ${wav.seconds} s hold ${HERTZ.called} Hz.`);
  const part = await admin('GET', `/recordings/${id}/media`, undefined, { range: 'bytes=0-43' });
  if (part.status !== 206 || part.body.length !== 44) throw new Fault(`The first 44 bytes are answered with ${part.status}, ${part.body.length} bytes.`);
  return `${wav.seconds.toFixed(1)} s, ${seconds} s of them with ${HERTZ.called} Hz; ranges too`;
}

/**
 * Somebody who is no carrier: the container of the manager, by its address in the public network.
 * @param {import('./system.mjs').Compose} compose
 * @param {number} port
 * @returns {Promise<string>} the first line of the answer
 */
export async function strangerCalls(compose, port) {
  const script = `
    const socket = require('node:dgram').createSocket('udp4');
    const [to, from] = ['sip:+15550210@proxy.public', 'sip:+15557770009@stranger.invalid'];
    socket.on('message', (data) => { console.log(data.toString().split('\\r\\n')[0]); socket.close(); });
    setTimeout(() => { console.log('nothing'); process.exit(); }, 3000).unref();
    socket.bind(0, () => {
      const via = 'Via: SIP/2.0/UDP stranger.invalid:' + socket.address().port + ';branch=z9hG4bK' + Date.now() + ';rport';
      const lines = ['INVITE ' + to + ' SIP/2.0', via, 'Max-Forwards: 70', 'From: <' + from + '>;tag=a', 'To: <' + to + '>',
        'Call-ID: ' + Date.now() + '@stranger', 'CSeq: 1 INVITE', 'Contact: <' + from + '>', 'Content-Length: 0', '', ''];
      socket.send(lines.join('\\r\\n'), ${port}, 'proxy.public');
    });`;
  return (await compose(['exec', '-T', 'manager', 'node', '-e', script])).trim();
}
