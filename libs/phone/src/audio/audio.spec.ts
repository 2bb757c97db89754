import { AudioRefused } from '../ports.js';
import { settled } from '../testing/fake-clock.js';
import { heardIn, LevelMeter, levelOf } from './level-meter.js';
import { Microphone } from './microphone.js';
import { PageAudio } from './page-audio.js';
import { Speaker } from './speaker.js';

/** A track of a microphone that can be unplugged. */
class FakeTrack extends EventTarget {
  readyState: MediaStreamTrackState = 'live';

  constructor(readonly deviceId: string) {
    super();
  }

  stop = (): void => void (this.readyState = 'ended');

  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

/** A computer with microphones, by their ids. */
class FakeMedia extends EventTarget {
  plugged: string[] = ['default', 'headset', 'webcam'];
  refuses: string | null = null;
  readonly tracks: FakeTrack[] = [];

  getUserMedia = async ({ audio }: { audio: { deviceId?: { exact: string } } }) => {
    const wanted = audio.deviceId?.exact ?? this.plugged[0];
    const fail = (name: string): never => {
      throw Object.assign(new Error(name), { name });
    };
    if (this.refuses) fail(this.refuses);
    if (this.plugged.length === 0) fail('NotFoundError');
    if (!wanted || !this.plugged.includes(wanted)) fail('OverconstrainedError');
    const track = new FakeTrack(wanted ?? '');
    this.tracks.push(track);
    return { getAudioTracks: () => [track] };
  };

  get asBrowser(): MediaDevices {
    return this as unknown as MediaDevices;
  }

  get live(): string[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live').map(({ deviceId }) => deviceId);
  }
}

describe('The microphone of an agent', () => {
  let media: FakeMedia;
  let microphone: Microphone;
  const sent: MediaStreamTrack[] = [];
  const lost: string[] = [];
  beforeEach(() => {
    media = new FakeMedia();
    microphone = new Microphone(media.asBrowser);
    sent.length = lost.length = 0;
    microphone.onTrack((track) => sent.push(track));
    microphone.onLost((reason) => lost.push(reason));
  });

  it.each([
    ['NotAllowedError', 'permission-denied'],
    ['SecurityError', 'permission-denied'],
    ['NotFoundError', 'no-device'],
    ['NotReadableError', 'device-busy'],
    ['SomethingNew', 'device-busy'],
  ])('says why it cannot be had when the browser answers %s', async (name, reason) => {
    media.refuses = name;
    await expect(microphone.open()).rejects.toMatchObject({ name: 'AudioRefused', reason });
  });

  it('is not there on a page that is not secure', async () => {
    await expect(new Microphone(undefined).open()).rejects.toMatchObject({ reason: 'insecure-page' });
  });

  it('is another one when the one she chose last is not plugged in today', async () => {
    media.plugged = ['webcam'];
    await microphone.choose('headset');
    await microphone.open();
    expect(media.live).toEqual(['webcam']);
  });

  it('is swapped while she talks, and only one stays open', async () => {
    await microphone.open();
    await microphone.choose('webcam');
    expect(media.live).toEqual(['webcam']);
    expect(sent).toHaveLength(1);
  });

  it('stays what it was when the new one is busy', async () => {
    await microphone.open();
    media.refuses = 'NotReadableError';
    await expect(microphone.choose('webcam')).rejects.toBeInstanceOf(AudioRefused);
    expect(microphone.deviceId).toBeNull();
    expect(media.live).toEqual(['default']);
  });

  it('is replaced by what is there when it is unplugged', async () => {
    await microphone.choose('headset');
    await microphone.open();
    media.plugged = ['webcam'];
    media.tracks[0]?.unplug();
    await settled();
    expect(media.live).toEqual(['webcam']);
    expect(sent).toHaveLength(1);
  });

  it('is missed when none is left, and taken up again when one is plugged in', async () => {
    await microphone.open();
    media.plugged = [];
    media.tracks[0]?.unplug();
    await settled();
    expect(lost).toEqual(['no-device']);
    media.plugged = ['headset'];
    media.dispatchEvent(new Event('devicechange'));
    await settled();
    expect(media.live).toEqual(['headset']);
    expect(sent).toHaveLength(1);
  });

  it('does not stay open when she leaves while it is being opened', async () => {
    const opening = microphone.open();
    microphone.close();
    await expect(opening).rejects.toBeInstanceOf(AudioRefused);
    expect(media.live).toEqual([]);
  });
});

it('asks nobody when the browser cannot be asked whether it will ask', async () => {
  const audio = new PageAudio({
    media: undefined,
    permissions: { query: () => Promise.reject(new TypeError('microphone')) } as unknown as Permissions,
    element: {} as HTMLAudioElement,
    chimeElement: {} as HTMLAudioElement,
    makeContext: () => ({}) as AudioContext,
  });
  expect(await audio.mayOpenUnasked()).toBe(false);
});

it('tells when the browser waits for a click before it plays', async () => {
  const element = { play: () => Promise.reject(Object.assign(new Error('click first'), { name: 'NotAllowedError' })), srcObject: null } as unknown as HTMLAudioElement;
  const speaker = new Speaker(element);
  speaker.play({} as MediaStream);
  await settled();
  expect(speaker.blocked()).toBe(true);
  element.play = () => Promise.resolve();
  await speaker.unblock();
  expect(speaker.blocked()).toBe(false);
});

it('measures loudness as an ear does', () => {
  expect(levelOf([])).toBe(0);
  expect(levelOf(new Float32Array(64))).toBe(0);
  expect(levelOf([1, -1, 1, -1])).toBe(1);
  expect(levelOf([0.0316, -0.0316])).toBeCloseTo(0.5, 2);
});

it('hears the loudest moment of the last half second, and tells zeros from a quiet room', () => {
  const samples = new Float32Array(24_000);
  expect(heardIn(samples, 48_000)).toEqual({ peak: 0, zeros: true, overMs: 500 });
  samples[5_000] = 1e-7;
  expect(heardIn(samples, 48_000)).toMatchObject({ peak: 0, zeros: false });
  samples.fill(1, 1_024, 2_048);
  expect(heardIn(samples, 48_000).peak).toBe(1);
});

it('takes a meter that the browser has not let run for unknown, not for a silent microphone', () => {
  const context = {
    state: 'suspended',
    sampleRate: 48_000,
    resume: async () => undefined,
    createAnalyser: () => ({ getFloatTimeDomainData: (into: Float32Array) => void into.fill(0) }),
    createMediaStreamSource: () => ({ connect: () => undefined }),
  };
  const meter = new LevelMeter(() => context as unknown as AudioContext);
  Object.assign(globalThis, { MediaStream: class {} });
  meter.listenTo({} as MediaStreamTrack);
  expect(meter.heard()).toMatchObject({ zeros: false });
  context.state = 'running';
  expect(meter.heard()).toMatchObject({ zeros: true });
});
