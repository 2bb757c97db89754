import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { barriers } from '../../../test/axe.js';
import { aCall, ago, anAgent, aQueue, aSeat, aServer, theSettings } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const list = 'GET /api/v1/calls?limit=200&live=true';
const waiting = (id: string, seconds: number) => aCall(id, { state: 'queued', agent: null, agentId: null, placementId: null, ringingAt: null, answeredAt: null, startedAt: ago(seconds), from: `+4930${id}` });
const talking = () => aCall('111', { from: '+49301111', farMediaServer: { id: 'id-eu-2', name: 'eu-2' } });
const up = (...answers: Parameters<FakeManager['on']>[1][]) =>
  new FakeManager()
    .on(list, ...(answers.length > 0 ? answers : [() => page([talking(), waiting('222', 20), waiting('333', 95)])]))
    .on('GET /api/v1/agents', page([anAgent('ada', { placement: aSeat('eu-1') })]))
    .on('GET /api/v1/media-servers', page([aServer('eu-1'), aServer('eu-2')]))
    .on('GET /api/v1/queues', page([aQueue('Support')]))
    .on('GET /api/v1/settings', () => json(200, theSettings()));
const rows = async () => within(await screen.findByRole('table', { name: 'Calls' })).getAllByRole('row').slice(1);
const row = async (number: string) => within(await screen.findByRole('table', { name: 'Calls' })).findByRole('row', { name: new RegExp(number) });
const choose = async (person: Awaited<ReturnType<typeof openConsole>>['person'], number: string, action: string) => {
  await person.click(await screen.findByRole('button', { name: `Actions for the call with ${number}` }));
  await person.click(await screen.findByRole('menuitem', { name: action }));
};

it('shows a supervisor who waits first, in order of arrival, then the other calls', async () => {
  await openConsole('/calls', up(), { role: 'supervisor' });
  expect((await rows()).map(({ textContent }) => /\+49\d+/.exec(textContent ?? '')?.[0])).toEqual(['+4930333', '+4930222', '+49301111']);
  expect((await row('4930333')).textContent).toMatch(/Waiting1:3\d/);
  expect(screen.getByText(/^3 calls · 2 waiting, longest 1:3\d · 0 on the way · 1 with an agent$/)).toBeTruthy();
  expect(await barriers()).toEqual([]);
});

it('shows the way of a caller who came in by another media server than the agent’s', async () => {
  await openConsole('/calls', up());
  const legs = within(await row('49301111')).getByRole('list', { name: 'Legs of the call with +49301111' });
  expect(within(legs).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['client+49301111', 'media servereu-2far leg', 'media servereu-1near leg', 'agentAda']);
});

it('shows who is asked about a call, and the number a caller was handed on to', async () => {
  const consultation = { callId: 'x', state: 'answered', to: 'agent:bea', displayName: 'Bea', endReason: null } as const;
  const asking = { ...talking(), state: 'held' as const, consultation };
  const onward = aCall('222', { direction: 'outbound', purpose: 'onward', agent: null, agentId: null, from: '+49302222', to: '+15550107' });
  await openConsole('/calls', up(() => page([asking, onward])));
  const legs = async (number: string) =>
    within(within(await row(number)).getByRole('list')).getAllByRole('listitem').map(({ textContent }) => textContent);
  expect((await legs('49301111')).slice(-2)).toEqual(['agentAda', 'is askedBeaclient hears music']);
  expect((await legs('49302222')).at(-1)).toBe('number+15550107');
});

it('follows a call as it is held and ends, and tells since when it is held', async () => {
  let calls = [talking()];
  const { happen } = await openConsole('/calls', up(() => page(calls)));
  expect((await row('49301111')).textContent).toMatch(/Talking1:0\d/);
  calls = [{ ...talking(), state: 'held', stateSince: new Date().toISOString() }];
  happen('call.held', '111', {});
  await waitFor(async () => expect((await row('49301111')).textContent).toMatch(/On hold0:0\d/));
  await waitFor(async () => expect((await row('49301111')).textContent).toMatch(/On hold0:0[1-9]/));
  calls = [];
  happen('call.ended', '111', { endReason: 'caller-hung-up' });
  expect(await screen.findByText('No call is up')).toBeTruthy();
});

it('reads the calls again when one begins', async () => {
  let calls = [talking()];
  const { happen } = await openConsole('/calls', up(() => page(calls)));
  await row('49301111');
  calls = [talking(), waiting('444', 1)];
  happen('call.queued', '444', {});
  expect((await row('4930444')).textContent).toContain('in line of Support');
});

it('keeps the calls it knew and says how old they are when the manager stops telling', async () => {
  let refused = false;
  const { source } = await openConsole('/calls', up(() => (refused ? refusal(403, 'AUTH.FORBIDDEN') : page([talking()]))));
  await row('49301111');
  refused = true;
  source.say('resync');
  expect(await screen.findByText(/These are the last numbers we have/)).toBeTruthy();
  expect((await row('49301111')).textContent).toContain('Talking');
});

it('hangs up only after telling whom that cuts off, and keeps the dialog when it was too late', async () => {
  const manager = up().on('POST /api/v1/calls/111/hangup', refusal(409, 'CALL.ENDED'));
  const { person } = await openConsole('/calls', manager, { role: 'supervisor' });
  await choose(person, '+49301111', 'Hang up');
  const dialog = await screen.findByRole('dialog', { name: 'Hang up on +49301111?' });
  expect(dialog.textContent).toContain('Ada and the client are cut off from each other at once.');
  await person.click(within(dialog).getByRole('button', { name: 'Hang up' }));
  expect(await within(dialog).findByText('This call has already ended.')).toBeTruthy();
});

it('puts a call on hold at once, and asks only when that failed', async () => {
  let refused = true;
  const manager = up().on('POST /api/v1/calls/111/hold', () => (refused ? refusal(409, 'CALL.WRONG_STATE') : json(202, talking())));
  const { person } = await openConsole('/calls', manager, { role: 'supervisor' });
  await choose(person, '+49301111', 'Put on hold');
  const dialog = await screen.findByRole('dialog', { name: '+49301111 was not put on hold' });
  expect(dialog.textContent).toContain('The call has changed in the meantime.');
  refused = false;
  await person.click(within(dialog).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('offers neither hold nor resume for a caller who waits', async () => {
  const { person } = await openConsole('/calls', up());
  await person.click(await screen.findByRole('button', { name: 'Actions for the call with +4930222' }));
  expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual(['Hang up']);
});

it('keeps the filters in the address', async () => {
  const { person, router } = await openConsole('/calls?state=queued&queue=id-Support', up());
  expect(await rows()).toHaveLength(2);
  await person.type(screen.getByRole('searchbox', { name: /Find by number/ }), '333');
  expect(router.state.location.search).toContain('q=333');
  expect(await rows()).toHaveLength(1);
});

it('opens a call from its row as the ladder of what happened, which grows while the call is up', async () => {
  const begun = Date.now() - 60_000;
  const step = (ms: number, type: string, data: object = {}) => ({ at: new Date(begun + ms).toISOString(), type, data });
  let steps = [step(0, 'call.queued', { queueId: 'id-Support', position: 2 }), step(1204, 'leg.queue', { place: 'queue' }), step(9000, 'call.answered', { agentId: 'id-ada', mediaServerId: 'id-eu-1' })];
  const manager = up()
    .on('GET /api/v1/calls/111', () => json(200, talking()))
    .on('GET /api/v1/calls/111/events', () => json(200, { items: steps }));
  const { person, happen, router } = await openConsole('/calls', manager);
  await person.click(within(await row('49301111')).getByText('Support'));
  const drawer = await screen.findByRole('dialog', { name: 'Call with +49301111' });
  const ladder = await within(drawer).findByRole('list', { name: 'What happened, step by step' });
  const told = () => within(ladder).getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(told()[0]).toMatch(/^0 ms.*Waits in line for an agent.*queue Support · place 2 in line/);
  expect(told()[1]).toMatch(/^\+1\u2009204 ms.*Music and the place in line are heard/);
  expect(told()[2]).toMatch(/Client and agent are together.*agent Ada · on eu-1/);
  expect(told()[3]).toBe('The call goes on');
  expect(within(drawer).getByText('c1')).toBeTruthy();
  expect(router.state.location.search).toBe('?call=111');
  expect(await barriers()).toEqual([]);
  steps = [...steps, step(59_000, 'call.held')];
  happen('call.held', '111', {});
  await waitFor(() => expect(told()[3]).toMatch(/The client hears music/));
  await person.keyboard('{Escape}');
  await waitFor(() => expect(router.state.location.search).toBe(''));
});

it('tells a colleague whose link leads to a call that is not there', async () => {
  const manager = up().on('GET /api/v1/calls/gone', refusal(404, 'CALL.NOT_FOUND')).on('GET /api/v1/calls/gone/events', refusal(404, 'CALL.NOT_FOUND'));
  await openConsole('/calls?call=gone', manager);
  expect(await screen.findByText('This call does not exist, or not any more.')).toBeTruthy();
});
