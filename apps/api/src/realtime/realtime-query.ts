/** One condition as Asterisk writes it: `id=x`, `id LIKE=a%`, `mailboxes !=`. */
export interface Condition {
  readonly field: string;
  readonly operator: '=' | '!=' | 'LIKE' | '<' | '>' | '<=' | '>=';
  readonly value: string;
}

/** A row of a realtime table. */
export type RealtimeRow = Readonly<Record<string, string>>;

/** A name is 64 characters at most; a longer pattern, or more conditions, is nothing Asterisk asks. */
const longestPattern = 64;
const mostConditions = 16;

const operators = ['=', '!=', 'LIKE', '<', '>', '<=', '>='] as const;

/**
 * The conditions of a lookup, from the pairs of its form body. The operator comes behind the field name, after a space
 * (res_config_curl.c: `id LIKE=%25`); without one it is equality.
 */
export function readConditions(pairs: Iterable<readonly [string, string]>): Condition[] {
  return [...pairs].map(([key, value]) => {
    const [field = '', word = '='] = key.trim().split(/\s+/, 2);
    const operator = operators.find((one) => one === word.toUpperCase()) ?? '=';
    return { field, operator, value };
  });
}

/** Whether a row is what is asked for. A field the row does not have reads as empty. */
export function matches(row: RealtimeRow, conditions: readonly Condition[]): boolean {
  if (conditions.length > mostConditions) return false;
  return conditions.every(({ field, operator, value }) => {
    const actual = row[field] ?? '';
    switch (operator) {
      case '=':
        return actual === value;
      case '!=':
        return actual !== value;
      case 'LIKE':
        return like(actual, value);
      default:
        // Asterisk compares no field of ours by order.
        return false;
    }
  });
}

/** One row a line, as `key=value&key=value` (what res_config_curl splits again). */
export function formEncode(rows: readonly RealtimeRow[]): string {
  return rows.map((row) => `${new URLSearchParams(Object.entries(row)).toString().replaceAll('+', '%20')}\n`).join('');
}

/**
 * SQL's LIKE: `%` is any text, `_` any one character. From left to right, each piece between two `%` at its first place: a later place can only leave
 * less for the rest, so nothing is ever tried twice, and the time grows with the two lengths alone.
 */
function like(actual: string, pattern: string): boolean {
  if (pattern.length > longestPattern) return false;
  const pieces = pattern.split('%');
  const first = pieces.shift() ?? '';
  const last = pieces.pop();
  if (last === undefined) return actual.length === first.length && fits(actual, 0, first);
  const end = actual.length - last.length;
  if (end < first.length || !fits(actual, 0, first) || !fits(actual, end, last)) return false;
  let at = first.length;
  for (const piece of pieces) {
    if (piece === '') continue;
    while (at + piece.length <= end && !fits(actual, at, piece)) at += 1;
    at += piece.length;
    if (at > end) return false;
  }
  return true;
}

function fits(actual: string, from: number, piece: string): boolean {
  for (let at = 0; at < piece.length; at += 1) if (piece[at] !== '_' && piece[at] !== actual[from + at]) return false;
  return true;
}
