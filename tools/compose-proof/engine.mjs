// @ts-check
// A Docker engine of our own: Debian's packages, a private socket and data directory, stopped by its process number.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { copyFile, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, findProgram, lastLines, processBirth, run, until } from '../sandbox/machine.mjs';

/**
 * @typedef {{ storageDriver: string, home: string,
 *   docker(args: string[], options?: { input?: string, quiet?: boolean, env?: Record<string, string> }): Promise<string>,
 *   compose: string[], stop(): Promise<void> }} Engine
 * `docker` answers stdout and throws a Fault with the last lines when the command fails
 */

/** Overlay copies nothing; vfs copies every layer and is there on any kernel. */
const STORAGE_DRIVERS = ['overlay2', 'vfs'];

/**
 * Installs what is missing and starts dockerd.
 * @param {{ home: string, log: (text: string) => void, onCommandOutput: (text: string) => void }} options
 *   `home` holds socket, images and log
 * @returns {Promise<Engine>}
 * @throws {Fault} when there is no engine to be had
 */
export async function startEngine({ home, log, onCommandOutput }) {
  await installPackages(log);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const socket = `unix://${join(home, 'docker.sock')}`;
  const before = { policy: await forwardPolicy(), forwarding: await readFile(FORWARDING, 'utf8') };
  const started = await startDaemon(home, socket, log);
  // Its own client directory: nobody's login and no plugin of this machine takes part.
  const clientHome = join(home, 'client');
  await mkdir(join(clientHome, 'cli-plugins'), { recursive: true });
  const env = { ...process.env, DOCKER_HOST: socket, DOCKER_CONFIG: clientHome, COMPOSE_ANSI: 'never', BUILDKIT_PROGRESS: 'plain' };

  /** @type {Engine['docker']} */
  const docker = async (args, options = {}) => {
    const [program, ...rest] = args[0] === 'compose' ? [...engine.compose, ...args.slice(1)] : ['docker', ...args];
    const result = await run(/** @type {string} */ (program), rest, {
      env: { ...env, ...options.env }, input: options.input, onOutput: options.quiet ? undefined : onCommandOutput,
    });
    if (result.code !== 0) throw new Fault(`docker ${args.join(' ')} failed: ${lastLines(result.output, 6)}`);
    return result.stdout;
  };
  /** @type {Engine} */
  const engine = {
    home,
    storageDriver: started.storageDriver,
    compose: ['docker', 'compose'],
    docker,
    stop: async () => {
      await started.stop();
      await forgetNetworks(before);
    },
  };
  return engine;
}

/**
 * Debian's stable docker-compose is the first generation, without the command `docker compose`. Its newer one is one file, taken from
 * the package of the newer suite by apt itself (so its signature is checked), inside the base image.
 * @param {Engine} engine
 * @param {string} image an image of the newer suite
 * @param {(text: string) => void} log
 * @returns {Promise<string>} the version in use
 */
export async function ensureCompose(engine, image, log) {
  const plugin = join(engine.home, 'client/cli-plugins/docker-compose');
  const present = async () => (await engine.docker(['compose', 'version', '--short'], { quiet: true }).catch(() => '')).trim();
  if (await present()) return present();
  for (const directory of ['/usr/libexec/docker/cli-plugins', '/usr/lib/docker/cli-plugins', '/usr/local/lib/docker/cli-plugins']) {
    if (existsSync(join(directory, 'docker-compose'))) await copyFile(join(directory, 'docker-compose'), plugin);
  }
  if (!existsSync(plugin)) {
    log('taking the second generation of docker compose from the newer suite');
    const get = 'cd /tmp && apt-get update -qq && apt-get download -qq docker-compose && dpkg-deb -x docker-compose_*.deb . && cp usr/libexec/docker/cli-plugins/docker-compose /out/';
    await engine.docker(['run', '--rm', '-v', `${join(engine.home, 'client/cli-plugins')}:/out`, image, 'sh', '-c', get]);
  }
  await chmod(plugin, 0o755);
  if (await present()) return present();
  await rm(plugin);
  engine.compose = ['docker-compose'];
  return present();
}

/** @param {(text: string) => void} log */
async function installPackages(log) {
  const wanted = { dockerd: 'docker.io', 'docker-compose': 'docker-compose', iptables: 'iptables', docker: 'docker-cli' };
  const missing = Object.entries(wanted).filter(([program]) => !findProgram(program)).map(([, name]) => name);
  // Before Debian 13 the client is part of docker.io.
  const packages = missing.filter((name) => name !== 'docker-cli' || !missing.includes('docker.io'));
  if (packages.length === 0) return;
  if (!findProgram('apt-get')) throw new Fault(`Missing ${packages.join(', ')} and this system has no apt-get: install a Docker engine and Compose.`);
  log(`installing ${packages.join(', ')} with apt-get`);
  // Single-user run level: maintainer scripts then start no second daemon beside ours.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const updated = await run('apt-get', ['update', '-qq'], { env });
  const installed = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  if (installed.code !== 0) throw new Fault(`${packages.join(', ')} could not be installed: ${lastLines(updated.output + installed.output, 2)}`);
}

/**
 * @param {string} home
 * @param {string} socket
 * @param {(text: string) => void} log
 */
async function startDaemon(home, socket, log) {
  for (const storageDriver of STORAGE_DRIVERS) {
    const daemon = await tryDaemon(home, socket, storageDriver);
    if (daemon) return { ...daemon, storageDriver };
    log(`dockerd does not start with ${storageDriver}`);
  }
  throw new Fault(`dockerd does not start on this machine (it needs root, cgroups, bridges and a packet filter): see ${join(home, 'dockerd.log')}.`);
}

/**
 * @param {string} home
 * @param {string} socket
 * @param {string} storageDriver
 * @returns {Promise<{ stop(): Promise<void> } | undefined>} undefined when it ended again or never answered
 */
async function tryDaemon(home, socket, storageDriver) {
  const pidFile = join(home, 'dockerd.pid');
  const old = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
  if (old && processBirth(old)) throw new Fault(`A Docker engine runs in ${home} already (process ${old}): end it first.`);
  await rm(pidFile, { force: true });
  const log = openSync(join(home, 'dockerd.log'), 'w', 0o600);
  const child = spawn('dockerd', [
    '--host', socket, '--data-root', join(home, 'data'), '--exec-root', join(home, 'exec'), '--pidfile', pidFile,
    '--storage-driver', storageDriver,
  ], { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let ended = false;
  child.once('exit', () => { ended = true; });
  child.once('error', () => { ended = true; });
  const answers = async () => ended || (await run('docker', ['--host', socket, 'version'])).code === 0;
  await until(answers, { withinMs: 30_000, everyMs: 200 });
  const stop = async () => {
    if (ended) return;
    child.kill('SIGTERM');
    if (!(await until(() => ended, { withinMs: 30_000 }))) child.kill('SIGKILL');
  };
  if (!ended && (await run('docker', ['--host', socket, 'version'])).code === 0) return { stop };
  await stop();
  return undefined;
}

/** Whether this machine hands packets on at all: dockerd turns it on. */
const FORWARDING = '/proc/sys/net/ipv4/ip_forward';

/** @returns {Promise<string>} what this machine does with packets that are not for itself */
async function forwardPolicy() {
  const { stdout } = await run('iptables', ['-S', 'FORWARD']);
  return /^-P FORWARD (\w+)/m.exec(stdout)?.[1] ?? 'ACCEPT';
}

/**
 * dockerd leaves its bridge and its packet rules behind; on a machine that is not ours alone they are taken back.
 * @param {{ policy: string, forwarding: string }} before of the chain FORWARD, and whether packets were handed on, before we came
 */
async function forgetNetworks({ policy, forwarding }) {
  await writeFile(FORWARDING, forwarding);
  await run('ip', ['link', 'delete', 'docker0']);
  await run('iptables', ['-P', 'FORWARD', policy]);
  for (const table of ['nat', 'filter']) {
    const { stdout } = await run('iptables', ['-t', table, '-S']);
    const rules = stdout.split('\n').filter((line) => /docker/i.test(line) || /-s 172\.17\.0\.0\/16 .*MASQUERADE/.test(line));
    for (const rule of rules.filter((line) => line.startsWith('-A'))) await run('iptables', ['-t', table, '-D', ...rule.split(' ').slice(1)]);
    for (const rule of rules.filter((line) => line.startsWith('-N'))) await run('iptables', ['-t', table, '-X', ...rule.split(' ').slice(1)]);
  }
}
