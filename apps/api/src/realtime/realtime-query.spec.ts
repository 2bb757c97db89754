import { formEncode, matches, readConditions } from './realtime-query.js';

const conditions = (form: string) => readConditions(new URLSearchParams(form));
const alice = { id: 'alice', aors: 'alice' };

describe('a lookup of res_config_curl', () => {
  it('is read with its operators', () => {
    expect(conditions('id=alice')).toEqual([{ field: 'id', operator: '=', value: 'alice' }]);
    expect(conditions('id+LIKE=%25&mailboxes+%21%3D=')).toEqual([{ field: 'id', operator: 'LIKE', value: '%' }, { field: 'mailboxes', operator: '!=', value: '' }]);
    expect(conditions('')).toEqual([]);
  });

  it('finds what it asks for and nothing else', () => {
    expect(matches(alice, conditions('id=alice'))).toBe(true);
    expect(matches(alice, conditions('id=alic'))).toBe(false);
    expect(matches(alice, conditions('id+LIKE=al%25'))).toBe(true);
    expect(matches(alice, conditions('id+LIKE=%25ice'))).toBe(true);
    expect(matches(alice, conditions('id+LIKE=a.%2A'))).toBe(false);
    expect(matches(alice, conditions('mailboxes+%21%3D='))).toBe(false);
    expect(matches(alice, conditions('id+%3E=a'))).toBe(false);
  });

  it('matches a pattern as SQL does', () => {
    const asked = (id: string, pattern: string): boolean => matches({ id }, [{ field: 'id', operator: 'LIKE', value: pattern }]);
    for (const pattern of ['alice', '%', '%%', 'a%e', 'a%%e', 'a_ice', '_____', '%i%', 'al%ic%', '%alice%', '_%_', 'a%l%i%c%e']) expect([pattern, asked('alice', pattern)]).toEqual([pattern, true]);
    for (const pattern of ['', 'alic', 'a%b', '______', '____', 'alice_', 'ali%lice', 'a%i%i%', '%x%', 'ALICE', '.*']) expect([pattern, asked('alice', pattern)]).toEqual([pattern, false]);
    expect(asked('aab', 'a%ab')).toBe(true);
    expect(asked('abab', '%ab')).toBe(true);
    expect(asked('', '%')).toBe(true);
  });

  it('costs nothing more when somebody writes it to cost: a pattern that would be tried again and again, a long one, a thousand', () => {
    const row = { id: 'a'.repeat(64) };
    const worst = { field: 'id', operator: 'LIKE', value: `${'%a'.repeat(31)}%!` } as const;
    const since = performance.now();
    for (let n = 0; n < 1_000; n += 1) expect(matches(row, Array.from({ length: 16 }, () => worst))).toBe(false);
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(matches(row, [{ ...worst, value: '%'.repeat(65) }])).toBe(false);
    expect(matches(row, Array.from({ length: 17 }, () => ({ ...worst, value: '%' })))).toBe(false);
  });

  it('is answered one row a line, so that nothing in a value can make a second one', () => {
    expect(formEncode([alice, { id: 'b&b', note: 'two\nlines = 1' }])).toBe('id=alice&aors=alice\nid=b%26b&note=two%0Alines%20%3D%201\n');
    expect(formEncode([])).toBe('');
  });
});
