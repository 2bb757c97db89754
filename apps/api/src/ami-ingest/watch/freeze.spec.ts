import { Freeze } from './freeze.js';

describe('when most media servers seem gone at once', () => {
  let said: (string | null)[];
  let freeze: Freeze;
  const none = { overdue: 0, all: 0 };

  beforeEach(() => {
    said = [];
    freeze = new Freeze({ said: (sentence) => said.push(sentence) });
  });

  it('nobody is given up, and it is said once, until it is over', () => {
    freeze.look({ overdue: 2, all: 3 }, { overdue: 2, all: 3 });
    expect(said).toEqual([]);
    expect(freeze.ourFault()).toContain('2 of 3 media servers');
    freeze.look({ overdue: 3, all: 3 }, { overdue: 3, all: 3 });
    expect(freeze.ourFault()).toContain('2 of 3');
    expect(said).toHaveLength(1);
    freeze.look({ overdue: 1, all: 3 }, { overdue: 1, all: 3 });
    expect([freeze.ourFault(), said.at(-1)]).toEqual([null, null]);
  });

  it('a single one of a larger pool, or the only one, is given up by its own signs', () => {
    freeze.look({ overdue: 1, all: 3 }, { overdue: 1, all: 9 });
    expect(freeze.ourFault()).toBeNull();
    freeze.look({ overdue: 1, all: 1 }, { overdue: 1, all: 1 });
    expect(freeze.ourFault()).toBeNull();
    expect(said).toEqual([]);
  });

  it('a manager with one server of its own sees it in the rest of the pool', () => {
    freeze.look({ overdue: 1, all: 1 }, { overdue: 2, all: 3 });
    expect(freeze.ourFault()).not.toBeNull();
    freeze.look(none, none);
    expect(freeze.now).toBeNull();
  });
});
