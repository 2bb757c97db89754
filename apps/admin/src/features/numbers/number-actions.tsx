import { ConfirmDialog } from '@nailup/web';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../shared/api-context.js';
import { keys } from '../../shared/queries.js';
import { RowMenu } from '../../shared/row-menu.js';
import type { NumberRow } from './columns.js';
import { NumberForm } from './number-form.js';

/** What an administrator can do with one number. */
export function NumberActions({ number }: { number: NumberRow }) {
  const api = useApi();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<'edit' | 'delete' | null>(null);
  const close = (): void => setAsked(null);
  const remove = async (): Promise<void> => {
    await api.numbers.remove(number.id);
    await cache.invalidateQueries({ queryKey: keys.numbers });
  };
  return (
    <>
      <RowMenu
        label={`Actions for ${number.number}`}
        actions={[
          { label: 'Lead elsewhere', onChoose: () => setAsked('edit') },
          { label: 'Delete', onChoose: () => setAsked('delete'), danger: true },
        ]}
      />
      {asked === 'edit' && <NumberForm number={number} onClose={close} />}
      {asked === 'delete' && (
        <ConfirmDialog title={`Delete ${number.number}?`} confirmLabel="Delete" danger typeToConfirm={number.number} onConfirm={remove} onClose={close}>
          From now on callers of this number are turned away{number.target ? ` instead of reaching ${number.target}` : ''}. Calls that are up go on.
        </ConfirmDialog>
      )}
    </>
  );
}
