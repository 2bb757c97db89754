// @ts-check
// The Asterisk that plays the public telephone network: it answers the demo numbers over SIP on loopback, and its callers call in.

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAsterisk } from './asterisk.mjs';
import { placeCall } from './calling.mjs';

const TEMPLATES = join(dirname(fileURLToPath(import.meta.url)), 'pstn');
/** Parts of Asterisk's core report an error when they find no file. */
const WITHOUT_WORDS = ['acl', 'ccss', 'features', 'indications', 'manager', 'http', 'pjproject', 'rtp', 'stasis', 'udptl'].map((name) => `${name}.conf`);

/**
 * @typedef {object} Pstn
 * @property {string} host
 * @property {string} sipUri where a proxy or a softswitch sends calls for +15550100 ... +15550107
 * @property {number} pid
 * @property {import('./asterisk.mjs').AsteriskProcess['cli']} cli
 * @property {string} recordingsDir what +15550107 and callers heard
 * @property {(options: import('./calling.mjs').CallOptions) => Promise<import('./calling.mjs').Call>} call somebody calls in
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{ host: string, port: number, proxy: string, rootfs: string, stateDir: string }} options
 *   `proxy`: host:port that numbers which are not answered here are brought to
 * @returns {Promise<Pstn>}
 */
export async function startPstn({ host, port, proxy, rootfs, stateDir }) {
  const home = join(stateDir, 'pstn');
  const modules = (await readdir(join(rootfs, 'usr/lib'))).find((name) => name.endsWith('-linux-gnu')) ?? '';
  await rm(join(home, 'etc'), { recursive: true, force: true });
  await mkdir(join(home, 'etc'), { recursive: true });
  await mkdir(join(home, 'spool/recordings'), { recursive: true });
  for (const file of WITHOUT_WORDS) await writeFile(join(home, 'etc', file), '; Nothing to say: the defaults hold.\n');
  for (const file of await readdir(TEMPLATES)) {
    const text = await readFile(join(TEMPLATES, file), 'utf8');
    const values = { HOST: host, SIP_PORT: String(port), PROXY: proxy, MODULES: `/usr/lib/${modules}/asterisk/modules` };
    await writeFile(join(home, 'etc', file), text.replace(/\{\{([A-Z_]+)\}\}/g, (_, /** @type {keyof typeof values} */ key) => values[key]));
  }
  const asterisk = await startAsterisk({
    title: 'PSTN',
    rootfs,
    home,
    logFile: join(stateDir, 'log/pstn.log'),
    command: ['asterisk', '-f', '-C', '/etc/asterisk/asterisk.conf'],
    listens: [],
  });
  const recordingsDir = join(home, 'spool/recordings');
  return {
    host,
    sipUri: `sip:${host}:${port}`,
    get pid() { return asterisk.pid(); },
    cli: asterisk.cli,
    recordingsDir,
    call: (options) => placeCall({ cli: asterisk.cli, recordingsDir, ...options }),
    stop: asterisk.stop,
  };
}
