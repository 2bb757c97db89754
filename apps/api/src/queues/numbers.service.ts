import { Injectable } from '@nestjs/common';
import type { PageQuery } from '../http/page.js';
import type { ChangeNumberBody, NumberBody, NumberPage, NumberView } from './queue.dto.js';

@Injectable()
export class NumbersService {
  list(_query: PageQuery): Promise<NumberPage> { throw new Error('not built'); }
  create(_body: NumberBody): Promise<NumberView> { throw new Error('not built'); }
  change(_id: string, _body: ChangeNumberBody): Promise<NumberView> { throw new Error('not built'); }
  remove(_id: string): Promise<void> { throw new Error('not built'); }
}
