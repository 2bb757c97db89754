import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { defaultSettings } from '../settings/settings.service.js';

const queueName = 'Support';
/** Where the numbers of the demo lead: to the queue, or to an agent by user name. */
const numbers = [
  { number: '+15550200', agent: null },
  { number: '+15550201', agent: 'agent1' },
];
/** The numbers that the PSTN of the sandbox answers: 555-01xx is fiction, which no country's numbering plan allows by itself. */
const alsoAllowed = ['+155501'];

/**
 * Makes the queue and the numbers of the demo, and allows its numbers to be dialled. Repeated, it changes nothing; what a person changed or removed
 * meanwhile stays as they left it.
 */
export async function seedDemoRouting(dataSource: DataSource): Promise<void> {
  await dataSource.query("INSERT INTO queues (id, name, skills) SELECT ?, ?, '[]' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM queues WHERE name = ?)", [newId(), queueName, queueName]);
  for (const { number, agent } of numbers) {
    await dataSource.query(
      `INSERT INTO numbers (id, number, queue_id, agent_id)
       SELECT ?, ?, there.queue_id, there.agent_id
       FROM (SELECT (SELECT id FROM queues WHERE live_name = ? AND ? IS NULL) AS queue_id, (SELECT id FROM agents WHERE live_username = ?) AS agent_id) AS there
       WHERE COALESCE(there.queue_id, there.agent_id) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM numbers WHERE number = ?)`,
      [newId(), number, queueName, agent, agent, number],
    );
  }
  await dataSource.query("UPDATE pool SET settings = JSON_SET(settings, '$.dialling', CAST(? AS JSON)) WHERE id = 1 AND NOT JSON_CONTAINS_PATH(settings, 'one', '$.dialling')", [
    JSON.stringify({ ...defaultSettings.dialling, alsoAllowed }),
  ]);
}
