import { GroupCommit, type Outcome } from './group-commit.js';

interface Ask {
  readonly who: string;
  readonly what: string;
}

/** A commit that waits to be let go, and remembers the batches it was given. */
function heldCommit() {
  const batches: (readonly Ask[])[] = [];
  const waiting: (() => void)[] = [];
  const commit = async (batch: readonly Ask[]): Promise<Outcome<string>[]> => {
    batches.push(batch);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return batch.map(({ who, what }) => (what === 'refuse' ? { refusal: new Error(`no, ${who}`) } : { answer: `${who} ${what}` }));
  };
  const group = (maxBatch = 100) =>
    new GroupCommit<Ask, string>({ commit, keyOf: ({ who }) => who, isSame: (a, b) => a.what === b.what, maxBatch });
  /** Lets batches go as they come, until nothing waits any more. */
  const release = async (): Promise<void> => {
    for (let idle = 0; idle < 3; idle += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      const held = waiting.splice(0);
      if (held.length > 0) idle = 0;
      for (const go of held) go();
    }
  };
  return { group, batches, release };
}

describe('requests that wait together', () => {
  it('share one commit, and those that come meanwhile share the next', async () => {
    const { group, batches, release } = heldCommit();
    const room = group();
    const first = [room.submit({ who: 'alice', what: 'sits' }), room.submit({ who: 'bob', what: 'sits' })];
    await new Promise((resolve) => setImmediate(resolve));
    const second = [room.submit({ who: 'carol', what: 'sits' }), room.submit({ who: 'dave', what: 'sits' })];
    await release();
    expect(await Promise.all([...first, ...second])).toEqual(['alice sits', 'bob sits', 'carol sits', 'dave sits']);
    expect(batches.map((batch) => batch.length)).toEqual([2, 2]);
  });

  it('a refusal is for its asker alone', async () => {
    const { group, release } = heldCommit();
    const room = group();
    const answers = Promise.allSettled([room.submit({ who: 'alice', what: 'refuse' }), room.submit({ who: 'bob', what: 'sits' })]);
    await release();
    expect(await answers).toMatchObject([{ status: 'rejected', reason: { message: 'no, alice' } }, { status: 'fulfilled', value: 'bob sits' }]);
  });

  it('both clicks of a double click share an answer', async () => {
    const { group, batches, release } = heldCommit();
    const room = group();
    const answers = Promise.all([room.submit({ who: 'alice', what: 'sits' }), room.submit({ who: 'alice', what: 'sits' })]);
    await release();
    expect(await answers).toEqual(['alice sits', 'alice sits']);
    expect(batches.map((batch) => batch.length)).toEqual([1]);
  });

  it('two different wishes of one agent are decided one after the other', async () => {
    const { group, batches, release } = heldCommit();
    const room = group();
    const answers = Promise.all([room.submit({ who: 'alice', what: 'sits' }), room.submit({ who: 'alice', what: 'moves' })]);
    await release();
    expect(await answers).toEqual(['alice sits', 'alice moves']);
    expect(batches.map((batch) => batch.map(({ what }) => what))).toEqual([['sits'], ['moves']]);
  });

  it('a crowd is cut into batches of a size the database likes', async () => {
    const { group, batches, release } = heldCommit();
    const room = group(10);
    const answers = Promise.all(Array.from({ length: 25 }, (_, at) => room.submit({ who: `agent ${at}`, what: 'sits' })));
    await release();
    expect(await answers).toHaveLength(25);
    expect(batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
  });

  it('a commit that fails fails for all of its batch, and the next one is tried', async () => {
    let broken = true;
    const room = new GroupCommit<Ask, string>({
      commit: (batch) => (broken ? Promise.reject(new Error('the database is away')) : Promise.resolve(batch.map(({ who }) => ({ answer: who })))),
      keyOf: ({ who }) => who,
      isSame: () => true,
      maxBatch: 10,
    });
    await expect(Promise.all([room.submit({ who: 'alice', what: '' }), room.submit({ who: 'bob', what: '' })])).rejects.toThrow('the database is away');
    broken = false;
    expect(await room.submit({ who: 'alice', what: '' })).toBe('alice');
  });
});
