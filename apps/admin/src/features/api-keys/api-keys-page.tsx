import Button from '@mui/material/Button';
import { ConfirmDialog, EmptyFace, ErrorFace, Loading } from '@nailup/web';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useApi } from '../../shared/api-context.js';
import type { ApiKey } from '../../shared/contract.js';
import { DataTable } from '../../shared/data-table.js';
import { Section } from '../../shared/page.js';
import { keys, useFreshness } from '../../shared/queries.js';
import { useCanEdit } from '../../shared/use-can-edit.js';
import { ApiKeyDialog } from './api-key-dialog.js';
import { apiKeyColumns } from './columns.js';

/** Keys that integrators' programs sign in with. Administrators only. */
export function ApiKeysPage() {
  const api = useApi();
  const cache = useQueryClient();
  const query = useQuery({ queryKey: keys.apiKeys, queryFn: ({ signal }) => api.apiKeys.list(signal) });
  const freshness = useFreshness(query);
  const canEdit = useCanEdit();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const columns = useMemo(
    () => [
      ...apiKeyColumns,
      {
        id: 'actions',
        header: 'Actions',
        enableSorting: false,
        cell: ({ row: { original } }: { row: { original: ApiKey } }) => (
          <Button size="small" color="error" onClick={() => setRevoking(original)} aria-label={`Revoke ${original.name}`} sx={{ py: 0 }}>
            Revoke
          </Button>
        ),
      },
    ],
    [],
  );

  return (
    <Section
      title="API keys"
      onRetry={() => void query.refetch()}
      actions={
        canEdit && (
          <Button variant="contained" onClick={() => setCreating(true)}>
            Make an API key
          </Button>
        )
      }
    >
      {query.isPending && <Loading label="Loading API keys" rows={3} />}
      {query.isError && !query.data && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <EmptyFace title="No API keys yet">A key lets a program of yours use the REST API with exactly the scopes you give it.</EmptyFace>}
      {query.data && query.data.length > 0 && <DataTable label="API keys" rows={query.data} columns={columns} rowId={({ id }) => id} sortBy="name" />}
      {creating && <ApiKeyDialog onClose={() => setCreating(false)} />}
      {revoking && (
        <ConfirmDialog
          title={`Revoke ${revoking.name}?`}
          confirmLabel="Revoke"
          danger
          typeToConfirm={revoking.name}
          onConfirm={async () => {
            await api.apiKeys.revoke(revoking.id);
            await cache.invalidateQueries({ queryKey: keys.apiKeys });
          }}
          onClose={() => setRevoking(null)}
        >
          Every program that uses this key is refused from now on.
        </ConfirmDialog>
      )}
    </Section>
  );
}
