import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import { flexRender, getCoreRowModel, getSortedRowModel, useReactTable, type ColumnDef, type SortingState } from '@tanstack/react-table';
import type { MouseEvent } from 'react';
import { useUrlState } from './url-state.js';

declare module '@tanstack/react-table' {
  // The parameters must repeat those of the interface that is widened.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData, TValue> {
    align?: 'left' | 'right';
    width?: string | number;
  }
}

interface DataTableProps<T> {
  /** What the table holds, for a screen reader. */
  label: string;
  rows: T[];
  columns: ColumnDef<T, unknown>[];
  rowId: (row: T) => string;
  /** `column` or `-column` (descending) until the person chooses. */
  sortBy?: string;
  /** What a click anywhere on a row does. A cell must offer the same by a button, for those without a mouse. */
  onOpen?: (row: T) => void;
  /** The row whose details are open. */
  openId?: string;
}

/** Whether a click was meant for the row: not for a control in it, a menu over it, or the end of marking text. */
function meantForRow({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  const within = target instanceof Element && currentTarget.contains(target);
  return within && !target.closest('a, button, input, summary, [role="menu"], [role="dialog"]') && !window.getSelection()?.toString();
}

/** A dense table whose order stands in the address as `?sort=`. Scrolls sideways inside itself, so the page never does. */
export function DataTable<T>({ label, rows, columns, rowId, sortBy = '', onOpen, openId }: DataTableProps<T>) {
  const [sort, setSort] = useUrlState('sort', sortBy);
  const sorting: SortingState = sort ? [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }] : [];
  // TanStack Table 8 hands out functions that change with its state; the React compiler is not in use here.
  // eslint-disable-next-line react-hooks/incompatible-library
  const table = useReactTable({
    data: rows,
    columns,
    getRowId: rowId,
    state: { sorting },
    onSortingChange: (change) => {
      const [next] = typeof change === 'function' ? change(sorting) : change;
      setSort(next ? `${next.desc ? '-' : ''}${next.id}` : '');
    },
    enableSortingRemoval: false,
    // There are no pages; resetting them at every change of the data would draw the table twice.
    autoResetPageIndex: false,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return (
    <TableContainer component={Paper} variant="outlined" tabIndex={0} role="region" aria-label={`${label}, table`} sx={{ position: 'relative' }}>
      <Table size="small" aria-label={label}>
        <TableHead>
          {table.getHeaderGroups().map((group) => (
            <TableRow key={group.id}>
              {group.headers.map(({ id, column, getContext }) => {
                const order = column.getIsSorted();
                const meta = column.columnDef.meta;
                return (
                  <TableCell key={id} align={meta?.align} sx={{ width: meta?.width, whiteSpace: 'nowrap' }} sortDirection={order}>
                    {column.getCanSort() ? (
                      <TableSortLabel active={order !== false} direction={order || 'asc'} onClick={column.getToggleSortingHandler()}>
                        {flexRender(column.columnDef.header, getContext())}
                      </TableSortLabel>
                    ) : (
                      flexRender(column.columnDef.header, getContext())
                    )}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableHead>
        <TableBody>
          {table.getRowModel().rows.map((row) => (
            <TableRow
              key={row.id}
              hover
              selected={openId !== undefined && openId === row.id}
              onClick={onOpen && ((event: MouseEvent<HTMLElement>) => meantForRow(event) && onOpen(row.original))}
              sx={onOpen ? { cursor: 'pointer' } : undefined}
            >
              {row.getVisibleCells().map((cell) => (
                <TableCell key={cell.id} align={cell.column.columnDef.meta?.align}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
