import { conferenceEventType, seatPlaceType } from '../conference/conference.js';
import { offerOn } from '../testing/fake-world.js';
import { Scene } from '../testing/scene.js';

const caller = { id: '17.1', name: 'PJSIP/proxy-00000001', caller: { name: 'Ann', number: '+15550100' }, muted: false };
const ringing = { id: '18.1', name: 'Local/s123@tone-00000002;2', caller: { name: '', number: '' } };
const herself = { id: '16.1', name: 'PJSIP/seat-placement-on-media-1-00000000', caller: { name: '', number: '' } };

describe.each(['conference', 'holding'] as const)('An agent whose parking is %s', (parking) => {
  let scene: Scene;
  const tell = (type: string, ...channels: object[]): void => scene.line.events.message(conferenceEventType, JSON.stringify({ type, channels }));
  const park = (): void => scene.line.events.message(seatPlaceType, '{"place":"parked"}');
  const rests = parking === 'holding';
  beforeEach(async () => {
    scene = new Scene();
    scene.manager.answers = [offerOn('media-1', 'placement-on-media-1', parking)];
    await scene.goesOnline();
  });
  afterEach(() => expect(scene.bugs).toEqual([]));

  it(rests ? 'waits with a resting microphone' : 'waits with an open microphone', () => {
    expect(scene.line.resting).toBe(rests);
    expect(scene.picture.resting).toBe(rests);
  });

  it('hears a chime and can be heard the moment a caller joins, with every manager stopped', () => {
    scene.manager.answers = ['never'];
    tell('ConfbridgeJoin', caller);
    expect(scene.line.resting).toBe(false);
    expect(scene.audio.chimes).toBe(1);
    expect(scene.picture).toMatchObject({ resting: false, withOthersSince: scene.clock.now(), others: [{ number: '+15550100' }] });
  });

  it('can be heard when she is brought to a caller who is there already', () => {
    tell('ConfbridgeWelcome', herself, caller);
    expect(scene.line.resting).toBe(false);
    expect(scene.audio.chimes).toBe(1);
  });

  it('can be heard before the caller she is fetched for is in the room, and hears no chime for herself', () => {
    tell('ConfbridgeWelcome', herself);
    expect(scene.line.resting).toBe(false);
    expect(scene.audio.chimes).toBe(0);
  });

  it('goes back to waiting when the last caller leaves, and again by the word of the media server', () => {
    tell('ConfbridgeJoin', caller);
    tell('ConfbridgeLeave', caller);
    expect(scene.line.resting).toBe(rests);
    expect(scene.picture).toMatchObject({ others: [], withOthersSince: null });
    tell('ConfbridgeJoin', caller);
    park();
    expect(scene.line.resting).toBe(rests);
    expect(scene.picture.others).toEqual([]);
  });

  it('takes the ringing she hears for nobody', () => {
    tell('ConfbridgeWelcome', herself, ringing);
    expect(scene.picture.others).toEqual([]);
    expect(scene.audio.chimes).toBe(0);
  });

  it('hears a chime for each caller, and none again for the one she is speaking with when her line is made anew', async () => {
    tell('ConfbridgeJoin', caller);
    scene.line.events.socketLost();
    await scene.clock.pass(500);
    tell('ConfbridgeWelcome', herself, caller);
    expect(scene.audio.chimes).toBe(1);
    tell('ConfbridgeJoin', { ...caller, id: '19.1' });
    expect(scene.audio.chimes).toBe(2);
  });

  it('sends digits down the line itself, and none when there is no line', async () => {
    expect(scene.phone.dtmf('12#')).toBe(true);
    expect(scene.line.digits).toBe('12#');
    await scene.phone.leave();
    expect(scene.phone.dtmf('3')).toBe(false);
    expect(scene.picture.resting).toBe(false);
  });

  it('is not hurt by a message nobody expects', () => {
    for (const body of ['', '{', 'null', '[]', '{"place":"moon"}']) scene.line.events.message(seatPlaceType, body);
    scene.line.events.message('text/plain', '{"place":"parked"}');
    expect(scene.line.resting).toBe(rests);
  });
});
