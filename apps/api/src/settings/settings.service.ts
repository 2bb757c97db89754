import { Injectable } from '@nestjs/common';
import type { PolicyName } from '@nailup/domain';
import { Database, rows, type Tx } from '../database/database.js';
import { appendEvents } from '../live/event-log.js';
import { invalid, problem } from '../problem/problem.js';
import type { ChangeSettingsBody, Parking, SettingsView } from './settings.dto.js';
import { settingsFaults } from './settings-faults.js';

/** What holds before anybody has set anything: nothing goes out. */
export const defaultSettings: Omit<SettingsView, 'policy' | 'parking'> = {
  pauseReasons: ['Break', 'Lunch', 'Training', 'Meeting'],
  dispositions: [
    { code: 'resolved', label: 'Resolved' },
    { code: 'follow-up', label: 'Follow-up needed' },
    { code: 'wrong-number', label: 'Wrong number' },
  ],
  wrapUpSeconds: 30,
  dialling: { enabled: true, countries: ['US'], alsoAllowed: [], emergency: false, callsPerMinute: 12, callerId: null },
  supervision: { visibleToAgent: true },
  recording: { mode: 'off', retentionDays: 90 },
};

interface PoolRow {
  readonly policy: PolicyName;
  readonly parking: Parking;
  readonly settings: Partial<SettingsView>;
  readonly version: number;
}

/** The settings with their ETag. */
export interface VersionedSettings {
  readonly etag: string;
  readonly settings: SettingsView;
}

/** What an operator sets for the whole pool; every selection reads it under the lock of the pool row. */
@Injectable()
export class SettingsService {
  constructor(private readonly database: Database) {}

  /** @param tx reads within a transaction that must go by what it reads */
  async read(tx: Tx = this.database.dataSource.manager): Promise<SettingsView> {
    return (await readPool(tx)).settings;
  }

  readVersioned(): Promise<VersionedSettings> {
    return readPool(this.database.dataSource.manager);
  }

  /**
   * Replaces what is given; what is left out stays. A parking holds for seats taken from now on.
   * @param ifMatch the ETag that the writer has read, or a list of them (RFC 9110 §13.1.1); whatever holds is replaced without one
   * @throws Problem REQUEST.INVALID naming the element that is wrong, SETTINGS.CHANGED
   */
  async replace(body: ChangeSettingsBody, ifMatch?: string): Promise<VersionedSettings> {
    const faults = settingsFaults(body);
    if (faults.length > 0) throw invalid(faults);
    const { policy, parking, ...changed } = body;
    const names = Object.keys(given(body)).sort();
    return this.database.inTransaction(async (tx) => {
      const now = await lockedPool(tx);
      if (!matches(ifMatch, etagOf(now))) {
        throw problem('SETTINGS.CHANGED', { errors: [{ parameter: 'If-Match', message: `is ${ifMatch ?? ''}; the settings are at ${etagOf(now)} now` }] });
      }
      if (names.length === 0) return readPool(tx);
      // Only what somebody set is kept: a default that a later version changes still holds for who never touched it.
      const settings = { ...now.settings, ...given(changed) };
      await tx.query('UPDATE pool SET policy = ?, parking = ?, settings = ?, settings_version = settings_version + 1 WHERE id = 1', [policy ?? now.policy, parking ?? now.parking, JSON.stringify(settings)]);
      await appendEvents(tx, [{ type: 'settings.changed', subject: 'settings', data: { changed: names } }]);
      return readPool(tx);
    });
  }
}

const poolSql = 'SELECT policy, parking, settings, settings_version AS version FROM pool WHERE id = 1';

async function lockedPool(tx: Tx): Promise<PoolRow> {
  return poolRow(await rows<PoolRow>(tx, `${poolSql} FOR UPDATE`));
}

async function readPool(tx: Tx): Promise<VersionedSettings> {
  const pool = poolRow(await rows<PoolRow>(tx, poolSql));
  return { etag: etagOf(pool), settings: { policy: pool.policy, parking: pool.parking, ...defaultSettings, ...pool.settings } };
}

function poolRow([pool]: readonly PoolRow[]): PoolRow {
  if (!pool) throw new Error('The pool row is missing: the database was not migrated.');
  return pool;
}

function etagOf({ version }: PoolRow): string {
  return `"${version}"`;
}

/** A proxy that compresses makes a tag weak on its way (`W/"7"`); it still names the same settings. */
function matches(ifMatch: string | undefined, etag: string): boolean {
  if (ifMatch === undefined) return true;
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}

/** Fields that were left out are not there; a DTO holds them as undefined. */
function given<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
