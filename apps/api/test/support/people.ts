import { randomUUID } from 'node:crypto';
import { PasswordHasher } from '../../src/identity/password-hasher.js';
import { scopes } from '../../src/identity/scopes.js';
import { type FreshDatabase, freshDatabase } from './database.js';
import { type ManagerOptions, type RunningManager, startManager } from './manager.js';
import { addApiKey, tokenFor } from './pool.js';

export const password = 'correct-horse-battery';

/** One manager, its database, and one person of each role with the token each would have after signing in. */
export interface Office {
  readonly database: FreshDatabase;
  readonly manager: RunningManager;
  readonly ids: Readonly<Record<'admin' | 'supervisor' | 'agent', string>>;
  readonly tokens: Readonly<Record<'admin' | 'supervisor' | 'agent' | 'integrator', string>>;
  close(): Promise<void>;
}

/** Adds somebody who can sign in with `password`. */
export async function addPerson(database: FreshDatabase, username: string, role: string): Promise<string> {
  const id = randomUUID();
  const passwordHash = await new PasswordHasher().hash(password);
  await database.query("INSERT INTO agents (id, username, display_name, role, skills, password_hash) VALUES (?, ?, ?, ?, '[]', ?)", [id, username, username, role, passwordHash]);
  return id;
}

export async function openOffice(env: ManagerOptions['env'] = {}): Promise<Office> {
  const database = await freshDatabase();
  const ids = { admin: await addPerson(database, 'alma', 'admin'), supervisor: await addPerson(database, 'sue', 'supervisor'), agent: await addPerson(database, 'ann', 'agent') };
  const integrator = await addApiKey(database, scopes);
  const manager = await startManager({ databaseUrl: database.url, env });
  return {
    database,
    manager,
    ids,
    tokens: { admin: tokenFor(ids.admin), supervisor: tokenFor(ids.supervisor), agent: tokenFor(ids.agent), integrator },
    close: async () => {
      await manager.stop();
      await database.drop();
    },
  };
}
