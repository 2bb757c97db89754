import fc from 'fast-check';
import { causeInWords, endReasonOf, endReasons } from './end-reason.js';

const outbound = { direction: 'outbound', wasAnswered: false, wantedBy: null } as const;
const inbound = { direction: 'inbound', wasAnswered: false, wantedBy: null } as const;

describe('why a call ended', () => {
  it.each([
    ['the line was busy', { ...outbound, cause: 17 }, 'busy'],
    ['nobody answered', { ...outbound, cause: 19 }, 'no-answer'],
    ['Asterisk stopped ringing', { ...outbound, cause: 16 }, 'no-answer'],
    ['Asterisk stopped ringing and said no cause', { ...outbound, cause: 0, rang: true }, 'no-answer'],
    ['the leg could not be set up', { ...outbound, cause: 0 }, 'congestion'],
    ['the number is not in use', { ...outbound, cause: 1 }, 'rejected'],
    ['they pressed the red button', { ...outbound, cause: 21 }, 'rejected'],
    ['no line was free', { ...outbound, cause: 34 }, 'congestion'],
    ['a cause nobody heard of', { ...outbound, cause: 99 }, 'congestion'],
    ['nothing was heard', { ...outbound, cause: null }, 'congestion'],
    ['she thought better of it', { ...outbound, cause: 16, wantedBy: 'agent' }, 'cancelled'],
    ['she hung up', { ...outbound, wasAnswered: true, cause: 16, wantedBy: 'agent' }, 'agent-hung-up'],
    ['they hung up', { ...outbound, wasAnswered: true, cause: 16 }, 'caller-hung-up'],
    ['the caller gave up waiting', { ...inbound, cause: 16 }, 'abandoned'],
    ['the caller hung up', { ...inbound, wasAnswered: true, cause: 16 }, 'caller-hung-up'],
    ['she refused the caller', { ...inbound, cause: 16, wantedBy: 'agent' }, 'agent-hung-up'],
  ] as const)('%s', (_, end, reason) => {
    expect(endReasonOf(end)).toBe(reason);
  });

  it('always is one of the words of the contract, and the cause has words for a person', () => {
    fc.assert(
      fc.property(
        fc.record({
          direction: fc.constantFrom('inbound', 'outbound'), wasAnswered: fc.boolean(), cause: fc.option(fc.nat(200)), wantedBy: fc.constantFrom('agent', 'system', null), rang: fc.boolean(),
        }),
        (end) => {
          expect(endReasons).toContain(endReasonOf(end));
          if (end.cause !== null) expect(causeInWords(end.cause)).toMatch(/^[A-Z].{4,}/);
        },
      ),
    );
  });
});
