/** Deadlock, lock wait timeout, and refused by the other members of a replication group: the transaction was rolled back and may be run again. */
const retriable = new Set([1213, 1205, 3101]);

/** The connection is broken, or was never made. */
const broken = [
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_UNEXPECTED_PACKET', 'PROTOCOL_INCORRECT_PACKET_SEQUENCE', 'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ER_CLIENT_INTERACTION_TIMEOUT', 'ER_SESSION_WAS_KILLED',
];
/** It leads to a server that takes no writes (any more): the next connection may lead to the one that does. */
const demoted = ['ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION', 'ER_RUN_HOOK_ERROR', 'ER_GRP_TRX_CONSISTENCY_BEFORE'];
const useless = new Set([...broken, ...demoted]);

/** MySQL cannot be reached or cannot serve now: no fault of the request. */
const unavailable = new Set([
  ...useless, 'POOL_CLOSED', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_DEADLOCK', 'ER_TRANSACTION_ROLLBACK_DURING_COMMIT',
  'ER_QUERY_INTERRUPTED', 'ER_ACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ER_NO_SUCH_TABLE',
]);

const lostConnection = /^(Pool is closed|Queue limit reached|Can't add new command when connection is in closed state|Connection lost)/;

const duplicateEntry = 1062;

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
}

export function isRetriable(error: unknown): boolean {
  return retriable.has(Number(field(error, 'errno')));
}

/** True when the connection can serve nobody any more, and is to be thrown away. */
export function isConnectionUseless(error: unknown): boolean {
  const code = field(error, 'code');
  return (typeof code === 'string' && useless.has(code)) || field(error, 'fatal') === true || lostConnection.test(error instanceof Error ? error.message : '');
}

/** True when nobody knows whether a transaction was committed: its connection broke, or was given up, before the answer came. */
export function isInDoubt(error: unknown): boolean {
  return field(error, 'inDoubt') === true;
}

/** True when MySQL is away, being shut down, or not migrated: the caller hears 503 and tries again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = field(error, 'code');
  if (typeof code === 'string' && unavailable.has(code)) return true;
  return lostConnection.test(error instanceof Error ? error.message : '')
    || field(error, 'name') === 'ConnectionNotFoundError' || field(error, 'name') === 'DataSourceNotFoundError';
}

/** True when a UNIQUE key refused the row; `key` narrows it to one key of the table. */
export function isDuplicate(error: unknown, key?: string): boolean {
  if (Number(field(error, 'errno')) !== duplicateEntry) return false;
  return key === undefined || String(field(error, 'sqlMessage') ?? field(error, 'message')).includes(key);
}
