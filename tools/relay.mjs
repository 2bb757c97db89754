// @ts-check
// The relay of `npm start`: where it listens, whom it reaches, and what the manager is told of it.

import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { MEDIA_SERVERS } from './settings.mjs';

/**
 * @param {import('./settings.mjs').Settings} settings
 * @returns {Promise<{ env: Record<string, string>, options: { host: string, port: number, secret: string, peers: string[] } } | undefined>}
 *   `env` for the manager, `options` for the sandbox. There is none when the public name leads to a router before this machine: the relay
 *   would reach the media servers only if that router sent their address back in, and nobody can tell from here whether it does.
 */
export async function relayOf({ turn, publicName, stateDir, mediaServers }) {
  const path = join(stateDir, 'turn-secret');
  if (!existsSync(path)) await writeFile(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  const secret = (await readFile(path, 'utf8')).trim();
  let host = turn.host;
  if (publicName) {
    const found = await lookup(publicName, { family: 4 }).catch(() => undefined);
    const own = Object.values(networkInterfaces()).some((list) => list?.some((entry) => entry.address === found?.address && !entry.internal));
    if (!found || !own) return undefined;
    host = found.address;
  }
  // The list is known at the start and nobody joins the demo later; a pool that grows is followed by docker/coturn/peers.sh.
  const peers = MEDIA_SERVERS.map((_, index) => {
    const given = mediaServers[index] ?? {};
    return given.NAILUP_PUBLIC_ADDRESS ?? given.NAILUP_BIND ?? (publicName ? host : `127.0.0.${index + 1}`);
  });
  const urls = ['udp', 'tcp'].map((transport) => `turn:${publicName ?? host}:${turn.port}?transport=${transport}`);
  return { env: { TURN_SECRET: secret, TURN_URLS: urls.join(',') }, options: { host, port: turn.port, secret, peers: [...new Set(peers)] } };
}
