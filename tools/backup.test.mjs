// @ts-check
// docker/mysql/backup.sh while agents sit and talk, restored into an empty MySQL on which a manager starts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createConnection } from 'mysql2/promise';
import { ask, openOffice } from './chaos/database/office.mjs';
import { startManager } from './manager.mjs';
import { runBeside } from './sandbox/daemon.mjs';
import { REPOSITORY, STATE_HOME, createSandbox } from './sandbox/index.mjs';
import { freePort, until } from './sandbox/machine.mjs';

const WHAT_COUNTS = ['placements', 'calls', 'call_events', 'agents', 'media_servers', 'pool', 'migrations'];

/** @param {string} url @param {string} table @returns {Promise<unknown[]>} */
async function contents(url, table) {
  const connection = await createConnection({ uri: url, timezone: 'Z' });
  const [rows] = await connection.query(`SELECT * FROM ${table} ORDER BY 1, 2`);
  connection.destroy();
  // What moves by itself while a manager runs, and when it stops.
  return /** @type {any[]} */ (rows).map(({ last_seen_at: _seen, ami_lease_until: _lease, ami_owner: _owner, load_average: _load, ...row }) => row);
}

/** The dump goes over this process's files, as root inside the daemon's file system. @param {{ pid: number, url: string }} mysql @param {string} command */
function inside({ pid, url }, command) {
  const { hostname, port, username, password } = new URL(url);
  return runBeside(pid, ['env', `MYSQL_PWD=${password}`, 'sh', '-c', command, 'backup.sh', hostname, port, username, 'nailup']);
}

test('a backup taken while agents sit and talk brings everything back on an empty MySQL', { timeout: 180_000 }, async () => {
  const stateDir = join(STATE_HOME, 'backup');
  await rm(stateDir, { recursive: true, force: true });
  const [old, empty] = [await createSandbox({ name: 'backup-old', stateDir: join(stateDir, 'old'), octet: 119 }), await createSandbox({ name: 'backup-new', stateDir: join(stateDir, 'new'), octet: 120 })];
  try {
    const mysql = await old.mysql();
    const office = await openOffice({ databaseUrl: mysql.url, managers: 1, servers: 2, stateDir });
    const seats = [await office.seated(), await office.seated(), await office.seated()];
    const call = await office.talks(/** @type {any} */ (seats[0]));
    const dump = await inside(mysql, readFileSync(join(REPOSITORY, 'docker/mysql/backup.sh'), 'utf8'));
    assert.equal(dump.code, 0, dump.output);
    await Promise.all(office.managers.map((manager) => manager.stop()));
    await mysql.stop();

    const restored = await empty.mysql();
    await writeFile(join(stateDir, 'new/mysql/nailup.sql'), dump.stdout);
    const told = await inside(restored, 'mysql --host="$1" --port="$2" --user="$3" "$4" < /var/lib/mysql/nailup.sql');
    assert.equal(told.code, 0, told.output);
    const again = await old.mysql();
    for (const table of WHAT_COUNTS) assert.deepEqual(await contents(restored.url, table), await contents(again.url, table), table);

    const port = await freePort('127.0.0.1');
    const manager = await startManager({ env: { ...office.environment, DATABASE_URL: restored.url, PORT: String(port) }, url: `http://127.0.0.1:${port}`, logFile: join(stateDir, 'log/restored.log') });
    const get = async (/** @type {string} */ path) => (await ask('GET', `http://127.0.0.1:${port}/api/v1${path}`, { token: office.key })).body;
    assert.ok(await until(async () => (await get(`/calls/${call}`)).state === 'answered', { withinMs: 10_000 }));
    for (const seat of seats) assert.equal((await get(`/placements/${seat.placementId}`)).state, 'connected');
    // The AMI secrets in it can be read: the restored manager hears the media servers.
    office.at(seats[0] ?? { mediaServerId: '' }).hangup(call);
    assert.ok(await until(async () => (await get(`/calls/${call}`)).state === 'ended', { withinMs: 20_000 }));
    await manager.stop();
    await office.close();
  } finally {
    await old.stop();
    await empty.stop();
  }
});
