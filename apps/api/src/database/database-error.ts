/** Deadlock and lock wait timeout: the transaction was rolled back and may be run again. */
const retriable = new Set([1213, 1205]);

/** MySQL cannot be reached or cannot serve now: no fault of the request. */
const unavailable = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT', 'POOL_CLOSED', 'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_DEADLOCK', 'ER_OPTION_PREVENTS_STATEMENT',
  'ER_QUERY_INTERRUPTED', 'ER_ACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ER_NO_SUCH_TABLE',
]);

const duplicateEntry = 1062;

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
}

export function isRetriable(error: unknown): boolean {
  return retriable.has(Number(field(error, 'errno')));
}

/** True when MySQL is away, being shut down, or not migrated: the caller hears 503 and tries again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = field(error, 'code');
  if (typeof code === 'string' && unavailable.has(code)) return true;
  const message = error instanceof Error ? error.message : '';
  return /^(Pool is closed|Queue limit reached|Can't add new command when connection is in closed state|Connection lost)/.test(message)
    || field(error, 'name') === 'ConnectionNotFoundError' || field(error, 'name') === 'DataSourceNotFoundError';
}

/** True when a UNIQUE key refused the row; `key` narrows it to one key of the table. */
export function isDuplicate(error: unknown, key?: string): boolean {
  if (Number(field(error, 'errno')) !== duplicateEntry) return false;
  return key === undefined || String(field(error, 'sqlMessage') ?? field(error, 'message')).includes(key);
}
