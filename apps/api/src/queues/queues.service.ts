import { Injectable } from '@nestjs/common';
import type { PageQuery } from '../http/page.js';
import type { ChangeQueueBody, QueueBody, QueuePage, QueueView } from './queue.dto.js';

@Injectable()
export class QueuesService {
  list(_query: PageQuery): Promise<QueuePage> { throw new Error('not built'); }
  create(_body: QueueBody): Promise<QueueView> { throw new Error('not built'); }
  change(_id: string, _body: ChangeQueueBody): Promise<QueueView> { throw new Error('not built'); }
  remove(_id: string): Promise<void> { throw new Error('not built'); }
}
