import { FakeManager, json } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { openConsole, page } from '../../testing/open-console.js';

const key = { id: 'k1', name: 'CRM', scopes: ['agents:read'], createdAt: '2026-01-01T00:00:00.000Z', expiresAt: null, lastUsedAt: null };

it('makes a key with the chosen scopes and shows it once', async () => {
  const manager = new FakeManager().on('GET /api/v1/api-keys', page([])).on('POST /api/v1/api-keys', json(201, { ...key, key: 'nlp_once' }));
  const { person } = await openConsole('/api-keys', manager);
  await person.click(await screen.findByRole('button', { name: 'Make an API key' }));
  await person.type(await screen.findByRole('textbox', { name: /Name/ }), 'CRM');
  await person.click(screen.getByRole('button', { name: 'Make key' }));
  expect(await screen.findByText('Choose at least one')).toBeTruthy();
  await person.click(screen.getByRole('checkbox', { name: /agents:read/ }));
  await person.click(screen.getByRole('button', { name: 'Make key' }));
  expect((await screen.findByRole('group', { name: 'Key' })).textContent).toBe('nlp_once');
  expect(manager.seen.find(({ method, path }) => method === 'POST' && path === '/api/v1/api-keys')?.body).toMatchObject({ name: 'CRM', scopes: ['agents:read'] });
  await person.click(screen.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(document.body.textContent).not.toContain('nlp_once'));
});

it('revokes a key only after its name was typed', async () => {
  const manager = new FakeManager().on('GET /api/v1/api-keys', page([key])).on('DELETE /api/v1/api-keys/k1', () => new Response(null, { status: 204 }));
  const { person } = await openConsole('/api-keys', manager);
  await person.click(await screen.findByRole('button', { name: 'Revoke CRM' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Revoke CRM?' }));
  expect(dialog.getByRole('button', { name: 'Revoke' })).toHaveProperty('disabled', true);
  await person.type(dialog.getByLabelText('Type CRM to confirm'), 'CRM{Enter}');
  await waitFor(() => expect(manager.count('DELETE /api/v1/api-keys/k1')).toBe(1));
});

it('is no place for a supervisor', async () => {
  await openConsole('/media-servers', new FakeManager().on('GET /api/v1/media-servers', page([])), { role: 'supervisor' });
  expect(screen.queryByRole('link', { name: 'API keys' })).toBeNull();
});
