import { randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { invalid, type Problem, problem } from '../problem/problem.js';

/** More than 18 hours of telephone sound. */
export const mostBytes = 1024 ** 3;
/** RIFF, its size, WAVE, the format, and the head of the data: what Asterisk's format_wav writes. */
const headBytes = 44;
const incoming = 'incoming';
/** What was cut off in the middle is no use to anybody after this. */
const staleMs = 24 * 3_600_000;

/** What was taken. `seconds` is null when it holds no sound at all. */
export interface TakenFile {
  readonly bytes: number;
  readonly seconds: number | null;
}

/** The sound of recordings: one directory that all managers share. A file appears there whole or not at all. */
@Injectable()
export class RecordingFiles {
  readonly #logger = new Logger('RecordingFiles');

  constructor(@TheConfig() private readonly config: Config) {}

  /**
   * Writes a WAV file beside its place, and moves it there.
   * @throws Problem REQUEST.INVALID when it is no WAV file or was cut off, RECORDING.TOO_LARGE, RECORDING.NO_ROOM
   */
  async take(id: string, body: Readable): Promise<TakenFile> {
    const beside = join(this.config.recordingsDirectory, incoming, `${id}.${randomUUID()}`);
    try {
      await mkdir(join(this.config.recordingsDirectory, incoming), { recursive: true, mode: 0o750 });
      const taken = await this.#write(beside, body);
      if (taken.bytes === 0) return taken;
      const place = this.#place(id);
      await mkdir(join(place, '..'), { recursive: true, mode: 0o750 });
      await rename(beside, place);
      return taken;
    } catch (error) {
      throw this.#named(error);
    } finally {
      await rm(beside, { force: true }).catch(() => undefined);
    }
  }

  /** How large the file is. @throws Problem RECORDING.FILE_AWAY */
  async size(id: string): Promise<number> {
    try {
      return (await stat(this.#place(id))).size;
    } catch {
      throw problem('RECORDING.FILE_AWAY');
    }
  }

  /** Its bytes from `start` to `end`, both included. */
  read(id: string, start: number, end: number): ReadStream {
    return createReadStream(this.#place(id), { start, end });
  }

  /** Removes it; one that is not there is removed already. @throws Problem RECORDING.NO_ROOM when the directory cannot be written */
  async remove(id: string): Promise<void> {
    await rm(this.#place(id), { force: true }).catch((error: unknown) => {
      throw this.#named(error);
    });
  }

  /** Removes what was cut off long ago. */
  async tidy(nowMs: number): Promise<void> {
    const folder = join(this.config.recordingsDirectory, incoming);
    for (const name of await readdir(folder).catch(() => [])) {
      const file = join(folder, name);
      const found = await stat(file).catch(() => null);
      if (found !== null && nowMs - found.mtimeMs > staleMs) await rm(file, { force: true });
    }
  }

  /** Spread by the end of the id, which is random: its beginning is the time. */
  #place(id: string): string {
    return join(this.config.recordingsDirectory, id.slice(-2), `${id}.wav`);
  }

  async #write(beside: string, body: Readable): Promise<TakenFile> {
    const file = await open(beside, 'wx', 0o640);
    try {
      let bytes = 0;
      let head = Buffer.alloc(0);
      for await (const chunk of body as AsyncIterable<Buffer>) {
        if (bytes + chunk.length > mostBytes) throw problem('RECORDING.TOO_LARGE');
        if (head.length < headBytes) {
          head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
          if (head.length >= 12 && !isWav(head)) throw notWav();
        }
        await writeAll(file, chunk);
        bytes += chunk.length;
      }
      if (bytes > 0 && (head.length < headBytes || !isWav(head))) throw notWav();
      if (bytes > 0) await mendHead(file, head, bytes);
      await file.sync();
      return { bytes, seconds: secondsOf(head, bytes) };
    } finally {
      await file.close();
    }
  }

  #named(error: unknown): Problem | unknown {
    const code = String((error as { code?: unknown } | null)?.code ?? '');
    if (['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(code)) return invalid([{ pointer: '', message: 'was cut off' }], 'The body was cut off.');
    if (!/^E[A-Z]+$/.test(code)) return error;
    const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'has no room left' : `cannot be written (${code})`;
    this.#logger.error(`RECORDINGS_DIRECTORY ${why}: recordings stay on the media servers until it can.`);
    return problem('RECORDING.NO_ROOM', { detail: `RECORDINGS_DIRECTORY of this manager ${why}. The recording stays on its media server, which offers it again.`, retryAfterSeconds: 30 });
  }
}

function isWav(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WAVE';
}

function notWav(): Problem {
  return invalid([{ pointer: '', message: 'must be a WAV file' }]);
}

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
}

/** Asterisk writes the sizes when it closes the file; one it was killed over says that it is empty, and nobody would play it. */
async function mendHead(file: FileHandle, head: Buffer, bytes: number): Promise<void> {
  if (head.toString('latin1', 36, 40) !== 'data') return;
  const sizes: [number, number][] = [[4, bytes - 8], [40, bytes - headBytes]];
  for (const [at, size] of sizes) {
    if (head.readUInt32LE(at) === size) continue;
    const said = Buffer.alloc(4);
    said.writeUInt32LE(size);
    await file.write(said, 0, 4, at);
  }
}

function secondsOf(head: Buffer, bytes: number): number | null {
  if (head.length < headBytes) return null;
  const bytesPerSecond = head.readUInt32LE(28);
  return bytesPerSecond === 0 ? null : Math.max(0, bytes - headBytes) / bytesPerSecond;
}
