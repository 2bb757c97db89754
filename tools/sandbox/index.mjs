// @ts-check
// The door of the sandbox: an instance is a named set of real daemons with its own state, ports and loopback addresses.

import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock } from './lock.mjs';
import { Fault } from './machine.mjs';
import { startMediaServer } from './media-server.mjs';
import { startMysql } from './mysql.mjs';
import { startProxy } from './proxy.mjs';
import { startPstn } from './pstn.mjs';
import { TRIED_ASTERISK_VERSIONS, ensureRootfs } from './rootfs.mjs';
import { startSipp } from './sip.mjs';
import { startTurn } from './turn.mjs';

/** The repository this sandbox belongs to. */
export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** Where all state lives unless an option says otherwise. */
export const STATE_HOME = join(REPOSITORY, '.nailup');

/** @returns {string} where the root file system is, or will be made */
export const rootfsDirectory = () => process.env.NAILUP_ROOTFS ?? join(STATE_HOME, 'rootfs');

/**
 * @typedef {{ stop(): Promise<void> }} Stoppable
 */

/**
 * Opens an instance. Nothing runs yet; each daemon is started by its own call and all of them by number stopped by `stop()`.
 * They also end with this process, whatever ends it.
 * @param {{ name: string, stateDir?: string, octet?: number, fresh?: boolean, log?: (text: string) => void }} options
 *   `octet` N in 0..254 gives the addresses 127.0.N.i, so that instances live side by side;
 *   `fresh` forgets what an earlier run of this instance left (database, enrolments, recordings), logs excepted
 * @throws {Fault} when another process holds an instance in the same state directory
 */
export async function createSandbox({ name, stateDir = join(STATE_HOME, name), octet = 0, fresh = false, log = () => undefined }) {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) throw new Fault(`"${name}" cannot name a sandbox: use lower-case letters, digits and hyphens.`);
  if (!Number.isInteger(octet) || octet < 0 || octet > 254) throw new Fault(`The octet of a sandbox is a number from 0 to 254, not "${octet}".`);
  if (process.getuid?.() !== 0) throw new Fault('The sandbox needs root for chroot and mount namespaces: start it as root, or use Docker instead.');
  const rootfs = rootfsDirectory();
  const facts = await ensureRootfs({ directory: rootfs, mirror: process.env.NAILUP_DEBIAN_MIRROR, log });
  if (!TRIED_ASTERISK_VERSIONS.includes(facts.asterisk)) {
    log(`Asterisk ${facts.asterisk} is newer or older than what was tried (${TRIED_ASTERISK_VERSIONS.join(', ')}): it may well work.`);
  }
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const lock = await takeLock(join(stateDir, 'lock'), { waitMs: 0, what: `the sandbox "${name}"` });
  if (fresh) await forget(stateDir);
  /** @type {Stoppable[]} */
  const running = [];
  /**
   * @template {Stoppable} T
   * @param {Promise<T>} starting
   * @returns {Promise<T>}
   */
  const keep = async (starting) => {
    const part = await starting;
    running.push(part);
    return part;
  };
  return {
    name,
    octet,
    stateDir,
    rootfs,
    versions: { asterisk: facts.asterisk, mysql: facts.mysql },
    /** @param {{ port?: number }} [options] port: picked free when not given */
    mysql: (options = {}) => keep(startMysql({ rootfs, stateDir, ...options })),
    /** Three members of one replication group and the door to whichever takes writes: 127.0.<octet>.211-213 and .210, port 3306 each. */
    // Loaded when it is asked for: it needs a client of MySQL, and the rest of the sandbox runs before the first `npm ci`.
    mysqlGroup: async () => keep((await import('./mysql-group.mjs')).startMysqlGroup({ rootfs, stateDir, octet })),
    /** @param {import('./media-server.mjs').MediaServerOptions} options */
    mediaServer: (options) => keep(startMediaServer({ ...options, rootfs, stateDir, octet, templates: join(REPOSITORY, 'asterisk') })),
    /** @param {{ host?: string, port?: number, proxy?: string }} [options] 127.0.<octet>.100:5060 and the proxy at .110:5060 when not given */
    pstn: (options = {}) => keep(startPstn({ host: `127.0.${octet}.100`, port: 5060, proxy: `127.0.${octet}.110:5060`, ...options, rootfs, stateDir })),
    /** @param {import('./proxy.mjs').ProxyOptions} options 127.0.<octet>.110:5060 when it names no other */
    proxy: (options) => keep(startProxy({ host: `127.0.${octet}.110`, port: 5060, ...options, rootfs, stateDir, configuration: join(REPOSITORY, 'docker/kamailio') })),
    /** Plays a SIPp scenario. @param {string} scenario file @param {import('./sip.mjs').SippOptions} options */
    sipp: (scenario, options) => keep(startSipp(scenario, { ...options, rootfs, stateDir })),
    /** @param {import('./turn.mjs').TurnOptions} options */
    turn: (options) => keep(startTurn({ ...options, rootfs, stateDir, templates: join(REPOSITORY, 'docker/coturn') })),
    /** Stops everything, the last started first, and gives the instance free. */
    async stop() {
      for (const part of running.splice(0).reverse()) await part.stop();
      await lock.release();
    },
  };
}

/** @param {string} stateDir */
async function forget(stateDir) {
  for (const entry of await readdir(stateDir, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== 'log') await rm(join(stateDir, entry.name), { recursive: true, force: true });
  }
}
