import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { OpenedBrowser } from './browser.js';

const here = dirname(fileURLToPath(import.meta.url));
const pages = join(here, '..', '..', 'pages');
const sip = join(here, '..', '..', '..', 'node_modules', 'sip.js', 'lib');

/** One call of the stock page: how the INVITE ended, and what can still be done with the leg. */
export interface StockCall {
  /** `Established`, or the refusal in SIP's words. */
  outcome: string;
  ended(): Promise<boolean>;
  hangUp(): Promise<void>;
}

export interface StockPhone {
  page: Page;
  call(placement: { sip: { username: string; password: string; uri: string; target: string }; mediaServer: { webSocketUrl: string }; iceServers: RTCIceServer[] }): Promise<StockCall>;
  close(): Promise<void>;
}

/** A page with SIP.js as published and nothing of ours, served from a port of its own. */
export async function openStockPage(browser: OpenedBrowser): Promise<StockPhone> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = path.startsWith('/sip.js/') ? join(sip, path.slice('/sip.js/'.length)) : join(pages, 'stock.html');
    const type = file.endsWith('.js') ? 'text/javascript' : 'text/html';
    readFile(file).then(
      (content) => response.writeHead(200, { 'content-type': type }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const context = await browser.window();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => 'stock' in window);
  return {
    page,
    call: async (placement) => {
      const { id, outcome } = await page.evaluate((given) => (window as unknown as StockWindow).stock.call(given), placement);
      return {
        outcome,
        ended: () => page.evaluate((leg) => (window as unknown as StockWindow).stock.ended(leg), id),
        hangUp: () => page.evaluate((leg) => (window as unknown as StockWindow).stock.hangUp(leg), id),
      };
    },
    close: async () => {
      await context.close();
      server.close();
    },
  };
}

interface StockWindow {
  stock: {
    call(placement: unknown): Promise<{ id: string; outcome: string }>;
    ended(id: string): boolean;
    hangUp(id: string): Promise<void>;
  };
}
