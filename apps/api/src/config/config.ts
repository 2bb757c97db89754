import { accessSync, constants } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { EnvReader } from './env.js';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything an operator may set, read once at start and frozen. */
export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Health and metrics move to this port and leave the public origin; null keeps them there. */
  readonly managementPort: number | null;
  /** How this manager signs leases; two managers on one database must differ. */
  readonly managerName: string;
  readonly databaseUrl: string;
  /** Connections to MySQL; more of them queue on the pool row instead of in this process. */
  readonly databaseConnections: number;
  /** 32 bytes that every other key is derived from. All managers of one database share it. */
  readonly secretKey: Buffer;
  /** Where media servers reach the managers. */
  readonly managerUrls: readonly string[];
  readonly webRoots: { readonly softphone: string; readonly admin: string };
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  readonly turnSecret: string | null;
  /** Shared with the SIP proxy, which lets no call out that is not signed with it; null lets none out at all. */
  readonly proxySecret: string | null;
  /** Where recordings are kept. All managers of one installation share it: a volume that each of them sees under its own path. */
  readonly recordingsDirectory: string;
  readonly logLevel: (typeof logLevels)[number];
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  /** Believe X-Forwarded-For and X-Forwarded-Proto; only behind a proxy that sets them. */
  readonly trustProxy: boolean;
  /** How long the event log is kept; a client that was away longer starts again from the present state. */
  readonly eventRetentionHours: number;
  /** How long an ended call and its ladder are kept; one whose recording is still kept stays with it. */
  readonly callRetentionDays: number;
  readonly reservationSeconds: number;
  readonly lostGraceSeconds: number;
  /** With the second in which beats are gathered and the two of a sweep, the leg of a dead browser is ended 15 s after its last beat. */
  readonly heartbeatSilenceSeconds: number;
  readonly reconcileSeconds: number;
  /** On SIGTERM, how long requests are still taken and live streams sent away while balancers learn that it is not ready. */
  readonly drainSeconds: number;
}

/** The environment does not describe a manager that can run; `message` names every fault. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Turns the environment into the configuration.
 * @param appsFolder where the built consoles lie when WEB_ROOT_SOFTPHONE and WEB_ROOT_ADMIN say nothing
 * @throws ConfigError naming every fault at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, appsFolder: string): Config {
  const env = new EnvReader(environment);
  const host = env.text('HOST', '127.0.0.1');
  const port = env.integer('PORT', 3000, 0, 65_535);
  const tls = readTls(env);
  const config: Config = {
    host,
    port,
    managementPort: env.optionalInteger('MANAGEMENT_PORT', 1, 65_535) ?? null,
    managerName: env.text('MANAGER_NAME', `${hostname()}-${process.pid}`).slice(0, 64),
    databaseUrl: readDatabaseUrl(env),
    databaseConnections: env.integer('DATABASE_CONNECTIONS', 12, 2, 500),
    secretKey: readSecretKey(env),
    managerUrls: env.urls('MANAGER_URLS', [`${tls === null ? 'http' : 'https'}://${host}:${port}`], ['http', 'https']).map((url) => url.replace(/\/+$/, '')),
    webRoots: Object.freeze({
      softphone: env.text('WEB_ROOT_SOFTPHONE', join(appsFolder, 'softphone', 'dist')),
      admin: env.text('WEB_ROOT_ADMIN', join(appsFolder, 'admin', 'dist')),
    }),
    stunUrls: env.urls('STUN_URLS', [], ['stun', 'stuns']),
    turnUrls: env.urls('TURN_URLS', [], ['turn', 'turns']),
    turnSecret: env.optional('TURN_SECRET') ?? null,
    proxySecret: readProxySecret(env),
    recordingsDirectory: resolve(env.text('RECORDINGS_DIRECTORY', '/var/lib/nailup/recordings')),
    logLevel: env.oneOf('LOG_LEVEL', 'info', logLevels),
    tls,
    trustProxy: env.flag('TRUST_PROXY'),
    eventRetentionHours: env.integer('EVENT_RETENTION_HOURS', 24, 1, 8_760),
    callRetentionDays: env.integer('CALL_RETENTION_DAYS', 365, 1, 36_500),
    reservationSeconds: env.integer('RESERVATION_SECONDS', 30, 1, 600),
    lostGraceSeconds: env.integer('LOST_GRACE_SECONDS', 20, 1, 600),
    heartbeatSilenceSeconds: env.integer('HEARTBEAT_SILENCE_SECONDS', 12, 1, 600),
    reconcileSeconds: env.integer('RECONCILE_SECONDS', 10, 1, 600),
    drainSeconds: env.integer('DRAIN_SECONDS', 10, 0, 20),
  };
  if (config.turnUrls.length > 0 && config.turnSecret === null) env.faults.push('TURN_SECRET is missing: TURN_URLS is set, and the relay checks credentials made with it');
  if (env.faults.length > 0) throw new ConfigError(env.faults);
  return Object.freeze(config);
}

function readDatabaseUrl(env: EnvReader): string {
  const value = env.required('DATABASE_URL', 'the MySQL database, as mysql://user:password@host:port/nailup');
  if (value === '') return value;
  try {
    const url = new URL(value);
    if (url.protocol !== 'mysql:') env.faults.push(`DATABASE_URL must start with mysql://, it starts with ${url.protocol}//`);
    if (url.pathname.length < 2) env.faults.push('DATABASE_URL must end in the name of the database, as in mysql://…/nailup');
  } catch {
    env.faults.push('DATABASE_URL is not a URL');
  }
  return value;
}

function readSecretKey(env: EnvReader): Buffer {
  const value = env.required('NAILUP_SECRET_KEY', '32 random bytes in base64, as printed by: openssl rand -base64 32');
  const key = Buffer.from(value, 'base64');
  if (value !== '' && key.length !== 32) env.faults.push(`NAILUP_SECRET_KEY must be 32 bytes in base64, it holds ${key.length}`);
  return key;
}

/** Long enough that nobody finds it by trying. */
function readProxySecret(env: EnvReader): string | null {
  const value = env.optional('PROXY_SECRET');
  if (value !== undefined && value.length < 32) env.faults.push(`PROXY_SECRET must have 32 characters or more, it has ${value.length}`);
  return value ?? null;
}

function readTls(env: EnvReader): Config['tls'] {
  const certificateFile = env.optional('TLS_CERT');
  const keyFile = env.optional('TLS_KEY');
  if (certificateFile === undefined && keyFile === undefined) return null;
  if (certificateFile === undefined || keyFile === undefined) {
    env.faults.push('TLS_CERT and TLS_KEY belong together, only one of them is set');
    return null;
  }
  for (const [name, file] of [['TLS_CERT', certificateFile], ['TLS_KEY', keyFile]] as const) {
    try {
      accessSync(file, constants.R_OK);
    } catch {
      env.faults.push(`${name} names ${file}, which cannot be read`);
    }
  }
  return Object.freeze({ certificateFile, keyFile });
}
