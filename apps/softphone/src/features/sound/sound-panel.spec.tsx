import type { Heard } from '@nailup/phone';
import { screen, within } from '@testing-library/react';
import { openSoftphone, seated } from '../../testing/open-softphone.js';
import { Ear, levelWord } from './hearing.js';

const devices = {
  microphones: [
    { id: 'default', label: 'Default' },
    { id: 'mic-1', label: 'Headset' },
    { id: 'mic-2', label: 'Webcam' },
  ],
  speakers: [{ id: 'spk-1', label: 'Headset' }],
};

it('lets an agent mute, and says in words that callers do not hear her', async () => {
  const { phone, person } = await openSoftphone();
  phone.show(seated());
  await person.click(screen.getByRole('button', { name: 'Mute' }));
  expect(phone.setMuted).toHaveBeenCalledWith(true);
  phone.show({ muted: true });
  expect(screen.getByText('Muted: callers do not hear you')).toBeTruthy();
  await person.click(screen.getByRole('button', { name: 'Unmute' }));
  expect(phone.setMuted).toHaveBeenLastCalledWith(false);
});

it('has nothing to mute while the microphone is closed', async () => {
  await openSoftphone();
  expect(screen.getByRole('button', { name: 'Mute' })).toHaveProperty('disabled', true);
  expect(screen.getByRole('meter', { name: 'Microphone level' }).getAttribute('aria-valuetext')).toBe('The microphone is closed');
});

it('changes the microphone while she is seated, and remembers it', async () => {
  const { phone, audio, choice, person } = await openSoftphone({ devices });
  phone.show(seated());
  await person.click(screen.getByRole('combobox', { name: 'Microphone' }));
  await person.click(within(screen.getByRole('listbox')).getByRole('option', { name: 'Webcam' }));
  expect(audio.microphone.choose).toHaveBeenCalledWith('mic-2');
  expect(choice.remember).toHaveBeenCalledWith('microphone', 'mic-2');
});

it('says so when a speaker cannot be used', async () => {
  const { audio, choice, person } = await openSoftphone({ devices });
  audio.speaker.choose.mockRejectedValueOnce(new Error('gone'));
  await person.click(screen.getByRole('combobox', { name: 'Speaker' }));
  await person.click(within(screen.getByRole('listbox')).getByRole('option', { name: 'Headset' }));
  expect(await screen.findByText(/That speaker cannot be used/)).toBeTruthy();
  expect(choice.remember).not.toHaveBeenCalled();
});

it('offers no choice between devices that have no names yet', async () => {
  await openSoftphone({ devices: { microphones: [{ id: 'x', label: '' }], speakers: [] } });
  expect(screen.queryByRole('combobox')).toBeNull();
});

/** Looks at a microphone four times a second, each look reaching 0.7 s back. @returns whether it was called dead in the end */
function looks(ear: Ear, seconds: { from: number; to: number; everyMs?: number }, gives: (ms: number) => Partial<Heard>): boolean {
  let dead = false;
  for (let now = seconds.from * 1_000; now <= seconds.to * 1_000; now += seconds.everyMs ?? 250) dead = ear.hear({ peak: 0, zeros: false, overMs: 683, ...gives(now) }, now).dead;
  return dead;
}

it('calls a microphone dead after ten seconds of nothing but zeros, and takes it back with the first sound', () => {
  const ear = new Ear();
  expect(looks(ear, { from: 0, to: 9.75 }, () => ({ zeros: true }))).toBe(false);
  expect(looks(ear, { from: 10, to: 10 }, () => ({ zeros: true }))).toBe(true);
  expect(looks(ear, { from: 10.25, to: 10.25 }, () => ({ peak: 0.1 }))).toBe(false);
});

it('does not accuse an agent who waits quietly behind noise suppression', () => {
  expect(looks(new Ear(), { from: 0, to: 300 }, () => ({ peak: 0, zeros: false }))).toBe(false);
});

it('does not accuse an agent whose microphone gives one short sound a second and zeros between', () => {
  expect(looks(new Ear(), { from: 0, to: 300 }, (now) => ({ zeros: now % 1_000 === 0 }))).toBe(false);
});

it('does not accuse an agent in a hidden tab, which looks too seldom to know', () => {
  expect(looks(new Ear(), { from: 0, to: 300, everyMs: 1_000 }, () => ({ zeros: true }))).toBe(false);
});

it('says that it hears her for two seconds after her last word, and then that it is quiet', () => {
  const ear = new Ear();
  const at = (now: number, peak: number): string => levelWord(ear.hear({ peak, zeros: false, overMs: 683 }, now));
  expect(at(0, 0.6)).toBe('We hear you');
  expect(at(1_900, 0)).toBe('We hear you');
  expect(at(2_100, 0)).toBe('Quiet');
  expect(levelWord({ peak: 0, dead: true })).toMatch(/muted on the headset/);
});
