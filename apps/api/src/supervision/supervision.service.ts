import { Injectable } from '@nestjs/common';
import { CallBook } from '../calls/call-book.js';
import { CallOrders } from '../calls/call-orders.js';
import type { CallRecord } from '../calls/call.record.js';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Database, rows, type Tx } from '../database/database.js';
import type { Caller } from '../identity/caller.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { mintPassword, mintUsername } from '../selection/credentials.js';
import { iceServersFor } from '../selection/ice-servers.js';
import { SettingsService } from '../settings/settings.service.js';
import { Clock } from '../time/clock.js';
import { SupervisionBook } from './supervision-book.js';
import type { SupervisionView } from './supervision.dto.js';
import { supervisorPrefix, type SupervisionMode, type SupervisionRecord } from './supervision.record.js';

/** A call whose agent can be supervised. */
type Supervised = CallRecord & { readonly conference: string; readonly mediaServerId: string };

interface Begun {
  readonly created: boolean;
  readonly supervision: SupervisionRecord;
  readonly password: string;
  /** A leg of an earlier supervision of the same person. */
  readonly hangUp: SupervisionRecord | null;
}

interface LegSql {
  readonly name: string;
  readonly host: string;
  readonly webSocketUrl: string;
  readonly expiresAt: Date;
}

/** What supervisors may ask: to hear a call, to be heard in it, and to leave. */
@Injectable()
export class SupervisionService {
  constructor(
    private readonly database: Database,
    private readonly book: SupervisionBook,
    private readonly calls: CallBook,
    private readonly orders: CallOrders,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
    @TheConfig() private readonly config: Config,
  ) {}

  /**
   * Begins a supervision, or changes over in the one that stands. One at a time: that of another call ends with it.
   * @throws Problem CALL.NOT_FOUND, CALL.ENDED, CALL.WRONG_STATE, SUPERVISION.OWN_CALL, CALL.MEDIA_SERVER_AWAY
   */
  async supervise(caller: Caller, callId: string, mode: SupervisionMode): Promise<{ created: boolean; view: SupervisionView }> {
    const begun = await this.database.inTransaction((tx) => this.#begin(tx, personOf(caller), callId, mode));
    if (begun.hangUp !== null) await this.#hangUp(begun.hangUp);
    const supervision = await this.#changeOver(begun.supervision, mode);
    return { created: begun.created, view: await this.#view({ ...begun, supervision }) };
  }

  /** @throws Problem CALL.NOT_FOUND */
  async stop(caller: Caller, callId: string): Promise<void> {
    const ended = await this.database.inTransaction(async (tx) => {
      if ((await this.calls.lock(tx, callId)) === null) throw problem('CALL.NOT_FOUND');
      const own = await this.book.lockOwn(tx, personOf(caller));
      if (own?.callId !== callId) return null;
      await appendEvents(tx, await this.book.end(tx, own, 'stopped'));
      return own;
    });
    if (ended !== null) await this.#hangUp(ended);
  }

  async #begin(tx: Tx, supervisorId: string, callId: string, mode: SupervisionMode): Promise<Begun> {
    const call = supervised(await this.calls.lock(tx, callId), supervisorId);
    const own = await this.book.lockOwn(tx, supervisorId);
    if (own !== null && own.callId === callId && own.conference === call.conference && own.mediaServerId === call.mediaServerId && (own.mode === mode || own.legUniqueid !== null)) {
      const sip = mintPassword(own.sipUsername);
      await this.book.renew(tx, own, sip);
      return { created: false, supervision: own, password: sip.password, hangUp: null };
    }
    // Before its leg is seen nobody can be told to change over: another identity then, with which the first one dies.
    const events: NewEvent[] = own === null ? [] : await this.book.end(tx, own, 'replaced');
    const sip = mintPassword(`${supervisorPrefix}${mintUsername()}`);
    const { agentId, placementId, mediaServerId, conference } = call;
    const { visibleToAgent: visible } = (await this.settings.read(tx)).supervision;
    const supervision = await this.book.open(tx, { callId, supervisorId, agentId, placementId, mediaServerId, conference, mode, visible, sip });
    await appendEvents(tx, events);
    return { created: true, supervision, password: sip.password, hangUp: own };
  }

  /** First the order, then the row: what is written is what was done. */
  async #changeOver(supervision: SupervisionRecord, mode: SupervisionMode): Promise<SupervisionRecord> {
    const { id, mode: before, legUniqueid, mediaServerId, conference } = supervision;
    if (before === mode || legUniqueid === null) return supervision;
    const outcome = await this.orders.send(mediaServerId, legUniqueid, { kind: 'supervise', mode, conference });
    if (outcome === 'refused') throw problem('CALL.MEDIA_SERVER_AWAY', { detail: 'Its media server did not take the order. The mode was not changed.' });
    await this.database.inTransaction(async (tx) => {
      const now = await this.book.lockLive(tx, id);
      if (now !== null) await appendEvents(tx, await this.book.switched(tx, now, mode));
    });
    return { ...supervision, mode };
  }

  async #hangUp({ mediaServerId, legUniqueid }: SupervisionRecord): Promise<void> {
    // A lost order is repeated by the owner of the media server, to whom the leg of an ended supervision is an orphan.
    if (legUniqueid !== null) await this.orders.hangUp(mediaServerId, legUniqueid);
  }

  async #view({ supervision, password }: Pick<Begun, 'supervision' | 'password'>): Promise<SupervisionView> {
    const { id, callId, supervisorId, mode, mediaServerId, conference, sipUsername: username } = supervision;
    const [leg] = await rows<LegSql>(
      this.database.dataSource.manager,
      'SELECT s.name, s.host, s.web_socket_url AS webSocketUrl, v.sip_expires_at AS expiresAt FROM supervisions v JOIN media_servers s ON s.id = v.media_server_id WHERE v.id = ?',
      [id],
    );
    if (leg === undefined) throw problem('CALL.NOT_FOUND');
    const domain = leg.host.includes(':') ? `[${leg.host}]` : leg.host;
    return {
      id, callId, mode, conference,
      mediaServer: { id: mediaServerId, name: leg.name, host: leg.host, webSocketUrl: leg.webSocketUrl, sipDomain: leg.host },
      sip: { username, password, uri: `sip:${username}@${domain}`, target: `sip:supervise@${domain}`, expiresAt: leg.expiresAt.toISOString() },
      iceServers: iceServersFor(supervisorId, this.clock.now(), this.config),
    };
  }
}

/** The roles of the route let people in only. */
function personOf({ agentId }: Caller): string {
  if (agentId === null) throw problem('AUTH.FORBIDDEN');
  return agentId;
}

function supervised(call: CallRecord | null, supervisorId: string): Supervised {
  if (call === null) throw problem('CALL.NOT_FOUND');
  if (call.state === 'ended') throw problem('CALL.ENDED');
  const { conference, mediaServerId, state } = call;
  if ((state !== 'answered' && state !== 'held') || conference === null || mediaServerId === null) throw problem('CALL.WRONG_STATE', { detail: `It is ${state}: no agent has it yet.` });
  if (call.agentId === supervisorId) throw problem('SUPERVISION.OWN_CALL');
  return { ...call, conference, mediaServerId };
}
