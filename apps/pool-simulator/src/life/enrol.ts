import type { Pool } from '../pool.js';
import type { SimulatedServer } from '../server.js';
import type { ManagerApi } from './manager-api.js';

interface Enrolled {
  readonly id: string;
  readonly serverToken: string;
  readonly realtime: { readonly url: string; readonly token: string };
}

const atOnce = 8;

/**
 * Makes every media server known to the pool of the managers, as provision.sh of a real one does.
 * @param token good for as many as there are
 * @throws Error with what the manager said
 */
export async function enrol(pool: Pool, manager: ManagerApi, token: string): Promise<void> {
  await inTurns(pool.servers, atOnce, async (server) => {
    const answer = await manager.call<Enrolled>('POST', '/media-servers/enrol', { token: server.enrolled?.serverToken ?? token, body: factsOf(server) });
    if (answer.status !== 201 && answer.status !== 200) throw new Error(`${server.name} was not enrolled (${answer.status}): ${JSON.stringify(answer.body)}`);
    server.enrolled = answer.body;
  });
}

/** Agents by name, made where they are missing. Each needs a password, which a manager hashes: some fifty a second. @returns their ids */
export async function recruit(manager: ManagerApi, count: number, prefix: string, made: (done: number) => void = () => undefined): Promise<string[]> {
  const present = new Map((await manager.all<{ id: string; username: string }>('/agents')).map(({ id, username }) => [username, id]));
  const names = Array.from({ length: count }, (_, index) => `${prefix}-agent-${String(index + 1).padStart(5, '0')}`);
  let done = 0;
  return inTurns(names, atOnce, async (username) => {
    const known = present.get(username);
    if (known !== undefined) return known;
    for (;;) {
      const answer = await manager.call<{ id: string }>('POST', '/agents', {
        body: { username, displayName: username, password: `${username}-of-the-simulator` },
      });
      made((done += 1));
      if (answer.status === 201) return answer.body.id;
      if (answer.status !== 503 && answer.status !== 429) throw new Error(`${username} was not made (${answer.status}): ${JSON.stringify(answer.body)}`);
      await new Promise((resolve) => setTimeout(resolve, (answer.retryAfter ?? 1) * 1_000));
    }
  });
}

/** Does the work for all, a few at a time, and answers in their order. */
export async function inTurns<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
    }),
  );
  return results;
}

function factsOf({ name, host, port, sipAddress, username, secret, capacity, region }: SimulatedServer): unknown {
  return {
    name,
    host,
    webSocketUrl: `ws://${host}:8088/ws`,
    sipUri: `sip:${sipAddress}`,
    ami: { host, port, tls: false, username, secret },
    capacity,
    ...(region === null ? {} : { region }),
  };
}
