/** One condition as Asterisk writes it: `id=x`, `id LIKE=a%`, `mailboxes !=`. */
export interface Condition {
  readonly field: string;
  readonly operator: '=' | '!=' | 'LIKE' | '<' | '>' | '<=' | '>=';
  readonly value: string;
}

/** A row of a realtime table. */
export type RealtimeRow = Readonly<Record<string, string>>;

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

function like(actual: string, pattern: string): boolean {
  const parts = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('_', '.'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(actual);
}
