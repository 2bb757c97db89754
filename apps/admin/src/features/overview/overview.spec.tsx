import { FakeManager, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { barriers } from '../../../test/axe.js';
import { aCall, ago, anAgent, aQueue, aServer } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const pool = () =>
  new FakeManager()
    .on('GET /api/v1/agents', () => page([anAgent('ada', { state: 'on-call' }), anAgent('bo'), anAgent('chi', { enabled: false }), anAgent('dee', { state: 'paused' })]))
    .on('GET /api/v1/calls', () => page([aCall('1'), aCall('2', { state: 'held' }), aCall('3', { state: 'queued', startedAt: ago(75), agent: null, agentId: null, answeredAt: null })]))
    .on('GET /api/v1/queues', () => page([aQueue('Support', { waiting: 1, waitingSince: ago(75) }), aQueue('Sales')]))
    .on('GET /api/v1/media-servers', () => page([aServer('eu-1'), aServer('eu-2', { health: 'down' })]));
const tile = async (name: string) => (await screen.findByRole('link', { name })).closest('li');

it('tells a supervisor at a glance who is free, who waits and what is up', async () => {
  await openConsole('/overview', pool(), { role: 'supervisor' });
  expect((await tile('Callers waiting'))?.textContent).toMatch(/^Callers waiting1longest 1:1\d$/);
  await waitFor(async () => expect((await tile('Support'))?.textContent).toMatch(/^Support1longest 1:1\d$/));
  expect((await tile('Sales'))?.textContent).toBe('Sales0nobody waits');
  expect((await tile('Calls up'))?.textContent).toBe('Calls up21 on hold · 0 ringing');
  expect(['Healthy', 'Suspect', 'Down', 'Unknown'].map((name) => screen.getByRole('link', { name }).closest('li')?.textContent)).toEqual(['Healthy112 agents', 'Suspect0', 'Down112 agents', 'Unknown0']);
  expect(screen.getByRole('link', { name: 'Down' }).getAttribute('href')).toBe('/media-servers?health=down');
  expect(within(screen.getByRole('list', { name: 'Agents' })).getAllByRole('listitem').map(({ textContent }) => textContent?.slice(0, 8))).toEqual(['Ready1fr', 'On call1', 'Wrap-up0', 'Paused1', 'Offline0']);
  expect(screen.getByRole('link', { name: 'Ready' }).getAttribute('href')).toBe('/agents?state=ready');
  expect(await barriers()).toEqual([]);
});

it('is what the console opens with', async () => {
  const { router } = await openConsole('/', pool(), { role: 'supervisor' });
  expect(await screen.findByRole('heading', { name: 'Overview' })).toBeTruthy();
  expect(router.state.location.pathname).toBe('/overview');
});

it('says of each part alone that it cannot be read, and shows the others; never a zero for what it does not know', async () => {
  const manager = pool().on('GET /api/v1/calls', refusal(403, 'AUTH.FORBIDDEN'));
  const { person } = await openConsole('/overview', manager);
  const calls = within(await screen.findByRole('region', { name: 'Calls' }));
  expect(await calls.findByText(/Your role does not allow this/)).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Callers waiting' })).toBeNull();
  expect((await tile('Ready'))?.textContent).toContain('Ready1');
  manager.on('GET /api/v1/calls', () => page([aCall('1')]));
  await person.click(calls.getByRole('button', { name: 'Try again' }));
  await waitFor(async () => expect((await tile('Calls up'))?.textContent).toContain('Calls up1'));
});

it('says how a pool begins that has nothing yet', async () => {
  const nothing = new FakeManager().on('GET /api/v1/agents', page([])).on('GET /api/v1/calls', page([])).on('GET /api/v1/queues', page([])).on('GET /api/v1/media-servers', page([]));
  await openConsole('/overview', nothing);
  expect(await screen.findByText(/^No media servers yet/)).toBeTruthy();
  expect(screen.getByText(/^No queues yet/)).toBeTruthy();
  expect((await tile('Callers waiting'))?.textContent).toBe('Callers waiting0nobody waits');
});

it('keeps the last numbers when the manager stops giving them, and says so beside them', async () => {
  let refused = false;
  const { source } = await openConsole('/overview', pool().on('GET /api/v1/calls', () => (refused ? refusal(403, 'AUTH.FORBIDDEN') : page([aCall('1')]))));
  await waitFor(async () => expect((await tile('Calls up'))?.textContent).toContain('Calls up1'));
  refused = true;
  source.say('resync');
  const calls = within(screen.getByRole('region', { name: 'Calls' }));
  expect(await calls.findByText(/These are the last numbers we have/)).toBeTruthy();
  expect((await tile('Calls up'))?.textContent).toContain('Calls up1');
  expect(within(screen.getByRole('region', { name: 'Agents' })).queryByText(/These are the last numbers/)).toBeNull();
});
