// @ts-check
/* global RTCPeerConnection, document */
// From the click on "Go online" to audio both ways, against SIP.js as published that calls a fixed Asterisk with an account it has anyway.

import { openStockPage } from '../../../e2e/dist/support/stock-page.js';
import { eventually } from '../../testing/media-world.mjs';
import { interleaved, median, round, spread } from './measure.mjs';

/** @typedef {import('./measure.mjs').Figure} Figure */
/** @typedef {{ clickedAt: number, audioAt: number }} Watch */
/** @typedef {{ stock: { call(placement: object): Promise<{ id: string, outcome: string }>, hangUp(id: string): Promise<void> } }} Stock */

/**
 * The pages of this window note when a person clicked last, and when audio went both ways after it: a connection is up, packets of the
 * microphone have left and packets of the media server have come.
 * @param {import('./system.mjs').Window} window
 */
async function watch(window) {
  // Of every day: she has allowed the microphone before.
  await window.grantPermissions(['microphone']);
  await window.addInitScript(() => {
    const watched = { clickedAt: 0, audioAt: 0 };
    Object.assign(globalThis, { watched });
    document.addEventListener('click', () => Object.assign(watched, { clickedAt: performance.now(), audioAt: 0 }), true);
    const Real = RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Real {
      /** @param {RTCConfiguration} [configuration] */
      constructor(configuration) {
        super(configuration);
        const look = async () => {
          if (this.connectionState === 'closed') return;
          const counts = { sent: 0, received: 0 };
          (await this.getStats()).forEach((one) => {
            if (one.type === 'outbound-rtp') counts.sent += one.packetsSent;
            if (one.type === 'inbound-rtp') counts.received += one.packetsReceived;
          });
          if (counts.sent > 0 && counts.received > 0) watched.audioAt ||= performance.now();
          else setTimeout(look, 4);
        };
        this.addEventListener('connectionstatechange', () => { if (this.connectionState === 'connected') void look(); });
      }
    };
  });
}

/** @param {import('./system.mjs').Page} page @returns {Promise<number>} milliseconds from the click to audio both ways */
async function taken(page) {
  /** @type {Watch} */
  let seen = { clickedAt: 0, audioAt: 0 };
  await eventually('audio goes both ways', async () => {
    seen = await page.evaluate(() => /** @type {{ watched: Watch }} */ (/** @type {unknown} */ (globalThis)).watched);
    return seen.audioAt > 0;
  }, 20_000);
  return seen.audioAt - seen.clickedAt;
}

/**
 * The two who go online, by turns: each does so once, leaves again, and answers with the milliseconds it took.
 * @param {import('./system.mjs').System} system
 */
async function openPages(system) {
  const fixed = await system.fixedServer();
  const ours = await system.softphone('conference', watch);
  const window = async () => {
    const one = await system.browser.window();
    await watch(one);
    return one;
  };
  const stock = await openStockPage({ ...system.browser, window });
  return {
    async softphone() {
      await system.goOnline(ours);
      const ms = await taken(ours);
      await system.leave(ours);
      return ms;
    },
    async stock() {
      const { id, outcome } = await stock.page.evaluate((placement) => {
        document.body.click();
        return /** @type {Stock} */ (/** @type {unknown} */ (globalThis)).stock.call(placement);
      }, fixed.placement);
      if (outcome !== 'Established') throw new Error(`The stock page got no seat: ${outcome}`);
      const ms = await taken(stock.page);
      await stock.page.evaluate((leg) => /** @type {Stock} */ (/** @type {unknown} */ (globalThis)).stock.hangUp(leg), id);
      return ms;
    },
    async close() {
      await stock.close();
      await ours.context().close();
    },
  };
}

/**
 * @param {import('./system.mjs').System} system @param {{ rounds: number, small: boolean, log: (text: string) => void }} options
 * @returns {Promise<Figure[]>}
 */
export async function onlineFigures(system, { rounds, small, log }) {
  const pages = await openPages(system);
  const both = /** @type {const} */ (['softphone', 'stock']);
  try {
    // The first time a page opens its microphone.
    await interleaved(1, both, (one) => pages[one]());
    const times = await interleaved(small ? 2 : rounds * 5, both, async (one) => {
      const ms = await pages[one]();
      log(`online, ${one}: ${Math.round(ms)} ms`);
      return ms;
    });
    const ratio = median(times.softphone) / median(times.stock);
    const ratios = times.softphone.map((ms, n) => ms / times.stock[n]);
    const name = 'click "Go online" to audio both ways';
    const reached = { goal: '<= 1.10x', met: ratio <= 1.1 };
    const peer = { peer: 'SIP.js as published, a fixed Asterisk', peerValue: round(median(times.stock)) };
    return [
      { name, value: round(median(times.softphone)), unit: 'ms', goal: null, met: null, ...peer, spread: spread(times.softphone) },
      { name: `${name}, against SIP.js calling a fixed Asterisk`, value: round(ratio), unit: 'x', ...reached, ...peer, spread: spread(ratios) },
    ];
  } finally {
    await pages.close();
  }
}
