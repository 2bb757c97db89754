import type { ColumnDef } from '@tanstack/react-table';
import type { ApiKey } from '../../shared/contract.js';

const day = (at: string): string => new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const apiKeyColumns: ColumnDef<ApiKey, unknown>[] = [
  { id: 'name', header: 'Name', accessorFn: ({ name }) => name.toLowerCase(), cell: ({ row }) => <strong>{row.original.name}</strong> },
  { id: 'scopes', header: 'Scopes', accessorFn: ({ scopes }) => scopes.join(', '), enableSorting: false },
  { id: 'created', header: 'Made', accessorFn: ({ createdAt }) => createdAt, cell: ({ row }) => day(row.original.createdAt) },
  { id: 'used', header: 'Last used', accessorFn: ({ lastUsedAt }) => lastUsedAt ?? '', cell: ({ row }) => (row.original.lastUsedAt ? day(row.original.lastUsedAt) : 'never') },
  { id: 'expires', header: 'Expires', accessorFn: ({ expiresAt }) => expiresAt ?? '', cell: ({ row }) => (row.original.expiresAt ? day(row.original.expiresAt) : 'never') },
];
