import type { LogEvent } from '../live/event-log.js';
import { endedSeat, movedServer } from './ended-seats.js';

function event(type: string, data: Record<string, unknown>): LogEvent {
  return { seq: 1, type, at: new Date(0), subject: 'p1', agentId: 'a1', data };
}

const seat = { mediaServerId: 's1', conference: 'k3x9', legUniqueid: 'ms1-1.5' };

describe('legs that must go because their seat is over', () => {
  it('a seat that ended keeps none of its legs', () => {
    for (const type of ['placement.released', 'placement.expired']) expect(endedSeat(event(type, seat))).toEqual({ ...seat, legUniqueid: null });
  });

  it('a seat lost by the silence of its browser loses that leg alone, so that the one after it may stay', () => {
    expect(endedSeat(event('placement.lost', { ...seat, reason: 'heartbeat' }))).toEqual(seat);
  });

  it('a seat whose leg went by itself has nothing to hang up, and other events mean nobody', () => {
    expect(endedSeat(event('placement.lost', { ...seat, legUniqueid: null, reason: 'leg_ended' }))).toBeNull();
    expect(endedSeat(event('placement.connected', seat))).toBeNull();
    expect(endedSeat(event('agent.state', { state: 'ready' }))).toBeNull();
  });

  it('whatever moves a placement moves the utilisation of its server', () => {
    expect(movedServer(event('placement.reserved', seat))).toBe('s1');
    expect(movedServer(event('media-server.health', { mediaServerId: 's1' }))).toBeNull();
  });
});
