import { rows, type Tx } from '../database/database.js';

/** Where an INVITE leads. */
export type Destination =
  | { readonly kind: 'queue'; readonly queueId: string; readonly skills: readonly string[]; readonly musicClass: string | null }
  /** One agent and no other; `there` when she is at work: seated, whatever she does at the moment. */
  | { readonly kind: 'agent'; readonly agentId: string; readonly there: boolean }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unknown' };

const byName = /^agent:(.+)$/;

interface NumberSql {
  readonly number: string;
  readonly queueId: string | null;
  readonly agentId: string | null;
  readonly skills: string[] | null;
  readonly musicClass: string | null;
}

interface AgentSql {
  readonly id: string;
  readonly username: string;
  readonly there: number;
}

/** Where these numbers, or `agent:<username>`, lead. */
export async function readDestinations(tx: Tx, wanted: readonly string[]): Promise<(to: string) => Destination> {
  const usernames = wanted.flatMap((to) => byName.exec(to)?.[1] ?? []);
  const numbers = wanted.filter((to) => !byName.test(to));
  const led = numbers.length === 0 ? [] : await rows<NumberSql>(
    tx,
    `SELECT n.live_number AS number, q.id AS queueId, n.agent_id AS agentId, q.skills, q.music_class AS musicClass
     FROM numbers n LEFT JOIN queues q ON q.id = n.queue_id AND q.deleted_at IS NULL WHERE n.live_number IN (?)`,
    [numbers],
  );
  const agents = await readAgents(tx, usernames, led.flatMap(({ agentId }) => agentId ?? []));
  const byUsername = new Map(agents.map((agent) => [agent.username.toLowerCase(), agent]));
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const byNumber = new Map(led.map((one) => [one.number, one]));
  const agentOf = (agent: AgentSql | undefined): Destination => (agent ? { kind: 'agent', agentId: agent.id, there: agent.there !== 0 } : { kind: 'nobody' });
  return (to) => {
    const username = byName.exec(to)?.[1];
    if (username !== undefined) return agentOf(byUsername.get(username.toLowerCase()));
    const number = byNumber.get(to);
    if (number === undefined) return { kind: 'unknown' };
    const { queueId, agentId, skills, musicClass } = number;
    if (agentId !== null) return agentOf(byId.get(agentId));
    return queueId === null ? { kind: 'nobody' } : { kind: 'queue', queueId, skills: skills ?? [], musicClass };
  };
}

async function readAgents(tx: Tx, usernames: readonly string[], ids: readonly string[]): Promise<AgentSql[]> {
  const read = (condition: string, values: readonly string[]): Promise<AgentSql[]> =>
    values.length === 0 ? Promise.resolve([]) : rows<AgentSql>(
      tx,
      `SELECT a.id, a.username, a.enabled AND a.state <> 'offline' AND p.id IS NOT NULL AS there
       FROM agents a LEFT JOIN placements p ON p.live_agent_id = a.id WHERE a.deleted_at IS NULL AND ${condition} IN (?)`,
      [values],
    );
  return [...(await read('a.live_username', usernames)), ...(await read('a.id', ids))];
}
