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

  it('is answered one row a line, so that nothing in a value can make a second one', () => {
    expect(formEncode([alice, { id: 'b&b', note: 'two\nlines = 1' }])).toBe('id=alice&aors=alice\nid=b%26b&note=two%0Alines%20%3D%201\n');
    expect(formEncode([])).toBe('');
  });
});
