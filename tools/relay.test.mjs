// @ts-check
// docker/coturn/relay.sh refuses in words what would make a relay for everybody, or for nobody. That it relays: e2e/src/stories/.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from './sandbox/index.mjs';
import { run } from './sandbox/machine.mjs';

const secret = 's'.repeat(32);

for (const [what, variables, word] of /** @type {[string, Record<string, string>, RegExp][]} */ ([
  ['without a secret', { TURN_PEERS: '198.51.100.7' }, /TURN_SECRET/],
  ['with a secret that can be guessed', { TURN_PEERS: '198.51.100.7', TURN_SECRET: 'secret' }, /TURN_SECRET.*32/],
  ['that would reach no media server', { TURN_SECRET: secret }, /TURN_MANAGERS or TURN_PEERS/],
  ['that could not ask its managers', { TURN_SECRET: secret, TURN_MANAGERS: 'https://m1.example' }, /TURN_API_KEY/],
  ['whose peers would become SQL', { TURN_SECRET: secret, TURN_PEERS: "198.51.100.7'); --" }, /TURN_PEERS.*character/],
  ['whose secret would become configuration', { TURN_SECRET: `${secret}\nno-auth`, TURN_PEERS: '198.51.100.7' }, /TURN_SECRET.*character/],
  ['whose certificate is not there', { TURN_SECRET: secret, TURN_PEERS: '198.51.100.7', TURN_TLS_CERT: '/nowhere.crt' }, /TURN_TLS_CERT/],
])) {
  test(`a relay ${what} does not start`, async () => {
    const state = mkdtempSync(join(tmpdir(), 'nailup-relay-'));
    try {
      const { code, output } = await run('sh', [join(REPOSITORY, 'docker/coturn/relay.sh')], { env: { PATH: process.env.PATH, TURN_STATE: state, ...variables } });
      assert.equal(code, 78, output);
      assert.match(output, word);
      assert.doesNotMatch(output, new RegExp(secret), 'and tells nobody the secret');
    } finally {
      rmSync(state, { recursive: true });
    }
  });
}
