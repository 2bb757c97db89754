import type { AmiClock } from './clock.js';
import { AmiError } from './errors.js';
import type { AmiMessage } from './message.js';
import { AmiRefusal } from './refusal.js';

interface Pending {
  action: string;
  timeoutMs: number;
  cancel: () => void;
  /** When the last part of the answer came. */
  heardAt: number;
  /** Items so far of a list; undefined for an action with a single answer. */
  items: AmiMessage[] | undefined;
  resolve(value: AmiMessage | AmiMessage[]): void;
  reject(error: unknown): void;
}

/** The actions that wait for an answer. Each of them settles exactly once: answer, refusal, time-out or end of the session. */
export class PendingActions {
  private readonly waiting = new Map<string, Pending>();
  private lists = 0;

  constructor(
    private readonly clock: AmiClock,
    private readonly maxListItems: number,
  ) {}

  expectResponse(actionId: string, action: string, timeoutMs: number): Promise<AmiMessage> {
    return this.expect(actionId, action, timeoutMs, undefined) as Promise<AmiMessage>;
  }

  expectList(actionId: string, action: string, timeoutMs: number): Promise<AmiMessage[]> {
    return this.expect(actionId, action, timeoutMs, []) as Promise<AmiMessage[]>;
  }

  response(message: AmiMessage): void {
    const pending = this.of(message);
    if (!pending) return;
    if (message.Response === 'Error') this.settle(message.ActionID, (one) => one.reject(new AmiRefusal(pending.action, message)));
    // A list goes on after its response; an answer without one has nothing more to come.
    else if (!pending.items) this.settle(message.ActionID, (one) => one.resolve(message));
    else if (message.get('EventList') === undefined) this.settle(message.ActionID, (one) => one.resolve([]));
  }

  /** Takes an event that is part of a list somebody waits for; answers whether it was one. */
  item(message: AmiMessage): boolean {
    if (this.lists === 0) return false;
    const pending = this.of(message);
    if (!pending?.items) return false;
    const mark = message.get('EventList');
    if (mark === 'Complete' || mark === 'Cancelled') {
      const said = Number(message.get('ListItems') ?? pending.items.length);
      this.settle(message.ActionID, (one) => {
        if (mark === 'Complete' && said === one.items?.length) one.resolve(one.items);
        else one.reject(new AmiError('list-incomplete', `${one.action} listed ${one.items?.length} of ${said} items (${mark})`));
      });
    } else if (pending.items.push(message) > this.maxListItems) {
      this.settle(message.ActionID, (one) => one.reject(new AmiError('list-too-long', `${one.action} listed more than ${this.maxListItems} items`)));
    } else {
      pending.heardAt = this.clock.now();
    }
    return true;
  }

  fail(actionId: string, error: unknown): void {
    this.settle(actionId, (pending) => pending.reject(error));
  }

  failAll(reason: AmiError): void {
    for (const actionId of [...this.waiting.keys()]) {
      this.settle(actionId, (pending) => pending.reject(new AmiError(reason.fault, `${pending.action} was not answered: ${reason.message}`, { cause: reason })));
    }
  }

  private expect(actionId: string, action: string, timeoutMs: number, items: AmiMessage[] | undefined): Promise<unknown> {
    if (this.waiting.has(actionId)) return Promise.reject(new AmiError('field-invalid', `The ActionID ${actionId} is in use`));
    return new Promise((resolve, reject) => {
      const pending: Pending = { action, timeoutMs, items, heardAt: this.clock.now(), resolve, reject, cancel: () => undefined };
      this.watch(actionId, pending, timeoutMs);
      this.waiting.set(actionId, pending);
      if (items) this.lists += 1;
    });
  }

  private watch(actionId: string, pending: Pending, ms: number): void {
    // When this process itself stood still, the answer waits in the socket: let it be read before judging.
    pending.cancel = this.clock.after(ms, () => setImmediate(() => this.judge(actionId, pending)));
  }

  private judge(actionId: string, pending: Pending): void {
    if (this.waiting.get(actionId) !== pending) return;
    const left = pending.timeoutMs - (this.clock.now() - pending.heardAt);
    if (left > 0 && pending.items) this.watch(actionId, pending, left);
    else this.fail(actionId, new AmiError('action-timeout', `${pending.action} was not answered within ${pending.timeoutMs} ms`));
  }

  private of(message: AmiMessage): Pending | undefined {
    const actionId = message.ActionID;
    return actionId === undefined ? undefined : this.waiting.get(actionId);
  }

  private settle(actionId: string | undefined, how: (pending: Pending) => void): void {
    const pending = actionId === undefined ? undefined : this.waiting.get(actionId);
    if (actionId === undefined || !pending) return;
    this.waiting.delete(actionId);
    if (pending.items) this.lists -= 1;
    pending.cancel();
    how(pending);
  }
}
