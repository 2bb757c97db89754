import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { StatePill } from '@nailup/web';
import type { Decision } from '../../shared/contract.js';
import { ratioText, verdictReason } from './words.js';

/** The servers as the selection saw them: the chosen one first, then the eligible by utilisation, then those turned down. */
export function inOrder({ chosen, considered }: Decision): Decision['considered'] {
  const rank = ({ mediaServerId, eligible }: Decision['considered'][number]): number => (mediaServerId === chosen ? 0 : eligible ? 1 : 2);
  return [...considered].sort((a, b) => rank(a) - rank(b) || a.ratio - b.ratio);
}

export function ConsideredTable({ decision, nameOf }: { decision: Decision; nameOf: (mediaServerId: string) => string }) {
  return (
    <Table size="small" aria-label="Media servers that were considered" sx={{ mt: 2 }}>
      <TableHead>
        <TableRow>
          <TableCell>Media server</TableCell>
          <TableCell align="right">Utilisation</TableCell>
          <TableCell>Verdict</TableCell>
          <TableCell>Reason</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {inOrder(decision).map(({ mediaServerId, ratio, eligible, reason }) => (
          <TableRow key={mediaServerId} selected={mediaServerId === decision.chosen}>
            <TableCell component="th" scope="row" sx={{ fontWeight: mediaServerId === decision.chosen ? 700 : 400 }}>
              {nameOf(mediaServerId)}
            </TableCell>
            <TableCell align="right">{ratioText(ratio)}</TableCell>
            <TableCell>
              {mediaServerId === decision.chosen ? <StatePill tone="good" label="Chosen" /> : <StatePill tone={eligible ? 'info' : 'neutral'} label={eligible ? 'Eligible' : 'Not eligible'} />}
            </TableCell>
            <TableCell>{verdictReason(reason)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
