import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, within } from '@testing-library/react';
import { aServer } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const sample = (secondsAgo: number, agentsInCall: number) => ({
  at: new Date(Date.now() - secondsAgo * 1000).toISOString(),
  agentsInCall,
  reserved: 0,
  talking: 0,
  capacity: 50,
  loadAverage: null,
});
const manager = () =>
  new FakeManager()
    .on('GET /api/v1/media-servers', page([aServer('eu-1'), aServer('eu-2', { health: 'down' })]))
    .on('GET /api/v1/media-servers/id-eu-1/statistics', json(200, { items: [sample(300, 4), sample(200, 20), sample(100, 6)] }))
    .on('GET /api/v1/media-servers/id-eu-2/statistics', json(200, { items: [] }));
const numbers = () => screen.findByRole('table', { name: 'Agents in call on each media server over the last 15 minutes' });

it('tells a person who cannot see the plot how many agents each server has now, on average and at its peak', async () => {
  await openConsole('/media-servers', manager());
  const row = within(await numbers()).getByRole('row', { name: /eu-1/ });
  expect(row.textContent).toMatch(/^eu-11210\.520 at /);
});

it('does not claim to know the present of a server that is down', async () => {
  await openConsole('/media-servers', manager());
  expect(within(await numbers()).getByRole('row', { name: /eu-2/ }).textContent).toBe('eu-2not known––');
});

it('draws the servers and the span that stand in the address', async () => {
  const { manager: asked } = await openConsole('/media-servers?plot=id-eu-1&range=1h', manager());
  await screen.findByRole('table', { name: 'Agents in call on each media server over the last 1 hour' });
  const statistics = asked.seen.filter(({ path }) => path.includes('/statistics'));
  expect(statistics.every(({ path }) => path.includes('id-eu-1') && path.includes('stepSeconds=60'))).toBe(true);
});

it('says why there is no history, and keeps the table of servers', async () => {
  const broken = manager().on('GET /api/v1/media-servers/id-eu-1/statistics', refusal(403, 'AUTH.FORBIDDEN')).on('GET /api/v1/media-servers/id-eu-2/statistics', refusal(403, 'AUTH.FORBIDDEN'));
  await openConsole('/media-servers', broken);
  const section = await screen.findByRole('region', { name: 'Agents in call over time' });
  expect(await within(section).findByRole('button', { name: 'Try again' })).toBeTruthy();
  expect(screen.getByRole('table', { name: 'Media servers' })).toBeTruthy();
});
