import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { barriers } from '../../../test/axe.js';
import { ago, aNumber, aQueue } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const list = 'GET /api/v1/queues';
const support = () => aQueue('Support', { skills: ['german'], waiting: 3, waitingSince: ago(95), maxWaitSeconds: 600, musicClass: 'calm' });
const lines = (...answers: Parameters<FakeManager['on']>[1][]) =>
  new FakeManager()
    .on(list, ...(answers.length > 0 ? answers : [() => page([support(), aQueue('Sales')])]))
    .on('GET /api/v1/numbers', page([aNumber('+15550200', { queueId: 'id-Support' }), aNumber('+15550202', { queueId: 'id-Support' })]));
const row = async (name: string) => within(await screen.findByRole('table', { name: 'Queues' })).findByRole('row', { name: new RegExp(name) });
const choose = async (person: Awaited<ReturnType<typeof openConsole>>['person'], queue: string, action: string) => {
  await person.click(await screen.findByRole('button', { name: `Actions for ${queue}` }));
  await person.click(await screen.findByRole('menuitem', { name: action }));
};

it('shows a supervisor who waits in each queue, for how long and by which numbers they came', async () => {
  await openConsole('/queues', lines(), { role: 'supervisor' });
  await waitFor(async () => expect((await row('Support')).textContent).toMatch(/^Support31:3\d10 mingerman\+15550200, \+15550202calm$/));
  expect((await row('Sales')).textContent).toContain('every agentnone leads heredefault');
  expect(screen.getByText('2 queues · 3 waiting')).toBeTruthy();
  expect(screen.getByRole('link', { name: '3 waiting in Support: show the calls' }).getAttribute('href')).toBe('/calls?queue=id-Support&state=queued');
  expect(screen.queryByRole('button', { name: /Actions|Add/ })).toBeNull();
  expect(await barriers()).toEqual([]);
});

it('reads the queues again when a caller joins the line', async () => {
  let waiting = 0;
  const { happen } = await openConsole('/queues', lines(() => page([aQueue('Support', { waiting, waitingSince: waiting > 0 ? ago(2) : null })])));
  expect((await row('Support')).textContent).toContain('Support0');
  waiting = 1;
  happen('call.queued', 'c1', { queueId: 'id-Support' });
  await waitFor(async () => expect((await row('Support')).textContent).toMatch(/^Support10:0\d/));
});

it('keeps the last count and says how old it is when the manager stops giving it', async () => {
  let refused = false;
  const { source } = await openConsole('/queues', lines(() => (refused ? refusal(403, 'AUTH.FORBIDDEN') : page([support()]))));
  await row('Support');
  refused = true;
  source.say('resync');
  expect(await screen.findByText(/These are the last numbers we have/)).toBeTruthy();
  expect((await row('Support')).textContent).toContain('Support3');
});

it('does not say that no number leads to a queue while the numbers are not known', async () => {
  await openConsole('/queues', lines().on('GET /api/v1/numbers', refusal(403, 'AUTH.FORBIDDEN')));
  expect((await row('Support')).textContent).toContain('not known');
});

it('explains to a newcomer what a queue is', async () => {
  await openConsole('/queues', lines(page([])));
  expect(await screen.findByText('No queues yet')).toBeTruthy();
});

it('adds a queue, with a taken name told on its field until it is another one', async () => {
  const manager = lines().on('POST /api/v1/queues', refusal(409, 'QUEUE.NAME_TAKEN', { detail: 'Choose another one.' }), json(201, aQueue('Billing')));
  const { person } = await openConsole('/queues', manager);
  await person.click(await screen.findByRole('button', { name: 'Add a queue' }));
  const name = await screen.findByRole('textbox', { name: /Name/ });
  await person.type(name, 'Sales');
  await person.type(screen.getByRole('textbox', { name: /Skills/ }), 'billing, german');
  await person.type(screen.getByRole('spinbutton', { name: /Longest wait/ }), '90');
  await person.click(screen.getByRole('button', { name: 'Add queue' }));
  expect(await screen.findByText('Another queue has this name. Choose another one.')).toBeTruthy();
  expect(name.getAttribute('aria-invalid')).toBe('true');
  expect(await barriers()).toEqual([]);
  await person.clear(name);
  await person.type(name, 'Billing{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const sent = manager.seen.filter(({ method, path }) => method === 'POST' && path === '/api/v1/queues').map(({ body }) => body);
  expect(sent.at(-1)).toEqual({ name: 'Billing', skills: ['billing', 'german'], musicClass: null, maxWaitSeconds: 90 });
});

it('takes the limit away when its field is emptied, and lays the fault of one skill on the skills', async () => {
  const manager = lines().on('PATCH /api/v1/queues/id-Support', refusal(400, 'REQUEST.INVALID', { errors: [{ pointer: '/skills/0', message: 'must be at most 64 characters' }] }));
  const { person } = await openConsole('/queues', manager);
  await choose(person, 'Support', 'Edit');
  await person.clear(await screen.findByRole('spinbutton', { name: /Longest wait/ }));
  await person.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Entry 1 must be at most 64 characters')).toBeTruthy();
  expect(manager.seen.find(({ method }) => method === 'PATCH')?.body).toEqual({ name: 'Support', skills: ['german'], musicClass: 'calm', maxWaitSeconds: null });
});

it('tells who waits before a queue is deleted, and keeps the dialog when the manager refuses', async () => {
  const manager = lines().on('DELETE /api/v1/queues/id-Support', refusal(409, 'QUEUE.IN_USE'));
  const { person } = await openConsole('/queues', manager);
  await choose(person, 'Support', 'Delete');
  const dialog = await screen.findByRole('dialog', { name: 'Delete Support?' });
  expect(dialog.textContent).toContain('3 callers wait in it now. 2 numbers lead to it.');
  await person.type(within(dialog).getByLabelText('Type Support to confirm'), 'Support');
  await person.click(within(dialog).getByRole('button', { name: 'Delete' }));
  expect(await within(dialog).findByText('The queue is in use.')).toBeTruthy();
});
