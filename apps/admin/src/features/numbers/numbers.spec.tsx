import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { barriers } from '../../../test/axe.js';
import { anAgent, aNumber, aQueue } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const numbers = () =>
  new FakeManager()
    .on('GET /api/v1/numbers', page([aNumber('+15550200', { queueId: 'id-Support' }), aNumber('+15550201', { agentId: 'id-ada' }), aNumber('+15550209', { agentId: 'gone' })]))
    .on('GET /api/v1/queues', page([aQueue('Support'), aQueue('Sales')]))
    .on('GET /api/v1/agents', page([anAgent('ada'), anAgent('bo')]));
const row = async (name: RegExp) => within(await screen.findByRole('table', { name: 'Numbers' })).findByRole('row', { name });

it('shows a supervisor where each number leads, and that callers of one are turned away', async () => {
  await openConsole('/numbers', numbers(), { role: 'supervisor' });
  await waitFor(async () => expect((await row(/15550200/)).textContent).toBe('+15550200QueueSupport'));
  expect((await row(/15550201/)).textContent).toBe('+15550201AgentAda');
  expect((await row(/15550209/)).textContent).toContain('an agent that is gone: callers are turned away');
  expect(screen.queryByRole('button', { name: /Actions|Add/ })).toBeNull();
  expect(await barriers()).toEqual([]);
});

it('does not call a queue gone while the queues cannot be read', async () => {
  await openConsole('/numbers', numbers().on('GET /api/v1/queues', refusal(403, 'AUTH.FORBIDDEN')));
  expect((await row(/15550200/)).textContent).toContain('name not known');
});

it('adds a number as a person writes it, and asks for the queue it leads to', async () => {
  const manager = numbers().on('POST /api/v1/numbers', refusal(409, 'NUMBER.TAKEN'), json(201, aNumber('+15550300')));
  const { person } = await openConsole('/numbers', manager);
  await person.click(await screen.findByRole('button', { name: 'Add a number' }));
  const number = await screen.findByRole('textbox', { name: /Number/ });
  await person.type(number, '+1 555-0200');
  await person.click(screen.getByRole('button', { name: 'Add number' }));
  expect(await screen.findByText('Choose one')).toBeTruthy();
  await person.click(screen.getByRole('combobox', { name: /Queue/ }));
  await person.click(await screen.findByRole('option', { name: 'Sales' }));
  await person.click(screen.getByRole('button', { name: 'Add number' }));
  expect(await screen.findByText('This number is in the list already. Change where it leads instead.')).toBeTruthy();
  expect(await barriers()).toEqual([]);
  await person.clear(number);
  await person.type(number, '+15550300{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(manager.seen.filter(({ method, path }) => method === 'POST' && path === '/api/v1/numbers').map(({ body }) => body)).toEqual([
    { number: '+15550200', queueId: 'id-Sales', agentId: null },
    { number: '+15550300', queueId: 'id-Sales', agentId: null },
  ]);
});

it('lets a number lead to one agent instead of a queue', async () => {
  const manager = numbers().on('PATCH /api/v1/numbers/id-15550200', json(200, {}));
  const { person } = await openConsole('/numbers', manager);
  await person.click(await screen.findByRole('button', { name: 'Actions for +15550200' }));
  await person.click(await screen.findByRole('menuitem', { name: 'Lead elsewhere' }));
  await person.click(await screen.findByRole('radio', { name: 'One agent' }));
  await person.click(screen.getByRole('combobox', { name: /Agent/ }));
  await person.click(await screen.findByRole('option', { name: 'Bo (bo)' }));
  await person.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(manager.seen.find(({ method }) => method === 'PATCH')?.body).toEqual({ queueId: null, agentId: 'id-bo' }));
});

it('says what happens to callers before a number is deleted', async () => {
  const manager = numbers().on('DELETE /api/v1/numbers/id-15550201', json(204, null));
  const { person } = await openConsole('/numbers', manager);
  await person.click(await screen.findByRole('button', { name: 'Actions for +15550201' }));
  await person.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  const dialog = await screen.findByRole('dialog', { name: 'Delete +15550201?' });
  expect(dialog.textContent).toContain('callers of this number are turned away instead of reaching Ada');
  await person.type(within(dialog).getByLabelText(/Type/), '+15550201{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('keeps the filters in the address', async () => {
  const { person, router } = await openConsole('/numbers?leads=queue', numbers());
  await row(/15550200/);
  expect(screen.queryByRole('row', { name: /15550201/ })).toBeNull();
  await person.type(screen.getByRole('searchbox', { name: /Find by number/ }), '999');
  expect(router.state.location.search).toContain('q=999');
  expect(screen.getByText('No number matches')).toBeTruthy();
});
