// @ts-check
// A media server of its own with agents in one real Chromium, without a manager: what it costs is what is measured, so nobody else is on it.

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seatRow } from '../../../apps/api/dist/realtime/seat-rows.js';
import { openBrowser } from '../../../e2e/dist/support/browser.js';
import { watchConnections } from '../../../e2e/dist/support/media-path.js';
import { openStockPage } from '../../../e2e/dist/support/stock-page.js';
import { writeTone } from '../../../e2e/dist/support/wave.js';
import { eventually, openMediaWorld } from '../../testing/media-world.mjs';

/** What agents say, and clients: far from each other, without a pause. */
export const AGENT_HERTZ = 620;
export const CLIENT_HERTZ = 1004;

/** Where a seat is compared with; entered by no product endpoint. The announcement to who is alone would be heard in the figure of its first seconds. */
const PEERS = `
[peer-default]
exten => seat,1,Answer()
 same => n,Set(CONFBRIDGE(user,quiet)=yes)
 same => n,ConfBridge(\${CHANNEL(endpoint)})
[peer-tuned]
exten => seat,1,Answer()
 same => n,Set(CONFBRIDGE(bridge,internal_sample_rate)=8000)
 same => n,Set(CONFBRIDGE(bridge,mixing_interval)=80)
 same => n,Set(CONFBRIDGE(user,quiet)=yes)
 same => n,Set(CONFBRIDGE(user,dsp_drop_silence)=yes)
 same => n,ConfBridge(\${CHANNEL(endpoint)})
`;

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */
/** @typedef {{ name: string, hangUp(): Promise<void> }} Seat */

/** @param {number} octet */
export async function openStage(octet) {
  const world = await openMediaWorld({ octet });
  const folder = mkdtempSync(join(tmpdir(), 'nailup-seats-'));
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, AGENT_HERTZ, 4);
  const browser = await openBrowser({ microphone });
  const kept = async () => {
    const window = await browser.window();
    await watchConnections(window);
    return window;
  };
  const stock = await openStockPage({ ...browser, window: kept });
  const [server] = world.media;
  const configuration = join(world.box.stateDir, server.name, 'etc');
  appendFileSync(join(configuration, 'extensions_sandbox.conf'), PEERS);
  await server.cli('dialplan reload');
  const profiles = readFileSync(join(configuration, 'confbridge.conf'), 'utf8');
  let seats = 0;

  const channels = async () => Number(/(\d+) active channel/.exec(await server.cli('core show channels count'))?.[1] ?? -1);
  const empty = () => eventually('no channel is left', async () => (await channels()) === 0, 15_000);

  return {
    world,
    server,
    channels,
    empty,
    /**
     * Conferences that begin from now on are mixed like this; without a word as the product has it.
     * @param {{ rate?: number, interval?: number }} [mixing] samples a second, milliseconds
     */
    async mixing({ rate, interval } = {}) {
      let text = profiles;
      if (rate) text = text.replace(/^internal_sample_rate = .*$/m, `internal_sample_rate = ${rate}`);
      if (interval) text = text.replace(/^mixing_interval = .*$/m, `mixing_interval = ${interval}`);
      writeFileSync(join(configuration, 'confbridge.conf'), text);
      await server.cli('module reload app_confbridge.so');
    },
    /**
     * Agents in the browser take seats, all at once, as the product's endpoints but for what is said here.
     * @param {number} count @param {{ parking?: 'conference' | 'holding', context?: string, codecs?: string, resting?: boolean }} [options]
     * @returns {Promise<Seat[]>}
     */
    async sit(count, { parking = 'conference', context, codecs, resting = false } = {}) {
      const taken = await Promise.all(Array.from({ length: count }, async () => {
        const name = `seat${(seats += 1)}x${octet}`;
        const row = seatRow('ps_endpoints', { placementId: name, username: name, ha1: '', parking, answersForPassword: true });
        world.manager.seat(name, 'secret', { row: { ...row, ...(context ? { context } : {}), ...(codecs ? { allow: codecs } : {}) } });
        const address = `${server.host}:5060`;
        const sip = { username: name, password: 'secret', uri: `sip:${name}@${address}`, target: `sip:seat@${address}` };
        const leg = await stock.call({ sip, mediaServer: { webSocketUrl: server.webSocketUrl }, iceServers: [] });
        if (leg.outcome !== 'Established') throw new Error(`An agent got no seat: ${leg.outcome}`);
        return { name, hangUp: leg.hangUp };
      }));
      const connected = () => stock.page.evaluate(async (rest) => {
        const all = /** @type {{ nailupConnections?: RTCPeerConnection[] }} */ (globalThis).nailupConnections ?? [];
        const up = all.filter((one) => one.connectionState === 'connected');
        for (const sender of rest ? up.flatMap((one) => one.getSenders()) : []) {
          const parameters = sender.getParameters();
          for (const encoding of parameters.encodings) encoding.active = false;
          await sender.setParameters(parameters);
        }
        return up.length;
      }, resting);
      await eventually('every agent has audio', async () => (await connected()) === count);
      return taken;
    },
    async close() {
      await stock.close();
      await browser.close();
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
