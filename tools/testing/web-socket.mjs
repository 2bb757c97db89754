// @ts-check
// One SIP request over a WebSocket (RFC 7118) from an address of choice, and the answer to it.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';

/** @param {{ url: string, from: string }} way @param {string[]} lines of a request without body @returns {Promise<string>} the first answer */
export async function bySocket({ url, from }, lines) {
  const { hostname, port, pathname } = new URL(url);
  const upgrade = request({
    host: hostname, port, path: pathname, localAddress: from,
    headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': randomBytes(16).toString('base64'), 'Sec-WebSocket-Protocol': 'sip' },
  }).end();
  const [, socket] = await once(upgrade, 'upgrade');
  const text = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  const mask = randomBytes(4);
  const header = Buffer.from([0x81, 0x80 | 126, text.length >> 8, text.length & 0xff]);
  socket.write(Buffer.concat([header, mask, text.map((byte, at) => byte ^ mask[at % 4])]));
  const [frame] = await once(socket, 'data');
  socket.destroy();
  return frame.subarray(frame[1] === 126 ? 4 : 2).toString('latin1');
}
