import { Injectable } from '@nestjs/common';
import type { PolicyName } from '@nailup/domain';
import { Database, rows, type Tx } from '../database/database.js';
import { invalid } from '../problem/problem.js';
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
}

/** What an operator sets for the whole pool; every selection reads it under the lock of the pool row. */
@Injectable()
export class SettingsService {
  constructor(private readonly database: Database) {}

  /** @param tx reads within a transaction that must go by what it reads */
  async read(tx: Tx = this.database.dataSource.manager): Promise<SettingsView> {
    return readPool(tx);
  }

  /**
   * Replaces what is given; what is left out stays. A parking holds for seats taken from now on.
   * @throws Problem REQUEST.INVALID naming the element that is wrong
   */
  async replace(body: ChangeSettingsBody): Promise<SettingsView> {
    const faults = settingsFaults(body);
    if (faults.length > 0) throw invalid(faults);
    const { policy, parking, ...changed } = body;
    return this.database.inTransaction(async (tx) => {
      const now = await lockedPool(tx);
      // Only what somebody set is kept: a default that a later version changes still holds for who never touched it.
      const settings = { ...now.settings, ...given(changed) };
      await tx.query('UPDATE pool SET policy = ?, parking = ?, settings = ? WHERE id = 1', [policy ?? now.policy, parking ?? now.parking, JSON.stringify(settings)]);
      return readPool(tx);
    });
  }
}

async function lockedPool(tx: Tx): Promise<PoolRow> {
  return poolRow(await rows<PoolRow>(tx, 'SELECT policy, parking, settings FROM pool WHERE id = 1 FOR UPDATE'));
}

async function readPool(tx: Tx): Promise<SettingsView> {
  const { policy, parking, settings } = poolRow(await rows<PoolRow>(tx, 'SELECT policy, parking, settings FROM pool WHERE id = 1'));
  return { policy, parking, ...defaultSettings, ...settings };
}

function poolRow([pool]: readonly PoolRow[]): PoolRow {
  if (!pool) throw new Error('The pool row is missing: the database was not migrated.');
  return pool;
}

/** Fields that were left out are not there; a DTO holds them as undefined. */
function given<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
