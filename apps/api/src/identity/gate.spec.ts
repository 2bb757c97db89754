import { Gate } from './gate.js';

/** Work that ends when told. */
function held(): { work: () => Promise<void>; started: () => boolean; finish: () => void } {
  let started = false;
  let finish = (): void => undefined;
  const work = (): Promise<void> => {
    started = true;
    return new Promise((resolve) => (finish = resolve));
  };
  return { work, started: () => started, finish: () => finish() };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the gate before the password hashing', () => {
  it('lets two in, keeps one waiting, turns the fourth away, and opens for the one that waits', async () => {
    const gate = new Gate(2, 1, () => new Error('full'));
    const people = [held(), held(), held()];
    const passes = people.map(({ work }) => gate.pass(work));
    await expect(gate.pass(async () => undefined)).rejects.toThrow('full');
    expect(people.map(({ started }) => started())).toEqual([true, true, false]);
    people[0]?.finish();
    await settled();
    expect(people[2]?.started()).toBe(true);
    people.forEach(({ finish }) => finish());
    await Promise.all(passes);
  });

  it('does not stay closed after somebody failed inside', async () => {
    const gate = new Gate(1, 0, () => new Error('full'));
    await expect(gate.pass(() => Promise.reject(new Error('inside')))).rejects.toThrow('inside');
    await expect(gate.pass(() => Promise.resolve('in'))).resolves.toBe('in');
  });
});
