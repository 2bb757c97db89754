// @ts-check
// The pure parts of `npm start`.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockHolder, takeLock } from './sandbox/lock.mjs';
import { Fault, lastLines, processBirth } from './sandbox/machine.mjs';
import { relayOf } from './relay.mjs';
import { readSettings } from './settings.mjs';
import { duration } from './steps.mjs';
import { firstDifference } from './workspace.mjs';

test('with nothing set, the demo listens on loopback only', () => {
  const settings = readSettings([], {});
  assert.equal(settings.listen, '127.0.0.1');
  assert.equal(settings.port, 3000);
  assert.equal(settings.task, 'start');
});

test('--host NAME listens for other machines', () => {
  const settings = readSettings(['--host', 'calls.example'], {});
  assert.equal(settings.listen, '0.0.0.0');
  assert.equal(settings.publicName, 'calls.example');
});

test('a media server gets the variables that carry its number', () => {
  const { mediaServers } = readSettings([], { NAILUP_MEDIA_2_WS_PORT: '8090', NAILUP_MEDIA_1_CAPACITY: '5' });
  assert.deepEqual(mediaServers, [{ NAILUP_CAPACITY: '5' }, { NAILUP_WS_PORT: '8090' }]);
});

test('the SIP proxy and the telephone network stand on loopback unless they are told another place', () => {
  assert.deepEqual(readSettings([], {}).proxy, { host: '127.0.0.110', port: 5060 });
  assert.deepEqual(readSettings([], { NAILUP_PROXY_HOST: '127.0.0.9', NAILUP_PROXY_PORT: '5070' }).proxy, { host: '127.0.0.9', port: 5070 });
});

test('the relay of the demo reaches the media servers of the demo, wherever they are bound, and the manager is told of it', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'nailup-relay-'));
  try {
    const relay = await relayOf({ ...readSettings([], { NAILUP_MEDIA_2_BIND: '127.0.7.7' }), stateDir });
    assert.deepEqual(relay?.options.peers, ['127.0.0.1', '127.0.7.7']);
    assert.equal(relay?.env.TURN_URLS, 'turn:127.0.0.130:3478?transport=udp,turn:127.0.0.130:3478?transport=tcp');
    assert.equal(relay?.env.TURN_SECRET, relay?.options.secret);
    assert.ok(relay && relay.options.secret.length >= 32);
    const again = await relayOf({ ...readSettings([], {}), stateDir });
    assert.equal(again?.options.secret, relay.options.secret, 'the same after the next start');
  } finally {
    rmSync(stateDir, { recursive: true });
  }
});

for (const [args, env, word] of /** @type {[string[], Record<string, string>, RegExp][]} */ ([
  [[], { PORT: 'http' }, /PORT/],
  [[], { PORT: '70000' }, /PORT/],
  [[], { NAILUP_PROXY_PORT: 'sip' }, /NAILUP_PROXY_PORT/],
  [['--host', 'a b'], {}, /--host/],
  [['--hots', 'x'], {}, /--hots/],
])) {
  test(`${JSON.stringify({ args, env })} is refused in words`, () => {
    assert.throws(() => readSettings(args, env), (error) => error instanceof Fault && word.test(error.message));
  });
}

test('installed packages that differ from the lock file are found; optional ones and our own are not asked for', () => {
  const wanted = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true }, 'node_modules/@nailup/api': { link: true }, 'apps/api': { version: '0.1.0' } } };
  assert.equal(firstDifference(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } }), undefined);
  assert.equal(firstDifference(wanted, { packages: { 'node_modules/a': { version: '1.0.1' } } }), 'a');
  assert.equal(firstDifference(wanted, { packages: {} }), 'a');
});

test('durations read as a person says them', () => {
  assert.equal(duration(1234), '1.2 s');
  assert.equal(duration(61_000), '1 min 1 s');
});

test('the last words of a program are its last lines that say something', () => {
  assert.equal(lastLines('one\n\ntwo\n three \n\n', 2), 'two | three');
});

test('a lock names its holder, keeps others out, and a dead process cannot keep it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'nailup-lock-'));
  const path = join(directory, 'lock');
  try {
    const lock = await takeLock(path, { waitMs: 0, what: 'a test' });
    assert.equal(await lockHolder(path), process.pid);
    await assert.rejects(takeLock(path, { waitMs: 0, what: 'a test' }), new RegExp(`${process.pid}.*a test`));
    await lock.release();
    // The number of a living process with another birth: the one that took the lock is gone and its number was used again.
    writeFileSync(path, `${process.pid} ${Number(processBirth(process.pid)) - 1}`);
    await (await takeLock(path, { waitMs: 0, what: 'a test' })).release();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
