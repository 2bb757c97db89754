import { Injectable } from '@nestjs/common';
import type { Caller } from '../identity/caller.js';
import type { CallQuery, DispositionBody, DtmfBody, PlaceCallBody } from './call.dto.js';
import type { CallLadderView, CallPage, CallView } from './call.view.js';

/** What people and integrators may ask of calls. */
@Injectable()
export class CallsService {
  place(_caller: Caller, _body: PlaceCallBody): Promise<CallView> { throw new Error('not built'); }
  list(_caller: Caller, _query: CallQuery): Promise<CallPage> { throw new Error('not built'); }
  get(_caller: Caller, _id: string): Promise<CallView> { throw new Error('not built'); }
  ladder(_caller: Caller, _id: string): Promise<CallLadderView> { throw new Error('not built'); }
  hangUp(_caller: Caller, _id: string): Promise<CallView> { throw new Error('not built'); }
  hold(_caller: Caller, _id: string): Promise<CallView> { throw new Error('not built'); }
  resume(_caller: Caller, _id: string): Promise<CallView> { throw new Error('not built'); }
  dtmf(_caller: Caller, _id: string, _body: DtmfBody): Promise<CallView> { throw new Error('not built'); }
  dispose(_caller: Caller, _id: string, _body: DispositionBody): Promise<CallView> { throw new Error('not built'); }
}
