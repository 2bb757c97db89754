import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import type { ColumnDef } from '@tanstack/react-table';
import { ageText, useNow } from '@nailup/web';
import type { Drain, MediaServer } from '../../shared/contract.js';
import { HealthPill, ModePill } from '../../shared/states.js';
import { UtilisationBar } from './utilisation-bar.js';

export const mediaServerColumns: ColumnDef<MediaServer, unknown>[] = [
  {
    id: 'name',
    header: 'Name',
    accessorFn: ({ name }) => name.toLowerCase(),
    cell: ({ row: { original: server } }) => (
      <>
        <Box sx={{ fontWeight: 600 }}>{server.name}</Box>
        <Box title={server.host} sx={{ color: 'text.secondary', fontSize: '0.8125rem', maxWidth: 220, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {server.host}
        </Box>
      </>
    ),
  },
  { id: 'region', header: 'Region', accessorFn: ({ region }) => region ?? '', cell: ({ row }) => row.original.region ?? <None what="no region" /> },
  { id: 'mode', header: 'Mode', accessorFn: ({ mode }) => mode, cell: ({ row: { original } }) => <ModeCell {...original} /> },
  { id: 'health', header: 'Health', accessorFn: ({ health }) => health, cell: ({ row: { original } }) => <HealthCell {...original} /> },
  {
    id: 'utilisation',
    header: 'Utilisation',
    accessorFn: ({ utilisation }) => utilisation.ratio,
    cell: ({ row: { original } }) => (original.lastSeenAt === null ? <Soft>not known · {original.capacity} seats</Soft> : <UtilisationBar of={original.utilisation} />),
    meta: { width: '28%' },
  },
  { id: 'version', header: 'Asterisk', accessorFn: ({ version }) => version ?? '', cell: ({ row }) => <Version of={row.original.version} /> },
  { id: 'seen', header: 'Last seen', accessorFn: ({ lastSeenAt }) => lastSeenAt ?? '', cell: ({ row }) => <LastSeen at={row.original.lastSeenAt} /> },
  { id: 'owner', header: 'AMI owner', accessorFn: ({ amiOwner }) => amiOwner ?? '', cell: ({ row }) => <Soft>{row.original.amiOwner ?? <None what="no manager follows it" />}</Soft> },
];

function ModeCell({ mode, drainDeadlineAt, drain }: MediaServer) {
  return (
    <>
      <ModePill of={mode} />
      {mode === 'draining' && drain && <DrainProgress of={drain} />}
      {mode === 'draining' && drainDeadlineAt && <Soft>until {new Date(drainDeadlineAt).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })}</Soft>}
    </>
  );
}

/** How many are left, how long it will take, and what holds it up. */
function DrainProgress({ of: { agentsAtStart, agentsLeft, secondsLeft, heldUpBy, thenDisable } }: { of: Drain }) {
  if (agentsLeft === 0) return <Soft>{heldUpBy ?? (thenDisable ? 'empty, retiring' : 'empty')}</Soft>;
  return (
    <Box sx={{ maxWidth: 220 }}>
      <Soft>
        {agentsLeft} of {agentsAtStart} left{secondsLeft === null ? '' : `, ${roughly(secondsLeft)}`}
      </Soft>
      <LinearProgress variant="determinate" value={(100 * (agentsAtStart - agentsLeft)) / agentsAtStart} aria-label="Agents moved away" sx={{ my: 0.5, borderRadius: 2 }} />
      {heldUpBy && <Soft>{heldUpBy}</Soft>}
    </Box>
  );
}

const roughly = (seconds: number): string => (seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);

/** A server that is not well says why: nobody should need the manager's log for it. */
function HealthCell({ health, healthReason }: MediaServer) {
  return (
    <>
      <HealthPill of={health} />
      {health !== 'healthy' && healthReason && (
        <Box sx={{ mt: 0.25, maxWidth: 260, fontSize: '0.8125rem', color: health === 'down' ? 'error.main' : 'text.secondary' }}>{healthReason}</Box>
      )}
    </>
  );
}

/** Debian hangs its own suffix on the version; it is there for who points at it. */
const Version = ({ of }: { of: string | null }) => (of === null ? <None what="not known yet" /> : <span title={of}>{of.split(/[+~]/)[0]}</span>);

const Soft = ({ children }: { children: React.ReactNode }) => <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{children}</Box>;

const None = ({ what }: { what: string }) => (
  <Box component="span" sx={{ color: 'text.secondary' }}>
    <span aria-hidden>–</span>
    <Box component="span" sx={{ position: 'absolute', clipPath: 'inset(50%)', whiteSpace: 'nowrap' }}>
      {what}
    </Box>
  </Box>
);

// A healthy server is heard every few seconds and the list is read every ten; past this the age is worth a colour.
const lateMs = 30_000;

function LastSeen({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <Soft>never</Soft>;
  const age = now - Date.parse(at);
  return (
    <Box
      component="time"
      dateTime={at}
      title={new Date(at).toLocaleString()}
      sx={{ whiteSpace: 'nowrap', color: age > lateMs ? 'warning.main' : 'text.secondary', fontWeight: age > lateMs ? 600 : 400 }}
    >
      {ageText(age)} ago
    </Box>
  );
}
