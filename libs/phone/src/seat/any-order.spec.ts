import fc from 'fast-check';
import { conferenceEventType, seatPlaceType } from '../conference/conference.js';
import { LineFault, PlacementRefused } from '../ports.js';
import { offerOn } from '../testing/fake-world.js';
import { Scene } from '../testing/scene.js';
import { IllegalSeatMove, moveSeat, seatMoves, type SeatState } from './seat.state.js';

type Deed = (scene: Scene) => void | Promise<void>;

const faults = [
  new LineFault('websocket', 'websocket-refused', 'refused'),
  new LineFault('sip', 'sip-rejected', '403'),
  new LineFault('ice', 'ice-failed', 'no path'),
] as const;
const refusals = [
  new PlacementRefused('manager-away'),
  new PlacementRefused('pool-full', 3_000),
  new PlacementRefused('no-server'),
  new PlacementRefused('signed-out'),
  new PlacementRefused('agent-disabled'),
] as const;

const caller = { id: '17.1', name: 'PJSIP/proxy-00000001', caller: { name: 'Ann', number: '+15550100' } };

/** Everything that can happen to a phone, from the agent, the network, the manager and the clock. */
const deeds: Record<string, Deed> = {
  'she goes online': (scene) => scene.phone.goOnline(),
  'she leaves': (scene) => void scene.phone.leave(),
  'she tries now': (scene) => scene.phone.tryNow(),
  'she mutes': (scene) => scene.phone.setMuted(!scene.picture.muted),
  'the page goes and comes back': (scene) => (scene.phone.pageHidden(), scene.phone.pageShown()),
  'the network changes': (scene) => scene.phone.networkChanged(),
  'another tab claims the seat': (scene) => scene.rivals.otherTabClaims(scene.picture.seat?.placementId ?? 'none'),
  'the headset is unplugged': (scene) => scene.audio.unplug(),
  'the microphone is refused from now on': (scene) => void (scene.audio.refuses = 'permission-denied'),
  'the microphone is allowed from now on': (scene) => void (scene.audio.refuses = null),
  'any socket is lost': (scene) => scene.lines.forEach((line) => line.events.socketLost()),
  'any audio path is lost': (scene) => scene.lines.forEach((line) => line.events.mediaLost()),
  'any leg is ended': (scene) => scene.lines.forEach((line) => line.events.ended({ replaced: false })),
  'any leg is replaced': (scene) => scene.lines.forEach((line) => line.events.ended({ replaced: true })),
  'heartbeats are refused': (scene) => void (scene.manager.beats = new PlacementRefused('seat-ended')),
  'heartbeats are heard': (scene) => void (scene.manager.beats = null),
  'the seat is said to be released': (scene) => void (scene.manager.looks = [{ state: 'released', releaseReason: 'given_up' }]),
  'the seat is said to be connected': (scene) => void (scene.manager.looks = [{ state: 'connected', releaseReason: null }]),
  'a caller joins': (scene) => scene.lines.forEach((line) => line.events.message(conferenceEventType, JSON.stringify({ type: 'ConfbridgeJoin', channels: [caller] }))),
  'a caller leaves': (scene) => scene.lines.forEach((line) => line.events.message(conferenceEventType, JSON.stringify({ type: 'ConfbridgeLeave', channels: [caller] }))),
  'she is sent to rest': (scene) => scene.lines.forEach((line) => line.events.message(seatPlaceType, '{"place":"parked"}')),
  'the manager offers seats that rest': (scene) => void (scene.manager.answers = [offerOn('media-1', 'p-1', 'holding'), offerOn('media-2', 'p-2', 'holding')]),
  'the manager offers seats': (scene) => void (scene.manager.answers = [offerOn('media-1'), offerOn('media-2')]),
  'the manager is silent': (scene) => void (scene.manager.answers = ['never']),
  'lines work': (scene) => void (scene.plan = { connect: 'well', join: 'well', restart: 'well' }),
  'everything takes its time': (scene) => void (scene.lagMs = 150),
  'everything is quick': (scene) => void (scene.lagMs = 0),
  'lines hang': (scene) => void (scene.plan = { connect: 'never', join: 'never', restart: 'never' }),
  'a moment passes': (scene) => scene.clock.pass(10),
  'a second passes': (scene) => scene.clock.pass(1_000),
  'a minute passes': (scene) => scene.clock.pass(60_000),
};
for (const why of refusals) deeds[`the manager refuses: ${why.reason}`] = (scene) => void (scene.manager.answers = [why]);
for (const fault of faults) {
  deeds[`lines fail: ${fault.stage}`] = (scene) => {
    scene.plan = { connect: fault.stage === 'websocket' ? fault : 'well', join: fault, restart: fault };
  };
}

/** A story: deeds, each with the milliseconds that pass after it (null: nothing settles in between). */
const anyStory = fc.array(
  fc.record({
    deed: fc.oneof({ weight: 1, arbitrary: fc.constant('she goes online') }, { weight: 6, arbitrary: fc.constantFrom(...Object.keys(deeds)) }),
    then: fc.constantFrom(null, 0, 100, 200, 1_000),
  }),
  { minLength: 5, maxLength: 40, size: 'max' },
);
type Story = { deed: string; then: number | null }[];

async function live(scene: Scene, story: Story, look: () => void = () => undefined): Promise<void> {
  scene.lagMs = 150;
  await scene.goesOnline();
  for (const { deed, then } of story) {
    await deeds[deed]?.(scene);
    if (then !== null) await scene.clock.pass(then);
    look();
  }
}

describe('In whatever order things happen', () => {
  it('the seat makes legal moves only, and the phone never stumbles', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (story) => {
        const scene = new Scene();
        await live(scene, story);
        await scene.clock.pass(0);
        expect(scene.bugs).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('she holds at most two lines, and none once she is offline or has failed', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (story) => {
        const scene = new Scene();
        await live(scene, story, () => {
          const held = scene.lines.filter(({ hungUp }) => !hungUp).length;
          const over = scene.picture.state === 'offline' || scene.picture.state === 'failed';
          if (held > (over ? 0 : 2) || (over && scene.audio.opened)) throw new Error(`${held} lines held while ${scene.picture.state}`);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('a microphone rests only in a seat that waits, and never while somebody is with her', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (story) => {
        const scene = new Scene();
        await live(scene, story, () => {
          const { resting, others, seat } = scene.picture;
          if (resting && (others.length > 0 || seat?.parking !== 'holding')) throw new Error('resting although it must not');
        });
      }),
      { numRuns: 300 },
    );
  });

  it('she is ready again once everything works, unless she or somebody else wanted otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (story) => {
        const scene = new Scene();
        const names = story.map(({ deed }) => deed);
        await live(scene, story);
        for (const name of ['lines work', 'the manager offers seats', 'heartbeats are heard', 'the microphone is allowed from now on']) await deeds[name]?.(scene);
        await scene.clock.pass(10 * 60_000);
        // A fake that never answers keeps a step waiting for ever; the real ones have deadlines of their own.
        const hung = names.includes('lines hang') || names.includes('the manager is silent');
        if (!hung) expect(['ready', 'failed', 'offline']).toContain(scene.picture.state);
      }),
      { numRuns: 300 },
    );
  });
});

describe('The table of moves', () => {
  const states = Object.keys(seatMoves) as SeatState[];

  it('lets a seat go nowhere but where it says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.constantFrom(...states), (from, to) => {
        if (seatMoves[from].includes(to)) expect(moveSeat(from, to)).toBe(to);
        else expect(() => moveSeat(from, to)).toThrow(IllegalSeatMove);
      }),
    );
  });

  it('leads from every state back to offline', () => {
    for (const start of states) {
      const seen = new Set<SeatState>([start]);
      for (const state of seen) for (const next of seatMoves[state]) seen.add(next);
      expect(seen).toContain('offline');
    }
  });
});
