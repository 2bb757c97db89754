import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/database.js';
import { afterId, defaultLimit, type PageQuery, toPage } from '../http/page.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { invalid, problem } from '../problem/problem.js';
import { type Destination, NumberRepository } from './number.repository.js';
import type { ChangeNumberBody, NumberBody, NumberPage, NumberView } from './queue.dto.js';

/** Which number leads where. */
@Injectable()
export class NumbersService {
  constructor(
    private readonly database: Database,
    private readonly numbers: NumberRepository,
  ) {}

  async list({ limit = defaultLimit, cursor }: PageQuery): Promise<NumberPage> {
    return toPage(await this.numbers.list(afterId(cursor), limit + 1), limit, (number) => number);
  }

  /** @throws Problem NUMBER.TAKEN, REQUEST.INVALID when it leads nowhere, to two places or to somebody unknown */
  create(body: NumberBody): Promise<NumberView> {
    const wanted = oneOf(body);
    return this.database.inTransaction(async (tx) => {
      await this.#mustExist(tx, wanted);
      const added = await this.numbers.add(tx, body.number, wanted);
      await appendEvents(tx, [changed(added)]);
      return added;
    });
  }

  /**
   * Leads the number elsewhere: naming a queue takes it from its agent, and the other way round.
   * @throws Problem NUMBER.NOT_FOUND, REQUEST.INVALID
   */
  change(id: string, body: ChangeNumberBody): Promise<NumberView> {
    return this.database.inTransaction(async (tx) => {
      const before = await this.numbers.lock(tx, id);
      if (before === null || before === 'deleted') throw problem('NUMBER.NOT_FOUND');
      const named = body.queueId != null || body.agentId != null;
      const wanted = oneOf({
        queueId: body.queueId === undefined && !named ? before.queueId : body.queueId,
        agentId: body.agentId === undefined && !named ? before.agentId : body.agentId,
      });
      await this.#mustExist(tx, { queueId: wanted.queueId === before.queueId ? null : wanted.queueId, agentId: wanted.agentId === before.agentId ? null : wanted.agentId });
      await this.numbers.lead(tx, id, wanted);
      await appendEvents(tx, [changed({ ...before, ...wanted })]);
      return { ...before, ...wanted };
    });
  }

  /** @throws Problem NUMBER.NOT_FOUND when there never was such a number */
  remove(id: string): Promise<void> {
    return this.database.inTransaction(async (tx) => {
      const number = await this.numbers.lock(tx, id);
      if (number === null) throw problem('NUMBER.NOT_FOUND');
      if (number === 'deleted') return;
      await this.numbers.markDeleted(tx, id);
      await appendEvents(tx, [changed(number, true)]);
    });
  }

  async #mustExist(tx: Tx, { queueId, agentId }: Destination): Promise<void> {
    if (queueId !== null && !(await this.numbers.holdQueue(tx, queueId))) throw invalid([{ pointer: '/queueId', message: 'is no queue' }]);
    if (agentId !== null && !(await this.numbers.agentExists(tx, agentId))) throw invalid([{ pointer: '/agentId', message: 'is no agent' }]);
  }
}

/** What the consoles are told of a number that was added, led elsewhere or removed. */
function changed({ id: numberId, number, queueId, agentId }: NumberView, deleted = false): NewEvent {
  return { type: 'number.changed', subject: numberId, data: { numberId, number, queueId, agentId, deleted } };
}

/** Ids as they are kept; @throws Problem REQUEST.INVALID unless there is exactly one */
function oneOf({ queueId, agentId }: { queueId?: string | null; agentId?: string | null }): Destination {
  const wanted = { queueId: queueId?.toLowerCase() ?? null, agentId: agentId?.toLowerCase() ?? null };
  if ((wanted.queueId === null) === (wanted.agentId === null)) {
    const message = wanted.queueId === null ? 'must be given, or the other one: a number leads to a queue or to an agent' : 'must not be given together: a number leads to a queue or to an agent';
    throw invalid([{ pointer: '/queueId', message }, { pointer: '/agentId', message }]);
  }
  return wanted;
}
