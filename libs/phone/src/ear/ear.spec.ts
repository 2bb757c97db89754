import { AudioRefused, LineFault } from '../ports.js';
import { FakeAudio, FakeLine, offerOn } from '../testing/fake-world.js';
import { Ear } from './ear.js';

const quiet = { label: 'silence' } as MediaStreamTrack;

/** An ear whose legs end as told, and what it told. */
function anEar(plan: Partial<{ connect: 'well' | LineFault; join: 'well' | LineFault; restart: 'well' | LineFault }> = {}) {
  const audio = new FakeAudio();
  const lines: FakeLine[] = [];
  const told: string[] = [];
  const ear = new Ear({
    audio,
    silence: () => quiet,
    openLine: (offer, events) => {
      const line = new FakeLine(offer, events, { connect: 'well', join: 'well', restart: 'well', ...plan }, async () => undefined);
      lines.push(line);
      return line;
    },
  });
  let isOver: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (isOver = resolve));
  const hearOver = (reason: string): void => {
    told.push(`over ${reason}`);
    isOver();
  };
  const events = { over: hearOver, mute: (reason: string) => told.push(`mute ${reason}`) };
  return { ear, audio, lines, told, over, join: (name = 'media-1') => ear.join(offerOn(name), events) };
}

it('a supervisor who listens opens no microphone and sends nothing', async () => {
  const { ear, audio, lines, join } = anEar();
  await join();
  expect([audio.opened, lines[0]?.resting, lines[0]?.track, ear.speaking]).toEqual([false, true, quiet, false]);
  expect(audio.playing).toBe(lines[0]?.remoteStream);
});

it('a supervisor who whispers is asked for the microphone first, and is sent once it is open', async () => {
  const { ear, audio, lines, join } = anEar();
  await join();
  await ear.openMicrophone();
  expect([audio.opened, lines[0]?.resting, lines[0]?.track]).toEqual([true, true, quiet]);
  await ear.speak();
  expect([lines[0]?.resting, lines[0]?.track?.label]).toEqual([false, 'headset']);
});

it('a supervisor who goes back to listening sends nothing, lets go of the microphone and still hears', async () => {
  const { ear, audio, lines, join } = anEar();
  await ear.openMicrophone();
  await join();
  await ear.speak();
  ear.silence();
  expect([audio.opened, lines[0]?.resting, lines[0]?.track]).toEqual([false, true, quiet]);
  expect(audio.playing).toBe(lines[0]?.remoteStream);
});

it('a supervisor without a microphone is told, and goes on listening', async () => {
  const { ear, audio, lines, join } = anEar();
  await join();
  audio.refuses = 'permission-denied';
  await expect(ear.openMicrophone()).rejects.toBeInstanceOf(AudioRefused);
  await ear.speak();
  expect([ear.speaking, lines[0]?.resting, lines[0]?.hungUp]).toEqual([false, true, false]);
});

it('a supervisor who changes the headset is heard through the new one; one whose headset is gone is told that nobody hears her', async () => {
  const { ear, audio, lines, told, join } = anEar();
  await join();
  await ear.openMicrophone();
  await ear.speak();
  audio.swapTo({ label: 'other' } as MediaStreamTrack);
  expect(lines[0]?.track?.label).toBe('other');
  audio.unplug();
  expect([told, lines[0]?.resting, ear.speaking]).toEqual([['mute no-device'], true, false]);
});

it('a supervisor who leaves hangs up and lets go of everything, and hears no more of it', async () => {
  const { ear, audio, lines, told, join } = anEar();
  await join();
  await ear.openMicrophone();
  ear.leave();
  lines[0]?.events.ended({ replaced: false });
  expect([lines[0]?.hungUp, audio.opened, audio.playing, told]).toEqual([true, false, null, []]);
});

it.each([
  ['the media server hangs up', (line: FakeLine) => line.events.ended({ replaced: false }), 'over leg-ended'],
  ['the socket is lost', (line: FakeLine) => line.events.socketLost(), 'over socket-lost'],
])('a supervisor is told when %s', async (_, happen, word) => {
  const { lines, told, join } = anEar();
  await join();
  happen(lines[0]!);
  expect([told, lines[0]?.hungUp]).toEqual([[word], true]);
});

it('a supervisor whose audio path breaks gets another one, or is told that there is none', async () => {
  const good = anEar();
  await good.join();
  good.lines[0]!.events.mediaLost();
  expect([good.lines[0]?.restarts, good.told]).toEqual([1, []]);
  const bad = anEar({ restart: new LineFault('ice', 'ice-failed', 'no way') });
  await bad.join();
  bad.lines[0]!.events.mediaLost();
  await bad.over;
  expect(bad.told).toEqual(['over ice-failed']);
});

it('a supervisor whose leg does not come up is told why, and holds no leg', async () => {
  const { ear, lines, join } = anEar({ join: new LineFault('sip', 'sip-rejected', '401') });
  await expect(join()).rejects.toMatchObject({ reason: 'sip-rejected' });
  expect([lines[0]?.hungUp, ear.hears]).toEqual([true, null]);
});

it('a supervisor who joins again has one leg', async () => {
  const { lines, told, join } = anEar();
  await join();
  await join('media-2');
  lines[0]?.events.ended({ replaced: true });
  expect([lines.map(({ hungUp }) => hungUp), told]).toEqual([[true, false], []]);
});
