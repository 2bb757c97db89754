import { rows, type Tx } from './database.js';

/**
 * Locks the one row that whoever promises an agent to a caller locks first, so that callers of all managers and media servers are served one after
 * the other. Lock order: dispatch, pool, media server, placement, call, agent, event_head.
 */
export async function lockDispatch(tx: Tx): Promise<void> {
  const [found] = await rows<{ id: number }>(tx, 'SELECT id FROM dispatch WHERE id = 1 FOR UPDATE');
  if (!found) throw new Error('The dispatch row is missing: the database was not migrated.');
}
