import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { aCall, anAgent, aSeat, theSettings } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const people = () =>
  new FakeManager()
    .on('GET /api/v1/agents', page([anAgent('ada', { placement: aSeat('eu-1'), skills: ['billing'] }), anAgent('bo', { state: 'paused' }), anAgent('chi', { enabled: false })]))
    .on('GET /api/v1/calls', page([]))
    .on('GET /api/v1/settings', () => json(200, theSettings()));
const row = async (name: string) => within(await screen.findByRole('table', { name: 'Agents' })).findByRole('row', { name: new RegExp(name) });

it('shows what everybody does and where they sit', async () => {
  await openConsole('/agents', people());
  expect((await row('Ada')).textContent).toMatch(/Ready.*eu-1.*Connected/);
  expect((await row('Bo')).textContent).toMatch(/Paused.*no seat/);
  expect((await row('Chi')).textContent).toContain('Disabled');
});

it('lets a supervisor set a state and nothing more', async () => {
  const manager = people().on('PUT /api/v1/agents/id-bo/state', json(200, {}));
  const { person } = await openConsole('/agents', manager, { role: 'supervisor' });
  expect(screen.queryByRole('button', { name: 'Add an agent' })).toBeNull();
  await person.click(await screen.findByRole('button', { name: 'Actions for Bo' }));
  expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual(['Set state']);
  await person.click(screen.getByRole('menuitem', { name: 'Set state' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Set the state of Bo' }));
  await person.click(dialog.getByRole('combobox', { name: /State/ }));
  await person.click(await screen.findByRole('option', { name: 'Wrap-up' }));
  await person.type(dialog.getByRole('textbox', { name: /Reason/ }), 'training');
  await person.click(dialog.getByRole('button', { name: 'Set state' }));
  await waitFor(() => expect(manager.seen.find(({ method }) => method === 'PUT')?.body).toEqual({ state: 'wrap-up', reason: 'training' }));
});

it('offers the pauses of the settings to a supervisor who pauses somebody', async () => {
  const manager = people().on('PUT /api/v1/agents/id-ada/state', json(200, {}));
  const { person } = await openConsole('/agents', manager, { role: 'supervisor' });
  await person.click(await screen.findByRole('button', { name: 'Actions for Ada' }));
  await person.click(await screen.findByRole('menuitem', { name: 'Set state' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Set the state of Ada' }));
  await person.click(dialog.getByRole('combobox', { name: /State/ }));
  await person.click(await screen.findByRole('option', { name: 'Paused' }));
  await person.click(await dialog.findByRole('combobox', { name: /Reason/ }));
  await person.click(await screen.findByRole('option', { name: 'Training' }));
  await person.click(dialog.getByRole('button', { name: 'Set state' }));
  await waitFor(() => expect(manager.seen.find(({ method }) => method === 'PUT')?.body).toEqual({ state: 'paused', reason: 'Training' }));
});

it('leads from an agent to the call they are on, and never calls it none while the calls are not known', async () => {
  const busy = people().on('GET /api/v1/agents', page([anAgent('ada', { state: 'on-call' }), anAgent('bo')]));
  const first = await openConsole('/agents', busy.on('GET /api/v1/calls', page([aCall('c1', { from: '+49301111' })])));
  const link = await screen.findByRole('link', { name: '+49301111: the call of Ada' });
  expect(link.getAttribute('href')).toBe('/calls?call=c1');
  expect((await row('Bo')).textContent).toContain('no call');
  first.unmount();
  await openConsole('/agents', busy.on('GET /api/v1/calls', refusal(403, 'AUTH.FORBIDDEN')));
  expect((await row('Ada')).textContent).toContain('not known');
});

it('follows states as they happen', async () => {
  const { happen } = await openConsole('/agents', people());
  await row('Ada');
  happen('agent.state', 'id-ada', { state: 'paused', reason: 'Training until noon', stateSince: new Date(Date.now() - 300_000).toISOString(), enabled: true, deleted: false });
  await waitFor(async () => expect((await row('Ada')).textContent).toMatch(/Paused.*for 5:0\d.*Training until noon/));
  happen('agent.state', 'id-bo', { state: 'on-call', reason: null, stateSince: new Date().toISOString(), enabled: true, deleted: false });
  expect(await screen.findByText(/0 ready · 1 on call · 0 in wrap-up · 1 paused/)).toBeTruthy();
});

it('adds an agent once, with the manager’s fault on the password until it is good enough', async () => {
  const manager = people().on(
    'POST /api/v1/agents',
    refusal(400, 'REQUEST.INVALID', { errors: [{ pointer: '/password', message: 'must be at least 12 characters' }] }),
    json(201, anAgent('zed')),
  );
  const { person } = await openConsole('/agents', manager);
  await person.click(await screen.findByRole('button', { name: 'Add an agent' }));
  await person.type(await screen.findByRole('textbox', { name: /Display name/ }), 'Zed');
  await person.type(screen.getByRole('textbox', { name: /User name/ }), 'zed');
  await person.type(screen.getByRole('textbox', { name: /Skills/ }), 'billing, german');
  await person.type(screen.getByLabelText(/^Password/), 'short');
  await person.click(screen.getByRole('button', { name: 'Add agent' }));
  expect(await screen.findByText('Must be at least 12 characters')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^Password/)));
  await person.keyboard(' but long enough{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(manager.seen.filter(({ method, path }) => method === 'POST' && path === '/api/v1/agents').at(-1)?.body).toMatchObject({ username: 'zed', role: 'agent', skills: ['billing', 'german'] });
});

it('tells an administrator what disabling would end', async () => {
  const manager = people().on('PATCH /api/v1/agents/id-ada', json(200, {}));
  const { person } = await openConsole('/agents', manager);
  await person.click(await screen.findByRole('button', { name: 'Actions for Ada' }));
  await person.click(await screen.findByRole('menuitem', { name: 'Disable' }));
  const dialog = await screen.findByRole('dialog', { name: 'Disable Ada?' });
  expect(dialog.textContent).toContain('They sit on eu-1; that seat ends.');
  await person.click(within(dialog).getByRole('button', { name: 'Disable' }));
  await waitFor(() => expect(manager.seen.find(({ method }) => method === 'PATCH')?.body).toEqual({ enabled: false }));
});

it('shows an agent who came to the wrong door the way to the softphone', async () => {
  await openConsole('/agents', people(), { role: 'agent', live: false });
  expect(screen.getByRole('link', { name: 'Open the softphone' }).getAttribute('href')).toBe('/softphone/');
  expect(screen.queryByRole('table')).toBeNull();
});
