import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { Series } from './series.js';

const known = (values: (number | null)[]): number[] => values.filter((value): value is number => value !== null);

/** The plot in numbers: its legend for those who see it, its content for those who do not. */
export function SeriesTable({ series, times, span }: { series: Series[]; times: number[]; span: string }) {
  const peakAt = (values: (number | null)[], peak: number): string => {
    const at = times[values.indexOf(peak)];
    return at === undefined ? '' : new Date(at * 1000).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  };
  return (
    <Box sx={{ overflow: 'auto', maxHeight: 240, '& td, & th': { px: 0.75 } }} tabIndex={0} role="region" aria-label="Agents in call, numbers">
      <Table size="small" aria-label={`Agents in call on each media server over the last ${span}`}>
        <TableHead>
          <TableRow>
            <TableCell>Server</TableCell>
            <TableCell align="right">Now</TableCell>
            <TableCell align="right">Mean</TableCell>
            <TableCell align="right">Peak</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {series.map(({ id, name, colour, dash, values }) => {
            const numbers = known(values);
            const peak = numbers.length > 0 ? Math.max(...numbers) : null;
            return (
              <TableRow key={id}>
                <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap' }}>
                  <Box component="span" aria-hidden sx={{ display: 'inline-block', width: 18, mr: 1, verticalAlign: 'middle', borderTop: `3px ${dash ? 'dashed' : 'solid'} ${colour}` }} />
                  {name}
                </TableCell>
                <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>{values.at(-1) ?? 'not known'}</TableCell>
                <TableCell align="right">{numbers.length > 0 ? (numbers.reduce((sum, value) => sum + value, 0) / numbers.length).toFixed(1) : '–'}</TableCell>
                <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                  {peak === null ? '–' : peak > 0 ? `${peak} at ${peakAt(values, peak)}` : '0'}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Box>
  );
}
