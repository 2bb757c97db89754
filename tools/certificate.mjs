// @ts-check
// The self-signed certificate of `npm start -- --host NAME`: browsers give the microphone to secure pages only.

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, lastLines, run } from './sandbox/machine.mjs';

/**
 * @typedef {{ certificate: string, key: string, pem: string }} Certificate two paths, and the certificate's text
 */

/**
 * Makes the certificate at the first start with a name and keeps it, so that browsers are asked to trust it only once.
 * The openssl of the sandbox is used: this machine may have none.
 * @param {{ name: string, stateDir: string, rootfs: string }} options
 * @returns {Promise<Certificate>}
 */
export async function certificateFor({ name, stateDir, rootfs }) {
  const directory = join(stateDir, 'tls');
  const certificate = join(directory, `${name}.crt`);
  const key = join(directory, `${name}.key`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const kept = await readFile(certificate, 'utf8').catch(() => undefined);
  if (kept) return { certificate, key, pem: kept };
  const kind = /^[0-9.]+$/.test(name) ? 'IP' : 'DNS';
  const { code, stdout, output } = await run('chroot', [
    rootfs, 'openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '825',
    '-subj', `/CN=${name}`, '-addext', `subjectAltName=${kind}:${name},DNS:localhost,IP:127.0.0.1`, '-keyout', '-', '-out', '-',
  ]);
  const keyText = /-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----\n/.exec(stdout)?.[0];
  const pem = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/.exec(stdout)?.[0];
  if (code !== 0 || !keyText || !pem) throw new Fault(`The certificate for ${name} could not be made: ${lastLines(output)}`);
  await writeFile(key, keyText, { mode: 0o600 });
  await writeFile(certificate, pem);
  return { certificate, key, pem };
}

/**
 * Puts the certificate where a media server's own user may read it.
 * @param {Certificate} from
 * @param {string} home state directory of that media server; it appears inside as /var/lib/asterisk/tls
 */
export async function lendCertificate(from, home) {
  const directory = join(home, 'lib/tls');
  await mkdir(directory, { recursive: true });
  await copyFile(from.certificate, join(directory, 'server.crt'));
  await copyFile(from.key, join(directory, 'server.key'));
}
