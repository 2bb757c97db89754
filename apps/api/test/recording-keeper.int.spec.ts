import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Config } from '../src/config/config.js';
import { createDataSource } from '../src/database/data-source.js';
import { Database } from '../src/database/database.js';
import { RecordingFiles } from '../src/recordings/recording-files.js';
import { RecordingKeeper } from '../src/recordings/recording-keeper.js';
import { RecordingRepository } from '../src/recordings/recording.repository.js';
import { RecordingsService } from '../src/recordings/recordings.service.js';
import { SettingsService } from '../src/settings/settings.service.js';
import { SystemChance, SystemClock } from '../src/time/clock.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';

let fresh: FreshDatabase;
let dataSource: DataSource;
let directory: string;
let keeper: RecordingKeeper;

beforeAll(async () => {
  fresh = await freshDatabase();
  dataSource = await createDataSource(fresh.url, 4).initialize();
  directory = mkdtempSync(join(tmpdir(), 'nailup-recordings-'));
  const database = new Database(dataSource, new SystemChance());
  const repository = new RecordingRepository(database);
  const files = new RecordingFiles({ recordingsDirectory: directory } as Config);
  keeper = new RecordingKeeper(repository, new RecordingsService(database, repository, files), files, new SettingsService(database), new SystemClock(), new SystemChance());
});
afterAll(async () => {
  await dataSource.destroy();
  await fresh.drop();
  rmSync(directory, { recursive: true, force: true });
});

const place = (id: string): string => join(directory, id.slice(-2), `${id}.wav`);

async function recording(state: string, daysAgo: number): Promise<string> {
  const [id, callId] = [randomUUID(), randomUUID()];
  await fresh.query("INSERT INTO calls (id, direction, state, from_number, to_number, started_at, ended_at) VALUES (?, 'outbound', 'ended', '+15550199', '+15550101', NOW(3), NOW(3))", [callId]);
  await fresh.query("INSERT INTO recordings (id, call_id, media_server_id, state, started_at, ended_at, pauses) VALUES (?, ?, UUID(), ?, NOW(3) - INTERVAL ? HOUR, NOW(3) - INTERVAL ? HOUR, '[]')", [id, callId, state, daysAgo * 24, daysAgo * 24]);
  if (state === 'stored') {
    mkdirSync(join(place(id), '..'), { recursive: true });
    writeFileSync(place(id), 'sound');
  }
  return id;
}
const row = async (id: string) => (await fresh.query<{ state: string; failure: string | null; deleted_at: Date | null }>('SELECT state, failure, deleted_at FROM recordings WHERE id = ?', [id]))[0];

describe('recordings whose time has come', () => {
  it('are removed with their files after the days of the settings, and that is written down; younger ones stay', async () => {
    await fresh.query("UPDATE pool SET settings = JSON_SET(settings, '$.recording', JSON_OBJECT('mode', 'always', 'retentionDays', 7))");
    const [old, young, running] = [await recording('stored', 7.1), await recording('stored', 6.9), await recording('recording', 8)];
    await Promise.all([keeper.sweep(), keeper.sweep()]);
    expect((await row(old))?.deleted_at).not.toBeNull();
    expect([existsSync(place(old)), existsSync(place(young))]).toEqual([false, true]);
    expect([(await row(young))?.deleted_at, (await row(running))?.deleted_at]).toEqual([null, null]);
    expect(await fresh.query('SELECT recording_id AS id, who_kind AS kind, what FROM recording_accesses')).toEqual([{ id: old, kind: 'system', what: 'expired' }]);
  });

  it('have failed when their media server did not hand them over for a day, once', async () => {
    const [lost, late] = [await recording('stopped', 1.1), await recording('stopped', 0.9)];
    await keeper.sweep();
    await keeper.sweep();
    expect(await row(lost)).toMatchObject({ state: 'failed', failure: expect.stringContaining('has not handed it over') });
    expect((await row(late))?.state).toBe('stopped');
    expect(await fresh.query('SELECT type FROM event_log WHERE subject = ?', [lost])).toEqual([{ type: 'recording.failed' }]);
  });

  it('and what was cut off on its way a day ago, leave nothing behind', async () => {
    const incoming = join(directory, 'incoming');
    mkdirSync(incoming, { recursive: true });
    for (const name of ['old', 'new']) writeFileSync(join(incoming, name), 'x');
    utimesSync(join(incoming, 'old'), new Date(), new Date(Date.now() - 25 * 3_600_000));
    await keeper.sweep();
    expect(readdirSync(incoming)).toEqual(['new']);
  });
});
