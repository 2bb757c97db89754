// @ts-check
// The public base images of our Dockerfiles, made here from Debian packages under the same names, for machines that reach no image registry.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault, findProgram, lastLines, run } from '../sandbox/machine.mjs';

/** @typedef {import('./engine.mjs').Engine} Engine */

const here = dirname(fileURLToPath(import.meta.url));
/** What this machine trusts, beyond the public authorities: a company's own proxy, for instance. */
const MACHINE_CA = '/etc/ssl/certs/ca-certificates.crt';
const CA_PLACE = '/etc/ssl/certs/ca-certificates.crt';

/** Same names as in docker/*.Dockerfile and docker/compose.yaml. */
export const DEBIAN = 'debian:sid-slim';
export const NODE = 'node:20-bookworm-slim';
export const MYSQL = 'mysql:9';

/**
 * Makes the base images that are missing.
 * @param {Engine} engine
 * @param {(text: string) => void} log
 */
export async function ensureBaseImages(engine, log) {
  const has = async (/** @type {string} */ image) => (await engine.docker(['images', '--quiet', image], { quiet: true })).trim() !== '';
  if (!(await has(DEBIAN))) await importSuite(engine, { image: DEBIAN, suite: 'sid', log });
  if (!(await has(NODE))) {
    const node = findProgram('node');
    const npm = '/usr/lib/node_modules/npm';
    if (!node) throw new Fault('No node in PATH to put into the base image.');
    await importSuite(engine, {
      image: NODE,
      suite: 'bookworm',
      log,
      // Debian's own Node is too old there; the one that runs this script was built for the same C library.
      hooks: [
        `upload ${node} /usr/local/bin/node`,
        'chmod 0755 "$1/usr/local/bin/node"',
        'mkdir -p "$1/usr/local/lib/node_modules"',
        `copy-in ${npm} /usr/local/lib/node_modules`,
        'ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/usr/local/bin/npm"',
        'ln -s ../lib/node_modules/npm/bin/npx-cli.js "$1/usr/local/bin/npx"',
        'chroot "$1" useradd --uid 1000 --user-group --create-home --shell /bin/sh node',
      ],
      packages: ['libstdc++6'],
      changes: [`ENV NODE_EXTRA_CA_CERTS=${CA_PLACE}`, 'CMD ["node"]'],
    });
  }
  if (!(await has(MYSQL))) {
    log(`making ${MYSQL} on ${DEBIAN}`);
    await engine.docker(['build', '--tag', MYSQL, join(here, 'mysql')]);
  }
}

/**
 * One suite as an image of one layer.
 * @param {Engine} engine
 * @param {{ image: string, suite: string, hooks?: string[], packages?: string[], changes?: string[], log: (text: string) => void }} what
 */
async function importSuite(engine, { image, suite, hooks = [], packages = [], changes = [], log }) {
  if (!findProgram('mmdebstrap')) throw new Fault('The base images need mmdebstrap: apt-get install mmdebstrap.');
  log(`making ${image} with mmdebstrap`);
  const directory = await mkdtemp(join(tmpdir(), 'nailup-base-'));
  const archive = join(directory, 'root.tar');
  try {
    const aptOptions = join(directory, 'apt.conf');
    // A mirror that is a snapshot may be older than the validity its Release file promises.
    await writeFile(aptOptions, 'Acquire::Check-Valid-Until "false";\n');
    const made = await run('unshare', [
      '--mount', '--fork', '--kill-child', 'mmdebstrap',
      '--mode=root', '--variant=minbase', '--format=tar',
      '--aptopt=Acquire::Check-Valid-Until "false"', '--aptopt=APT::Install-Recommends "false"',
      ...['doc', 'man', 'locale', 'info'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`),
      ...(packages.length > 0 ? [`--include=${packages.join(',')}`] : []),
      '--customize-hook=mkdir -p "$1/etc/ssl/certs"',
      `--customize-hook=upload ${MACHINE_CA} ${CA_PLACE}`,
      `--customize-hook=upload ${aptOptions} /etc/apt/apt.conf.d/99snapshot`,
      ...hooks.map((hook) => `--customize-hook=${hook}`),
      suite, archive,
    ]);
    if (made.code !== 0) throw new Fault(`${image} could not be made: ${lastLines(made.output, 3)}`);
    await engine.docker(['import', ...changes.flatMap((change) => ['--change', change]), archive, image], { quiet: true });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
