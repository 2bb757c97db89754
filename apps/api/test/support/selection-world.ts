import type { PlacementView } from '../../src/selection/placement.view.js';
import { type Answer, call } from './api.js';
import { type FreshDatabase, freshDatabase } from './database.js';
import { type RunningManager, startManager } from './manager.js';
import { addApiKey, type PoolServer, seatsOf } from './pool.js';

/** How the manager says no. */
export interface Refusal {
  readonly code: string;
  readonly errors?: { pointer?: string; parameter?: string }[];
}

/** One manager on a database of its own, and the words a test speaks to it with. */
export interface SelectionWorld {
  readonly database: FreshDatabase;
  readonly manager: RunningManager;
  /** An API key that may place. */
  readonly integrator: string;
  place(token: string, body?: object, headers?: Record<string, string>): Promise<Answer<PlacementView>>;
  get<T>(token: string, path: string): Promise<Answer<T>>;
  act<T>(token: string, method: string, path: string, body?: object): Promise<Answer<T>>;
  /** What Asterisk is told. */
  lookUp(server: PoolServer, table: string, operation: string, form: string): Promise<string>;
  stop(): Promise<void>;
}

export async function selectionWorld(env: Readonly<Record<string, string>> = {}): Promise<SelectionWorld> {
  const database = await freshDatabase();
  const manager = await startManager({ databaseUrl: database.url, env });
  const at = '/api/v1/placements';
  return {
    database,
    manager,
    integrator: await addApiKey(database, ['placements:write']),
    place: (token, body = {}, headers = {}) => call(manager, 'POST', at, { token, body, headers }),
    get: (token, path) => call(manager, 'GET', `${at}${path}`, { token }),
    act: (token, method, path, body) => call(manager, method, `${at}${path}`, { token, body }),
    lookUp: async ({ realtimeToken }, table, operation, form) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return (await call<string>(manager, 'POST', `/api/v1/asterisk/realtime/${table}/${operation}`, { token: realtimeToken, body: form, headers })).body;
    },
    stop: async () => {
      await manager.stop();
      await database.drop();
    },
  };
}

/** Gives the next test the pool for itself. */
export async function emptyPool({ database }: SelectionWorld): Promise<void> {
  for (const table of ['placements', 'placement_failures', 'media_servers']) await database.query(`DELETE FROM ${table}`);
}

/** What must hold after whatever happened: the count of each server is the number of its live placements. */
export async function expectSeatsToBeRight(database: FreshDatabase): Promise<void> {
  for (const { seats, live } of await seatsOf(database)) expect(seats).toBe(live);
}
