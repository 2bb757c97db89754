import { LineFault, PlacementRefused } from '../ports.js';
import { offerOn } from '../testing/fake-world.js';
import { Scene } from '../testing/scene.js';

const refusedSocket = (): LineFault => new LineFault('websocket', 'websocket-refused', 'closed (1006)');

describe('An agent going online', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => expect(scene.bugs).toEqual([]));

  it('passes microphone, manager, server and room, and is ready', async () => {
    await scene.goesOnline();
    expect(scene.states).toEqual(['preparing', 'finding', 'connecting', 'joining', 'ready']);
    expect(scene.picture).toMatchObject({ reason: null, seat: { server: { name: 'media-1' }, conference: 'seat-placement-on-media-1' } });
    expect(scene.audio.playing).toBe(scene.line.remoteStream);
  });

  it('never shows the secret of her seat', async () => {
    await scene.goesOnline();
    expect(JSON.stringify(scene.picture)).not.toContain('secret');
  });

  it('does not take a seat before she has allowed the microphone', async () => {
    scene.audio.unasked = false;
    scene.audio.refuses = 'permission-denied';
    await scene.goesOnline();
    expect(scene.picture).toMatchObject({ state: 'failed', reason: 'permission-denied' });
    expect(scene.manager.asked).toEqual([]);
  });

  it('gives back the seat that was asked for while the microphone turned out to be busy', async () => {
    scene.audio.refuses = 'device-busy';
    await scene.goesOnline();
    expect(scene.picture).toMatchObject({ state: 'failed', reason: 'device-busy', seat: null });
    expect(scene.manager.released).toEqual(['placement-on-media-1']);
  });

  it('can try again once she has plugged in a microphone', async () => {
    scene.audio.refuses = 'no-device';
    await scene.goesOnline();
    scene.audio.refuses = null;
    await scene.goesOnline();
    expect(scene.picture.state).toBe('ready');
  });

  it('waits as long as a full pool asks her to, and not everybody at the same moment', async () => {
    scene.manager.answers = [new PlacementRefused('pool-full', 5_000), offerOn('media-1')];
    await scene.goesOnline();
    expect(scene.picture).toMatchObject({ state: 'recovering', reason: 'pool-full', retryAt: scene.clock.now() + 5_500 });
    await scene.clock.pass(5_499);
    expect(scene.picture.state).toBe('recovering');
    await scene.clock.pass(1);
    expect(scene.picture.state).toBe('ready');
  });

  it('does not have to wait when she presses "try now"', async () => {
    scene.manager.answers = [new PlacementRefused('pool-full', 60_000), offerOn('media-1')];
    await scene.goesOnline();
    scene.phone.tryNow();
    await scene.clock.pass(0);
    expect(scene.picture.state).toBe('ready');
  });

  it('keeps trying while the manager is away, quickly at first and calmly later', async () => {
    scene.manager.answers = [new PlacementRefused('manager-away')];
    scene.random = 0.999;
    await scene.goesOnline();
    await scene.clock.pass(15_000);
    const quick = scene.manager.asked.length;
    await scene.clock.pass(10 * 60_000);
    const calm = scene.manager.asked.length - quick;
    expect(scene.picture).toMatchObject({ state: 'recovering', reason: 'manager-away', manager: 'away' });
    expect(quick).toBeGreaterThan(14);
    expect(calm).toBeLessThan(10 * 4);
    scene.manager.answers = [offerOn('media-1')];
    await scene.clock.pass(20_000);
    expect(scene.picture).toMatchObject({ state: 'ready', manager: 'there', reason: null });
  });

  it('reports a server that refuses her and is seated on another one', async () => {
    scene.manager.answers = [offerOn('media-1'), offerOn('media-2')];
    scene.plan.connect = refusedSocket();
    await scene.goesOnline();
    expect(scene.manager.reported).toEqual([{ id: 'placement-on-media-1', stage: 'websocket', reason: 'closed (1006)' }]);
    expect(scene.picture).toMatchObject({ state: 'recovering', reason: 'websocket-refused' });
    scene.plan.connect = 'well';
    await scene.clock.pass(250);
    expect(scene.manager.asked).toEqual([{}, { exclude: ['id-of-media-1'] }]);
    expect(scene.picture).toMatchObject({ state: 'ready', seat: { server: { name: 'media-2' } } });
    expect(scene.lines[0]?.hungUp).toBe(true);
  });

  it('lets the only server come back before her own minute of distrust is over', async () => {
    scene.manager.answers = [offerOn('media-1'), new PlacementRefused('no-server'), offerOn('media-1')];
    scene.plan.connect = refusedSocket();
    await scene.goesOnline();
    scene.plan.connect = 'well';
    await scene.clock.pass(2_000);
    expect(scene.manager.asked).toEqual([{}, { exclude: ['id-of-media-1'] }, {}]);
    expect(scene.picture.state).toBe('ready');
  });

  it.each([
    ['the INVITE is answered 403', new LineFault('sip', 'sip-rejected', '403 Forbidden')],
    ['no audio path is found', new LineFault('ice', 'ice-failed', 'ICE failed')],
    ['the media stays silent', new LineFault('media', 'media-failed', 'connection failed')],
  ])('tells the manager at which stage it failed when %s', async (_what, fault) => {
    scene.plan.join = fault;
    await scene.goesOnline();
    expect(scene.manager.reported[0]).toMatchObject({ stage: fault.stage, reason: fault.message });
    expect(scene.picture).toMatchObject({ state: 'recovering', reason: fault.reason });
  });

  it('is told when her account is disabled, and the phone does not go on asking', async () => {
    scene.manager.answers = [new PlacementRefused('agent-disabled')];
    await scene.goesOnline();
    await scene.clock.pass(60_000);
    expect(scene.picture).toMatchObject({ state: 'failed', reason: 'agent-disabled' });
    expect(scene.manager.asked).toHaveLength(1);
  });
});

describe('An agent leaving', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => expect(scene.bugs).toEqual([]));

  it('hangs up, gives the seat back and stops the microphone', async () => {
    await scene.goesOnline();
    await scene.phone.leave();
    expect(scene.states.slice(-2)).toEqual(['leaving', 'offline']);
    expect(scene.line.hungUp).toBe(true);
    expect(scene.manager.released).toEqual(['placement-on-media-1']);
    expect(scene.audio.opened).toBe(false);
    expect(scene.picture.seat).toBeNull();
  });

  it('is not held up by a manager that does not answer', async () => {
    await scene.goesOnline();
    scene.manager.release = () => new Promise(() => undefined);
    void scene.phone.leave();
    await scene.clock.pass(2_000);
    expect(scene.picture.state).toBe('offline');
  });

  it('gives back a seat that is offered after she has left', async () => {
    let offer: (value: ReturnType<typeof offerOn>) => void = () => undefined;
    scene.manager.place = () => new Promise((resolve) => (offer = resolve));
    await scene.goesOnline();
    await scene.phone.leave();
    offer(offerOn('media-1'));
    await scene.clock.pass(0);
    expect(scene.picture.state).toBe('offline');
    expect(scene.manager.released).toEqual(['placement-on-media-1']);
    expect(scene.lines).toHaveLength(0);
  });

  it('sends no heartbeat any more', async () => {
    await scene.goesOnline();
    await scene.phone.leave();
    const beats = scene.manager.heartbeats;
    await scene.clock.pass(30_000);
    expect(scene.manager.heartbeats).toBe(beats);
    expect(scene.clock.pending).toBe(0);
  });
});
