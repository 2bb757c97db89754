import { Gate } from './gate.js';

/** Work that ends when it is told to. */
function job(): { work: () => Promise<string>; begun: () => boolean; end: (fault?: Error) => void } {
  let begun = false;
  let end: (fault?: Error) => void = () => undefined;
  const over = new Promise<string>((resolve, reject) => (end = (fault) => (fault ? reject(fault) : resolve('done'))));
  return { work: () => ((begun = true), over), begun: () => begun, end: (fault) => end(fault) };
}

describe('media servers that are all to be written at once', () => {
  it('go through in the order in which they came, never more than there is room for', async () => {
    const gate = new Gate(2);
    const jobs = [job(), job(), job(), job()];
    const done = jobs.map(({ work }) => gate.through(work));
    const begun = (): boolean[] => jobs.map((one) => one.begun());
    expect(begun()).toEqual([true, true, false, false]);
    jobs[1]!.end();
    await done[1];
    expect(begun()).toEqual([true, true, true, false]);
    jobs[0]!.end();
    jobs[2]!.end();
    jobs[3]!.end();
    expect(await Promise.all(done)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('one that takes too long goes on, and keeps nobody waiting', async () => {
    jest.useFakeTimers();
    try {
      const gate = new Gate(1, 25);
      const [slow, next, last] = [job(), job(), job()];
      const done = [slow, next, last].map(({ work }) => gate.through(work));
      await jest.advanceTimersByTimeAsync(24);
      expect(next.begun()).toBe(false);
      await jest.advanceTimersByTimeAsync(1);
      expect([next.begun(), last.begun()]).toEqual([true, false]);
      // Its place has been handed on: that it ends lets in nobody more.
      slow.end();
      expect(await done[0]).toBe('done');
      expect(last.begun()).toBe(false);
      next.end();
      await done[1];
      expect(last.begun()).toBe(true);
      last.end();
      await done[2];
    } finally {
      jest.useRealTimers();
    }
  });

  it('one that fails makes room like any other', async () => {
    const gate = new Gate(1);
    const [bad, good] = [job(), job()];
    const [first, second] = [gate.through(bad.work), gate.through(good.work)];
    bad.end(new Error('MySQL is away'));
    await expect(first).rejects.toThrow('MySQL is away');
    good.end();
    expect(await second).toBe('done');
  });
});
