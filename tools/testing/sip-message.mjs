// @ts-check
// SIP messages as text (RFC 3261), as much of them as a telephone in a test needs.

import { createHash, randomBytes } from 'node:crypto';

export const newId = () => randomBytes(8).toString('hex');

/**
 * @typedef {object} SipMessage
 * @property {string} method of a request, or of the transaction a response belongs to
 * @property {string} uri '' in a response
 * @property {number} status 0 in a request
 * @property {[string, string][]} headers
 * @property {string} body
 */

/** @param {string} text @returns {SipMessage} */
export function parse(text) {
  const end = text.indexOf('\r\n\r\n');
  const [first, ...lines] = text.slice(0, end).split('\r\n');
  /** @type {[string, string][]} */
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
  const message = { method: '', uri: '', status: 0, headers, body: text.slice(end + 4) };
  if (first.startsWith('SIP/2.0 ')) {
    message.status = Number(first.split(' ')[1]);
    message.method = header(message, 'CSeq').split(' ')[1] ?? '';
  } else {
    [message.method, message.uri] = first.split(' ');
  }
  return message;
}

/** @param {SipMessage} message @param {string} name @returns {string} the first one, '' when there is none */
export function header(message, name) {
  return message.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

/** @param {string} firstLine @param {[string, string][]} headers @param {string} [body] @param {string} [type] */
export function build(firstLine, headers, body = '', type = 'application/sdp') {
  const all = [...headers, ...(body ? /** @type {[string, string][]} */ ([['Content-Type', type]]) : []), ['Content-Length', String(Buffer.byteLength(body))]];
  return `${firstLine}\r\n${all.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`;
}

/** The answer to a digest challenge (RFC 2617, MD5). @param {string} challenge @param {{ method: string, uri: string, user: string, password: string }} request */
export function digest(challenge, { method, uri, user, password }) {
  const field = (/** @type {string} */ name) => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const md5 = (/** @type {string} */ text) => createHash('md5').update(text).digest('hex');
  const [realm, nonce, opaque] = [field('realm'), field('nonce'), field('opaque')];
  const cnonce = newId();
  const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:00000001:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
  return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}"`
    + (opaque ? `, opaque="${opaque}"` : '');
}
