import fc from 'fast-check';

import { type FreeAgent, matchCallers, serves, type WaitingCaller } from './match.js';

const caller = (callId: string, but: Partial<WaitingCaller> = {}): WaitingCaller => ({ callId, skills: [], wantedAgentId: null, ...but });
const agent = (agentId: string, idleSince: number, ...skills: string[]): FreeAgent => ({ agentId, skills, idleSince });

describe('bringing callers to agents', () => {
  it('gives the first caller to the agent who has been idle for longest', () => {
    expect(matchCallers([caller('c1'), caller('c2')], [agent('late', 20), agent('early', 10)])).toEqual([
      { callId: 'c1', agentId: 'early' },
      { callId: 'c2', agentId: 'late' },
    ]);
  });

  it('passes over an agent who lacks a skill, however long she has been idle', () => {
    const agents = [agent('french', 1, 'fr'), agent('both', 2, 'fr', 'billing')];
    expect(matchCallers([caller('c1', { skills: ['billing', 'fr'] })], agents)).toEqual([{ callId: 'c1', agentId: 'both' }]);
  });

  it('lets a caller go ahead of an earlier one whom the free agent cannot serve', () => {
    expect(matchCallers([caller('c1', { skills: ['de'] }), caller('c2')], [agent('a', 1)])).toEqual([{ callId: 'c2', agentId: 'a' }]);
  });

  it('keeps a caller who asked for one agent for her, whatever her skills', () => {
    const callers = [caller('c1', { wantedAgentId: 'b', skills: ['de'] }), caller('c2')];
    expect(matchCallers(callers, [agent('a', 1)])).toEqual([{ callId: 'c2', agentId: 'a' }]);
    expect(matchCallers(callers, [agent('b', 1)])).toEqual([{ callId: 'c1', agentId: 'b' }]);
  });
});

const skill = fc.constantFrom('de', 'fr', 'billing');
const someSkills = fc.uniqueArray(skill, { maxLength: 3 });
const anyAgents = fc.uniqueArray(fc.nat(11), { maxLength: 8 }).chain((ids) =>
  fc.tuple(...ids.map((id) => fc.record({ agentId: fc.constant(`a${id}`), skills: someSkills, idleSince: fc.nat(4) }))),
);
const anyCallers = fc
  .array(fc.record({ skills: someSkills, wantedAgentId: fc.option(fc.nat(11).map((id) => `a${id}`), { freq: 4 }) }), { maxLength: 14 })
  .map((callers) => callers.map((one, at) => ({ ...one, callId: `c${at}` })));

describe('whoever calls and whoever is free', () => {
  it('no agent is given to two callers, no caller to two agents, and nobody to an agent who does not serve them', () => {
    fc.assert(
      fc.property(anyCallers, anyAgents, (callers, agents) => {
        const matches = matchCallers(callers, agents);
        expect(new Set(matches.map((match) => match.agentId)).size).toBe(matches.length);
        expect(new Set(matches.map((match) => match.callId)).size).toBe(matches.length);
        for (const { callId, agentId } of matches) {
          expect(serves(agents.find((one) => one.agentId === agentId)!, callers.find((one) => one.callId === callId)!)).toBe(true);
        }
      }),
    );
  });

  it('nobody overtakes an earlier caller whom the same agent serves', () => {
    fc.assert(
      fc.property(anyCallers, anyAgents, (callers, agents) => {
        const matches = new Map(matchCallers(callers, agents).map(({ callId, agentId }) => [callId, agentId]));
        callers.forEach((later, at) => {
          const given = agents.find(({ agentId }) => agentId === matches.get(later.callId));
          if (given) for (const earlier of callers.slice(0, at)) if (serves(given, earlier)) expect(matches.has(earlier.callId)).toBe(true);
        });
      }),
    );
  });

  it('the agent given has been idle for longest of those who were left and serve the caller', () => {
    fc.assert(
      fc.property(anyCallers, anyAgents, (callers, agents) => {
        const taken = new Set<string>();
        for (const { callId, agentId } of matchCallers(callers, agents)) {
          const given = agents.find((one) => one.agentId === agentId)!;
          const asked = callers.find((one) => one.callId === callId)!;
          for (const other of agents) if (!taken.has(other.agentId) && serves(other, asked)) expect(given.idleSince).toBeLessThanOrEqual(other.idleSince);
          taken.add(agentId);
        }
      }),
    );
  });

  it('nobody is left waiting while an agent who serves them is left idle', () => {
    fc.assert(
      fc.property(anyCallers, anyAgents, (callers, agents) => {
        const matches = matchCallers(callers, agents);
        const idle = agents.filter(({ agentId }) => !matches.some((match) => match.agentId === agentId));
        for (const one of callers) if (!matches.some(({ callId }) => callId === one.callId)) for (const free of idle) expect(serves(free, one)).toBe(false);
      }),
    );
  });

  it('the order in which the agents are handed in does not matter', () => {
    fc.assert(fc.property(anyCallers, anyAgents, (callers, agents) => expect(matchCallers(callers, [...agents].reverse())).toEqual(matchCallers(callers, agents))));
  });
});
