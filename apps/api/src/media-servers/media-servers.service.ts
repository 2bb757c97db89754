import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { Database, type Tx } from '../database/database.js';
import { afterId, defaultLimit, type Page, type PageQuery, toPage } from '../http/page.js';
import { appendEvents } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { Seats } from '../seats/seats.module.js';
import { SecretBox } from '../secrets/secret-box.js';
import { MediaServerCredentials } from './media-server-credentials.js';
import { DrainRepository } from './drain.repository.js';
import type { ChangeMediaServerBody, CreateMediaServerBody, DrainBody, Mode } from './media-server.dto.js';
import { amiColumns, changedAmiColumns, modeEvent, toMediaServerView } from './media-server.mapping.js';
import { type DrainOrder, type MediaServerRecord, MediaServerRepository, plainDrain } from './media-server.repository.js';
import type { CreatedMediaServerView, MediaServerView } from './media-server.view.js';

/** The pool as its operators arrange it. */
@Injectable()
export class MediaServersService {
  constructor(
    private readonly database: Database,
    private readonly servers: MediaServerRepository,
    private readonly drains: DrainRepository,
    private readonly credentials: MediaServerCredentials,
    private readonly box: SecretBox,
    private readonly seats: Seats,
  ) {}

  async list({ limit = defaultLimit, cursor }: PageQuery): Promise<Page<MediaServerView>> {
    const found = await this.servers.list(afterId(cursor), limit + 1);
    const [counts, drains] = await Promise.all([this.servers.counts(found.map((server) => server.id)), this.drains.views(found)]);
    return toPage(found, limit, (server) => toMediaServerView(server, counts.get(server.id), drains.get(server.id)));
  }

  async get(id: string): Promise<MediaServerView> {
    const server = await this.servers.find(id);
    if (server === null) throw problem('MEDIA_SERVER.NOT_FOUND');
    return this.#view(server);
  }

  /** A server provisioned by hand: the answer holds, once, what its Asterisk needs. */
  async create({ ami, ...body }: CreateMediaServerBody): Promise<CreatedMediaServerView> {
    const id = newId();
    const { hashes, shown } = this.credentials.mint(id);
    const server = await this.database.inTransaction(async (tx) => {
      const added = await this.servers.add(tx, {
        id, name: body.name, host: body.host, webSocketUrl: body.webSocketUrl, sipUri: body.sipUri, ...amiColumns(id, ami, this.box),
        capacity: body.capacity, weight: body.weight ?? 1, region: body.region ?? null, mode: body.mode ?? 'active', ...hashes,
      });
      await appendEvents(tx, [modeEvent(added)]);
      return added;
    });
    return { ...toMediaServerView(server), credentials: shown };
  }

  /** Disabling ends every seat on it. */
  async change(id: string, { ami, mode, ...body }: ChangeMediaServerBody): Promise<MediaServerView> {
    const server = await this.database.inTransaction(async (tx) => {
      await this.servers.lockPool(tx);
      const before = await this.#locked(tx, id);
      let after = await this.servers.change(tx, id, { ...body, ...(ami === undefined ? {} : changedAmiColumns(id, ami, this.box)) });
      if (mode !== undefined && mode !== before.mode) after = await this.servers.setMode(tx, id, mode);
      await appendEvents(tx, [modeEvent(after)]);
      return after;
    });
    if (server.mode === 'disabled') await this.seats.endOfMediaServer(id, 'media_server_disabled');
    return this.#view(server);
  }

  /** Takes nobody new, and lets go of whom it has: see DrainKeeper. Ordered again, it goes on as ordered last. */
  drain(id: string, { deadlineSeconds, movesPerMinute, thenDisable }: DrainBody): Promise<MediaServerView> {
    const order = {
      deadlineSeconds: deadlineSeconds ?? null, movesPerMinute: movesPerMinute ?? plainDrain.movesPerMinute, thenDisable: thenDisable ?? plainDrain.thenDisable,
    };
    return this.#setMode(id, 'draining', order, (before) => {
      if (before.mode === 'disabled') throw problem('MEDIA_SERVER.DISABLED', { detail: 'A disabled media server has nobody to drain.' });
    });
  }

  resume(id: string): Promise<MediaServerView> {
    return this.#setMode(id, 'active', plainDrain);
  }

  /** @throws Problem MEDIA_SERVER.HAS_PLACEMENTS; a server that was deleted may be deleted again */
  async remove(id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await this.servers.lockPool(tx);
      const server = await this.servers.lock(tx, id);
      if (server === null) throw problem('MEDIA_SERVER.NOT_FOUND');
      if (server === 'deleted') return;
      const placements = await this.servers.livePlacements(tx, id);
      if (placements > 0) throw problem('MEDIA_SERVER.HAS_PLACEMENTS', { detail: `${placements} agent${placements === 1 ? ' sits' : 's sit'} on it: drain it first.` });
      await this.servers.markDeleted(tx, id);
      await appendEvents(tx, [modeEvent({ ...server, mode: 'disabled', drainDeadlineAt: null }, true)]);
    });
  }

  async #setMode(id: string, mode: Mode, drain: DrainOrder, check: (before: MediaServerRecord) => void = () => undefined): Promise<MediaServerView> {
    const server = await this.database.inTransaction(async (tx) => {
      await this.servers.lockPool(tx);
      check(await this.#locked(tx, id));
      const after = await this.servers.setMode(tx, id, mode, drain);
      await appendEvents(tx, [modeEvent(after)]);
      return after;
    });
    return this.#view(server);
  }

  async #locked(tx: Tx, id: string): Promise<MediaServerRecord> {
    const server = await this.servers.lock(tx, id);
    if (server === null || server === 'deleted') throw problem('MEDIA_SERVER.NOT_FOUND');
    return server;
  }

  async #view(server: MediaServerRecord): Promise<MediaServerView> {
    const [counts, drains] = await Promise.all([this.servers.counts([server.id]), this.drains.views([server])]);
    return toMediaServerView(server, counts.get(server.id), drains.get(server.id));
  }
}
