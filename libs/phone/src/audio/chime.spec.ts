import { settled } from '../testing/fake-clock.js';
import { Chime } from './chime.js';
import { Speaker } from './speaker.js';

/** The parts of Web Audio a chime is made of, as far as it can be heard that they were used. */
function fakeAudio() {
  const tones: { hertz: number; at: number; ended: () => void }[] = [];
  const node = { connect: (next: object) => next };
  const context = {
    currentTime: 5,
    running: false,
    resume: async () => void (context.running = true),
    suspend: async () => void (context.running = false),
    createMediaStreamDestination: () => ({ ...node, stream: { chime: true } }),
    createGain: () => ({ ...node, gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined } }),
    createOscillator: () => {
      const tone = { hertz: 0, at: 0, ended: (): void => undefined };
      tones.push(tone);
      return {
        ...node,
        frequency: {
          set value(hertz: number) {
            tone.hertz = hertz;
          },
        },
        start: (at: number) => void (tone.at = at),
        stop: () => undefined,
        addEventListener: (_type: string, listener: () => void) => void (tone.ended = listener),
      };
    },
  };
  const element = { srcObject: null as unknown, sinkId: '', plays: 0, play: async () => void (element.plays += 1), setSinkId: async (id: string) => void (element.sinkId = id) };
  return { tones, context, element, asElement: element as unknown as HTMLAudioElement, chime: new Chime(element as unknown as HTMLAudioElement, () => context as unknown as AudioContext) };
}

it('tells an agent of a caller with two rising tones, and costs nothing afterwards', async () => {
  const { chime, tones, context, element } = fakeAudio();
  chime.play();
  await settled();
  expect(tones).toHaveLength(2);
  expect(tones[1]?.hertz).toBeGreaterThan(tones[0]?.hertz ?? Infinity);
  expect(tones[1]?.at).toBeGreaterThan(tones[0]?.at ?? Infinity);
  expect(element).toMatchObject({ plays: 1, srcObject: { chime: true } });
  tones[1]?.ended();
  expect(context.running).toBe(false);
});

it('is not cut short by the end of the one before', async () => {
  const { chime, tones, context } = fakeAudio();
  chime.play();
  await settled();
  chime.play();
  await settled();
  tones[1]?.ended();
  expect(context.running).toBe(true);
});

it('harms nothing when the browser wants a click before it plays', async () => {
  const { chime, tones, element } = fakeAudio();
  element.play = () => Promise.reject(new Error('NotAllowedError'));
  chime.play();
  await settled();
  expect(tones).toEqual([]);
});

it('comes from the loudspeaker she chose', async () => {
  const { element, asElement } = fakeAudio();
  const voice = fakeAudio();
  await new Speaker(voice.asElement, [asElement]).choose('headset');
  expect([voice.element.sinkId, element.sinkId]).toEqual(['headset', 'headset']);
});
