// @ts-check
// `npm start -- --check`: what this machine has and lacks, in words. `npm start` itself asks the same questions before it begins.

import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY, rootfsDirectory } from './sandbox/index.mjs';
import { lockHolder } from './sandbox/lock.mjs';
import { Fault, findProgram, isFree, lastLines, run } from './sandbox/machine.mjs';
import { TRIED_ASTERISK_VERSIONS, readRootfs } from './sandbox/rootfs.mjs';
import { isFreeUdp } from './sandbox/sip.mjs';
import { MEDIA_SERVERS } from './settings.mjs';
import { say } from './steps.mjs';
import { buildLacks, dependenciesLack } from './workspace.mjs';

/**
 * `ok`: there. `later`: missing, and the next start makes it. `bad`: missing, and only the operator can mend it.
 * @typedef {{ state: 'ok' | 'later' | 'bad', words: string }} Finding
 * @typedef {import('./settings.mjs').Settings} Settings
 */

const NODE = [20, 19];
const GIGABYTE = 1024 ** 3;
/** Root file system, dependencies and a database that grows; three Asterisk, MySQL and the manager. */
const NEEDED = { disk: 3 * GIGABYTE, memory: 1.5 * GIGABYTE };
const PROGRAMS = ['setpriv', 'unshare', 'nsenter', 'mount', 'chroot', 'chown'];

/** @param {string} words @returns {Finding} */
const ok = (words) => ({ state: 'ok', words });
/** @param {string} words @returns {Finding} */
const later = (words) => ({ state: 'later', words });
/** @param {string} words @returns {Finding} */
const bad = (words) => ({ state: 'bad', words });

/** What stops everything else from being asked. @returns {Promise<Finding[]>} */
async function machine() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const newEnough = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  const findings = [
    newEnough ? ok(`Node ${process.versions.node}`) : bad(`Node ${process.versions.node} is too old: install ${NODE.join('.')} or newer.`),
    process.platform === 'linux' ? ok('Linux') : bad(`The sandbox needs Linux, this is ${process.platform}: use Docker instead (docker compose -f docker/compose.yaml up).`),
    process.getuid?.() === 0 ? ok('root') : bad('The sandbox needs root for chroot and mount namespaces: start with sudo, or use Docker instead.'),
  ];
  const missing = PROGRAMS.filter((name) => !findProgram(name));
  findings.push(missing.length ? bad(`${missing.join(', ')} missing: install the packages util-linux, mount and coreutils.`) : ok('programs to run a sandbox'));
  if (findings.every(({ state }) => state === 'ok')) {
    const { code, output } = await run('unshare', ['--mount', 'true']);
    findings.push(code === 0 ? ok('mount namespaces') : bad(`This machine forbids mount namespaces (${lastLines(output, 1)}): in a container start it privileged, or use Docker instead.`));
  }
  return findings;
}

/** @returns {Promise<Finding[]>} */
async function room() {
  const { bavail, bsize } = await statfs(REPOSITORY);
  const free = bavail * bsize;
  const has = existsSync(rootfsDirectory());
  /** @param {number} bytes */
  const gigabytes = (bytes) => `${(bytes / GIGABYTE).toFixed(1)} GB`;
  return [
    has || free >= NEEDED.disk ? ok(`disk: ${gigabytes(free)} free`) : bad(`Only ${gigabytes(free)} of disk are free: ${gigabytes(NEEDED.disk)} are needed.`),
    freemem() >= NEEDED.memory ? ok(`memory: ${gigabytes(freemem())} free`) : bad(`Only ${gigabytes(freemem())} of memory are free: ${gigabytes(NEEDED.memory)} are needed.`),
  ];
}

/** What the first start makes. @returns {Promise<Finding[]>} */
async function made() {
  const dependencies = await dependenciesLack();
  const built = await buildLacks();
  const findings = [
    dependencies ? later(`dependencies: ${dependencies}`) : ok('dependencies'),
    built ? later(`build: ${built}`) : ok('build'),
  ];
  const root = await readRootfs(rootfsDirectory());
  if (root) {
    const tried = TRIED_ASTERISK_VERSIONS.includes(root.asterisk);
    findings.push(ok(`sandbox: Asterisk ${root.asterisk}${tried ? '' : ` (tried: ${TRIED_ASTERISK_VERSIONS.join(', ')})`}, MySQL ${root.mysql}`));
  } else if (findProgram('mmdebstrap') || findProgram('apt-get')) {
    findings.push(later(`sandbox: the root file system is not made yet${findProgram('mmdebstrap') ? '' : ', and mmdebstrap is to be installed with apt-get'}`));
  } else {
    findings.push(bad('The sandbox is made by mmdebstrap, and there is neither that nor apt-get: use Docker instead (docker compose -f docker/compose.yaml up).'));
  }
  return findings;
}

/** @param {Settings} settings @returns {Promise<Finding[]>} */
async function addresses(settings) {
  const holder = await lockHolder(join(settings.stateDir, 'lock'));
  if (holder) return [ok(`running as process ${holder}`)];
  const wanted = [{ what: 'the manager', host: settings.listen, port: settings.port, way: 'set PORT to another one' }];
  MEDIA_SERVERS.forEach((name, index) => {
    const given = settings.mediaServers[index];
    const own = `127.0.0.${index + 1}`;
    const bind = settings.publicName ? '0.0.0.0' : (given.NAILUP_BIND ?? own);
    const standard = settings.publicName ? 8089 + 100 * index : 8088;
    wanted.push({ what: `WebSocket of ${name}`, host: bind, port: Number(given.NAILUP_WS_PORT ?? standard), way: `set NAILUP_MEDIA_${index + 1}_WS_PORT to another one` });
    wanted.push({ what: `AMI of ${name}`, host: given.NAILUP_AMI_BIND ?? own, port: Number(given.NAILUP_AMI_PORT ?? 5038), way: `set NAILUP_MEDIA_${index + 1}_AMI_PORT to another one` });
  });
  if (!settings.publicName) wanted.push({ what: 'the relay', ...settings.turn, way: 'set NAILUP_TURN_HOST or NAILUP_TURN_PORT to another one' });
  /** @type {Finding[]} */
  const findings = [];
  for (const { what, host, port, way } of wanted) {
    if (!(await isFree(port, host))) findings.push(bad(`${host}:${port} (${what}) cannot be listened on, somebody else may hold it: ${way}.`));
  }
  for (const { what, name, host, port } of [{ what: 'the SIP proxy', name: 'PROXY', ...settings.proxy }, { what: 'the telephone network', name: 'PSTN', ...settings.pstn }]) {
    if (!(await isFreeUdp(port, host))) findings.push(bad(`${host}:${port}, UDP (${what}) cannot be listened on, somebody else may hold it: set NAILUP_${name}_HOST or NAILUP_${name}_PORT to another one.`));
  }
  return findings.length ? findings : [ok(`addresses: ${wanted.map(({ host, port }) => `${host}:${port}`).join(', ')}`)];
}

/**
 * @param {Settings} settings
 * @returns {Promise<Finding[]>}
 */
export async function examine(settings) {
  return [...(await machine()), ...(await room()), ...(await made()), ...(await addresses(settings))];
}

/**
 * Prints findings.
 * @param {Finding[]} findings
 * @returns {number} exit status: 0 everything is there, 1 the operator must mend something, 2 the next start makes what is missing
 */
export function report(findings) {
  const marks = { ok: 'ok  ', later: '--  ', bad: '!!  ' };
  for (const { state, words } of findings) say(`  ${marks[state]}${words}`);
  const worst = findings.some(({ state }) => state === 'bad') ? 1 : findings.some(({ state }) => state === 'later') ? 2 : 0;
  say(['\nEverything is there.', '\nLines with !! must be mended first.', '\nLines with -- are missing; "npm start" makes them.'][worst]);
  return worst;
}

/**
 * What must hold before anything is begun.
 * @param {Settings} settings
 * @throws {Fault} with all that is wrong, a sentence each
 */
export async function demand(settings) {
  const holder = await lockHolder(join(settings.stateDir, 'lock'));
  if (holder) throw new Fault(`Nailup runs already on this machine (process ${holder}): stop that one first.`);
  const wrong = [...(await machine()), ...(await room()), ...(await addresses(settings))].filter(({ state }) => state === 'bad');
  if (wrong.length) throw new Fault(wrong.map(({ words }) => words).join('\n'));
}
