import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The repository these stories belong to. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** A real Asterisk of the sandbox, as the stories see it. */
export interface MediaServer {
  readonly name: string;
  readonly host: string;
  readonly webSocketUrl: string;
  readonly ami: { host: string; port: number; username: string; secret: string };
  /** Where its dialplan's listeners record to. */
  readonly recordingsDir: string;
  /** What `asterisk -rx` answers. */
  cli(command: string): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

/** Somebody outside who telephones: hangs up when told to. */
export interface OutsideCall {
  /** Recording (WAV, 8 kHz) of what they hear. */
  readonly heard: string;
  hangUp(): Promise<void>;
}

export interface Telephony {
  readonly proxy: {
    readonly host: string;
    readonly port: number;
    /** Waits until the proxy has heard from the manager of these media servers (host:port of their SIP side). */
    knows(servers: string[]): Promise<void>;
    kill(signal?: NodeJS.Signals): Promise<void>;
    start(): Promise<void>;
  };
  readonly pstn: {
    /** What +15550107 heard, and what callers that record heard. */
    readonly recordingsDir: string;
    cli(command: string): Promise<string>;
    /** Somebody outside calls a number of ours and plays or records meanwhile. */
    call(options: { to: string; from: string; plays: 'tone' | 'music' | 'echo' | 'record' }): Promise<OutsideCall>;
  };
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

/** `to` is whom it calls (a scenario that is called needs none), `pauseMs` the length of pauses that name none, `echo`: what it hears it sends back. */
export interface SippOptions {
  host: string;
  to?: string;
  number?: string;
  keys?: Record<string, string>;
  calls?: number;
  rate?: number;
  timeoutSeconds?: number;
  pauseMs?: number;
  echo?: boolean;
}

/** SIPp at work; `done` has code 0 when every call went as the scenario says. */
export interface Sipp {
  readonly done: Promise<{ code: number; successful: number; failed: number; output: string; messages: string }>;
  /** What it sent and heard so far. */
  messages(): Promise<string>;
  stop(): Promise<void>;
}

export interface Sandbox {
  readonly octet: number;
  /** Where each daemon keeps a folder of its own. */
  readonly stateDir: string;
  readonly rootfs: string;
  mysql(): Promise<{ url: string }>;
  mediaServer(options: { name: string; index: number; managers: string[]; enrolmentToken: string; capacity?: number } & Lodging): Promise<MediaServer>;
  pstn(options?: { proxy?: string; host?: string }): Promise<Telephony['pstn'] & { readonly sipUri: string; readonly host: string }>;
  proxy(options: { managers: string[]; apiKey: string; secret: string; carrier: string; carriers: string[]; host?: string }): Promise<Telephony['proxy']>;
  turn(options: { host: string; secret: string; managers: { urls: string[]; key: string }; certificate?: { certificate: string; key: string } }): Promise<Turn>;
  /** Plays a SIPp scenario of e2e/sipp: many callers at once. */
  sipp(scenario: string, options: SippOptions): Promise<Sipp>;
  stop(): Promise<void>;
}

/** Who takes the calls that go out: the telephone network of the demo, or SIPp at 127.0.<octet>.120:5060. Both may bring callers. */
export type Carrier = 'pstn' | 'sipp';

/** Where the proxy and the telephone network are, when media servers cannot reach our loopback. */
export interface Exchange {
  readonly proxy: string;
  readonly pstn: string;
}

export async function startTelephony(box: Sandbox, manager: string, { key, secret, carrier, at }: { key: string; secret: string; carrier: Carrier; at?: Exchange }): Promise<Telephony> {
  const pstn = await box.pstn({ proxy: `${at?.proxy ?? `127.0.${box.octet}.110`}:5060`, ...(at ? { host: at.pstn } : {}) });
  const sipp = `127.0.${box.octet}.120`;
  const proxy = await box.proxy({ managers: [manager], apiKey: key, secret, carrier: carrier === 'sipp' ? `sip:${sipp}:5060` : pstn.sipUri, carriers: [pstn.host, sipp], ...(at ? { host: at.proxy } : {}) });
  return { proxy, pstn };
}

/** Opens an instance of the sandbox of `tools/`, which is plain JavaScript: here are the parts of its door the stories use. */
export async function createSandbox(options: { name: string; stateDir: string; octet: number; fresh: boolean; log: (line: string) => void }): Promise<Sandbox> {
  const door = (await import(pathToFileURL(join(root, 'tools', 'sandbox', 'index.mjs')).href)) as { createSandbox(given: typeof options): Promise<Sandbox> };
  return door.createSandbox(options);
}
