import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import type { Settings } from '../../shared/contract.js';
import { barriers } from '../../../test/axe.js';
import { aCall, theSettings } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';
import { codeFrom } from './dispositions-section.js';

/** A manager that keeps what it is given. */
const pool = (start: Partial<Settings> = {}) => {
  let settings = theSettings(start);
  const manager: FakeManager = new FakeManager()
    .on('GET /api/v1/calls', () => page([aCall('1', { direction: 'outbound' }), aCall('2')]))
    .on('GET /api/v1/settings', () => json(200, settings))
    .on('PUT /api/v1/settings', () => {
      settings = { ...settings, ...(manager.seen.at(-1)?.body as Partial<Settings>) };
      return json(200, settings);
    });
  return { manager, elsewhere: (change: Partial<Settings>) => (settings = { ...settings, ...change }) };
};
const sent = (manager: FakeManager): unknown => manager.seen.filter(({ method }) => method === 'PUT').at(-1)?.body;
const part = async (name: string) => within(await screen.findByRole('region', { name }));

it('lets a supervisor read everything in words and change nothing', async () => {
  await openConsole('/settings', pool().manager, { role: 'supervisor' });
  const dialling = await screen.findByRole('region', { name: 'Dialling' });
  expect(dialling.textContent).toContain('Germany (home), Austria');
  expect(dialling.textContent).toContain('+155501…');
  expect((await screen.findByRole('region', { name: 'Breaks and wrap-up' })).textContent).toContain('Lunch, Training');
  expect(within(screen.getByRole('main')).queryByRole('button')).toBeNull();
  expect(within(screen.getByRole('main')).queryByRole('textbox')).toBeNull();
  expect(await barriers()).toEqual([]);
});

it('saves one part alone, and says until then that it is not saved', async () => {
  const { manager } = pool();
  const { person } = await openConsole('/settings', manager);
  const seats = await part('Seats');
  expect(await barriers()).toEqual([]);
  await person.click(seats.getByRole('radio', { name: /At rest/ }));
  expect(seats.getByText('Not saved yet')).toBeTruthy();
  await person.click(seats.getByRole('button', { name: 'Save seats' }));
  await waitFor(() => expect(seats.queryByText('Not saved yet')).toBeNull());
  expect(sent(manager)).toEqual({ policy: 'agents-in-call', parking: 'holding' });
});

it('takes a pause reason that was typed, and lays the fault of the third on their field', async () => {
  const { manager } = pool();
  manager.on('PUT /api/v1/settings', refusal(400, 'REQUEST.INVALID', { errors: [{ pointer: '/pauseReasons/2', message: 'must be at most 64 characters' }] }));
  const { person } = await openConsole('/settings', manager);
  const work = await part('Breaks and wrap-up');
  await person.type(work.getByRole('combobox', { name: 'Reasons for a pause' }), 'Meeting{Enter}');
  await person.click(work.getByRole('button', { name: 'Save breaks and wrap-up' }));
  expect(await work.findByText('Entry 3 must be at most 64 characters')).toBeTruthy();
  expect(sent(manager)).toEqual({ pauseReasons: ['Lunch', 'Training', 'Meeting'], wrapUpSeconds: 30 });
  expect(work.getByText('Not saved yet')).toBeTruthy();
});

it('adds a disposition with a code made from its name, in the place it is moved to', async () => {
  const { manager } = pool();
  const { person } = await openConsole('/settings', manager);
  const dispositions = await part('Dispositions');
  await person.click(dispositions.getByRole('button', { name: 'Add a disposition' }));
  await person.type(dispositions.getAllByRole('textbox', { name: /Name/ })[2] as HTMLElement, 'Größerer Auftrag');
  await person.click(dispositions.getByRole('button', { name: 'Move disposition 3 up' }));
  await person.click(dispositions.getByRole('button', { name: 'Save dispositions' }));
  await waitFor(() =>
    expect(sent(manager)).toEqual({
      dispositions: [
        { code: 'sale', label: 'Sale' },
        { code: codeFrom('Größerer Auftrag'), label: 'Größerer Auftrag' },
        { code: 'follow-up', label: 'Call back' },
      ],
    }),
  );
});

it('makes codes the manager takes', () => {
  expect([codeFrom('Call back (today)'), codeFrom('Réponse'), codeFrom('!')]).toEqual(['call-back-today', 'reponse', '']);
});

it('stops all calls to the outside after telling how many are up, and touches nothing else of dialling', async () => {
  const { manager, elsewhere } = pool();
  const { person } = await openConsole('/settings', manager);
  const calls = await part('Calls to the outside');
  // Somebody else has changed the limit since this page was read.
  elsewhere({ dialling: { ...theSettings().dialling, callsPerMinute: 5 } });
  await person.click(calls.getByRole('button', { name: 'Stop all calls to the outside' }));
  const dialog = await screen.findByRole('dialog', { name: 'Stop all calls to the outside?' });
  expect(dialog.textContent).toContain('One call to the outside is up now; it goes on.');
  expect(manager.seen.some(({ method }) => method === 'PUT')).toBe(false);
  await person.click(within(dialog).getByRole('button', { name: 'Stop them' }));
  expect(await calls.findByText('Stopped: nobody can call out')).toBeTruthy();
  expect(sent(manager)).toEqual({ dialling: { ...theSettings().dialling, callsPerMinute: 5, enabled: false } });
});

it('names countries, puts the home country first and never turns the kill switch', async () => {
  const { manager, elsewhere } = pool();
  const { person } = await openConsole('/settings', manager);
  const dialling = await part('Dialling');
  const countries = dialling.getByRole('combobox', { name: 'Countries that may be called' });
  await person.type(countries, 'Switz');
  await person.click(await screen.findByRole('option', { name: 'Switzerland' }));
  await person.click(dialling.getByRole('combobox', { name: 'Home country' }));
  await person.click(await screen.findByRole('option', { name: 'Austria' }));
  await person.clear(dialling.getByRole('textbox', { name: 'Number shown to others' }));
  elsewhere({ dialling: { ...theSettings().dialling, enabled: false } });
  await person.click(dialling.getByRole('button', { name: 'Save dialling' }));
  await waitFor(() => expect(sent(manager)).toEqual({ dialling: { enabled: false, countries: ['AT', 'DE', 'CH'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 12, callerId: null } }));
});

it('lays a refused beginning on its field', async () => {
  const { manager } = pool();
  manager.on('PUT /api/v1/settings', refusal(400, 'REQUEST.INVALID', { errors: [{ pointer: '/dialling/alsoAllowed/1', message: 'must begin with +' }] }));
  const { person } = await openConsole('/settings', manager);
  const dialling = await part('Dialling');
  await person.type(dialling.getByRole('combobox', { name: /Allowed besides/ }), '0800{Enter}');
  await person.click(dialling.getByRole('button', { name: 'Save dialling' }));
  expect(await dialling.findByText('Entry 2 must begin with +')).toBeTruthy();
});

it('does not overwrite what was saved elsewhere and not seen here: it says so, and saves when asked again', async () => {
  const { manager, elsewhere } = pool();
  const { person } = await openConsole('/settings', manager);
  const work = await part('Breaks and wrap-up');
  const seconds = work.getByRole('spinbutton', { name: /Longest wrap-up/ });
  await person.clear(seconds);
  await person.type(seconds, '45');
  elsewhere({ wrapUpSeconds: 60 });
  await person.click(work.getByRole('button', { name: 'Save breaks and wrap-up' }));
  expect(await work.findByText(/Somebody else has changed this meanwhile/)).toBeTruthy();
  expect(sent(manager)).toBeUndefined();
  await person.click(work.getByRole('button', { name: 'Save breaks and wrap-up' }));
  await waitFor(() => expect(sent(manager)).toEqual({ pauseReasons: ['Lunch', 'Training'], wrapUpSeconds: 45 }));
});

it('saves a part when another part was saved at the same moment, over what holds then', async () => {
  const { manager, elsewhere } = pool();
  const saves = [refusal(409, 'SETTINGS.CHANGED'), () => json(200, theSettings({ wrapUpSeconds: 45, parking: 'holding' }))];
  manager.on('PUT /api/v1/settings', () => {
    elsewhere({ parking: 'holding' });
    const next = saves.shift();
    return typeof next === 'function' ? next() : next!;
  });
  const { person } = await openConsole('/settings', manager);
  const work = await part('Breaks and wrap-up');
  await person.clear(work.getByRole('spinbutton', { name: /Longest wrap-up/ }));
  await person.type(work.getByRole('spinbutton', { name: /Longest wrap-up/ }), '45');
  await person.click(work.getByRole('button', { name: 'Save breaks and wrap-up' }));
  await waitFor(() => expect(work.queryByText('Not saved yet')).toBeNull());
  expect(manager.seen.filter(({ method }) => method === 'PUT')).toHaveLength(2);
});

it('follows what another administrator saves, as the live stream tells it', async () => {
  const { manager, elsewhere } = pool();
  const { happen } = await openConsole('/settings', manager);
  const seats = await part('Seats');
  elsewhere({ parking: 'holding' });
  happen('settings.changed', 'settings', { changed: ['parking'] });
  await waitFor(() => expect((seats.getByRole('radio', { name: /At rest/ }) as HTMLInputElement).checked).toBe(true));
});

it('says when somebody else changed what is being edited, and shows theirs when asked', async () => {
  const { manager, elsewhere } = pool();
  const { person, source } = await openConsole('/settings', manager);
  const work = await part('Breaks and wrap-up');
  const seconds = work.getByRole('spinbutton', { name: /Longest wrap-up/ }) as HTMLInputElement;
  await person.clear(seconds);
  await person.type(seconds, '45');
  elsewhere({ wrapUpSeconds: 60, parking: 'holding' });
  source.say('resync');
  expect(await work.findByText(/Somebody else has changed this meanwhile/)).toBeTruthy();
  // A part nobody typed in simply follows.
  expect(((await part('Seats')).getByRole('radio', { name: /At rest/ }) as HTMLInputElement).checked).toBe(true);
  await person.click(work.getByRole('button', { name: 'Show theirs' }));
  expect(seconds.value).toBe('60');
  expect(work.queryByText('Not saved yet')).toBeNull();
});

it('asks before it loses what was not saved', async () => {
  const { person, router } = await openConsole('/settings', pool().manager);
  await person.click((await part('Seats')).getByRole('radio', { name: /At rest/ }));
  await person.click(screen.getByRole('link', { name: 'Numbers' }));
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await person.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(router.state.location.pathname).toBe('/settings');
  await person.click((await part('Seats')).getByRole('button', { name: 'Discard changes of seats' }));
  expect((await part('Seats')).queryByText('Not saved yet')).toBeNull();
});

it('tells why the settings cannot be read, and reads them when asked again', async () => {
  const { manager } = pool();
  let refused = true;
  manager.on('GET /api/v1/settings', () => (refused ? refusal(403, 'AUTH.FORBIDDEN') : json(200, theSettings())));
  const { person } = await openConsole('/settings', manager);
  const again = await screen.findByRole('button', { name: 'Try again' });
  refused = false;
  await person.click(again);
  expect(await part('Seats')).toBeTruthy();
});

it('lets an administrator say whether calls are recorded and how long that is kept, and a supervisor read it', async () => {
  const { manager } = pool();
  const { person, unmount } = await openConsole('/settings', manager);
  const recording = await part('Recording');
  await person.click(recording.getByRole('radio', { name: /^Every call/ }));
  await person.clear(recording.getByRole('spinbutton', { name: /Recordings are kept for/ }));
  await person.type(recording.getByRole('spinbutton', { name: /Recordings are kept for/ }), '30');
  await person.click(recording.getByRole('button', { name: 'Save recording' }));
  await waitFor(() => expect(sent(manager)).toEqual({ recording: { mode: 'always', retentionDays: 30 } }));
  unmount();
  await openConsole('/settings', manager, { role: 'supervisor' });
  expect((await screen.findByRole('region', { name: 'Recording' })).textContent).toMatch(/Every call.*30 days/);
});
