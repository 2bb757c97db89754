// @ts-check
// The story told on the composed system: agents come, hear, are counted; a media server dies and comes back.

import { becomesTrue, checkWalls, conferences, mediaServers, openPhone, place, playTone, signIn } from './system.mjs';
import { Fault } from '../sandbox/machine.mjs';

/**
 * @param {{ engine: import('./engine.mjs').Engine, compose: import('./system.mjs').Compose, url: string, root: string,
 *   log: (text: string) => void, shown: import('./system.mjs').Shown, undo: (() => Promise<unknown>)[] }} world
 *   what `undo` holds is done at the end, last first
 * @returns {Promise<string>} the password of the demo accounts
 * @throws {Fault} at the first fact that does not come true
 */
export async function tellStory({ engine, compose, url, root, log, shown, undo }) {
  const password = await shown('the demo accounts are in the log of "demo"', async () => {
    let found = '';
    await becomesTrue('the demo accounts are there', 60_000, async () => {
      found = /password: (\S+)/.exec(await compose(['logs', '--no-color', 'demo']))?.[1] ?? '';
      return found !== '';
    });
    return found;
  });
  const admin = await signIn(url, 'admin', password);
  await shown('both media servers have enrolled and are healthy', () => becomesTrue('two healthy media servers', 90_000, async () => {
    const servers = await mediaServers(admin);
    return servers.length === 2 && servers.every(({ health }) => health === 'healthy');
  }));
  await shown('the consoles are served', async () => {
    for (const path of ['/softphone/', '/admin/', '/api/openapi.json']) {
      const answer = await fetch(url + path);
      if (!answer.ok) throw new Fault(`${path} answers ${answer.status}.`);
    }
  });
  await shown('walls', () => checkWalls(engine, compose));

  const [first, second] = await Promise.all([signIn(url, 'agent1', password), signIn(url, 'agent2', password)]);
  const phone = await openPhone(root, log);
  undo.push(() => phone.close());
  const seat = await place(first);
  const service = seat.mediaServer.name;
  await shown('agent1 joins her seat with a stock SIP.js page', async () => {
    const { outcome } = await phone.call(seat);
    if (outcome !== 'Established') throw new Fault(`The INVITE ended in: ${outcome}`);
    return `${service} at ${seat.mediaServer.webSocketUrl}`;
  });
  await shown('confbridge list and the manager agree', () => becomesTrue('agent1 is counted', 10_000, async () => {
    const counted = (await mediaServers(admin)).find(({ name }) => name === service)?.utilisation.agentsInCall;
    return (await conferences(compose, service))[seat.conference] === 1 && counted === 1;
  }));
  await shown('she hears the test tone through the published media ports', async () => {
    await playTone(compose, service, seat.conference);
    await becomesTrue('the test tone has joined', 5_000, async () => (await conferences(compose, service))[seat.conference] === 2);
    const { hertz, decibel } = await phone.hear();
    if (Math.abs(hertz - 1004) > 6 || decibel < -50) throw new Fault(`She hears ${hertz.toFixed(1)} Hz at ${decibel.toFixed(0)} dB.`);
    return `${hertz.toFixed(1)} Hz at ${decibel.toFixed(0)} dB`;
  });
  await shown('agent2 is sent to the other media server', async () => {
    const { mediaServer } = await place(second);
    if (mediaServer.name === service) throw new Fault(`agent2 was sent to ${service} too.`);
    return mediaServer.name;
  });

  await shown(`${service} is killed: the manager says down and has released her seat`, async () => {
    await compose(['kill', service]);
    await becomesTrue(`${service} is down`, 30_000, async () => {
      const down = (await mediaServers(admin)).find(({ name }) => name === service)?.health === 'down';
      return down && (await first('GET', `/placements/${seat.id}`)).body.releaseReason === 'media_server_failed';
    });
  });
  await shown('agent1 gets a seat on the other one', async () => {
    const { mediaServer } = await place(first);
    if (mediaServer.name === service) throw new Fault(`She was sent to ${service} again.`);
    return mediaServer.name;
  });
  await shown(`${service} is started again and comes back by itself, without a token`, async () => {
    await compose(['up', '-d', '--no-deps', service]);
    await becomesTrue(`${service} is healthy again`, 60_000, async () => (await mediaServers(admin)).find(({ name }) => name === service)?.health === 'healthy');
  });
  return password;
}
