// @ts-check
// A caller of the telephone network who calls in: by the command line of the PSTN Asterisk, so that a person and a test do the same.

import { join } from 'node:path';
import { Fault, until } from './machine.mjs';

export const PLAYS = /** @type {const} */ (['tone', 'music', 'echo', 'record', 'digits']);

/**
 * @typedef {object} CallOptions
 * @property {string} to number, e.g. +15550200
 * @property {string} [from] number, +15557770001 when not given; "anonymous" hides it
 * @property {typeof PLAYS[number]} [plays] what the caller does once answered: a tone of 1004 Hz (when not given), music, echo, only
 *   listen (`record`), or press each digit once (`digits`)
 *
 * @typedef {object} Call
 * @property {string} id
 * @property {string} heard file (WAV, 8 kHz) of what the caller hears, whole when the call has ended
 * @property {() => Promise<'dialing' | 'answered' | 'ended'>} state
 * @property {(withinMs?: number) => Promise<void>} answered waits until somebody answers
 * @property {(withinMs?: number) => Promise<string>} ended waits for the end and says how SIP put it, e.g. "SIP 404 Not Found"
 * @property {() => Promise<void>} hangUp
 */

let last = 0;

/**
 * @param {CallOptions & { cli: (line: string) => Promise<string>, recordingsDir: string }} options
 * @returns {Promise<Call>}
 */
export async function placeCall({ to, from = '+15557770001', plays = 'tone', cli, recordingsDir }) {
  // They become part of a command line.
  if (!/^\+?[0-9]{1,20}$/.test(to)) throw new Fault(`"${to}" is no number to call.`);
  if (!/^(\+?[0-9]{1,20}|anonymous)$/.test(from)) throw new Fault(`"${from}" is no number to call from.`);
  if (!PLAYS.includes(plays)) throw new Fault(`A caller plays ${PLAYS.join(', ')}, not "${plays}".`);
  last = Math.max(last + 1, Date.now());
  const id = String(last);
  const name = `Local/${id}*${from}*${to}@callers`;
  /** @param {string} key */
  const fact = async (key) => /^Value: (.*)$/m.exec(await cli(`database get calls/${id} ${key}`))?.[1].trim() ?? '';
  const state = async () => /** @type {'dialing' | 'answered' | 'ended'} */ ((await fact('state')) || 'dialing');
  await cli(`channel originate ${name}/n extension ${plays}@plays`);
  return {
    id,
    heard: join(recordingsDir, `${id}.wav`),
    state,
    async answered(withinMs = 15_000) {
      if (!(await until(async () => (await state()) !== 'dialing', { withinMs, everyMs: 50 }))) throw new Fault(`Nobody answered ${to} within ${withinMs / 1000} s.`);
      if ((await state()) === 'ended') throw new Fault(`The call to ${to} was not answered: ${await fact('end')}.`);
    },
    async ended(withinMs = 15_000) {
      if (!(await until(async () => (await state()) === 'ended', { withinMs, everyMs: 50 }))) throw new Fault(`The call to ${to} did not end within ${withinMs / 1000} s.`);
      return fact('end');
    },
    async hangUp() {
      const channels = (await cli('core show channels concise')).split('\n').map((line) => line.split('!')[0]);
      for (const channel of channels.filter((one) => one.startsWith(name) && one.endsWith(';1'))) await cli(`channel request hangup ${channel}`);
    },
  };
}
