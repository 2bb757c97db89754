import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { aServer } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';
import { isLoopback, provisioningLine } from './provisioning-line.js';

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
  expect(screen.getByText(/1 of 2 take agents, with 50 seats · 15 agents in call, 1 reserved/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Actions|Enrol|Enter by hand/ })).toBeNull();
});

it('follows utilisation, health and mode as they happen, without reading the list again', async () => {
  const { happen, manager } = await openConsole('/media-servers', fleet());
  await row('eu-1');
  const before = manager.count(list);
  happen('media-server.utilisation', 'id-eu-1', { agentsInCall: 13, reserved: 0, talking: 9, capacity: 50, ratio: 0.26 });
  happen('media-server.health', 'id-eu-1', { health: 'down', healthReason: 'It refuses the AMI secret.' });
  const first = await row('eu-1');
  await waitFor(() => expect(within(first).getByTestId('agents-in-call').textContent).toBe('13'));
  expect(within(first).getByText('Down')).toBeTruthy();
  expect(within(first).getByText('It refuses the AMI secret.')).toBeTruthy();
  expect(manager.count(list)).toBe(before);
});

it('says above the list that nobody is moved while most of the fleet is silent, and no more once it is over', async () => {
  const { happen } = await openConsole('/media-servers', fleet());
  await row('eu-1');
  const reason = '2 of 2 media servers fell silent at once, which looks like a fault of our own network: nobody is moved until it is over.';
  happen('media-server.health', 'id-eu-1', { health: 'suspect', healthReason: reason });
  expect((await screen.findByRole('alert')).textContent).toContain(reason);
  happen('media-server.health', 'id-eu-1', { health: 'healthy', healthReason: null });
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
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

it('drains a server with a rate and a deadline, and retires it then', async () => {
  const manager = fleet().on('POST /api/v1/media-servers/id-eu-1/drain', json(200, {}));
  const { person } = await openConsole('/media-servers', manager);
  await choose(person, 'eu-1', 'Drain');
  await person.click(await screen.findByRole('combobox', { name: /Deadline/ }));
  await person.click(await screen.findByRole('option', { name: '15 minutes' }));
  await person.click(screen.getByRole('combobox', { name: /Move agents/ }));
  await person.click(await screen.findByRole('option', { name: '30 a minute' }));
  await person.click(screen.getByRole('checkbox', { name: 'Disable it when it is empty' }));
  await person.click(screen.getByRole('button', { name: 'Drain' }));
  await waitFor(() => expect(manager.seen.find(({ path }) => path.endsWith('/drain'))?.body).toEqual({ deadlineSeconds: 900, movesPerMinute: 30, thenDisable: true }));
});

it('tells how a drain goes on, how long it will take and what holds it up', async () => {
  const drain = { startedAt: '2026-01-01T00:00:00.000Z', deadlineAt: null, movesPerMinute: 10, thenDisable: true, agentsAtStart: 12, agentsLeft: 3, busy: 0, callsLeft: 0, secondsLeft: 18, heldUpBy: null };
  const stuck = { ...drain, busy: 3, secondsLeft: null, heldUpBy: '3 agents are on a call.' };
  const empty = { ...drain, agentsLeft: 0, secondsLeft: 0 };
  await openConsole('/media-servers', fleet(page([['eu-1', drain] as const, ['eu-2', stuck] as const, ['eu-3', empty] as const].map(([name, of]) => aServer(name, { mode: 'draining', drain: of })))).on('GET /api/v1/media-servers/id-eu-3/statistics', json(200, { items: [] })));
  expect((await row('eu-1')).textContent).toContain('3 of 12 left, 18 s');
  expect(within(await row('eu-1')).getByRole('progressbar', { name: 'Agents moved away' }).getAttribute('aria-valuenow')).toBe('75');
  expect((await row('eu-2')).textContent).toContain('3 of 12 left3 agents are on a call.');
  expect((await row('eu-3')).textContent).toContain('empty, retiring');
});

it('advises the capacity that a week of load tells of', async () => {
  const manager = fleet().on('GET /api/v1/media-servers/id-eu-1/capacity-advice', json(200, { capacity: 130, reason: 'At 130 agents its load would reach 0.7 for each of 4 cores.', samples: 900, loadPerSeat: 0.02 }));
  const { person } = await openConsole('/media-servers', manager);
  await choose(person, 'eu-1', 'Edit');
  expect(await screen.findByText(/Advised: 130. At 130 agents its load would reach/)).toBeTruthy();
});

it('lays the manager’s fault on the field it points to, and sends an unchanged secret nowhere', async () => {
  const manager = fleet().on('PATCH /api/v1/media-servers/id-eu-1', refusal(400, 'REQUEST.INVALID', { errors: [{ pointer: '/ami/port', message: 'must be at most 65535' }] }));
  const { person } = await openConsole('/media-servers', manager);
  await choose(person, 'eu-1', 'Edit');
  const port = await screen.findByRole('spinbutton', { name: /AMI port/ });
  await person.clear(port);
  await person.type(port, '99999');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Must be at most 65535')).toBeTruthy();
  expect(port.getAttribute('aria-invalid')).toBe('true');
  expect(manager.seen.find(({ method }) => method === 'PATCH')?.body).toMatchObject({ name: 'eu-1', ami: { port: 99999, username: 'nailup' } });
  expect(JSON.stringify(manager.seen)).not.toContain('secret');
});

it('resumes a server at once, and asks only when that failed', async () => {
  let refused = true;
  const manager = fleet().on('POST /api/v1/media-servers/id-eu-2/resume', () => (refused ? refusal(409, 'MEDIA_SERVER.DISABLED') : json(200, {})));
  const { person } = await openConsole('/media-servers', manager);
  await choose(person, 'eu-2', 'Resume');
  const dialog = await screen.findByRole('dialog', { name: 'eu-2 was not resumed' });
  expect(dialog.textContent).toContain('The media server is disabled.');
  refused = false;
  await person.click(within(dialog).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('does not speak of seats that end when nobody sits on the server to be disabled', async () => {
  const empty = { agentsInCall: 0, reserved: 0, talking: 0, capacity: 50, ratio: 0 };
  const { person } = await openConsole('/media-servers', fleet(page([aServer('eu-1', { utilisation: empty })])));
  await choose(person, 'eu-1', 'Disable');
  const dialog = await screen.findByRole('dialog', { name: 'Disable eu-1?' });
  expect(dialog.textContent).toContain('Nobody sits on it. It takes none until it is enabled again.');
});

it('does not claim to know who sits on a server that was never heard', async () => {
  const { happen } = await openConsole('/media-servers', fleet(page([aServer('eu-1', { health: 'down', lastSeenAt: null, healthReason: 'Nothing listens at 10.0.0.1:5038.' })])));
  const never = await row('eu-1');
  happen('media-server.utilisation', 'id-eu-1', { agentsInCall: 0, reserved: 0, talking: 0, capacity: 50, ratio: 0 });
  expect(never.textContent).toContain('not known · 50 seats');
  expect(never.textContent).not.toContain('in call');
  expect(never.textContent).toContain('Nothing listens at 10.0.0.1:5038.');
});

it('warns an administrator whose new machine could not reach the manager by this page’s address', () => {
  expect(['http://localhost:3180', 'http://127.0.0.1:3000', 'https://[::1]'].every(isLoopback)).toBe(true);
  expect(isLoopback('https://nailup.example')).toBe(false);
});

it('asks for a certificate where agents come by https, whose browsers open no plain WebSocket', () => {
  const machine = { host: 'eu-9.example', managers: '', managerUrl: 'https://nailup.example' };
  expect(provisioningLine('t', machine, true)).toMatch(/NAILUP_TLS_CERT=\S+\.crt[^]*NAILUP_TLS_KEY=\S+\.key/);
  expect(provisioningLine('t', machine, false)).not.toContain('TLS');
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
  const address = screen.getByRole('textbox', { name: 'Address of this manager' });
  expect(line).toContain('NAILUP_HOST=203.0.113.9');
  expect(line).toContain('NAILUP_MANAGERS=http://manager.test');
  expect(line).toContain('NAILUP_ENROLMENT_TOKEN=nlp_enrol_1');
  await person.clear(address);
  await person.type(address, 'http://localhost:3180');
  expect(screen.getByText(/Another machine cannot reach this one by that/)).toBeTruthy();
  expect(manager.seen.find(({ path }) => path.endsWith('/enrolment-tokens'))?.body).toMatchObject({ uses: 2 });
  await person.click(screen.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(document.body.textContent).not.toContain('nlp_enrol_1'));
});
