import { reasons, type ReasonCode } from '@nailup/phone';
import { screen, waitFor, within } from '@testing-library/react';
import { openSoftphone, seated } from '../../testing/open-softphone.js';
import { sayings } from './sentences.js';

const title = (): string | null => screen.getByRole('heading', { level: 1 }).textContent;

it('explains the microphone to an agent before the browser asks for it', async () => {
  await openSoftphone({ asks: true });
  expect(await screen.findByText(/Your browser will ask for the/)).toBeTruthy();
});

it('does not explain a microphone that the browser will not ask about', async () => {
  await openSoftphone();
  expect(screen.queryByText(/Your browser will ask for the/)).toBeNull();
});

it('takes an agent online with one press', async () => {
  const { phone, person } = await openSoftphone();
  await person.click(screen.getByRole('button', { name: 'Go online' }));
  expect(phone.goOnline).toHaveBeenCalledTimes(1);
});

it('shows an agent every stage on her way to a seat', async () => {
  const { phone } = await openSoftphone();
  const now = (): string | null => screen.getAllByRole('listitem').find((item) => item.getAttribute('aria-current') === 'step')?.textContent ?? null;
  phone.show({ state: 'preparing' });
  expect(now()).toContain('Microphone');
  phone.show({ state: 'finding' });
  expect(now()).toContain('Finding a media server');
  phone.show({ state: 'connecting', seat: seated().seat ?? null });
  expect(now()).toContain('Connecting to media-1');
  phone.show({ state: 'joining' });
  expect(now()).toContain('Joining your room');
  expect(title()).not.toMatch(/ready/i);
});

it('tells a seated agent that she is ready, where she sits and for how long', async () => {
  const { phone } = await openSoftphone();
  phone.show(seated(3_725_000));
  expect(title()).toBe('Ready');
  expect(screen.getByText('media-1')).toBeTruthy();
  expect(screen.getByText('s-room')).toBeTruthy();
  expect(screen.getByText('1:02:05')).toBeTruthy();
  expect(document.title).toBe('Ready · Nailup softphone');
});

it('tells a seated agent at once that a supervisor paused her, and why, and when she is ready again', async () => {
  const { phone, events } = await openSoftphone();
  phone.show(seated());
  events.say('ada-1', { state: 'paused', reason: 'Training until noon', stateSince: '2026-01-01T09:00:00.000Z', stateSetBy: 'supervisor' });
  expect(title()).toBe('Paused');
  expect(screen.getByText('Paused by a supervisor: Training until noon')).toBeTruthy();
  expect(screen.queryByText(/Callers reach you here/)).toBeNull();
  events.say('ada-1', { state: 'ready', reason: null, stateSince: '2026-01-01T09:30:00.000Z' });
  expect(title()).toBe('Ready');
});

it('knows after a reload that the agent is still paused', async () => {
  const { phone } = await openSoftphone({ duty: { state: 'paused', stateReason: null, stateSince: '2026-01-01T09:00:00.000Z', stateSetBy: 'supervisor' } });
  phone.show(seated());
  await waitFor(() => expect(title()).toBe('Paused'));
  expect(screen.getByText('Paused by a supervisor')).toBeTruthy();
});

it('does not call an agent offline who has just sat down, nor ready whom a supervisor has set to offline', async () => {
  const { phone, events } = await openSoftphone();
  events.say('ada-1', { state: 'offline', reason: null, stateSince: '2026-01-01T09:00:00.000Z' });
  phone.show({ ...seated(), since: Date.now() });
  expect(title()).toBe('Ready');
  phone.show({ since: Date.now() - 60_000 });
  expect(title()).toBe('Offline');
});

it('lets an agent leave', async () => {
  const { phone, person } = await openSoftphone();
  phone.show(seated());
  phone.leave.mockClear();
  await person.click(screen.getByRole('button', { name: 'Leave' }));
  expect(phone.leave).toHaveBeenCalledTimes(1);
});

it.each(Object.keys(reasons).filter((reason) => reasons[reason as ReasonCode].lasting) as ReasonCode[])(
  'gives an agent a sentence, a way on and a button when she is stopped by %s',
  async (reason) => {
    const { phone, person } = await openSoftphone();
    phone.show({ state: 'failed', reason });
    const saying = sayings[reason];
    expect(title()).toBe(saying.title);
    expect(screen.getByText(saying.wayOn)).toBeTruthy();
    await person.click(screen.getByRole('button', { name: saying.button }));
    expect(phone.goOnline).toHaveBeenCalled();
  },
);

it('says when it tries again while the pool is full, and lets her not wait', async () => {
  const { phone, person } = await openSoftphone();
  phone.show({ state: 'recovering', reason: 'pool-full', retryAt: Date.now() + 4_600 });
  expect(title()).toBe('Every seat is taken');
  expect(screen.getByText('Next try in 5 s')).toBeTruthy();
  await person.click(screen.getByRole('button', { name: 'Try now' }));
  expect(phone.tryNow).toHaveBeenCalled();
});

it('lets an agent whose seat went to another window take it back', async () => {
  const { phone, person } = await openSoftphone();
  phone.show({ state: 'failed', reason: 'seat-taken-elsewhere' });
  await person.click(screen.getByRole('button', { name: 'Take it back' }));
  expect(phone.goOnline).toHaveBeenCalled();
});

it('keeps an agent ready while the manager is away, and says that she can talk', async () => {
  const { phone } = await openSoftphone();
  phone.show({ ...seated(), manager: 'away' });
  expect(title()).toBe('Ready');
  expect(screen.getByText(/You can keep talking/)).toBeTruthy();
  expect(within(screen.getByRole('contentinfo', { name: 'Connections' })).getByText('does not answer')).toBeTruthy();
});

it('tells an agent that she was moved because her server failed', async () => {
  const { phone } = await openSoftphone();
  phone.show({ ...seated(), moved: { from: 'media-2', to: 'media-1', at: Date.now() } });
  expect(screen.getByText('media-2 failed. You were moved to media-1.')).toBeTruthy();
});

it('reads every change of state aloud, at once when she must act', async () => {
  const { phone } = await openSoftphone();
  const voice = (): HTMLElement => screen.getByText((_text, element) => element?.getAttribute('role') === 'status' && element.textContent.length > 0);
  phone.show(seated());
  expect(voice().textContent).toContain('Ready');
  expect(voice().getAttribute('aria-live')).toBe('polite');
  phone.show({ state: 'failed', reason: 'no-device' });
  expect(voice().getAttribute('aria-live')).toBe('assertive');
});

it('brings the agent back to her seat after a reload', async () => {
  const { phone } = await openSoftphone({ wasOnline: 'ada-1' });
  await waitFor(() => expect(phone.goOnline).toHaveBeenCalledTimes(1));
});

it('does not put an agent online because another one was, in this tab', async () => {
  const { phone } = await openSoftphone({ wasOnline: 'bob-1' });
  expect(phone.goOnline).not.toHaveBeenCalled();
});

it('remembers only that she is online, and forgets it when she leaves', async () => {
  const { phone } = await openSoftphone();
  phone.show(seated());
  expect({ ...sessionStorage }).toEqual({ 'nailup-online': 'ada-1' });
  phone.show({ state: 'leaving' });
  expect(sessionStorage).toHaveLength(0);
});
