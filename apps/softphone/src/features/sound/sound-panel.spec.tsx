import { screen, within } from '@testing-library/react';
import { openSoftphone, seated } from '../../testing/open-softphone.js';
import { levelWord, Silence } from './silence.js';

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
  const muted = screen.getByRole('button', { name: 'Muted: callers do not hear you' });
  expect(muted.getAttribute('aria-pressed')).toBe('true');
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

it('speaks of a silent microphone after eight silent seconds, not after a pause', () => {
  const silence = new Silence();
  for (let second = 1; second < 8; second += 1) expect(silence.lasts(0)).toBe(false);
  expect(silence.lasts(0)).toBe(true);
  expect(silence.lasts(0.4)).toBe(false);
  expect(levelWord(0, true)).toMatch(/muted on the headset/);
});
