import { LineFault, PlacementRefused } from '../ports.js';
import { conferenceEventType } from '../conference/conference.js';
import { offerOn } from '../testing/fake-world.js';
import { Scene } from '../testing/scene.js';

describe('A seated agent', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = new Scene();
    await scene.goesOnline();
  });
  afterEach(() => expect(scene.bugs).toEqual([]));

  it('is known to be alive by a beat at once and then every 5 seconds', async () => {
    expect(scene.manager.heartbeats).toBe(1);
    await scene.clock.pass(15_000);
    expect(scene.manager.heartbeats).toBe(4);
  });

  it('stays ready while the manager is away, with a notice that goes when it is back', async () => {
    scene.manager.beats = new PlacementRefused('manager-away');
    await scene.clock.pass(60_000);
    expect(scene.picture).toMatchObject({ state: 'ready', manager: 'away', reason: null });
    scene.manager.beats = null;
    await scene.clock.pass(5_000);
    expect(scene.picture).toMatchObject({ state: 'ready', manager: 'there' });
  });

  it('goes back to the same seat when her socket closes, hearing the old leg until the new one is up', async () => {
    const [old] = scene.lines;
    scene.plan.join = 'never';
    old?.events.socketLost();
    await scene.clock.pass(250);
    expect(scene.picture).toMatchObject({ state: 'joining', reason: 'socket-lost' });
    expect(old?.hungUp).toBe(false);
    expect(scene.manager.asked).toEqual([{}, {}]);
    expect(scene.manager.reported).toEqual([]);
  });

  it('lets go of the old leg once the new one is up', async () => {
    const [old] = scene.lines;
    old?.events.socketLost();
    await scene.clock.pass(250);
    expect(scene.picture.state).toBe('ready');
    expect(old?.hungUp).toBe(true);
    expect(scene.audio.playing).toBe(scene.lines[1]?.remoteStream);
  });

  it('is on another server within a second when hers was killed', async () => {
    scene.manager.answers = [offerOn('media-1'), offerOn('media-2')];
    scene.plan.connect = new LineFault('websocket', 'websocket-refused', 'closed (1006)');
    scene.line.events.socketLost();
    await scene.clock.pass(250);
    expect(scene.manager.reported).toHaveLength(1);
    scene.plan.connect = 'well';
    await scene.clock.pass(500);
    expect(scene.picture).toMatchObject({ state: 'ready', seat: { server: { name: 'media-2' } }, moved: { from: 'media-1', to: 'media-2' } });
  });

  it('gets her audio path back by an ICE restart without losing the leg', async () => {
    scene.line.events.mediaLost();
    expect(scene.picture).toMatchObject({ state: 'recovering', reason: 'ice-failed' });
    await scene.clock.pass(0);
    expect(scene.picture).toMatchObject({ state: 'ready', reason: null });
    expect(scene.lines).toHaveLength(1);
  });

  it('moves when the ICE restart does not help', async () => {
    scene = new Scene();
    scene.plan.restart = new LineFault('ice', 'ice-failed', 'still no path');
    scene.manager.answers = [offerOn('media-1'), offerOn('media-2')];
    await scene.goesOnline();
    scene.line.events.mediaLost();
    await scene.clock.pass(250);
    expect(scene.manager.reported).toEqual([{ id: 'placement-on-media-1', stage: 'ice', reason: 'still no path' }]);
    expect(scene.picture).toMatchObject({ state: 'ready', seat: { server: { name: 'media-2' } } });
  });

  it('goes back when the media server hung up and the seat is still hers', async () => {
    scene.line.events.ended({ replaced: false });
    await scene.clock.pass(800);
    expect(scene.picture.state).toBe('ready');
    expect(scene.lines).toHaveLength(2);
  });

  it('goes back when the media server hung up because it is shutting down, whatever the manager still believes', async () => {
    scene.manager.looks = [{ state: 'connected', releaseReason: null }];
    scene.line.events.ended({ replaced: false });
    await scene.clock.pass(250);
    scene.line.events.socketLost();
    await scene.clock.pass(600);
    expect(scene.picture.state).toBe('ready');
  });

  it.each([
    ['given_up', 'seat-ended'],
    ['agent_disabled', 'agent-disabled'],
  ] as const)('is told why when somebody ended her seat (%s)', async (releaseReason, reason) => {
    scene.manager.looks = [{ state: 'released', releaseReason }];
    scene.line.events.ended({ replaced: false });
    await scene.clock.pass(60_000);
    expect(scene.picture).toMatchObject({ state: 'failed', reason });
    expect(scene.manager.asked).toHaveLength(1);
  });

  it('is seated elsewhere when her server was given up for dead', async () => {
    scene.manager.looks = [{ state: 'released', releaseReason: 'media_server_failed' }];
    scene.manager.answers = [offerOn('media-2')];
    scene.line.events.ended({ replaced: false });
    await scene.clock.pass(1_000);
    expect(scene.picture).toMatchObject({ state: 'ready', seat: { server: { name: 'media-2' } } });
  });

  it('notices by heartbeat that her seat is gone, should the hang-up get lost', async () => {
    scene.manager.beats = new PlacementRefused('seat-ended');
    scene.manager.looks = [{ state: 'released', releaseReason: 'given_up' }];
    await scene.clock.pass(6_000);
    expect(scene.picture).toMatchObject({ state: 'failed', reason: 'seat-ended' });
    expect(scene.line.hungUp).toBe(true);
  });

  it('yields to the newer tab of the same browser and can take the seat back', async () => {
    scene.rivals.otherTabClaims('placement-on-media-1');
    scene.line.events.ended({ replaced: false });
    expect(scene.picture).toMatchObject({ state: 'failed', reason: 'seat-taken-elsewhere' });
    expect(scene.manager.released).toEqual([]);
    await scene.goesOnline();
    expect(scene.picture.state).toBe('ready');
    expect(scene.rivals.claims).toEqual(['placement-on-media-1', 'placement-on-media-1']);
  });

  it('yields to another browser when the media server says that she was replaced', () => {
    scene.line.events.ended({ replaced: true });
    expect(scene.picture).toMatchObject({ state: 'failed', reason: 'seat-taken-elsewhere' });
  });

  it('yields to another browser when her seat stays connected without her leg', async () => {
    scene.manager.looks = [{ state: 'connected', releaseReason: null }];
    scene.line.events.ended({ replaced: false });
    await scene.clock.pass(1_500);
    expect(scene.picture).toMatchObject({ state: 'failed', reason: 'seat-taken-elsewhere' });
  });

  it('does not snatch her seat back in the moment between the old leg and the new one', async () => {
    scene.manager.looks = [{ state: 'lost', releaseReason: null }, { state: 'connected', releaseReason: null }];
    scene.line.events.ended({ replaced: false });
    await scene.clock.pass(2_000);
    expect(scene.picture).toMatchObject({ state: 'failed', reason: 'seat-taken-elsewhere' });
    expect(scene.manager.asked).toHaveLength(1);
  });

  it('sends the microphone she chose while seated, and stays muted on a new leg', async () => {
    const other = { label: 'other headset' } as MediaStreamTrack;
    scene.audio.swapTo(other);
    expect(scene.line.track).toBe(other);
    scene.phone.setMuted(true);
    scene.line.events.socketLost();
    await scene.clock.pass(250);
    expect(scene.line).toMatchObject({ muted: true, track: other });
  });

  it('keeps her seat when her headset is unplugged, with a notice until one is back', () => {
    scene.audio.unplug();
    expect(scene.picture).toMatchObject({ state: 'ready', microphone: 'no-device' });
    scene.audio.swapTo({} as MediaStreamTrack);
    expect(scene.picture).toMatchObject({ state: 'ready', microphone: null });
  });

  it('says BYE when the page goes away', () => {
    scene.phone.pageHidden();
    expect(scene.line.hungUp).toBe(true);
    expect(scene.manager.released).toEqual([]);
  });

  it('looks at her line at once when the network of the computer changes', () => {
    scene.phone.networkChanged();
    expect(scene.line.looked).toBe(1);
  });

  it('sees who else is in her room', () => {
    const tell = (type: string, channels: unknown[]) => scene.line.events.message(conferenceEventType, JSON.stringify({ type, channels }));
    const caller = { id: '17.1', name: 'PJSIP/proxy-00000001', caller: { name: 'Ann', number: '+15550100' }, muted: false };
    tell('ConfbridgeWelcome', [{ id: '16.1', name: 'PJSIP/seat-placement-on-media-1-00000000', caller: { name: '', number: '' } }]);
    expect(scene.picture.others).toEqual([]);
    tell('ConfbridgeJoin', [caller]);
    expect(scene.picture.others).toMatchObject([{ id: '17.1', name: 'Ann', number: '+15550100', muted: false }]);
    scene.line.events.message('text/plain', 'hello');
    scene.line.events.message(conferenceEventType, '{"type":');
    tell('ConfbridgeLeave', [caller]);
    expect(scene.picture.others).toEqual([]);
  });
});
