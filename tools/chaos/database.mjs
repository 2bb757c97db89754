// @ts-check
// MySQL is killed and started again, is slow, and fails over in a group of three, while agents sit and talk.

import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { STATE_HOME, createSandbox } from '../sandbox/index.mjs';
import { until } from '../sandbox/machine.mjs';
import { layLine } from './database/line.mjs';
import { tellStory } from './database/story.mjs';

/** @typedef {import('./database/story.mjs').Figure} Figure */

/**
 * @param {{ small: boolean, log: (text: string) => void, octet?: number, only?: 'killed' | 'slow' | 'fails-over' }} options
 * @returns {Promise<Figure[]>}
 */
export async function run({ small, log, octet = 118, only }) {
  /** @type {[string, (stage: Stage) => Promise<Figure[]>][]} */
  const stories = [['killed', killed], ['slow', slow], ['fails-over', failsOver]];
  const figures = [];
  for (const [name, story] of stories) {
    if (only && only !== name) continue;
    const stateDir = join(STATE_HOME, `chaos-database-${name}`);
    await rm(stateDir, { recursive: true, force: true });
    const box = await createSandbox({ name: `chaos-db-${name}`, stateDir, octet, fresh: true, log });
    try {
      figures.push(...(await story({ box, agents: small ? 6 : 40, small, stateDir, log })));
    } finally {
      await box.stop();
    }
  }
  return figures;
}

/** @typedef {{ box: Awaited<ReturnType<typeof createSandbox>>, agents: number, small: boolean, stateDir: string, log: (text: string) => void }} Stage */

/** kill -9, and the same data again on the same port. @param {Stage} stage */
async function killed({ box, agents, small, stateDir, log }) {
  let mysql = await box.mysql();
  const { port, url } = mysql;
  return tellStory({
    agents, stateDir, log, databaseUrl: url, readUrl: url,
    fault: { what: 'MySQL killed and restarted', away: true, lastsMs: small ? 6_500 : 300_000, begin: () => mysql.kill(), end: async () => { mysql = await box.mysql({ port }); } },
  });
}

/** Every answer two seconds late. @param {Stage} stage */
async function slow({ box, agents, small, stateDir, log }) {
  const mysql = await box.mysql();
  const line = await layLine(mysql.url);
  try {
    return await tellStory({
      agents, stateDir, log, databaseUrl: line.url, readUrl: mysql.url,
      fault: { what: 'MySQL 2 s slow', away: false, lastsMs: small ? 6_500 : 60_000, begin: async () => line.slow(2_000), end: async () => line.slow(0) },
    });
  } finally {
    await line.close();
  }
}

/** kill -9 of the primary of three; the two others go on, and the dead one joins them again. @param {Stage} stage */
async function failsOver({ box, agents, stateDir, log }) {
  const group = await box.mysqlGroup();
  let began = 0;
  let dead = await group.primary();
  let tookMs = 0;
  const figures = await tellStory({
    agents, stateDir, log, databaseUrl: group.url, readUrl: group.url,
    fault: {
      what: 'MySQL fails over', away: true, lastsMs: 2_000,
      begin: async () => { began = performance.now(); await dead?.kill(); },
      end: async () => {
        if (!(await until(async () => (await group.primary()) !== undefined, { withinMs: 60_000 }))) throw new Error('The group elected no primary.');
        tookMs = performance.now() - began;
      },
    },
  });
  await dead?.rejoin();
  dead = await group.primary();
  log(`${dead?.name} is primary now, and the dead one is back in the group`);
  return [{ name: 'MySQL fails over: from kill -9 to a new primary', value: Math.round(tookMs), unit: 'ms', goal: '<= 15000', met: tookMs <= 15_000 }, ...figures];
}

if (import.meta.filename === process.argv[1]) {
  const only = /** @type {any} */ (process.argv.find((word) => ['killed', 'slow', 'fails-over'].includes(word)));
  const figures = await run({ small: !process.argv.includes('--full'), log: console.log, ...(only ? { only } : {}) });
  for (const { name, value, unit, goal, met } of figures) console.log(`${met ? 'met   ' : 'MISSED'}  ${name}: ${value} ${unit} (goal ${goal})`);
  process.exitCode = figures.every(({ met }) => met) ? 0 : 1;
}
