import type { LinkReport } from './link-report.js';
import { ReportQueue } from './report-queue.js';

type Batch = readonly (readonly [number, LinkReport])[];

const joined = (n: number): LinkReport => ({ kind: 'facts', facts: [{ kind: 'leg-joined', mediaServerId: 's1', uniqueid: String(n), conference: 'k', role: 'client' }], calls: [] });
const alive = (signal: 'ping' | 'echo', latencyMs: number): LinkReport => ({ kind: 'alive', signal, latencyMs });
const snapshot: LinkReport = { kind: 'snapshot', legs: [], calls: [] };
const closed: LinkReport = { kind: 'closed', refused: true, why: 'w', reason: 'r' };

describe('what waits between the worker and the manager', () => {
  let sent: Batch[];
  let read: number[];
  let queue: ReportQueue;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    sent = [];
    read = [];
    queue = new ReportQueue((batch) => sent.push(batch), (linkId) => read.push(linkId), 100);
  });

  it('one batch is under way at a time, and what comes meanwhile goes in the next', async () => {
    queue.push(1, joined(1));
    await turn();
    queue.push(1, joined(2));
    queue.push(2, joined(3));
    await turn();
    expect(sent).toHaveLength(1);
    queue.taken();
    await turn();
    expect(sent[1]?.map(([linkId]) => linkId)).toEqual([1, 2]);
  });

  it('a whole pool that is read anew goes over in parts, so that requests are answered in between, and in its order', async () => {
    const legs = Array.from({ length: 400 }, (_, at) => ({ uniqueid: String(at), conference: `k${at}`, role: 'agent' as const }));
    for (let linkId = 1; linkId <= 10; linkId += 1) {
      queue.push(linkId, { kind: 'snapshot', legs, calls: [] });
      queue.push(linkId, joined(linkId));
    }
    for (let n = 0; n < 6; n += 1) {
      await turn();
      queue.taken();
    }
    expect(sent.map((batch) => new Set(batch.map(([linkId]) => linkId)).size)).toEqual([3, 3, 3, 1]);
    expect(sent.flat().map(([linkId, { kind }]) => `${linkId} ${kind}`)).toEqual(Array.from({ length: 10 }, (_, at) => [`${at + 1} snapshot`, `${at + 1} facts`]).flat());
  });

  it('facts keep their order and their place before and behind a snapshot', async () => {
    queue.push(1, joined(1));
    queue.push(1, snapshot);
    queue.push(1, joined(2));
    queue.push(1, joined(3));
    await turn();
    expect(sent[0]?.map(([, report]) => (report.kind === 'facts' ? report.facts.map((fact) => 'uniqueid' in fact && fact.uniqueid) : report.kind))).toEqual([['1'], 'snapshot', ['2', '3']]);
  });

  it('of each sign of life one is told, the one that was slowest', async () => {
    for (const ms of [10, 900, 20]) queue.push(1, alive('echo', ms));
    queue.push(1, alive('ping', 5));
    await turn();
    expect(sent[0]?.map(([, report]) => report)).toEqual([alive('echo', 900), alive('ping', 5)]);
  });

  it('each refusal is told, because they are counted', async () => {
    queue.push(1, closed);
    queue.push(1, closed);
    await turn();
    expect(sent[0]).toHaveLength(2);
  });

  it('a manager that takes nothing costs no memory: what is too much is given up for a fresh snapshot', async () => {
    queue.push(1, joined(0));
    await turn();
    for (let n = 0; n < 100_000; n += 1) queue.push(1, joined(n));
    expect(queue.overflows).toBeGreaterThan(900);
    expect(read.length).toBe(queue.overflows);
    queue.taken();
    await turn();
    expect(sent[1]?.reduce((sum, [, report]) => sum + (report.kind === 'facts' ? report.facts.length : 0), 0)).toBeLessThanOrEqual(100);
  });

  it('how a call ended is kept while seats are given up: no list would show it again', async () => {
    const ended: LinkReport = { kind: 'facts', facts: [], calls: [{ kind: 'call-leg-ended', callId: 'c', uniqueid: '1', role: 'client', cause: 17 }] };
    queue.push(1, ended);
    for (let n = 0; n < 150; n += 1) queue.push(1, joined(n));
    await turn();
    expect(sent[0]?.flatMap(([, report]) => (report.kind === 'facts' ? report.calls : []))).toHaveLength(1);
  });

  it('of a link that is closed nothing is told any more', async () => {
    queue.push(1, joined(1));
    queue.forget(1);
    await turn();
    expect(sent).toEqual([]);
  });
});
