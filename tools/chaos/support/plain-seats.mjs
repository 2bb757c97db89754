// @ts-check
// Stands between media servers and managers and makes seats of browsers ones of plain telephones: headless agents speak no DTLS.

import { once } from 'node:events';
import { createServer } from 'node:http';

/** @param {() => string[]} managers base URLs, the first that answers is asked @param {string} host where media servers ask */
export async function openPlainSeats(managers, host) {
  let url = '';
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
    for (const manager of managers()) {
      const answer = await fetch(`${manager}${request.url}`, { method: request.method, headers: /** @type {any} */ (headers), body: body.length > 0 ? body : undefined }).catch(() => null);
      if (answer === null) continue;
      let text = await answer.text();
      if (request.url?.includes('/realtime/ps_endpoints/') && answer.status === 200 && text.trim() !== '') text = plain(text);
      // Look-ups must come this way too.
      else if (request.url?.endsWith('/enrol') && answer.ok) text = JSON.stringify(turned(JSON.parse(text), url));
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(text);
      return;
    }
    response.writeHead(503).end();
  }).listen(0, host);
  await once(server, 'listening');
  url = `http://${host}:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  return {
    url,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @param {string} row */
function plain(row) {
  const fields = new URLSearchParams(row.trim());
  for (const name of ['webrtc', 'transport', 'media_encryption_optimistic']) fields.delete(name);
  fields.set('allow', 'ulaw');
  // They say nothing unless they talk.
  fields.set('rtp_timeout', '0');
  return `${fields.toString().replaceAll('+', '%20')}\n`;
}

/** @param {any} enrolled @param {string} url */
function turned(enrolled, url) {
  return { ...enrolled, managers: [url], realtime: { ...enrolled.realtime, url: `${url}/api/v1/asterisk/realtime` } };
}
