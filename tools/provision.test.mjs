// @ts-check
// asterisk/provision.sh against a manager that answers as it is told, with Asterisk and the waiting replaced by what notes it.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { REPOSITORY } from './sandbox/index.mjs';
import { run } from './sandbox/machine.mjs';

/** @typedef {{ status: number, body?: object }} Answer */

/** @type {string} */
let home;
/** @type {import('node:http').Server} */
let server;
/** @type {Answer[]} */
let answers;
/** @type {{ authorization: string | undefined, facts: any }[]} */
let asked;
let manager = '';

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'nailup-provision-'));
  mkdirSync(join(home, 'bin'));
  for (const [name, script] of [['asterisk', 'echo started >> "$HOME/asterisk"'], ['sleep', 'echo "$1" >> "$HOME/pauses"']]) {
    writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(home, 'bin', name), 0o755);
  }
  answers = [];
  asked = [];
  server = createServer(async (request, response) => {
    const body = (await request.setEncoding('utf8').toArray()).join('');
    asked.push({ authorization: request.headers.authorization, facts: JSON.parse(body) });
    const answer = answers.shift() ?? { status: 503 };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  manager = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});

afterEach(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

/** @param {Record<string, string>} [variables] */
const provision = (variables = {}) => run('sh', [join(REPOSITORY, 'asterisk/provision.sh')], {
  env: {
    PATH: `${join(home, 'bin')}:${process.env.PATH}`, HOME: home,
    NAILUP_CONFIG_DIRECTORY: join(home, 'etc'), NAILUP_STATE_DIRECTORY: join(home, 'state'), NAILUP_MODULE_DIRECTORY: '/modules',
    NAILUP_NAME: 'box-1', NAILUP_HOST: '198.51.100.7', NAILUP_BIND: '127.0.0.1', NAILUP_MANAGERS: manager, NAILUP_ENROLMENT_TOKEN: 'letmein',
    ...variables,
  },
});
const enrolled = { status: 201, body: { id: 'x', serverToken: 'mine', realtime: { url: 'http://m1/api/v1/asterisk/realtime', token: 'rt' }, managers: ['http://m1', 'http://m2'] } };
/** @param {string} file */
const config = (file) => readFileSync(join(home, 'etc', file), 'utf8');
const started = () => existsSync(join(home, 'asterisk'));

test('a new box enrols with its token and starts with what the manager told it', async () => {
  answers.push(enrolled);
  const { code, output } = await provision({ NAILUP_REGION: 'north', NAILUP_CAPACITY: '40' });
  assert.equal(code, 0, output);
  assert.ok(started());
  assert.equal(asked[0].authorization, 'Bearer letmein');
  const { ami, cores, ...facts } = asked[0].facts;
  assert.ok(Number.isInteger(cores) && cores > 0, 'it tells how many cores its machine has');
  assert.deepEqual(facts, { name: 'box-1', host: '198.51.100.7', webSocketUrl: 'ws://198.51.100.7:8088/ws', sipUri: 'sip:127.0.0.1:5060', capacity: 40, region: 'north' });
  assert.match(config('manager.conf'), new RegExp(`^secret = ${ami.secret}$`, 'm'));
  assert.match(config('res_curl.conf'), /^httpheader = Authorization: Bearer rt$/m);
});

test('every manager is asked for a seat, the one named in the enrolment first', async () => {
  answers.push(enrolled);
  await provision();
  const endpoints = config('extconfig.conf').split('\n').filter((line) => line.startsWith('ps_endpoints'));
  assert.deepEqual(endpoints, [
    'ps_endpoints => curl,http://m1/api/v1/asterisk/realtime/ps_endpoints,ps_endpoints,1',
    'ps_endpoints => curl,http://m2/api/v1/asterisk/realtime/ps_endpoints,ps_endpoints,2',
  ]);
});

test('no template leaves a variable unset, and test tones stay out of a production box', async () => {
  answers.push(enrolled);
  await provision();
  for (const file of readdirSync(join(home, 'etc'))) assert.doesNotMatch(config(file), /\{\{/, file);
  assert.ok(!readdirSync(join(home, 'etc')).some((file) => file.includes('sandbox')));
});

test('a box that enrolled comes back with its own token, and the same AMI secret', async () => {
  answers.push(enrolled, { ...enrolled, status: 200 });
  await provision();
  await provision({ NAILUP_ENROLMENT_TOKEN: '' });
  assert.equal(asked[1].authorization, 'Bearer mine');
  assert.equal(asked[1].facts.ami.secret, asked[0].facts.ami.secret);
});

test('a box that enrolled starts while every manager is away', async () => {
  answers.push(enrolled);
  await provision();
  const { code, output } = await provision();
  assert.equal(code, 0, output);
  assert.match(output, /going on with the enrolment of an earlier start/);
});

test('a box the managers have forgotten enrols anew', async () => {
  answers.push(enrolled, { status: 401 }, enrolled);
  await provision();
  const { output } = await provision();
  assert.match(output, /no longer knows this box/);
  assert.equal(asked[2].authorization, 'Bearer letmein');
});

test('while no manager answers it asks again, with longer and longer pauses', async () => {
  answers.push({ status: 503 }, { status: 503 }, { status: 502 }, enrolled);
  await provision();
  assert.equal(readFileSync(join(home, 'pauses'), 'utf8'), '1\n2\n4\n');
});

test('the second manager is asked when the first is away', async () => {
  answers.push(enrolled);
  const { output } = await provision({ NAILUP_MANAGERS: `http://127.0.0.1:1,${manager}` });
  assert.match(output, /no manager answers at http:\/\/127\.0\.0\.1:1/);
  assert.ok(started());
});

test('a name that is taken is said in words and asked again slowly', async () => {
  answers.push({ status: 409 }, enrolled);
  const { output } = await provision();
  assert.match(output, /a media server named box-1 is in the pool already/);
  assert.equal(readFileSync(join(home, 'pauses'), 'utf8'), '60\n');
});

test('an answer that would write lines of its own into the configuration is not used', async () => {
  answers.push({ ...enrolled, body: { ...enrolled.body, realtime: { url: 'http://m1', token: 'x\\nexten => evil' } } }, enrolled);
  const { output } = await provision();
  assert.match(output, /characters that are not allowed/);
  assert.doesNotMatch(config('res_curl.conf'), /evil/);
});

test('without a SIP proxy nothing listens for SIP, and with one it alone is known by its address', async () => {
  answers.push(enrolled, enrolled);
  await provision();
  assert.ok(!existsSync(join(home, 'etc/pjsip_proxy.conf')));
  await provision({ NAILUP_SIP_PROXY: '192.0.2.9:5060' });
  assert.match(config('pjsip_proxy.conf'), /^match = 192\.0\.2\.9:5060$/m);
  assert.match(config('pjsip_proxy.conf'), /^identify_by = ip$/m);
});

/** The lines of pjsip_proxy.conf that say where a client leg's media is. */
const clientMedia = () => config('pjsip_proxy.conf').split('\n').filter((line) => /^(external_media_address|media_address|bind_rtp_to_media_address)\b/.test(line));
for (const [situation, variables, lines] of /** @type {[string, Record<string, string>, string[]][]} */ ([
  ['beside the agents, while SIP comes by a private network', { NAILUP_BIND: '198.51.100.7', NAILUP_SIP_BIND: '10.0.0.7' },
    ['external_media_address = 198.51.100.7', 'media_address = 198.51.100.7', 'bind_rtp_to_media_address = yes']],
  ['at the public address of a 1:1 NAT', { NAILUP_BIND: '10.0.1.7', NAILUP_PUBLIC_ADDRESS: '198.51.100.7', NAILUP_SIP_BIND: '10.0.0.7' },
    ['external_media_address = 198.51.100.7', 'media_address = 10.0.1.7', 'bind_rtp_to_media_address = yes']],
  ['at the public address of a 1:1 NAT, on a box that listens everywhere', { NAILUP_BIND: '0.0.0.0', NAILUP_PUBLIC_ADDRESS: '198.51.100.7', NAILUP_SIP_BIND: '10.0.0.7' },
    ['external_media_address = 198.51.100.7']],
  ['where SIP comes by, on a box that listens everywhere', { NAILUP_BIND: '0.0.0.0', NAILUP_SIP_BIND: '10.0.0.7' }, []],
  ['on loopback, with a proxy and carriers on loopback', { NAILUP_BIND: '198.51.100.7', NAILUP_SIP_BIND: '127.0.0.1' }, []],
])) {
  test(`a carrier finds the media of its calls ${situation}`, async () => {
    answers.push(enrolled);
    await provision({ NAILUP_SIP_PROXY: '192.0.2.9:5060', ...variables });
    assert.deepEqual(clientMedia(), lines);
  });
}

test('every manager is asked where a token leads and how long a queue is', async () => {
  answers.push(enrolled);
  await provision();
  for (const table of ['nailup_targets', 'nailup_waits']) {
    assert.deepEqual(config('extconfig.conf').split('\n').filter((line) => line.startsWith(table)).map((line) => line.split(',')[1]), ['http://m1', 'http://m2'].map((one) => `${one}/api/v1/asterisk/realtime/${table}`));
  }
});

test('no media server gives an agent a port to which her browser sends nothing', async () => {
  answers.push(enrolled);
  await provision();
  const [start, end] = ['rtpstart', 'rtpend'].map((name) => Number(new RegExp(`^${name} = (\\d+)$`, 'm').exec(config('rtp.conf'))?.[1]));
  assert.deepEqual([10080].filter((port) => port >= start && port <= end), []);
  assert.ok(end - start > 9_000);
});

for (const [name, value] of [['NAILUP_SIP_PROXY', '192.0.2.9'], ['NAILUP_SIP_PROXY', '192.0.2.9:sip'], ['NAILUP_SIP_PROXY', 'a:5060,b:5060'], ['NAILUP_SIP_PROXY', 'x@y:5060'], ['NAILUP_SIP_PROXY', ':5060'], ['NAILUP_SIP_PROXY', 'nowhere.invalid:5060'], ['NAILUP_NAME', 'box\n[evil]'], ['NAILUP_HOST', 'a;b'], ['NAILUP_REGION', '"quoted"'], ['NAILUP_BIND', '$(id)'], ['NAILUP_CAPACITY', 'many'], ['NAILUP_RTP_START', '10000'], ['NAILUP_RTP_START', '10080'], ['NAILUP_WS_PORT', '10080'], ['NAILUP_WS_PORT', '5061']]) {
  test(`${name} of ${JSON.stringify(value)} is refused before anything is asked or written`, async () => {
    const { code, output } = await provision({ [name]: value });
    assert.equal(code, 78);
    assert.match(output, new RegExp(name));
    assert.equal(asked.length, 0);
    assert.ok(!started());
  });
}
