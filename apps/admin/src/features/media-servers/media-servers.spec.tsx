import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { aServer } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const list = 'GET /api/v1/media-servers';
const fleet = (...answers: Parameters<FakeManager['on']>[1][]) =>
  new FakeManager()
    .on(list, ...(answers.length > 0 ? answers : [page([aServer('eu-1'), aServer('eu-2', { mode: 'draining', utilisation: { agentsInCall: 3, reserved: 0, talking: 0, capacity: 50, ratio: 0.06 } })])]))
    .on('GET /api/v1/media-servers/id-eu-1/statistics', json(200, { items: [] }))
    .on('GET /api/v1/media-servers/id-eu-2/statistics', json(200, { items: [] }));
const table = () => screen.findByRole('table', { name: 'Media servers' });
const row = async (name: string) => within(await table()).findByRole('row', { name: new RegExp(`\\b${name}\\b`) });
const choose = async (person: Awaited<ReturnType<typeof openConsole>>['person'], server: string, action: string) => {
  await person.click(await screen.findByRole('button', { name: `Actions for ${server}` }));
  await person.click(await screen.findByRole('menuitem', { name: action }));
};

it('shows a supervisor each server with its seats in words, and nothing to change them with', async () => {
  await openConsole('/media-servers', fleet(), { role: 'supervisor' });
  const first = await row('eu-1');
  expect(within(first).getByTestId('agents-in-call').textContent).toBe('12');
  expect(first.textContent).toContain('12 in call, 1 reserved');
  expect(within(first).getByText('Healthy')).toBeTruthy();
  expect(screen.getByText(/1 of 2 take agents · 15 agents in call, 1 reserved/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Actions|Enrol|Enter by hand/ })).toBeNull();
});

it('follows utilisation, health and mode as they happen, without reading the list again', async () => {
  const { happen, manager } = await openConsole('/media-servers', fleet());
  await row('eu-1');
  const before = manager.count(list);
  happen('media-server.utilisation', 'id-eu-1', { agentsInCall: 13, reserved: 0, talking: 9, capacity: 50, ratio: 0.26 });
  happen('media-server.health', 'id-eu-1', { health: 'down' });
  const first = await row('eu-1');
  await waitFor(() => expect(within(first).getByTestId('agents-in-call').textContent).toBe('13'));
  expect(within(first).getByText('Down')).toBeTruthy();
  expect(manager.count(list)).toBe(before);
});

it('keeps the last numbers and says how old they are when the manager stops giving them', async () => {
  let refused = false;
  const { source } = await openConsole('/media-servers', fleet(() => (refused ? refusal(403, 'AUTH.FORBIDDEN') : page([aServer('eu-1')]))));
  await row('eu-1');
  refused = true;
  source.say('resync');
  expect((await screen.findAllByText(/These are the last numbers we have\. Your role does not allow this/)).length).toBeGreaterThan(0);
  expect(within(await row('eu-1')).getByTestId('agents-in-call').textContent).toBe('12');
  expect(screen.getAllByText(/s old$/).length).toBeGreaterThan(0);
});

it('tells why the list cannot be read, and reads it when asked again', async () => {
  let refused = true;
  const { person } = await openConsole('/media-servers', fleet(() => (refused ? refusal(403, 'AUTH.FORBIDDEN') : page([aServer('eu-1')]))));
  const again = await screen.findByRole('button', { name: 'Try again' });
  refused = false;
  await person.click(again);
  expect(await row('eu-1')).toBeTruthy();
});

it('explains to a newcomer how the first server comes to be', async () => {
  await openConsole('/media-servers', fleet(page([])));
  expect(await screen.findByText('No media servers yet')).toBeTruthy();
});

it('keeps the filters in the address', async () => {
  const { person, router } = await openConsole('/media-servers?mode=draining', fleet());
  await row('eu-2');
  expect(within(await table()).queryByRole('row', { name: /eu-1/ })).toBeNull();
  await person.type(screen.getByRole('searchbox', { name: /Find by name/ }), 'nowhere');
  expect(router.state.location.search).toContain('q=nowhere');
  expect(screen.getByText('No media server matches')).toBeTruthy();
});

it('deletes a server only after its name was typed, and keeps the dialog when agents still sit there', async () => {
  const manager = fleet().on('DELETE /api/v1/media-servers/id-eu-1', refusal(409, 'MEDIA_SERVER.HAS_PLACEMENTS'));
  const { person } = await openConsole('/media-servers', manager);
  await choose(person, 'eu-1', 'Delete');
  const dialog = await screen.findByRole('dialog', { name: 'Delete eu-1?' });
  expect(dialog.textContent).toContain('13 agents sit on it.');
  await person.type(within(dialog).getByLabelText('Type eu-1 to confirm'), 'eu-1');
  await person.click(within(dialog).getByRole('button', { name: 'Delete' }));
  expect(await within(dialog).findByText('Agents still sit on this media server.')).toBeTruthy();
});

it('drains a server with a deadline', async () => {
  const manager = fleet().on('POST /api/v1/media-servers/id-eu-1/drain', json(200, {}));
  const { person } = await openConsole('/media-servers', manager);
  await choose(person, 'eu-1', 'Drain');
  await person.click(await screen.findByRole('combobox', { name: /Deadline/ }));
  await person.click(await screen.findByRole('option', { name: '15 minutes' }));
  await person.click(screen.getByRole('button', { name: 'Drain' }));
  await waitFor(() => expect(manager.seen.find(({ path }) => path.endsWith('/drain'))?.body).toEqual({ deadlineSeconds: 900 }));
});

it('lays the manager’s fault on the field it points to, and sends an unchanged secret nowhere', async () => {
  const manager = fleet().on('PATCH /api/v1/media-servers/id-eu-1', refusal(400, 'REQUEST.INVALID', { errors: [{ pointer: '/ami/port', message: 'must be at most 65535' }] }));
  const { person } = await openConsole('/media-servers', manager);
  await choose(person, 'eu-1', 'Edit');
  const port = await screen.findByRole('spinbutton', { name: /AMI port/ });
  await person.clear(port);
  await person.type(port, '99999');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('must be at most 65535')).toBeTruthy();
  expect(port.getAttribute('aria-invalid')).toBe('true');
  expect(manager.seen.find(({ method }) => method === 'PATCH')?.body).toMatchObject({ name: 'eu-1', ami: { port: 99999, username: 'nailup' } });
  expect(JSON.stringify(manager.seen)).not.toContain('secret');
});

it('shows an enrolment token once, with the line to run on the new machine', async () => {
  const manager = fleet().on('POST /api/v1/media-servers/enrolment-tokens', json(201, { token: 'nlp_enrol_1', expiresAt: null, uses: 2 }));
  const { person } = await openConsole('/media-servers', manager);
  await person.click(await screen.findByRole('button', { name: 'Enrol a media server' }));
  const machines = await screen.findByRole('spinbutton', { name: /Machines/ });
  await person.clear(machines);
  await person.type(machines, '2');
  await person.click(screen.getByRole('button', { name: 'Make a token' }));
  await person.type(await screen.findByRole('textbox', { name: 'Address of the new machine' }), '203.0.113.9');
  const line = screen.getByRole('group', { name: /Run this/ }).textContent;
  expect(line).toContain('NAILUP_HOST=203.0.113.9');
  expect(line).toContain('NAILUP_MANAGERS=http://manager.test');
  expect(line).toContain('NAILUP_ENROLMENT_TOKEN=nlp_enrol_1');
  expect(manager.seen.find(({ path }) => path.endsWith('/enrolment-tokens'))?.body).toMatchObject({ uses: 2 });
  await person.click(screen.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(document.body.textContent).not.toContain('nlp_enrol_1'));
});
