import type { ConferenceLevel } from '@nailup/domain';
import { LevelWriter } from './level-writer.js';

interface Written {
  complete: boolean;
  conferences: string[];
}

function writer(write: (written: Written) => Promise<void>): { writer: LevelWriter<ConferenceLevel>; written: Written[]; failing: (string | null)[] } {
  const written: Written[] = [];
  const failing: (string | null)[] = [];
  const level = (conference: string) => ({ conference, legs: [], clientLegs: 0 });
  const made = new LevelWriter(
    {
      levels: (names) => names.map(level),
      all: () => [level('everything')],
      write: (complete, levels) => {
        const one = { complete, conferences: levels.map(({ conference }) => conference) };
        written.push(one);
        return write(one);
      },
      failing: (error) => failing.push(error?.message ?? null),
    },
    15,
  );
  return { writer: made, written, failing };
}

describe('writing what changed in few transactions', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('facts that come together are written together, within 50 ms', async () => {
    const { writer: one, written } = writer(async () => undefined);
    one.changed(['a', 'b']);
    one.changed(['b', 'c']);
    await jest.advanceTimersByTimeAsync(49);
    expect(written).toEqual([{ complete: false, conferences: ['a', 'b', 'c'] }]);
  });

  it('what changes while a write is under way goes into the next one', async () => {
    let finish = (): void => undefined;
    const { writer: one, written } = writer(() => new Promise((resolve) => (finish = resolve)));
    one.changed(['a']);
    await jest.advanceTimersByTimeAsync(20);
    one.changed(['a', 'b']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(written).toHaveLength(1);
    finish();
    await jest.advanceTimersByTimeAsync(20);
    expect(written[1]).toEqual({ complete: false, conferences: ['a', 'b'] });
  });

  it('more than 500 changes go in several transactions, a snapshot in one', async () => {
    const { writer: one, written } = writer(async () => undefined);
    one.changed(Array.from({ length: 1_200 }, (_, index) => `c${index}`));
    await jest.advanceTimersByTimeAsync(100);
    expect(written.map(({ conferences }) => conferences.length)).toEqual([500, 500, 200]);
    const done = one.everything();
    await jest.advanceTimersByTimeAsync(1);
    await done;
    expect(written.at(-1)).toEqual({ complete: true, conferences: ['everything'] });
  });

  it('a database that is away loses nothing: what failed is written when it is back, and said once', async () => {
    let away = true;
    const { writer: one, written, failing } = writer(async () => {
      if (away) throw new Error('away');
    });
    one.changed(['a']);
    const done = one.everything();
    await jest.advanceTimersByTimeAsync(5_000);
    away = false;
    await jest.advanceTimersByTimeAsync(2_100);
    await done;
    expect(written.at(-1)).toMatchObject({ complete: true });
    expect(failing).toEqual(['away', null]);
  });

  it('a flood that cannot be written costs no memory: everything is written once, as it stands then', async () => {
    let finish = (): void => undefined;
    const { writer: one, written } = writer(() => new Promise((resolve) => (finish = resolve)));
    one.changed(['first']);
    await jest.advanceTimersByTimeAsync(20);
    for (let n = 0; n < 50_000; n += 1) one.changed([`c${n}`]);
    finish();
    await jest.advanceTimersByTimeAsync(20);
    expect(written).toHaveLength(2);
    expect(written[1]).toEqual({ complete: true, conferences: ['everything'] });
  });

  it('while it is held nothing is written', async () => {
    const { writer: one, written } = writer(async () => undefined);
    one.changed(['a']);
    one.hold();
    one.changed(['b']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(written).toEqual([]);
    one.release();
    await jest.advanceTimersByTimeAsync(1);
    expect(written).toEqual([{ complete: false, conferences: ['a', 'b'] }]);
  });
});
