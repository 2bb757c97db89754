// @ts-check
// What an operator may set for `npm start`: options of the command line and environment variables, checked here once.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { STATE_HOME } from './sandbox/index.mjs';
import { Fault } from './sandbox/machine.mjs';

export const USAGE = `npm start                    start everything on this machine
npm start -- --check         say what is missing, start nothing
npm start -- --host NAME     serve other machines too, as https://NAME (self-signed)

Environment: PORT=3000  HOST=127.0.0.1  NAILUP_DEMO_PASSWORD  NAILUP_MYSQL_PORT  NAILUP_ROOTFS  NAILUP_DEBIAN_MIRROR  LOG_LEVEL
  NAILUP_MEDIA_<n>_<NAME> gives media server n the variable NAILUP_<NAME> of asterisk/provision.sh, e.g. NAILUP_MEDIA_1_WS_PORT=8090
  NAILUP_PSTN_HOST=127.0.0.100  NAILUP_PSTN_PORT=5060  NAILUP_PROXY_HOST=127.0.0.110  NAILUP_PROXY_PORT=5060
  NAILUP_TURN_HOST=127.0.0.130  NAILUP_TURN_PORT=3478`;

/** Media servers of the demo; two are enough to see agents being spread. */
export const MEDIA_SERVERS = ['media-1', 'media-2'];

/**
 * @typedef {object} Settings
 * @property {'start' | 'check' | 'help'} task
 * @property {string | undefined} publicName given with --host: the name other machines use
 * @property {string} listen address the manager listens on
 * @property {number} port
 * @property {number | undefined} mysqlPort
 * @property {string | undefined} password of the demo accounts, when the operator chose one
 * @property {string} stateDir
 * @property {{ host: string, port: number }} pstn
 * @property {{ host: string, port: number }} proxy the SIP proxy
 * @property {{ host: string, port: number }} turn the relay; with --host it listens on the public address
 * @property {Record<string, string>[]} mediaServers variables the operator gave each of them
 * @property {string} logLevel of the manager
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 * @throws {Fault} naming the first one that makes no sense
 */
export function readSettings(args, env) {
  const { check, help, host } = parse(args);
  if (host !== undefined && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host)) {
    throw new Fault(`--host takes the name or IPv4 address other machines use for this one, not "${host}".`);
  }
  return {
    task: help ? 'help' : check ? 'check' : 'start',
    publicName: host,
    listen: env.HOST || (host ? '0.0.0.0' : '127.0.0.1'),
    port: readPort(env, 'PORT') ?? 3000,
    mysqlPort: readPort(env, 'NAILUP_MYSQL_PORT'),
    password: env.NAILUP_DEMO_PASSWORD || undefined,
    stateDir: join(STATE_HOME, 'demo'),
    pstn: { host: env.NAILUP_PSTN_HOST || '127.0.0.100', port: readPort(env, 'NAILUP_PSTN_PORT') ?? 5060 },
    proxy: { host: env.NAILUP_PROXY_HOST || '127.0.0.110', port: readPort(env, 'NAILUP_PROXY_PORT') ?? 5060 },
    turn: { host: env.NAILUP_TURN_HOST || '127.0.0.130', port: readPort(env, 'NAILUP_TURN_PORT') ?? 3478 },
    mediaServers: MEDIA_SERVERS.map((_, index) => variablesOf(env, `NAILUP_MEDIA_${index + 1}_`)),
    logLevel: env.LOG_LEVEL || 'info',
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false }, host: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @returns {number | undefined}
 */
function readPort(env, name) {
  const text = env[name];
  if (!text) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Fault(`${name} must be a port from 1 to 65535, not "${text}".`);
  return port;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} prefix
 * @returns {Record<string, string>}
 */
function variablesOf(env, prefix) {
  const given = Object.entries(env).filter(([name, value]) => name.startsWith(prefix) && value);
  return Object.fromEntries(given.map(([name, value]) => [`NAILUP_${name.slice(prefix.length)}`, /** @type {string} */ (value)]));
}
