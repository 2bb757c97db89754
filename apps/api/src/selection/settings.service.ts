import { Injectable } from '@nestjs/common';
import type { PolicyName } from '@nailup/domain';
import { Database } from '../database/database.js';

export interface PoolSettings {
  readonly policy: PolicyName;
}

/** What an operator sets for the whole pool; every selection reads it under the lock of the pool row. */
@Injectable()
export class SettingsService {
  constructor(private readonly database: Database) {}

  async read(): Promise<PoolSettings> {
    const [pool] = await this.database.rows<PoolSettings>('SELECT policy FROM pool WHERE id = 1');
    if (!pool) throw new Error('The pool row is missing: the database was not migrated.');
    return pool;
  }

  async replace({ policy }: PoolSettings): Promise<PoolSettings> {
    await this.database.change('UPDATE pool SET policy = ? WHERE id = 1', [policy]);
    return this.read();
  }
}
