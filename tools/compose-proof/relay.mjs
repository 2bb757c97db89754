// @ts-check
// The story of the relay that `--profile turn` starts.

import { Fault } from '../sandbox/machine.mjs';
import { servesRecording } from './calls.mjs';
import { becomesTrue, checkContainer, checkImage, place, signIn, support } from './system.mjs';

/**
 * @param {{ engine: import('./engine.mjs').Engine, compose: import('./system.mjs').Compose, url: string, address: string, password: string, recording: string,
 *   port: number, root: string, log: (text: string) => void, shown: import('./system.mjs').Shown }} world
 *   `compose` with the profile; `port` of the relay; `recording`: id of one that was stored before the manager was made anew
 * @throws {Fault} at the first fact that does not come true
 */
export async function tellRelayStory({ engine, compose, url, address, password, recording, port, root, log, shown }) {
  await shown('the relay is healthy, no root, with read-only programs and no secret in its image', async () => {
    await becomesTrue('the relay is healthy', 40_000, async () => {
      const [{ State }] = JSON.parse(await engine.docker(['inspect', (await compose(['ps', '-q', 'turn'])).trim()], { quiet: true }));
      return State.Health.Status === 'healthy';
    });
    await checkContainer(compose, 'turn');
    await checkImage(engine, 'nailup-turn:local');
  });
  await shown('a manager that was made anew serves the recording from the volume', async () => {
    await becomesTrue('the manager serves again', 60_000, async () => (await fetch(`${url}/health/ready`)).ok);
    return servesRecording(await signIn(url, 'admin', password), recording);
  });
  const { TurnClient } = await support(root, 'turn-client', log);
  await shown('the relay gives an allocation to who was given a seat, towards the media servers and nobody else', async () => {
    const { iceServers } = await place(await signIn(url, 'agent2', password));
    const relay = iceServers.find(({ urls }) => [urls].flat().some((one) => one.startsWith(`turn:${address}:`)));
    if (!relay) throw new Fault(`The seat comes with ${JSON.stringify(iceServers.map(({ urls }) => urls))}.`);
    const client = new TurnClient({ host: address, port }, relay.username, relay.credential);
    try {
      const allocated = await client.allocate();
      if (allocated !== 0) throw new Fault(`The relay refuses the credentials of a seat: ${allocated}.`);
      const allowed = await client.permission(address);
      if (allowed !== 0) throw new Fault(`The relay does not reach the media servers: ${allowed}.`);
      for (const other of ['127.0.0.1', '10.213.57.2']) {
        const refused = await client.permission(other);
        if (refused !== 403) throw new Fault(`Of ${other} the relay says ${refused}, not 403.`);
      }
      return `${[relay.urls].flat().join(', ')}; 403 for 127.0.0.1 and the managers' network`;
    } finally {
      client.close();
    }
  });
}
