// @ts-check
// docker/kamailio/start.sh with Kamailio replaced by what notes how it was called.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { REPOSITORY } from '../sandbox/index.mjs';
import { run } from '../sandbox/machine.mjs';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'nailup-proxy-'));
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/kamailio'), '#!/bin/sh\necho "$@ managers=$MANAGER_COUNT key=$API_KEY" > "$HOME/called"\n');
  chmodSync(join(home, 'bin/kamailio'), 0o755);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** @param {Record<string, string>} [variables] */
const start = (variables = {}) => run('sh', [join(REPOSITORY, 'docker/kamailio/start.sh')], {
  env: {
    PATH: `${join(home, 'bin')}:${process.env.PATH}`, HOME: home, PROXY_CONFIG_DIRECTORY: home,
    PROXY_LISTEN: '127.0.0.110:5060', MANAGER_URLS: 'http://m1:3000,https://m2', API_KEY: 'key', PROXY_SECRET: 's'.repeat(32), CARRIER_URI: 'sip:198.51.100.5:5060',
    ...variables,
  },
});
const called = () => readFileSync(join(home, 'called'), 'utf8');

test('an operator names managers and carriers, and Kamailio starts with them; no secret is on its command line', async () => {
  const { code, output } = await start({ CARRIERS: '198.51.100.5,203.0.113.0/24,192.0.2.7:5070' });
  assert.equal(code, 0, output);
  assert.match(called(), /-l udp:127\.0\.0\.110:5060 managers=2 key=key/);
  assert.doesNotMatch(called(), /ssss/);
  assert.deepEqual(readFileSync(join(home, 'carriers.list'), 'utf8').trim().split('\n').slice(1), ['1 198.51.100.5 32 0', '1 203.0.113.0 24 0', '1 192.0.2.7 32 5070']);
});

test('secrets may come as files', async () => {
  writeFileSync(join(home, 'key'), 'from-a-file\n');
  const { code } = await start({ API_KEY: '', API_KEY_FILE: join(home, 'key') });
  assert.equal(code, 0);
  assert.match(called(), /key=from-a-file/);
});

test('a second side for the carriers is listened on, and named as they reach it', async () => {
  await start({ PROXY_PUBLIC_LISTEN: '10.0.0.2:5070', PROXY_PUBLIC_ADDRESS: '203.0.113.9' });
  assert.match(called(), /-l udp:127\.0\.0\.110:5060 -l udp:10\.0\.0\.2:5070\/203\.0\.113\.9:5070 -A WITH_TWO_SIDES/);
});

for (const [name, value] of [
  ['PROXY_LISTEN', '127.0.0.1'], ['PROXY_LISTEN', '127.0.0.1:sip'], ['PROXY_LISTEN', ':5060'], ['PROXY_LISTEN', 'no-such-name.invalid:5060'], ['PROXY_LISTEN', ''],
  ['MANAGER_URLS', 'm1:3000'], ['MANAGER_URLS', 'http://m1,'], ['MANAGER_URLS', 'http://m1 -x'], ['API_KEY', ''], ['API_KEY', 'a\nX-Evil: 1'],
  ['PROXY_SECRET', 'short'], ['PROXY_SECRET', `${'s'.repeat(32)}$(id)`], ['CARRIER_URI', 'sip:carrier'], ['CARRIER_URI', 'sip:u@198.51.100.5:5060'], ['CARRIER_URI', 'tel:+1'],
  ['CARRIERS', '0.0.0.0/0'], ['CARRIERS', 'carrier.example'], ['CARRIERS', '198.51.100.5/33'], ['CARRIERS', '1.2.3.4:'], ['CARRIERS', '1.2.3.4\n1 0.0.0.0 0 0'], ['PROXY_PUBLIC_LISTEN', 'x'],
]) {
  test(`${name} of ${JSON.stringify(value)} is refused in words, and nothing starts`, async () => {
    const { code, output } = await start({ [name]: value });
    assert.equal(code, 78, output);
    assert.match(output, new RegExp(name));
    assert.ok(!existsSync(join(home, 'called')));
  });
}
