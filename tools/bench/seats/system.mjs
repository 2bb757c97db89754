// @ts-check
// The whole system with one media server, the real SIP proxy, a softphone in the browser, and a telephone of ours as the carrier, whose clock is this one's.

import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from '../../../e2e/dist/support/browser.js';
import { goOnline, openSoftphone } from '../../../e2e/dist/support/people.js';
import { writeTone } from '../../../e2e/dist/support/wave.js';
import { startWorld } from '../../../e2e/dist/support/world.js';
import { eventually } from '../../testing/media-world.mjs';
import { Phone } from '../../testing/sip-phone.mjs';
import { openStubManager } from '../../testing/stub-manager.mjs';
import { AGENT_HERTZ } from './stage.mjs';

/** @typedef {Awaited<ReturnType<typeof openSystem>>} System */
/** @typedef {import('playwright-core').BrowserContext} Window */
/** @typedef {import('playwright-core').Page} Page */

/** @param {number} octet */
export async function openSystem(octet) {
  const secret = randomBytes(32).toString('hex');
  const proxyAddress = `127.0.${octet}.110:5060`;
  const lodging = () => ({ env: { NAILUP_SIP_PROXY: proxyAddress } });
  const world = await startWorld({ name: `bench-seats-${octet}`, octet, mediaServers: 1, env: { PROXY_SECRET: secret }, lodging });
  /** @type {(() => unknown)[]} */
  const undo = [() => world.close()];
  try {
    const carrier = await Phone.open(`127.0.${octet}.120`, 5060);
    undo.push(() => carrier.close());
    const admin = await world.as('admin');
    const { body: key } = await admin('POST', '/api-keys', { name: 'bench', scopes: ['routes:read'] });
    const numbers = { carrier: `sip:${carrier.host}:5060`, carriers: [carrier.host] };
    const proxy = await world.box.proxy({ managers: [world.url], apiKey: String(key.key), secret, ...numbers });
    await proxy.knows(world.servers.map(({ host }) => `${host}:5060`));
    const { body: settings } = await admin('GET', '/settings');
    await admin('PUT', '/settings', { wrapUpSeconds: 0, dialling: { ...(/** @type {object} */ (settings.dialling)), callsPerMinute: 1000 } });
    const folder = mkdtempSync(join(tmpdir(), 'nailup-system-'));
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    const microphone = join(folder, 'microphone.wav');
    writeTone(microphone, AGENT_HERTZ, 4);
    const browser = await openBrowser({ microphone });
    undo.push(() => browser.close());
    return {
      world, carrier, admin, browser,
      agent: await world.as('agent1'),
      /**
       * An agent with the softphone open who has not gone online.
       * @param {'conference' | 'holding'} parking @param {(window: Window) => Promise<unknown>} [prepare]
       */
      async softphone(parking, prepare) {
        await admin('PUT', '/settings', { parking });
        const window = await browser.window();
        await prepare?.(window);
        return openSoftphone(world, window, 'agent1');
      },
      /** @param {Page} page */
      async goOnline(page) {
        await goOnline(page).catch(async (error) => {
          throw new Error(`The agent is not online; her page says: ${(await page.innerText('body')).replaceAll('\n', ' / ').slice(0, 400)}`, { cause: error });
        });
      },
      /** @param {Page} page */
      async leave(page) {
        await page.getByRole('button', { name: 'Leave' }).click();
        await page.getByRole('button', { name: /go online/i }).waitFor();
      },
      /** A further media server that no manager chooses: one account, written in its files, with the dialplan of all others. */
      async fixedServer() {
        const manager = await openStubManager();
        undo.push(() => manager.close());
        const server = await world.box.mediaServer({ name: 'fixed', index: 2, managers: [manager.url], enrolmentToken: 'any' });
        const etc = join(world.box.stateDir, 'fixed/etc');
        const account = { username: 'fixedagent', password: 'secret' };
        appendFileSync(join(etc, 'pjsip.conf'), fixedAccount(account));
        const sorcery = readFileSync(join(etc, 'sorcery.conf'), 'utf8');
        writeFileSync(join(etc, 'sorcery.conf'), sorcery.replace('auth = realtime', 'auth = config,pjsip.conf,criteria=type=auth\nauth = realtime'));
        // Not our stop and start, which would write its files anew.
        await server.cli('core restart now');
        const endpoint = () => server.cli(`pjsip show endpoint ${account.username}`);
        await eventually('the fixed Asterisk knows its account', async () => (await endpoint()).includes('InAuth'), 20_000);
        const address = `${server.host}:5060`;
        const sip = { ...account, uri: `sip:${account.username}@${address}`, target: `sip:seat@${address}` };
        return { server, placement: { sip, mediaServer: { webSocketUrl: server.webSocketUrl }, iceServers: [] } };
      },
      async close() {
        for (const step of undo.splice(0).reverse()) await step();
      },
    };
  } catch (error) {
    for (const step of undo.splice(0).reverse()) await step();
    throw error;
  }
}

/** An agent's endpoint as realtime would tell it, in a file. @param {{ username: string, password: string }} account */
const fixedAccount = ({ username, password }) => `
[${username}]
type = endpoint
transport = websocket
context = seats
auth = ${username}
aors = ${username}
webrtc = yes
disallow = all
allow = opus,ulaw,alaw
direct_media = no
timers = no
dtmf_mode = rfc4733
set_var = NAILUP_PARKING=conference

[${username}]
type = auth
auth_type = userpass
username = ${username}
password = ${password}

[${username}]
type = aor
max_contacts = 1
`;
