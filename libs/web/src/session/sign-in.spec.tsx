/** @jest-environment ./src/testing/browser-environment.cjs */
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeManager, json, refusal, type Answer } from '../testing/fake-manager.js';
import { NailupTheme } from '../theme/nailup-theme.js';
import { createSession } from './session.js';
import { SessionProvider } from './session-context.js';
import { SignedInOnly } from './signed-in-only.js';

const ada = { id: '1', username: 'ada', displayName: 'Ada', role: 'supervisor' };

async function open(login: Answer) {
  window.matchMedia ??= (query: string) => Object.assign(new EventTarget(), { matches: false, media: query, onchange: null, addListener: () => undefined, removeListener: () => undefined });
  const manager = new FakeManager().on('POST /api/v1/auth/refresh', refusal(401, 'AUTH.SESSION_ENDED')).on('POST /api/v1/auth/login', login);
  const session = createSession({ app: 'admin', baseUrl: 'http://manager.test', fetch: manager.fetch });
  render(
    <NailupTheme>
      <SessionProvider session={session}>
        <SignedInOnly appName="Nailup console">
          <p>Welcome in</p>
        </SignedInOnly>
      </SessionProvider>
    </NailupTheme>,
  );
  const person = userEvent.setup();
  await person.type(await screen.findByRole('textbox', { name: /User name/ }), 'ada');
  return { manager, person, password: screen.getByLabelText(/Password/) };
}

it('lets a person in who pastes the right password', async () => {
  const { manager, person, password } = await open(json(200, { accessToken: 't', expiresAt: new Date(Date.now() + 600_000).toISOString(), user: ada }));
  await person.click(password);
  await person.paste('correct horse');
  await person.keyboard('{Enter}');
  expect(await screen.findByText('Welcome in')).toBeTruthy();
  expect(manager.seen.at(-1)?.body).toEqual({ username: 'ada', password: 'correct horse' });
});

it('tells a person that the name or the password is wrong, and marks the password to type over', async () => {
  const { person, password } = await open(refusal(401, 'AUTH.INVALID_CREDENTIALS'));
  await person.type(password, 'wrong{Enter}');
  expect(await screen.findByText('User name or password is wrong.')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(password));
});

it('tells a locked-out person until when, and holds the button', async () => {
  const { person, password } = await open(refusal(429, 'AUTH.TOO_MANY_ATTEMPTS', {}, { 'retry-after': '900' }));
  await person.type(password, 'wrong{Enter}');
  expect(await screen.findByText(/locked until \d/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Sign in' })).toHaveProperty('disabled', true);
});

it('says that the manager is busy and when to try again', async () => {
  const { person, password } = await open(refusal(429, 'AUTH.BUSY', {}, { 'retry-after': '4' }));
  await person.type(password, 'right{Enter}');
  expect(await screen.findByText(/The manager is busy\./)).toBeTruthy();
  expect(await screen.findByText(/Try again in [34] s\./)).toBeTruthy();
});

it('hints at Caps Lock while the password is typed', async () => {
  const { person, password } = await open(refusal(401, 'AUTH.INVALID_CREDENTIALS'));
  await person.click(password);
  await person.keyboard('{CapsLock}A');
  expect(screen.getByText('Caps Lock is on')).toBeTruthy();
});
