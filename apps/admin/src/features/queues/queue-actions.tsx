import { ConfirmDialog } from '@nailup/web';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../shared/api-context.js';
import { keys } from '../../shared/queries.js';
import { RowMenu } from '../../shared/row-menu.js';
import type { QueueRow } from './columns.js';
import { QueueForm } from './queue-form.js';

/** What deleting it meets, in words. */
export function impact({ numbers, waiting }: QueueRow): string {
  const who = waiting === 0 ? 'Nobody waits in it now.' : waiting === 1 ? 'One caller waits in it now.' : `${waiting} callers wait in it now.`;
  if (numbers === null) return who;
  const lead = numbers.length === 0 ? 'No number leads to it.' : numbers.length === 1 ? `${numbers[0]} leads to it.` : `${numbers.length} numbers lead to it.`;
  return `${who} ${lead}${waiting > 0 || numbers.length > 0 ? ' The manager keeps it while anybody waits or any number leads here.' : ''}`;
}

/** What an administrator can do with one queue. */
export function QueueActions({ queue }: { queue: QueueRow }) {
  const api = useApi();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<'edit' | 'delete' | null>(null);
  const close = (): void => setAsked(null);
  const remove = async (): Promise<void> => {
    await api.queues.remove(queue.id);
    await cache.invalidateQueries({ queryKey: keys.queues });
  };
  return (
    <>
      <RowMenu
        label={`Actions for ${queue.name}`}
        actions={[
          { label: 'Edit', onChoose: () => setAsked('edit') },
          { label: 'Delete', onChoose: () => setAsked('delete'), danger: true },
        ]}
      />
      {asked === 'edit' && <QueueForm queue={queue} onClose={close} />}
      {asked === 'delete' && (
        <ConfirmDialog title={`Delete ${queue.name}?`} confirmLabel="Delete" danger typeToConfirm={queue.name} onConfirm={remove} onClose={close}>
          {impact(queue)} Calls of the past stay in the history.
        </ConfirmDialog>
      )}
    </>
  );
}
