import { GroupCommit, type Outcome, type Turn } from './group-commit.js';

interface Ask {
  readonly who: string;
  readonly what: string;
}

/** A commit that waits to be let go, and remembers the batches it was given. */
function heldCommit() {
  const batches: (readonly Ask[])[] = [];
  const waiting: (() => void)[] = [];
  const commit = async ({ take }: Turn<Ask>): Promise<Outcome<string>[]> => {
    const batch = take();
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

const immediately = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns that take, pass on and end when they are told to. */
function heldTurns() {
  const turns: (Turn<Ask> & { end(): void })[] = [];
  const commit = (turn: Turn<Ask>): Promise<Outcome<string>[]> =>
    new Promise((resolve) => turns.push({ ...turn, end: () => resolve(turn.take().map(({ who }) => ({ answer: who }))) }));
  return { room: new GroupCommit<Ask, string>({ commit, keyOf: ({ who }) => who, isSame: () => true, maxBatch: 100 }), turns };
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
      commit: ({ take }) => (broken ? Promise.reject(new Error('the database is away')) : Promise.resolve(take().map(({ who }) => ({ answer: who })))),
      keyOf: ({ who }) => who,
      isSame: () => true,
      maxBatch: 10,
    });
    await expect(Promise.all([room.submit({ who: 'alice', what: '' }), room.submit({ who: 'bob', what: '' })])).rejects.toThrow('the database is away');
    broken = false;
    expect(await room.submit({ who: 'alice', what: '' })).toBe('alice');
  });

  it('who comes while the lock is waited for comes along', async () => {
    const { room, turns } = heldTurns();
    const answers = [room.submit({ who: 'alice', what: 'sits' })];
    await immediately();
    answers.push(room.submit({ who: 'bob', what: 'sits' }));
    expect(turns[0]!.take()).toHaveLength(2);
    expect(turns[0]!.take()).toHaveLength(2);
    turns[0]!.end();
    expect(await Promise.all(answers)).toEqual(['alice', 'bob']);
  });

  it('the next turn begins when it is passed on, and takes only those who came later', async () => {
    const { room, turns } = heldTurns();
    const first = room.submit({ who: 'alice', what: 'sits' });
    await immediately();
    turns[0]!.take();
    const second = room.submit({ who: 'bob', what: 'sits' });
    expect(turns).toHaveLength(1);
    turns[0]!.passOn();
    expect(turns[1]!.take()).toEqual([{ who: 'bob', what: 'sits' }]);
    turns[1]!.end();
    turns[0]!.end();
    expect(await Promise.all([first, second])).toEqual(['alice', 'bob']);
    expect(turns).toHaveLength(2);
  });

  it('everybody of a crowd is answered, whatever comes between', async () => {
    const { room, turns } = heldTurns();
    const answers = Array.from({ length: 100 }, (_, at) => room.submit({ who: `agent ${at}`, what: 'sits' }));
    await immediately();
    turns[0]!.take();
    turns[0]!.end();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 100 }, (_, at) => `agent ${at}`));
  });
});
