// @ts-check
// What happens to an office while MySQL is away, and what is left of it afterwards.

import { createConnection } from 'mysql2/promise';
import { until } from '../../sandbox/machine.mjs';
import { ask, openOffice, readStream } from './office.mjs';

/**
 * @typedef {{ name: string, value: number, unit: string, goal: string, met: boolean }} Figure
 * @typedef {{ what: string, begin(): Promise<void>, end(): Promise<void>, lastsMs: number, away: boolean }} Fault
 *   `end` resolves when MySQL answers again; `away` false: it is only slow
 */

const heartbeatMs = 500;

/**
 * @param {{ fault: Fault, databaseUrl: string, readUrl: string, agents: number, stateDir: string, log: (text: string) => void }} options
 *   `readUrl`: MySQL itself, for what is looked at afterwards
 * @returns {Promise<Figure[]>}
 */
export async function tellStory({ fault, databaseUrl, readUrl, agents, stateDir, log }) {
  const office = await openOffice({ databaseUrl, managers: 2, servers: 2, stateDir });
  const { managers, key } = office;
  const seats = [];
  for (let n = 0; n < agents; n += 1) seats.push(await office.seated());
  const [ends, goesOn] = [await office.talks(/** @type {any} */ (seats[0])), await office.talks(/** @type {any} */ (seats[1]))];
  const strangers = [];
  for (let n = 0; n < 5; n += 1) strangers.push(await office.agent());
  const comes = office.seatOf(await office.must('POST', '/placements', { agentId: strangers.pop() }));
  const streams = await Promise.all(managers.map(({ url }) => readStream(url, office.adminToken)));
  const first = await read(readUrl, 'SELECT seq FROM event_head').then(([row]) => row.seq);
  const epochs = JSON.stringify(await read(readUrl, 'SELECT id, ami_owner, ami_epoch FROM media_servers ORDER BY id'));
  log(`${fault.what}: ${agents} agents sit, two of them talk`);

  const refused = { heartbeats: 0, lookups: 0 };
  const waits = [0];
  const unclear = [];
  const acknowledged = [comes.placementId];
  /** @type {string[]} */
  const givenUp = [];
  let now = /** @type {'before' | 'during' | 'after'} */ ('before');
  let running = true;
  let backAt = 0;
  let seatedAgainMs = -1;
  let turn = 0;
  let asked = { heartbeats: 0, lookups: 0, seats: 0, refusals: 0 };
  /** Everybody beats and is looked up, by whatever manager the balancer chose. */
  const live = async () => {
    while (running) {
      turn += 1;
      await Promise.all(seats.map(async (seat, at) => {
        const url = managers[(at + turn) % managers.length]?.url;
        const beat = await ask('POST', `${url}/api/v1/placements/${seat.placementId}/heartbeat`, { token: key });
        const token = office.servers.find(({ id }) => id === seat.mediaServerId)?.realtimeToken;
        const row = await ask('POST', `${url}/api/v1/asterisk/realtime/ps_endpoints/single`, { token, form: `id=${seat.username}` });
        waits.push(beat.ms, row.ms);
        asked.heartbeats += 1;
        asked.lookups += 1;
        if (beat.status !== 200) refused.heartbeats += 1;
        if (row.status !== 200 || !row.body.includes(seat.username)) refused.lookups += 1;
      }));
      await pause(heartbeatMs);
    }
  };
  /** An agent who comes and goes, also at the very moment of the fault. @param {string} agentId */
  const comesAndGoes = async (agentId) => {
    for (let at = 0; running; at += 1) {
      const answer = await ask('POST', `${managers[at % managers.length]?.url}/api/v1/placements`, { token: key, body: { agentId } });
      waits.push(answer.ms);
      asked.seats += 1;
      if (answer.status === 201) acknowledged.push(answer.body.id);
      if (answer.status === 503) asked.refusals += 1;
      const clear = answer.status === 503 && answer.headers.get('content-type')?.startsWith('application/problem+json') && answer.headers.get('retry-after') && answer.body.detail.includes('MySQL');
      if (answer.status >= 300 || answer.status === 0) if (!clear) unclear.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      if (now === 'after' && answer.status < 300 && answer.status > 0 && seatedAgainMs < 0) seatedAgainMs = performance.now() - backAt;
      if (answer.status === 201 || answer.status === 200) {
        const gone = await ask('DELETE', `${managers[at % managers.length]?.url}/api/v1/placements/${answer.body.id}`, { token: key });
        waits.push(gone.ms);
        if (gone.status === 204) givenUp.push(answer.body.id);
      }
      await pause(now === 'during' ? 200 : 20);
    }
  };
  const working = [live(), ...strangers.map(comesAndGoes)];
  // Everybody has been seen by both managers once, as a balancer brings about within two heartbeats.
  await until(() => turn > 2 * managers.length, { withinMs: 20_000 });
  await pause(1_000);
  now = 'during';
  await fault.begin();
  await pause(1_500);
  office.at(seats[0] ?? comes).farEnd.ends(/** @type {any} */ (office.at(seats[0] ?? comes).model.find(ends)), 16);
  office.at(comes).join(comes.conference);
  let named = 0;
  for (const { url } of managers) {
    const [ready, alive] = await Promise.all([ask('GET', `${url}/health/ready`), ask('GET', `${url}/health/live`)]);
    waits.push(ready.ms, alive.ms);
    if (ready.body?.status === 'degraded' && ready.body.dependencies.database.detail.includes('MySQL') && alive.status === 200) named += 1;
  }
  await pause(fault.lastsMs - 1_500);
  await fault.end();
  backAt = performance.now();
  now = 'after';
  await until(() => seatedAgainMs >= 0, { withinMs: 30_000 });
  const state = async (/** @type {string} */ path) => (await ask('GET', `${managers[0]?.url}/api/v1${path}`, { token: key })).body?.state;
  const written = await until(async () => (await state(`/calls/${ends}`)) === 'ended' && (await state(`/placements/${comes.placementId}`)) === 'connected', { withinMs: 30_000, everyMs: 100 });
  const writtenMs = performance.now() - backAt;
  await pause(1_500);
  running = false;
  await Promise.all(working);
  const there = await read(readUrl, 'SELECT id, state, live_agent_id AS agent FROM placements');
  const ids = new Map(there.map((row) => [row.id, row.state]));
  const lost = acknowledged.filter((id) => !ids.has(id)).length + givenUp.filter((id) => ids.get(id) !== 'released').length;
  const held = seats.filter(({ placementId }) => there.find(({ id }) => id === placementId)?.state === 'connected').length;
  const wrong = await read(readUrl, `SELECT s.id FROM media_servers s WHERE s.seats <> (SELECT COUNT(*) FROM placements p WHERE p.media_server_id = s.id AND p.state IN ('reserved', 'connected', 'lost'))`);
  const untold = there.length - acknowledged.length - agents;
  await until(async () => (await gaps()) === 0, { withinMs: 5_000 });
  async function gaps() {
    const log_ = (await read(readUrl, 'SELECT seq FROM event_log WHERE seq > ? ORDER BY seq', [first])).map(({ seq }) => seq);
    return Math.max(...streams.map(({ seqs, ended }) => (ended() ? 1 : 0) + difference(log_, seqs.filter((seq) => seq > first))));
  }
  const missing = await gaps();
  const owners = JSON.stringify(await read(readUrl, 'SELECT id, ami_owner, ami_epoch FROM media_servers ORDER BY id'));
  for (const stream of streams) stream.close();
  const callGoesOn = await state(`/calls/${goesOn}`);
  await office.close();
  for (const words of new Set(unclear)) log(`unclear: ${words}`);
  /** @param {string} name @param {number} value @param {string} unit @param {string} goal @param {boolean} met @returns {Figure} */
  const figure = (name, value, unit, goal, met) => ({ name: `${fault.what}: ${name}`, value: Math.round(value * 10) / 10, unit, goal, met });
  return [
    figure(`heartbeats refused of ${asked.heartbeats}`, refused.heartbeats, '', '0', refused.heartbeats === 0),
    figure(`lookups of live seats refused of ${asked.lookups}`, refused.lookups, '', '0', refused.lookups === 0),
    figure('longest wait of a request', Math.max(...waits), 'ms', '<= 3000', Math.max(...waits) <= 3_000),
    figure(`refusals of new seats (of ${asked.refusals}) that are not a 503 with Retry-After that names MySQL`, unclear.length, '', '0', unclear.length === 0 && (!fault.away || asked.refusals > 0)),
    figure('managers that said degraded, named MySQL and stayed alive', named, '', String(managers.length), named === managers.length),
    figure('from MySQL back to the next new seat', seatedAgainMs, 'ms', '<= 5000', seatedAgainMs >= 0 && seatedAgainMs <= 5_000),
    figure('from MySQL back to what happened meanwhile being written', writtenMs, 'ms', '<= 5000', written && writtenMs <= 5_000),
    figure(`acknowledged seats and departures lost of ${acknowledged.length + givenUp.length}`, lost, '', '0', lost === 0),
    figure('seats given and not told (commits in doubt)', untold, '', fault.away ? `<= ${strangers.length}` : 'any', untold >= 0 && (!fault.away || untold <= strangers.length)),
    figure('media servers whose count of seats is wrong', wrong.length, '', '0', wrong.length === 0),
    figure('seats that ended by it', agents - held, '', '0', held === agents),
    figure('calls that ended by it', callGoesOn === 'answered' ? 0 : 1, '', '0', callGoesOn === 'answered'),
    figure('events missing or double in a live stream', missing, '', '0', missing === 0),
    // Slow is not away: a renewal that comes later than a lease lasts lets another manager take it, fenced by its epoch.
    figure('leases of media servers that changed hands', owners === epochs ? 0 : 1, '', fault.away ? '0' : 'any', owners === epochs || !fault.away),
  ];
}

/** @param {number[]} written @param {number[]} read_ */
function difference(written, read_) {
  const seen = new Set(read_);
  const missing = written.filter((seq) => !seen.has(seq)).length;
  return missing + (read_.length - seen.size);
}

/** @param {string} url @param {string} sql @param {unknown[]} [parameters] @returns {Promise<any[]>} */
async function read(url, sql, parameters = []) {
  const connection = await createConnection(url);
  try {
    return /** @type {any[]} */ ((await connection.query(sql, parameters))[0]);
  } finally {
    connection.destroy();
  }
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
