import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingView } from '../../src/recordings/recording.view.js';
import { hashToken, mintToken } from '../../src/secrets/token.js';
import { type Answer, call } from './api.js';
import { CallWorld, type SeatedAgent } from './call-world.js';
import type { FakeMediaServer } from './fake-media-servers.js';
import { addAgent, addApiKey, tokenFor } from './pool.js';
import { raw, type RawAnswer } from './raw.js';
import { until } from './until.js';

/** So many seconds of noise as Asterisk's format_wav writes it; `said` is the size its head tells. */
export function wav(seconds: number, said?: number): Buffer {
  const sound = randomBytes(Math.round(seconds * 8_000) * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(said === undefined ? sound.length + 36 : said, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(said ?? sound.length, 40);
  return Buffer.concat([head, sound]);
}

/** A manager that keeps recordings, and everybody who has to do with them. */
export class RecordingWorld {
  private constructor(
    readonly calls: CallWorld,
    readonly directory: string,
    readonly tokens: Readonly<Record<'admin' | 'supervisor' | 'reader', string>>,
  ) {}

  static async create(mode: 'off' | 'on-demand' | 'always', env: Readonly<Record<string, string>> = {}): Promise<RecordingWorld> {
    const directory = mkdtempSync(join(tmpdir(), 'nailup-recordings-'));
    const calls = await CallWorld.create({ RECORDINGS_DIRECTORY: directory, ...env });
    await calls.settings({ recording: { mode, retentionDays: 90 } });
    const person = async (role: string): Promise<string> => tokenFor(await addAgent(calls.database, { role }));
    return new RecordingWorld(calls, directory, { admin: await person('admin'), supervisor: await person('supervisor'), reader: await addApiKey(calls.database, ['calls:read']) });
  }

  mode(mode: 'off' | 'on-demand' | 'always'): Promise<void> {
    return this.calls.settings({ recording: { mode } });
  }

  order<T = { code?: string; detail?: string; recording?: { id: string; state: string } | null }>(token: string, callId: string, action: string): Promise<Answer<T>> {
    return this.calls.post<T>(token, `/${callId}/recording`, { action });
  }

  /** The recording of a call that runs now; waited for. */
  async running(token: string, callId: string, state = 'recording'): Promise<string> {
    let id = '';
    await until(`the call is ${state}`, async () => {
      const { recording } = (await this.calls.get<{ recording: { id: string; state: string } | null }>(token, `/${callId}`)).body;
      id = recording?.id ?? '';
      return recording?.state === state;
    });
    return id;
  }

  /** A token by which a media server of this world hands recordings over. */
  async serverToken(server: FakeMediaServer): Promise<string> {
    const token = mintToken('server');
    await this.calls.database.query('UPDATE media_servers SET server_token_hash = ? WHERE id = ?', [hashToken(token), server.id]);
    return token;
  }

  upload(token: string, callId: string, body: Buffer | string, { recording, type = 'audio/wav' }: { recording?: string; type?: string } = {}): Promise<RawAnswer> {
    return raw(this.calls.manager, 'PUT', `/api/v1/asterisk/recordings/${callId}${recording === undefined ? '' : `?recording=${recording}`}`, { authorization: `Bearer ${token}`, 'content-type': type }, body);
  }

  get<T = RecordingView & { code?: string }>(token: string, path: string): Promise<Answer<T>> {
    return call<T>(this.calls.manager, 'GET', `/api/v1/recordings/${path}`, { token });
  }

  /** A recorded call of an agent that has ended, and whose file the manager has. */
  async recorded(agent: SeatedAgent, file = wav(1)): Promise<{ callId: string; id: string; token: string; file: Buffer }> {
    const { id: callId } = await this.calls.talking(agent);
    await this.order(agent.token, callId, 'start');
    const id = await this.running(agent.token, callId);
    agent.asterisk.hangup(callId);
    await this.calls.is(callId, 'ended');
    const token = await this.serverToken(agent.server);
    const answer = await this.upload(token, callId, file, { recording: id });
    if (answer.status !== 200) throw new Error(`Not taken: ${answer.text}`);
    return { callId, id, token, file };
  }

  async close(): Promise<void> {
    await this.calls.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
