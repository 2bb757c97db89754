// @ts-check
// The bench in its small size: it runs, says what it promises to say, and what must hold on any machine holds. Speed is not judged here.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { join } from 'node:path';
import { alike, figure, table } from './bench/figures.mjs';
import { plot } from './bench/plot.mjs';
import { REPOSITORY } from './sandbox/index.mjs';
import { run } from './sandbox/machine.mjs';

const octet = '113';
/** @param {string[]} args */
const bench = (args) => run(process.execPath, [join(REPOSITORY, 'tools/bench.mjs'), ...args], { cwd: REPOSITORY });

describe('the bench', { timeout: 300_000 }, () => {
  /** @type {import('./bench/figures.mjs').Figure[]} */
  let figures;
  let said = '';

  before(async () => {
    const { stdout, output } = await bench(['--small', '--json', '--octet', octet, '--only', 'selection,rate,balance,ami,battery,ingest,growth']);
    said = output;
    assert.match(stdout, /^\{"?/, output);
    figures = JSON.parse(stdout).figures;
  });

  const find = (/** @type {RegExp} */ name) => {
    const found = figures.filter((one) => name.test(one.name));
    assert.notEqual(found.length, 0, `no figure is called ${name}: ${said}`);
    return found;
  };

  it('measures in every room', () => {
    assert.doesNotMatch(said, /Not measured/);
  });

  it('tells each figure with its goal, its peer and its spread', () => {
    for (const one of figures) {
      const { name, value, unit, goal, met, peer, peerValue, spread } = one;
      assert.equal(typeof name, 'string');
      assert.ok(Number.isFinite(value), `${name}: ${value}`);
      assert.equal(typeof unit, 'string');
      assert.ok(goal === null ? met === null : typeof goal === 'number' && typeof met === 'boolean', name);
      assert.ok(peer === null ? peerValue === null : Number.isFinite(peerValue), `${name}: ${peer} ${peerValue}`);
      assert.ok(spread.length === 2 && spread[0] <= value && value <= spread[1], `${name}: ${spread}`);
    }
  });

  it('finds seats spread to within one, after a crowd, after servers emptied, after a manager was killed', () => {
    const even = find(/^balance: (?!seats lost)/);
    assert.equal(even.length, 3);
    for (const { name, value, peer } of even) {
      assert.ok(value <= 1, `${name}: ${value}`);
      assert.match(String(peer), /Kamailio/);
    }
    for (const { name, value } of find(/^selections: most - least/)) assert.ok(value <= 1, `${name}: ${value}`);
  });

  it('finds nobody lost, nobody double and nobody miscounted', () => {
    for (const { name, value } of [...find(/lost, double/), ...find(/seats lost by being read anew/)]) assert.equal(value, 0, name);
  });

  it('finds that our AMI client stands the whole battery', () => {
    for (const { name, met, note } of find(/correctness battery/)) assert.equal(met, true, `${name}: ${note}`);
  });
});

describe('the words of the bench', () => {
  it('a figure is the median of its rounds, and judged by it', () => {
    const one = figure({ name: 'speed', unit: 'x', least: 10, rounds: [9, 30, 11], peer: 'a peer', peers: [1, 3, 2] });
    assert.deepEqual({ ...one }, { name: 'speed', value: 11, unit: 'x', goal: 10, met: true, peer: 'a peer', peerValue: 2, spread: [9, 30], bound: 'least' });
    assert.equal(figure({ name: 'wait', unit: 'ms', most: 3, rounds: [4, 5, 1] }).met, false);
  });

  it('a goal and a spread told in words become numbers', () => {
    assert.deepEqual(alike({ name: 'x', value: 2, unit: 'x', goal: '>= 20x', met: false, peer: null, peerValue: null, spread: '1.5-3' }),
      { name: 'x', value: 2, unit: 'x', goal: 20, bound: 'least', met: false, peer: null, peerValue: null, spread: [1.5, 3] });
  });

  it('a miss is seen in the table and in the picture', () => {
    const missed = figure({ name: 'a < b', unit: 'ms', most: 3, rounds: [6] });
    assert.match(table([missed]), /a < b\s+6 ms\s+<= 3\s+MISSED/);
    assert.match(plot([missed]), /a &lt; b[\s\S]*#c62828/);
  });

  it('a room that is not there is named, with those that are', async () => {
    const { code, output } = await bench(['--only', 'cellar']);
    assert.equal(code, 2);
    assert.match(output, /No room is called cellar; there are: .*selection/);
  });
});
