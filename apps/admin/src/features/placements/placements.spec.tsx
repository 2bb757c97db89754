import { FakeManager, json } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { aPlacement, aServer, anAgent } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const manager = () =>
  new FakeManager()
    .on('GET /api/v1/media-servers', page([aServer('eu-1'), aServer('eu-2')]))
    .on('GET /api/v1/agents', page([anAgent('ada')]))
    .on('GET /api/v1/placements', page([aPlacement('p1'), aPlacement('p2', { state: 'released', releaseReason: 'media_server_failed', releasedAt: new Date().toISOString(), agentId: 'gone' })]))
    .on('GET /api/v1/placements/p1', () => json(200, aPlacement('p1')))
    .on('GET /api/v1/placements/p1/decision', () =>
      json(200, {
        policy: 'agents-in-call',
        chosen: 'id-eu-1',
        considered: [
          { mediaServerId: 'id-eu-2', ratio: 1, eligible: false, reason: 'full: 50 of 50 seats' },
          { mediaServerId: 'id-eu-1', ratio: 0.24, eligible: true, reason: 'chosen: least by agents-in-call' },
        ],
      }),
    );

it('explains to a supervisor why an agent sits where she sits, server by server', async () => {
  const { person, router } = await openConsole('/placements', manager(), { role: 'supervisor' });
  await person.click(await screen.findByRole('button', { name: 'Why here? Ada on eu-1' }));
  const drawer = await screen.findByRole('dialog', { name: 'Why Ada went to eu-1' });
  const [, chosen, turnedDown] = within(drawer).getAllByRole('row');
  expect(drawer.textContent).toContain('Of 2 media servers only this one could take the agent.');
  expect(chosen?.textContent).toContain('eu-124 %Chosenchosen: fewest agents in call');
  expect(turnedDown?.textContent).toContain('Not eligiblefull: 50 of 50 seats');
  expect(router.state.location.search).toBe('?why=p1');
  await person.keyboard('{Escape}');
  await waitFor(() => expect(router.state.location.search).toBe(''));
});

it('opens a colleague’s link straight at the explanation', async () => {
  await openConsole('/placements?why=p1', manager());
  expect(await screen.findByRole('dialog', { name: 'Why Ada went to eu-1' })).toBeTruthy();
});

it('says in words how a seat ended and that the account is gone', async () => {
  await openConsole('/placements', manager());
  const row = await screen.findByRole('row', { name: /deleted agent/ });
  expect(row.textContent).toContain('the media server failed');
});

it('asks the manager for what the filter says, and keeps the filter in the address', async () => {
  const { person, router, manager: seen } = await openConsole('/placements', manager());
  await person.click(await screen.findByRole('combobox', { name: 'State' }));
  await person.click(await screen.findByRole('option', { name: 'Lost' }));
  expect(router.state.location.search).toBe('?state=lost');
  await waitFor(() => expect(seen.seen.some(({ path }) => path === '/api/v1/placements?limit=50&state=lost')).toBe(true));
});

it('shows where forty agents would go and how many would find no seat', async () => {
  const told = manager().on('POST /api/v1/placements/simulate', json(200, { items: [{ mediaServerId: 'id-eu-1', count: 37 }], unplaced: 3 }));
  const { person } = await openConsole('/placements', told);
  await person.click(await screen.findByRole('button', { name: 'Simulate placing agents' }));
  const count = await screen.findByRole('spinbutton', { name: /Agents/ });
  await person.clear(count);
  await person.type(count, '40');
  await person.click(screen.getByRole('button', { name: 'Simulate' }));
  expect(await screen.findByText('3 of 40 would find no seat.')).toBeTruthy();
  expect(within(screen.getByRole('table', { name: 'Where they would go' })).getByRole('row', { name: 'eu-1 37' })).toBeTruthy();
  expect(told.seen.at(-1)?.body).toEqual({ count: 40, region: null });
  expect(screen.getByRole('button', { name: 'Close' })).toBeTruthy();
  await person.type(screen.getByRole('textbox', { name: /Region/ }), 'nowhere');
  expect(screen.queryByRole('table', { name: 'Where they would go' })).toBeNull();
  await person.click(screen.getByRole('button', { name: 'Simulate' }));
  expect(await screen.findByText('No media server stands in nowhere; any region was taken.')).toBeTruthy();
});
