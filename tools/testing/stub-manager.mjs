// @ts-check
// A manager that does what the tests say: it enrols every box, and answers realtime look-ups from tables the test fills.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @typedef {Record<string, string>} Row
 * @typedef {{ call: string, recording: string, authorization: string, type: string, body: Buffer, status: number }} Upload
 * @typedef {object} StubManager
 * @property {string} url
 * @property {Map<string, Row>} targets tokens, answered once each
 * @property {Map<string, Row>} waits by call
 * @property {string[]} asked `table id` of each look-up
 * @property {{ operation: string, id: string }[]} contacts what was told of Contacts: `store` when one comes, `destroy` when it goes
 * @property {Upload[]} uploads recordings that were offered, in order, taken or not
 * @property {number[]} uploadAnswers statuses of the next offers; 200 when there is none
 * @property {boolean} hangs accepts questions and never answers them
 * @property {(name: string, password: string, options?: { parking?: string, row?: Row }) => void} seat makes a seat's SIP account, of a telephone unless `row` says otherwise
 * @property {(name: string, password: string, supervises: string) => void} supervisor makes a supervisor's SIP account; `supervises` is `<id>:<mode>:<seat>`
 * @property {(name: string, options?: { keepAor?: boolean }) => void} unseat
 * @property {() => Promise<void>} close
 */

/** @param {string} [host] @returns {Promise<StubManager>} */
export async function openStubManager(host = '127.0.0.1') {
  /** @type {Map<string, Map<string, Row>>} */
  const tables = new Map(['ps_endpoints', 'ps_auths', 'ps_aors', 'nailup_targets', 'nailup_waits'].map((name) => [name, new Map()]));
  const table = (/** @type {string} */ name) => /** @type {Map<string, Row>} */ (tables.get(name));
  /** @type {string[]} */
  const asked = [];
  /** @type {{ operation: string, id: string }[]} */
  const contacts = [];
  let url = '';
  /** @type {Upload[]} */
  const uploads = [];
  const state = { hangs: false, uploadAnswers: /** @type {number[]} */ ([]) };
  const server = createServer(async (request, response) => {
    const bytes = Buffer.concat(await request.toArray());
    const body = bytes.toString('utf8');
    const upload = /asterisk\/recordings\/([^/?]+)\?recording=(.+)$/.exec(request.url ?? '');
    if (request.method === 'PUT' && upload) {
      const status = state.uploadAnswers.shift() ?? 200;
      uploads.push({ call: upload[1], recording: upload[2], authorization: request.headers.authorization ?? '', type: request.headers['content-type'] ?? '', body: bytes, status });
      response.writeHead(status).end();
      return;
    }
    if (request.url?.endsWith('/enrol')) {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: 'x', serverToken: 'mine', realtime: { url: `${url}/api/v1/asterisk/realtime`, token: 'rt' }, managers: [url] }));
      return;
    }
    const [, name = '', operation] = /realtime\/(\w+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const id = new URLSearchParams(body).get('id') ?? '';
    if (operation === 'single') asked.push(`${name} ${id}`);
    if (state.hangs) return;
    if (operation === 'store' || operation === 'destroy') {
      contacts.push({ operation, id });
      response.writeHead(200, { 'content-type': 'text/plain' }).end('1\n');
      return;
    }
    const row = operation === 'single' ? tables.get(name)?.get(id) : undefined;
    // One use: whoever asks for a token again, or guesses, is told nothing.
    if (name === 'nailup_targets') table(name).delete(id);
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(row ? `${new URLSearchParams(row).toString().replaceAll('+', '%20')}\n` : '');
  }).listen(0, host);
  await once(server, 'listening');
  url = `http://${host}:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  return Object.assign(state, {
    url,
    targets: table('nailup_targets'),
    waits: table('nailup_waits'),
    asked,
    contacts,
    uploads,
    /** @param {string} name @param {string} password @param {{ parking?: string, row?: Row }} [options] */
    seat(name, password, { parking = 'conference', row = {} } = {}) {
      table('ps_endpoints').set(name, {
        id: name, context: 'seats', auth: name, aors: name, disallow: 'all', allow: 'ulaw', direct_media: 'no', dtmf_mode: 'rfc4733', allow_transfer: 'no', allow_overlap: 'no',
        message_context: 'no-messages', trust_id_inbound: 'no', set_var: `NAILUP_PARKING=${parking}`, ...row,
      });
      table('ps_auths').set(name, { id: name, auth_type: 'md5', username: name, realm: 'asterisk', md5_cred: createHash('md5').update(`${name}:asterisk:${password}`).digest('hex') });
      table('ps_aors').set(name, { id: name, max_contacts: '1', remove_existing: 'yes', qualify_frequency: '0', maximum_expiration: '86400' });
    },
    /** @param {string} name @param {string} password @param {string} supervises */
    supervisor(name, password, supervises) {
      this.seat(name, password);
      Object.assign(/** @type {Row} */ (table('ps_endpoints').get(name)), { context: 'supervisors', set_var: `NAILUP_SUPERVISES=${supervises}` });
    },
    /** @param {string} name @param {{ keepAor?: boolean }} [options] managers go on answering for the AOR of a seat that is over */
    unseat(name, { keepAor = false } = {}) { for (const one of ['ps_endpoints', 'ps_auths', ...(keepAor ? [] : ['ps_aors'])]) table(one).delete(name); },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  });
}
