import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The repository these stories belong to. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** A real Asterisk of the sandbox, as the stories see it. */
export interface MediaServer {
  readonly name: string;
  readonly host: string;
  readonly ami: { host: string; port: number; username: string; secret: string };
  /** Where its dialplan's listeners record to. */
  readonly recordingsDir: string;
  /** What `asterisk -rx` answers. */
  cli(command: string): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

/** The real coturn of the sandbox. */
export interface Turn {
  readonly host: string;
  readonly urls: string[];
  log(): string;
  stop(): Promise<void>;
}

/** What a media server may be told beyond its defaults: variables of asterisk/provision.sh, and the network it lives in. */
export interface Lodging {
  env?: Record<string, string>;
  netns?: string;
}

export interface Sandbox {
  readonly rootfs: string;
  mysql(): Promise<{ url: string }>;
  mediaServer(options: { name: string; index: number; managers: string[]; enrolmentToken: string; capacity?: number } & Lodging): Promise<MediaServer>;
  turn(options: { host: string; secret: string; managers: { urls: string[]; key: string }; certificate?: { certificate: string; key: string } }): Promise<Turn>;
  stop(): Promise<void>;
}

/** Opens an instance of the sandbox of `tools/`, which is plain JavaScript: here are the parts of its door the stories use. */
export async function createSandbox(options: { name: string; stateDir: string; octet: number; fresh: boolean; log: (line: string) => void }): Promise<Sandbox> {
  const door = (await import(pathToFileURL(join(root, 'tools', 'sandbox', 'index.mjs')).href)) as { createSandbox(given: typeof options): Promise<Sandbox> };
  return door.createSandbox(options);
}
