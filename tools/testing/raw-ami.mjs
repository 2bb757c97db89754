// @ts-check
// AMI as it stands on the wire, and two of its messages made comparable.

import { connect } from 'node:net';
import { AmiFraming } from '../../libs/ami/dist/index.js';

/** A raw AMI connection that keeps everything it hears. */
export class Listener {
  /** @type {string[]} */
  heard = [];
  #asked = 0;

  /** @param {{ host: string, port: number }} where */
  constructor({ host, port }) {
    this.socket = connect(port, host);
    const framing = new AmiFraming((message) => this.heard.push(message.text));
    this.socket.on('data', (chunk) => framing.push(chunk));
    this.socket.on('error', () => undefined);
  }

  /** @param {Record<string, string | string[]>} fields */
  ask(fields) {
    const lines = Object.entries({ ActionID: `a${(this.#asked += 1)}`, ...fields }).flatMap(([name, value]) =>
      [value].flat().map((one) => `${name}: ${one}\r\n`),
    );
    this.socket.write(`${lines.join('')}\r\n`);
  }
}

/** What differs between any two servers or moments, by header. */
const ofTheMoment = new RegExp(
  `^(${[
    'Timestamp',
    'Uptime',
    'LastReload',
    'CoreStartupDate',
    'CoreStartupTime',
    'CoreReloadDate',
    'CoreReloadTime',
    'CoreProcessedCalls',
    'CoreMaxCalls',
    'AsteriskVersion',
    'Duration',
    'AnsweredTime',
    'DurationMs',
  ].join('|')}): .*`,
);

/** A message without what is of its server or moment alone. @param {string} text */
export function plain(text) {
  return (
    text
      .split('\r\n')
      .map((line) =>
        line
          .replace(ofTheMoment, '$1: *')
          .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
          .replace(/(media-1|sim-001)(-\d+\.\d+)?/g, (_, __, id) => (id ? 'UNIQUEID' : 'SYSTEM')),
      )
      .map((line) =>
        line
          .replace(/-[0-9a-f]{8}(;[12])?(?=[):]|$)/, '-CHANNEL$1')
          .replace(/^Value: \d+\.\d+$/, 'Value: *')
          .replace(/^ActionID: .*/, 'ActionID: *'),
      )
      // Agent and client who meet come in either order: how many were there already is of the moment.
      .map((line) => line.replace(/^BridgeNumChannels: \d+$/, 'BridgeNumChannels: *'))
      // Of what was counted of the sound, the names and their order.
      .map((line) => (line.startsWith('Rtcp: ') ? line.replace(/\d+/g, '*') : line))
      // A seat that rests does so in two steps, the first of which ends after a second.
      .map((line) => line.replace(/^(ApplicationData: nailup,participant,e\(n\)).*/, '$1').replace(/^Priority: 13$/, 'Priority: 11'))
      .join('\n')
  );
}
