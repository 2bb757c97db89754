// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- whoever compiles this source must see the types of a package that ships none
/// <reference path="./asterisk-ami-client.d.ts" />
import { EventEmitter } from 'node:events';
import AmiClient from 'asterisk-ami-client';
import { ActionIds } from './action-ids.js';
import { systemClock } from './clock.js';
import type { AmiConnection } from './connection.js';
import { createConnector, type AmiConnectorOptions, type AmiTarget } from './connector.js';
import { AmiError } from './errors.js';
import type { AmiFields } from './fields.js';
import type { AmiMessage } from './message.js';
import { PendingActions } from './pending.js';
import { AmiRefusal } from './refusal.js';

export interface AmiSessionOptions extends AmiTarget, AmiConnectorOptions {
  username: string;
  secret: string;
  /** How long an action may go unanswered, milliseconds; each call may say otherwise. */
  actionTimeoutMs?: number;
  /** Items a list may have before it is refused as endless. */
  maxListItems?: number;
}

export interface AmiActionOptions {
  timeoutMs?: number;
}

interface AmiSessionEvents {
  /** Every event that is not part of a list somebody asked for. */
  event: [AmiMessage];
  /** A heartbeat came back, with its round trip in milliseconds: how late events are at this moment. */
  pong: [number];
  close: [AmiError];
}

/** A list that found nothing is answered by some actions with an error (apps/app_confbridge.c). */
const EMPTY_LISTS = ['No active conferences.', 'No Conference by that name found.', 'No such conference'];

/**
 * The door of this room: one log-in at one Asterisk, over asterisk-ami-client with our wire under it.
 * It does not reconnect: a session that ended has lost events, and only its owner can read the server anew.
 */
export class AmiSession extends EventEmitter<AmiSessionEvents> {
  /** Resolves, once, with the reason the session ended; also when it never opened. */
  readonly closed: Promise<AmiError>;
  private readonly client: AmiClient;
  private readonly pending: PendingActions;
  private readonly ids: ActionIds;
  private connection: AmiConnection | undefined;
  private reason: AmiError | undefined;
  private settleClosed!: (reason: AmiError) => void;

  constructor(private readonly options: AmiSessionOptions) {
    super();
    this.ids = options.actionIds ?? new ActionIds();
    this.pending = new PendingActions(options.clock ?? systemClock, options.maxListItems ?? 100_000);
    this.closed = new Promise((resolve) => (this.settleClosed = resolve));
    // Events by type and responses by id would each look up a listener per message; this class does both with one.
    this.client = new AmiClient({ reconnect: false, keepAlive: false, emitEventsByTypes: false, emitResponsesById: false, dontDeleteSpecActionId: true });
    this.client._connector = createConnector({ ...options, actionIds: this.ids });
    this.client.on('event', (message: AmiMessage) => {
      if (!this.pending.item(message)) this.emit('event', message);
    });
    this.client.on('response', (message: AmiMessage) => this.pending.response(message));
  }

  get isOpen(): boolean {
    return this.connection?.isConnected ?? false;
  }

  /**
   * Connects and logs in. Listeners attached before see every event from the first on (`FullyBooted` among them).
   * @throws AmiError `connect-failed`, `not-asterisk`, `login-timeout`, `login-refused`, `peer-closed`, `peer-lost`
   */
  async connect(): Promise<void> {
    const { host, port, tls, username, secret } = this.options;
    try {
      const connection = (await this.client.connect(username, secret, { host, port, tls })) as AmiConnection;
      this.connection = connection;
      connection.on('pong', (roundTripMs) => this.emit('pong', roundTripMs));
      connection.on('close', (reason) => this.end(reason));
      const ended = connection.reason ?? this.reason;
      if (ended) {
        connection.close(ended);
        throw ended;
      }
    } catch (error) {
      this.end(error instanceof AmiError ? error : new AmiError('connect-failed', String(error), { cause: error }));
      throw error;
    }
  }

  /**
   * Sends an action and resolves with its response.
   * @throws AmiError `action-refused` (with `response`), `action-timeout`, `field-invalid`, or the reason the session ended
   */
  action(fields: AmiFields, options: AmiActionOptions = {}): Promise<AmiMessage> {
    return this.send(fields, (id) => this.pending.expectResponse(id, fields.Action, this.timeout(options)));
  }

  /**
   * Sends an action that answers with a list and resolves with its items, without the closing event. A list that
   * Asterisk refuses because there is nothing to list is empty. The time-out counts anew from each item.
   * @throws AmiError as `action`, `list-too-long`, and `list-incomplete` when items are missing: half a list is none
   */
  async list(fields: AmiFields, options: AmiActionOptions = {}): Promise<AmiMessage[]> {
    try {
      return await this.send(fields, (id) => this.pending.expectList(id, fields.Action, this.timeout(options)));
    } catch (error) {
      const said = error instanceof AmiRefusal ? error.response.get('Message') : undefined;
      if (said !== undefined && EMPTY_LISTS.some((empty) => said.startsWith(empty.replace(/\.$/, '')))) return [];
      throw error;
    }
  }

  /** Logs off politely if that is possible at once, and ends the session. Pending actions are settled with `closed`. */
  async close(): Promise<void> {
    if (this.isOpen) await this.action({ Action: 'Logoff' }, { timeoutMs: 250 }).catch(() => undefined);
    const reason = new AmiError('closed', 'Closed by this side');
    this.connection?.close(reason);
    this.end(reason);
  }

  private timeout(options: AmiActionOptions): number {
    return options.timeoutMs ?? this.options.actionTimeoutMs ?? 10_000;
  }

  private send<T>(fields: AmiFields, expect: (actionId: string) => Promise<T>): Promise<T> {
    if (!this.isOpen) return Promise.reject(this.reason ?? new AmiError('not-connected', 'Not connected yet'));
    const actionId = typeof fields['ActionID'] === 'string' ? fields['ActionID'] : this.ids.next();
    const answer = expect(actionId);
    try {
      this.client.action({ ...fields, ActionID: actionId });
    } catch (error) {
      this.pending.fail(actionId, error);
    }
    return answer;
  }

  private end(reason: AmiError): void {
    if (this.reason) return;
    this.reason = reason;
    this.pending.failAll(reason);
    this.emit('close', reason);
    this.settleClosed(reason);
  }
}
