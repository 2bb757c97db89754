import { Injectable } from '@nestjs/common';
import type { PolicyName } from '@nailup/domain';
import { Database, rows, type Tx } from '../database/database.js';
import type { ChangeSettingsBody, Parking, SettingsView } from './settings.dto.js';

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
    return readPool(tx, '');
  }

  async replace({ policy, parking, ...changed }: ChangeSettingsBody): Promise<SettingsView> {
    return this.database.inTransaction(async (tx) => {
      const { policy: policyNow, parking: parkingNow, ...rest } = await readPool(tx, 'FOR UPDATE');
      const settings = { ...rest, ...given(changed) };
      await tx.query('UPDATE pool SET policy = ?, parking = ?, settings = ? WHERE id = 1', [policy ?? policyNow, parking ?? parkingNow, JSON.stringify(settings)]);
      return readPool(tx, '');
    });
  }
}

async function readPool(tx: Tx, lock: '' | 'FOR UPDATE'): Promise<SettingsView> {
  const [pool] = await rows<PoolRow>(tx, `SELECT policy, parking, settings FROM pool WHERE id = 1 ${lock}`);
  if (!pool) throw new Error('The pool row is missing: the database was not migrated.');
  const { policy, parking, settings } = pool;
  return { policy, parking, ...defaultSettings, ...settings };
}

/** Fields that were left out are not there; a DTO holds them as undefined. */
function given<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
