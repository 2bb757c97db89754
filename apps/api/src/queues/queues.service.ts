import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/database.js';
import { lockDispatch } from '../database/dispatch-lock.js';
import { afterId, defaultLimit, type PageQuery, toPage } from '../http/page.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import type { ChangeQueueBody, QueueBody, QueuePage, QueueView } from './queue.dto.js';
import { type QueueRecord, QueueRepository } from './queue.repository.js';

/** Where callers wait, as an operator sets it. */
@Injectable()
export class QueuesService {
  constructor(
    private readonly database: Database,
    private readonly queues: QueueRepository,
  ) {}

  async list({ limit = defaultLimit, cursor }: PageQuery): Promise<QueuePage> {
    return toPage(await this.queues.list(afterId(cursor), limit + 1), limit, (queue) => queue);
  }

  /** @throws Problem QUEUE.NAME_TAKEN */
  create({ name, skills, musicClass, maxWaitSeconds }: QueueBody): Promise<QueueView> {
    return this.database.inTransaction(async (tx) => {
      const added = await this.queues.add(tx, { name, skills: once(skills ?? []), musicClass: musicClass ?? null, maxWaitSeconds: maxWaitSeconds ?? null });
      await appendEvents(tx, [changed(added)]);
      return added;
    });
  }

  /**
   * Changes what is given, for callers who wait already too.
   * @throws Problem QUEUE.NOT_FOUND, QUEUE.NAME_TAKEN
   */
  change(id: string, body: ChangeQueueBody): Promise<QueueView> {
    return this.database.inTransaction(async (tx) => {
      const before = await this.#present(tx, id);
      const after = await this.queues.change(tx, id, {
        name: body.name ?? before.name,
        skills: body.skills === undefined ? before.skills : once(body.skills),
        musicClass: body.musicClass === undefined ? before.musicClass : body.musicClass,
        maxWaitSeconds: body.maxWaitSeconds === undefined ? before.maxWaitSeconds : body.maxWaitSeconds,
      });
      await appendEvents(tx, [changed(after)]);
      return after;
    });
  }

  /** @throws Problem QUEUE.NOT_FOUND when there never was such a queue, QUEUE.IN_USE */
  remove(id: string): Promise<void> {
    return this.database.inTransaction(async (tx) => {
      // A route that is being found puts a caller into the queue under the same lock: before this, or never.
      await lockDispatch(tx);
      const queue = await this.queues.lock(tx, id);
      if (queue === null) throw problem('QUEUE.NOT_FOUND');
      if (queue === 'deleted') return;
      if (await this.queues.isInUse(tx, id)) throw problem('QUEUE.IN_USE');
      await this.queues.markDeleted(tx, id);
      await appendEvents(tx, [changed(queue, true)]);
    });
  }

  async #present(tx: Tx, id: string): Promise<QueueRecord> {
    const queue = await this.queues.lock(tx, id);
    if (queue === null || queue === 'deleted') throw problem('QUEUE.NOT_FOUND');
    return queue;
  }
}

/** What the consoles are told of a queue that was made, changed or removed. */
function changed({ id: queueId, name }: QueueRecord, deleted = false): NewEvent {
  return { type: 'queue.changed', subject: queueId, data: { queueId, name, deleted } };
}

function once(skills: readonly string[]): string[] {
  return [...new Set(skills)];
}
