import fc from 'fast-check';
import type { LeasedServer } from './lease.repository.js';
import { planLeases } from './shares.js';

function server(id: string, owner: string | null, over: Partial<LeasedServer> = {}): LeasedServer {
  return { id, name: id, health: 'healthy', owner, epoch: 1, leased: owner !== null, overdue: false, door: 'd', ...over };
}

const half = (): number => 0.5;

describe('sharing media servers out between managers', () => {
  it('a manager alone takes all that nobody holds', () => {
    expect([...planLeases('a', [server('1', null), server('2', null)], new Map(), ['a'], half).claim].sort()).toEqual(['1', '2']);
  });

  it('leaves alone what another one holds, and takes it once its lease has run out', () => {
    expect(planLeases('a', [server('1', 'b')], new Map(), ['a'], half).claim).toEqual([]);
    expect(planLeases('a', [server('1', 'b', { leased: false })], new Map(), ['a'], half).claim).toEqual(['1']);
  });

  it('hands over what is more than its share when a second manager comes', () => {
    const servers = ['1', '2', '3', '4'].map((id) => server(id, 'a'));
    const plan = planLeases('a', servers, new Map(servers.map(({ id, epoch }) => [id, epoch])), ['a', 'b'], half);
    expect([plan.keep.length, plan.spare.length, plan.claim.length]).toEqual([2, 2, 0]);
  });

  it('stops watching a server that was taken over, taken out or whose epoch moved on', () => {
    const held = new Map([['taken', 1], ['gone', 1], ['moved', 1], ['mine', 1]]);
    const plan = planLeases('a', [server('taken', 'b'), server('moved', 'a', { epoch: 2 }), server('mine', 'a')], held, ['a'], half);
    expect([...plan.lost].sort()).toEqual(['gone', 'moved', 'taken']);
    expect(plan.keep.map(({ id }) => id)).toEqual(['mine']);
  });

  it('managers that act in turns come to hold every server once, no two of them differing by more than one, whatever they began with', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(6), { maxLength: 40 }), (managers, owners) => {
        const names = Array.from({ length: managers }, (_, index) => `m${index}`);
        let servers = owners.map((owner, index) => (owner < managers ? server(`s${index}`, `m${owner}`) : server(`s${index}`, owner === 6 ? null : 'dead', { leased: false })));
        for (let round = 0; round < 4; round++) {
          for (const me of names) {
            const held = new Map(servers.filter(({ owner }) => owner === me).map(({ id, epoch }) => [id, epoch]));
            const { spare, claim } = planLeases(me, servers, held, names, half);
            const left = new Set(spare.map(({ id }) => id));
            servers = servers.map((one) => (left.has(one.id) ? server(one.id, null) : claim.includes(one.id) ? server(one.id, me) : one));
          }
        }
        const counts = names.map((me) => servers.filter(({ owner }) => owner === me).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(servers.every(({ owner }) => owner !== null && names.includes(owner))).toBe(true);
      }),
    );
  });
});
