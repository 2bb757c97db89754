// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually, pause } from './support/world.mjs';

/** A module that turns the clock of the process it is loaded into. @param {number} ms */
const turned = (ms) => `
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...parts) { if (parts.length === 0) super(Real.now() + ${ms}); else super(...parts); }
  static now() { return Real.now() + ${ms}; }
};
`;

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'clocks',
  breaks: 'two managers whose clocks are ten minutes apart from a third, one ahead and one behind',
  async run(world, figure) {
    const folder = mkdtempSync(join(tmpdir(), 'nailup-clocks-'));
    world.undo.push(async () => rmSync(folder, { recursive: true }));
    const shifts = [0, 600_000, -600_000];
    const managers = [];
    for (const [index, ms] of shifts.entries()) {
      const file = join(folder, `${index}.mjs`);
      writeFileSync(file, turned(ms));
      managers.push(await world.manager({}, ['--import', pathToFileURL(file).href]));
    }
    figure('managers that do not say that their clock is wrong', managers.slice(1).filter((manager) => !/The clock of this machine is \d+ s/.test(manager.log())).length, '', 0);
    const { api, crew } = await world.crowd(managers, world.small ? { servers: 6, agents: 30 } : { servers: 30, agents: 600 });
    await eventually('the leases are spread', async () => (await world.query('SELECT COUNT(DISTINCT ami_owner) AS n FROM media_servers'))[0].n === 3);
    const epochs = async () => JSON.stringify(await world.query('SELECT id, ami_epoch AS epoch FROM media_servers ORDER BY id'));
    const before = await epochs();
    await pause(world.small ? 6_000 : 60_000);
    figure('leases that were taken from a manager that lives', Number((await epochs()) !== before), '', 0);
    figure('agents who lost their seat', crew.figures.lost, '', 0);

    const ids = managers.map(() => crypto.randomUUID());
    await world.query('INSERT INTO agents (id, username, display_name, role, skills, enabled, password_hash) VALUES ?', [ids.map((id) => [id, `clock-${id}`, 'Agent', 'agent', '[]', true, 'none'])]);
    for (const [index, { url }] of managers.entries()) await api.ask('POST', `${url}/api/v1/placements`, { body: { agentId: ids[index] } });
    const left = await world.query("SELECT TIMESTAMPDIFF(MICROSECOND, NOW(3), expires_at) / 1e6 AS seconds FROM placements WHERE state = 'reserved' AND agent_id IN (?)", [ids]);
    figure('reservations that end earlier or later than they should', 3 - left.filter(({ seconds }) => seconds > 20 && seconds <= 30).length, '', 0);

    const person = `clock-admin-${randomBytes(3).toString('hex')}`;
    const password = `${person}-password`;
    const hash = await (await import('@node-rs/argon2')).hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    await world.query("INSERT INTO agents (id, username, display_name, role, skills, enabled, password_hash) VALUES (UUID(), ?, 'Admin', 'admin', '[]', TRUE, ?)", [person, hash]);
    let refused = 0;
    let wrong = 0;
    for (const { url } of managers) {
      const answer = await fetch(`${url}/api/v1/auth/login?app=admin`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: person, password }) });
      const { accessToken } = /** @type {any} */ (await answer.json());
      if (accessToken === undefined) throw new Error(`Nobody could sign in: ${answer.status}`);
      const { exp } = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString());
      const [{ now }] = await world.query('SELECT UNIX_TIMESTAMP(NOW(3)) AS now');
      if (Math.abs(exp - Number(now) - 600) > 10) wrong += 1;
      for (const other of managers) if ((await fetch(`${other.url}/api/v1/media-servers`, { headers: { authorization: `Bearer ${accessToken}` } })).status !== 200) refused += 1;
    }
    figure('tokens of one manager that another one refused', refused, '', 0);
    figure('tokens that end earlier or later than after ten minutes', wrong, '', 0);
  },
};
