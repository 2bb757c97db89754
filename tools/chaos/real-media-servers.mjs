// @ts-check
import { AmiSession } from '../../libs/ami/dist/index.js';
import { packetFilter } from './support/packet-filter.mjs';
import { openRealPool } from './support/real-pool.mjs';
import { residentOf } from './support/resident.mjs';
import { eventually, pause } from './support/world.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'real-media-servers',
  breaks: 'five real Asterisk servers with 20 agents each: SIGSTOP, AMI cut by a packet filter, flood, kill -9, and kill -9 of the manager that watches',
  async run(world, figure) {
    const filter = world.small ? null : await packetFilter();
    const servers = world.small ? 2 : 5;
    const pool = await openRealPool(world, { servers, agents: world.small ? 2 : 20 });
    const { media, managers, until } = pool;

    // Each with a client of the echo, as a call would bring one.
    const [stopped, cut, flooded, killed] = [media[0], media[1 % servers], media[2 % servers], media[3 % servers]];
    const talks = pool.seats.filter((seat) => seat.server === stopped.name)[0];
    const ami = await logIn(world, stopped);
    await ami.action({ Action: 'Originate', Channel: `Local/${talks.conference}@client/n`, Async: 'true', Context: 'tone', Exten: 'tone', Priority: '1' });
    await eventually('her client is counted', async () => (await world.query('SELECT client_legs AS n FROM placements WHERE id = ?', [talks.id]))[0].n > 0);
    const beats = setInterval(() => void pool.post(`/placements/${talks.id}/heartbeat`).catch(() => undefined), 2_000);
    await stopped.kill('SIGSTOP');
    figure('SIGSTOP: until it is down', await until(stopped.name, 'down'), 's', 6);
    await pause(2_000);
    await stopped.kill('SIGCONT');
    figure('SIGCONT: until it is back', await until(stopped.name, 'healthy'), 's', 10);
    figure('SIGSTOP: talking agents who lost their seat', Number((await world.query('SELECT state FROM placements WHERE id = ?', [talks.id]))[0].state !== 'connected'), '', 0);
    figure('SIGSTOP: talking agents who lost their leg', Number(talks.leg.state !== 'up'), '', 0);
    clearInterval(beats);

    if (filter) {
      const { host, port } = cut.ami;
      const mend = await filter.cut([['-d', '--dport'], ['-s', '--sport']].map(([side, which]) => [side, host, '-p', 'tcp', which, String(port)]));
      world.undo.push(mend);
      figure('AMI cut: until it is down', await until(cut.name, 'down'), 's', 6);
      await mend();
      figure('AMI cut: until it is back', await until(cut.name, 'healthy'), 's', 10);
      figure('AMI cut: legs of other media servers that ended', pool.lost([stopped.name, cut.name]), '', 0);
    }

    const flood = await logIn(world, flooded);
    const calm = await pool.now();
    const before = Math.max(...managers.map(({ pid }) => residentOf(pid)));
    const heard = await late(managers, flooded.name);
    const seconds = world.small ? 5 : 60;
    let sent = 0;
    for (const began = performance.now(); performance.now() < began + seconds * 1_000; await pause(5)) {
      for (const due = ((performance.now() - began) / 1_000) * 5_000; sent < due; sent += 1) flood.action({ Action: 'UserEvent', UserEvent: 'NailupFlood', Number: String(sent) }).catch(() => undefined);
    }
    await eventually('the last echo is told', async () => (await late(managers, flooded.name)).count > heard.count);
    const echoes = await late(managers, flooded.name);
    const count = echoes.count - heard.count;
    world.log(`${sent} events in ${seconds} s, ${count} echoes of that media server meanwhile`);
    figure('flood: share of echoes that took longer than 250 ms', (echoes.late - heard.late) / count, '', 0.01);
    figure('flood: memory of a manager above the calm', Math.max(...managers.map(({ pid }) => residentOf(pid))) - before, 'MB', 50);
    figure('flood: times a media server was not healthy', await pool.changes(calm), '', 0);

    const [{ owner }] = await world.query('SELECT ami_owner AS owner FROM media_servers WHERE name = ?', [killed.name]);
    const [doomed, stays] = managers[0].name === owner ? managers : [...managers].reverse();
    managers.splice(0, 2, stays);
    const standing = pool.seats.filter(({ leg }) => leg.state === 'up').length;
    await doomed.signal('SIGKILL');
    figure('kill -9 of a manager: until its media servers are owned again', await eventually('they are', async () => (await world.query('SELECT id FROM media_servers WHERE ami_owner IS NULL OR ami_owner <> ? OR ami_lease_until <= NOW(3)', [stays.name])).length === 0), 's', 5);
    figure('kill -9 of a manager: legs that ended by it', standing - pool.seats.filter(({ leg }) => leg.state === 'up').length, '', 0);
    const died = performance.now();
    const since = () => (performance.now() - died) / 1_000;
    await killed.kill('SIGKILL');
    await until(killed.name, 'down');
    figure('kill -9 of a media server: until it is down', since(), 's', 3);
    // By the transaction after the one that says it is down.
    await eventually('no seat is left on it', async () => (await pool.booked(killed.name)) === 0);
    figure('kill -9 of a media server: until no seat is left on it', since(), 's', 3);
    const began = performance.now();
    await killed.start();
    await until(killed.name, 'healthy');
    figure('kill -9 of a media server: until it is back, from its start on', (performance.now() - began) / 1_000, 's', 10);
  },
};

/** @param {import('./support/world.mjs').ChaosWorld} world @param {import('../sandbox/media-server.mjs').MediaServer} server */
async function logIn(world, server) {
  const session = new AmiSession({ ...server.ami, pingTimeoutMs: 600_000 });
  session.on('event', () => undefined);
  await session.connect();
  world.undo.push(() => session.close());
  await session.action({ Action: 'Events', EventMask: 'off' });
  return session;
}

/** Echoes of a media server, over both managers. @param {import('./support/world.mjs').ChaosManager[]} managers @param {string} name */
async function late(managers, name) {
  const texts = await Promise.all(managers.map((manager) => manager.metrics()));
  const sum = (/** @type {string} */ le) => texts.reduce((all, text) => all + Number(new RegExp(`nailup_ami_event_latency_seconds_bucket\\{le="${le}",media_server="${name}"\\} (\\d+)`).exec(text)?.[1] ?? 0), 0);
  const count = sum('\\+Inf');
  return { count, late: count - sum('0.25') };
}
