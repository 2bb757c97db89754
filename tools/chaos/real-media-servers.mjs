// @ts-check
import { AmiSession } from '../../libs/ami/dist/index.js';
import { run } from '../sandbox/machine.mjs';
import { Phone } from '../testing/sip-phone.mjs';
import { openPlainSeats } from './support/plain-seats.mjs';
import { residentOf } from './support/resident.mjs';
import { eventually, pause } from './support/world.mjs';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'real-media-servers',
  breaks: 'five real Asterisk servers with 20 agents each: SIGSTOP, AMI cut by a packet filter, flood, kill -9, and kill -9 of the manager that watches',
  async run(world, figure) {
    const [servers, agents] = world.small ? [2, 2] : [5, 20];
    const box = await world.sandbox();
    const managers = [await world.manager(), await world.manager()];
    const seats = await openPlainSeats(() => managers.map(({ url }) => url));
    world.undo.push(() => seats.close());
    const token = await world.enrolmentToken(servers);
    const media = [];
    for (let index = 1; index <= servers; index += 1) {
      media.push(await box.mediaServer({ name: `real-${index}`, index, managers: [seats.url], enrolmentToken: token, env: { NAILUP_SIP_PROXY: `127.0.${box.octet}.110:5060` } }));
    }
    const health = async (/** @type {string} */ name) => (await world.query('SELECT health FROM media_servers WHERE name = ?', [name]))[0]?.health;
    const until = (/** @type {string} */ name, /** @type {string} */ state) => eventually(`${name} is ${state}`, async () => (await health(name)) === state, 60_000);
    for (const { name } of media) await until(name, 'healthy');

    const phone = await Phone.open(`127.0.${box.octet}.90`);
    world.undo.push(async () => phone.close());
    const all = await seatAgents(world, managers[0].url, phone, servers * agents);
    await eventually('everybody is counted', async () => (await world.query("SELECT COUNT(*) AS n FROM placements WHERE state = 'connected'"))[0].n === all.length, 60_000);
    const legsOf = (/** @type {string} */ name) => all.filter((seat) => seat.server === name);
    const lost = (/** @type {string[]} */ but) => all.filter(({ server, leg }) => !but.includes(server) && leg.state !== 'up').length;

    // Each with a client of the echo, as a call would bring one.
    const [stopped, cut, flooded, killed] = [media[0], media[1 % servers], media[2 % servers], media[3 % servers]];
    const talks = legsOf(stopped.name)[0];
    const ami = await logIn(world, stopped);
    await ami.action({ Action: 'Originate', Channel: `Local/${talks.conference}@client/n`, Async: 'true', Context: 'tone', Exten: 'tone', Priority: '1' });
    await eventually('her client is counted', async () => (await world.query('SELECT client_legs AS n FROM placements WHERE id = ?', [talks.id]))[0].n > 0);
    const beats = setInterval(() => void fetch(`${managers[0].url}/api/v1/placements/${talks.id}/heartbeat`, { method: 'POST', headers: { authorization: `Bearer ${world.apiKey}` } }).catch(() => undefined), 2_000);
    await stopped.kill('SIGSTOP');
    figure('SIGSTOP: until it is down', await until(stopped.name, 'down'), 's', 6);
    await pause(2_000);
    await stopped.kill('SIGCONT');
    figure('SIGCONT: until it is back', await until(stopped.name, 'healthy'), 's', 10);
    figure('SIGSTOP: talking agents who lost their seat', Number((await world.query('SELECT state FROM placements WHERE id = ?', [talks.id]))[0].state !== 'connected'), '', 0);
    figure('SIGSTOP: talking agents who lost their leg', Number(talks.leg.state !== 'up'), '', 0);
    clearInterval(beats);

    const filter = async (/** @type {string} */ what) => {
      for (const chain of ['INPUT', 'OUTPUT']) {
        for (const [side, port] of [['-d', '--dport'], ['-s', '--sport']]) await run('iptables', [what, chain, side, cut.ami.host, '-p', 'tcp', port, String(cut.ami.port), '-j', 'DROP']);
      }
    };
    world.undo.push(() => filter('-D').catch(() => undefined));
    if (servers > 2) {
      await filter('-I');
      figure('AMI cut: until it is down', await until(cut.name, 'down'), 's', 6);
      await filter('-D');
      figure('AMI cut: until it is back', await until(cut.name, 'healthy'), 's', 10);
      figure('AMI cut: legs of other media servers that ended', lost([stopped.name, cut.name]), '', 0);
    }

    const flood = await logIn(world, flooded);
    const before = Math.max(...managers.map(({ pid }) => residentOf(pid)));
    const end = performance.now() + (world.small ? 5_000 : 60_000);
    let sent = 0;
    for (const began = performance.now(); performance.now() < end; await pause(5)) {
      for (const due = ((performance.now() - began) / 1_000) * 5_000; sent < due; sent += 1) flood.action({ Action: 'UserEvent', UserEvent: 'NailupFlood', Number: String(sent) }).catch(() => undefined);
    }
    await eventually('the last echo is told', async () => (await late(managers, flooded.name)).count > 0);
    const echoes = await late(managers, flooded.name);
    world.log(`${sent} events in ${world.small ? 5 : 60} s, ${echoes.count} echoes of that media server`);
    figure('flood: share of echoes that took longer than 250 ms', echoes.late / echoes.count, '', 0.01);
    figure('flood: memory of a manager above the calm', Math.max(...managers.map(({ pid }) => residentOf(pid))) - before, 'MB', 50);
    figure('flood: media servers that are not healthy', Number((await world.query("SELECT COUNT(*) AS n FROM media_servers WHERE health <> 'healthy'"))[0].n), '', 0);

    const [{ owner }] = await world.query('SELECT ami_owner AS owner FROM media_servers WHERE name = ?', [killed.name]);
    const [doomed, stays] = managers[0].name === owner ? managers : [...managers].reverse();
    managers.splice(0, 2, stays);
    const standing = all.filter(({ leg }) => leg.state === 'up').length;
    await doomed.signal('SIGKILL');
    figure('kill -9 of a manager: until its media servers are owned again', await eventually('they are', async () => (await world.query('SELECT id FROM media_servers WHERE ami_owner <> ? OR ami_lease_until <= NOW(3)', [stays.name])).length === 0), 's', 5);
    figure('kill -9 of a manager: legs that ended by it', standing - all.filter(({ leg }) => leg.state === 'up').length, '', 0);
    await killed.kill('SIGKILL');
    figure('kill -9 of a media server: until it is down', await until(killed.name, 'down'), 's', 3);
    figure('kill -9 of a media server: seats that are left on it', Number((await world.query("SELECT COUNT(*) AS n FROM placements p JOIN media_servers s ON s.id = p.media_server_id WHERE s.name = ? AND p.state IN ('reserved', 'connected', 'lost')", [killed.name]))[0].n), '', 0);
    await killed.start();
    figure('kill -9 of a media server: until it is back after its start', await until(killed.name, 'healthy'), 's', 10);
  },
};

/** @param {import('./support/world.mjs').ChaosWorld} world @param {string} url @param {Phone} phone @param {number} count */
async function seatAgents(world, url, phone, count) {
  const ids = Array.from({ length: count }, () => crypto.randomUUID());
  await world.query('INSERT INTO agents (id, username, display_name, role, skills, enabled, password_hash) VALUES ?', [ids.map((id) => [id, `real-${id}`, 'Agent', 'agent', '[]', true, 'none'])]);
  const seats = [];
  for (const agentId of ids) {
    const answer = await fetch(`${url}/api/v1/placements`, { method: 'POST', headers: { authorization: `Bearer ${world.apiKey}`, 'content-type': 'application/json' }, body: JSON.stringify({ agentId }) });
    const { id, conference, mediaServer, sip } = /** @type {any} */ (await answer.json());
    if (!answer.ok) throw new Error(`No seat: ${answer.status}`);
    const { username, password } = sip;
    const [{ sip: uri }] = await world.query('SELECT sip_uri AS sip FROM media_servers WHERE id = ?', [mediaServer.id]);
    const at = uri.replace('sip:', '');
    const leg = await phone.call(`sip:seat@${at}`, { from: `sip:${username}@${at.split(':')[0]}`, credentials: { user: username, password } });
    await eventually(`${username} is answered`, () => leg.state === 'up', 10_000);
    seats.push({ id, conference, server: mediaServer.name, leg });
  }
  return seats;
}

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
