import { Injectable } from '@nestjs/common';
import { CallRepository } from '../calls/call.repository.js';
import { type CallView, toCallView } from '../calls/call.view.js';
import type { Caller } from '../identity/caller.js';
import { invalid, problem } from '../problem/problem.js';
import { Completing } from './completing.js';
import { Consultations } from './consultations.js';
import { HandingOn } from './handing-on.js';
import { readTarget } from './transfer-target.js';
import type { TransferBody } from './transfer.dto.js';

/** What people and integrators may ask of transfers. */
@Injectable()
export class TransfersService {
  constructor(
    private readonly calls: CallRepository,
    private readonly handing: HandingOn,
    private readonly consultations: Consultations,
    private readonly completing: Completing,
  ) {}

  async transfer(caller: Caller, id: string, { to, kind }: TransferBody): Promise<CallView> {
    const target = readTarget(to);
    if (kind === 'warm') {
      if (target.kind === 'queue') throw invalid([{ pointer: '/kind', message: 'must be blind for a queue: there is nobody to talk with' }]);
      await this.consultations.begin(caller, id, target);
    } else if (target.kind === 'agent') await this.handing.toAgent(caller, id, target.username);
    else if (target.kind === 'queue') await this.handing.toQueue(caller, id, target.name);
    else await this.handing.toNumber(caller, id, target.typed);
    return this.#view(id);
  }

  async complete(caller: Caller, id: string): Promise<CallView> {
    await this.completing.complete(caller, id);
    return this.#view(id);
  }

  async cancel(caller: Caller, id: string): Promise<CallView> {
    await this.consultations.cancel(caller, id);
    return this.#view(id);
  }

  async join(caller: Caller, id: string): Promise<CallView> {
    await this.consultations.join(caller, id);
    return this.#view(id);
  }

  async #view(id: string): Promise<CallView> {
    const call = await this.calls.find(id);
    if (call === null) throw problem('CALL.NOT_FOUND');
    return toCallView(call);
  }
}
