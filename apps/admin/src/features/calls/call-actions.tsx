import { ConfirmDialog, explain } from '@nailup/web';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../shared/api-context.js';
import { clientNumber, isLive } from '../../shared/calls.js';
import type { Call } from '../../shared/contract.js';
import { keys } from '../../shared/queries.js';
import { RowMenu, type RowAction } from '../../shared/row-menu.js';

type Asked = 'hangup' | 'hold' | 'resume';

/** What hanging up does to those in it, in words. */
export function impact({ state, agent, direction }: Call): string {
  const who = agent?.displayName;
  if (state === 'queued') return 'The caller waits in line and is let go without having spoken to anybody.';
  if (state === 'dialing' || state === 'ringing') return direction === 'outbound' ? `It rings on the other side; ${who ?? 'the agent'} gets nobody.` : `The caller is on the way to ${who ?? 'an agent'} and is let go.`;
  return `${who ?? 'The agent'} and the client are cut off from each other at once. The agent keeps the seat.`;
}

/** What a supervisor can do with a call that is not over. */
export function CallActions({ call }: { call: Call }) {
  const api = useApi();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [fault, setFault] = useState('');
  const { id, state } = call;
  const number = clientNumber(call);
  const then = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await cache.invalidateQueries({ queryKey: keys.calls });
  };
  // Neither ends anything, so both are done unasked; only a failure needs a word.
  const unasked = (action: 'hold' | 'resume'): void =>
    void then(api.calls[action](id)).catch((error: unknown) => {
      const { sentence, wayOn } = explain(error);
      setFault(`${sentence} ${wayOn}`);
      setAsked(action);
    });
  const actions: RowAction[] = [
    ...(state === 'answered' ? [{ label: 'Put on hold', onChoose: () => unasked('hold') }] : []),
    ...(state === 'held' ? [{ label: 'Resume', onChoose: () => unasked('resume') }] : []),
    { label: 'Hang up', onChoose: () => setAsked('hangup'), danger: true },
  ];
  if (!isLive(call)) return null;

  return (
    <>
      <RowMenu label={`Actions for the call with ${number}`} actions={actions} />
      {asked === 'hangup' && (
        <ConfirmDialog title={`Hang up on ${number}?`} confirmLabel="Hang up" danger onConfirm={() => then(api.calls.hangUp(id))} onClose={() => setAsked(null)}>
          {impact(call)}
        </ConfirmDialog>
      )}
      {(asked === 'hold' || asked === 'resume') && (
        <ConfirmDialog title={asked === 'hold' ? `${number} was not put on hold` : `${number} was not resumed`} confirmLabel="Try again" onConfirm={() => then(api.calls[asked](id))} onClose={() => setAsked(null)}>
          {fault}
        </ConfirmDialog>
      )}
    </>
  );
}
