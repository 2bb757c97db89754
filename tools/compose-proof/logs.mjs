// @ts-check
// What must not stand in the logs of the composed system.

import { Fault } from '../sandbox/machine.mjs';

/** @typedef {import('./system.mjs').Compose} Compose */

/** Whoever sees a secret of one of these could act in its place. "demo" is left out: it tells its password on purpose. */
const SERVICES = ['secrets', 'migrate', 'enrolment', 'proxy-key', 'mysql', 'manager', 'proxy', 'turn', 'media-1', 'media-2'];
const SECRETS = [['manager', '/var/lib/nailup/secrets'], ['proxy', '/var/lib/nailup/proxy'], ['media-1', '/var/lib/nailup/enrolment']];

/**
 * @param {Compose} compose
 * @param {string} service
 * @param {RegExp} [expected] what it had to say, because the story made it so
 * @throws {Fault} with its first errors
 */
export async function holdsNoError(compose, service, expected) {
  const lines = (await compose(['logs', '--no-color', service])).split('\n');
  const wrong = lines.filter((line) => /\b(ERROR|CRITICAL|ALERT|EMERG|BUG)\b/i.test(line) && !expected?.test(line));
  if (wrong.length > 0) throw new Fault(`The log of ${service} holds ${wrong.length} errors: ${wrong.slice(0, 3).join(' / ')}`);
}

/**
 * @param {Compose} compose
 * @param {string} turnSecret
 * @returns {Promise<string>} how much was read
 * @throws {Fault} naming the secret and the service
 */
export async function holdNoSecret(compose, turnSecret) {
  const files = await Promise.all(SECRETS.map(
    ([service, folder]) => compose(['exec', '-T', service, 'sh', '-c', `cd ${folder} && for file in *; do echo "$file $(cat $file)"; done`]),
  ));
  const secrets = files.join('\n').split('\n').filter(Boolean).map((line) => line.split(' ')).concat([['turn-secret', turnSecret]]);
  let lines = 0;
  for (const service of SERVICES) {
    const text = await compose(['logs', '--no-color', service]);
    lines += text.split('\n').length;
    const told = secrets.find(([, secret]) => text.includes(secret));
    if (told) throw new Fault(`The log of ${service} holds ${told[0]}.`);
  }
  return `${lines} lines looked at for ${secrets.length} secrets`;
}
