import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ErrorFace, Loading, useNow } from '@nailup/web';
import { waitingFirst } from '../../shared/calls.js';
import type { Agent, AgentState } from '../../shared/contract.js';
import { clockText } from '../../shared/duration.js';
import { Section } from '../../shared/page.js';
import { useAgents, useFreshness, useLiveCalls, useMediaServers, useQueues, type Freshness } from '../../shared/queries.js';
import { agentStateNames } from '../../shared/states.js';
import { Tile } from './tile.js';

const states: AgentState[] = ['ready', 'on-call', 'wrap-up', 'paused', 'offline'];
const stateWords: Readonly<Partial<Record<AgentState, string>>> = { ready: 'free for a call', 'wrap-up': 'writing after a call' };

// A wait this long turns the tile.
const longWaitMs = 60_000;

/** Of several readings: as fresh as the oldest of them, as troubled as the first in trouble. */
function together(all: readonly Freshness[]): Freshness {
  const known = all.map(({ at }) => at);
  return {
    live: all.every(({ live }) => live),
    at: known.includes(null) ? (known.find((at) => at !== null) ?? null) : Math.min(...(known as number[])),
    why: all.find(({ why }) => why !== null)?.why ?? null,
  };
}

/** The pool at a glance: who can take a call, who waits, what is up. */
export function OverviewPage() {
  const agents = useAgents();
  const calls = useLiveCalls();
  const servers = useMediaServers();
  const queues = useQueues();
  const freshness = together([useFreshness(agents), useFreshness(calls), useFreshness(servers), useFreshness(queues)]);
  const again = (): void => void Promise.all([agents.refetch(), calls.refetch(), servers.refetch(), queues.refetch()]);
  const waiting = calls.data && waitingFirst(calls.data);
  const pending = [agents, calls, servers].every(({ isPending }) => isPending);
  const nothing = !agents.data && !calls.data && !servers.data;

  return (
    <Section title="Overview" freshness={freshness} onRetry={again}>
      {pending && <Loading label="Loading the overview" rows={3} rowHeight={90} />}
      {nothing && freshness.why && <ErrorFace why={freshness.why} onRetry={again} />}
      {!nothing && (
        <>
          <Tiles label="Calls">
            <WaitingTile label="Callers waiting" to="/calls?state=queued" waiting={waiting?.length} since={waiting?.[0]?.startedAt ?? null} />
            <Tile
              label="Calls up"
              to="/calls"
              value={calls.data?.filter(({ state }) => state === 'answered' || state === 'held').length}
              more={calls.data && `${calls.data.filter(({ state }) => state === 'held').length} on hold · ${calls.data.filter(({ state }) => state === 'dialing' || state === 'ringing').length} ringing`}
            />
            <Tile
              label="Media servers"
              to="/media-servers"
              value={servers.data?.filter(({ health, mode }) => health === 'healthy' && mode === 'active').length}
              more={servers.data && `of ${servers.data.length} take agents${servers.data.some(({ health }) => health === 'down') ? `, ${servers.data.filter(({ health }) => health === 'down').length} down` : ''}`}
              alarm={servers.data?.some(({ health, mode }) => health === 'down' && mode !== 'disabled') ?? false}
            />
          </Tiles>
          <Tiles label="Agents">
            {states.map((state) => (
              <Tile key={state} label={agentStateNames[state]} to={`/agents?state=${state}`} value={countOf(agents.data, state)} more={stateWords[state]} />
            ))}
          </Tiles>
          {queues.data && queues.data.length > 0 && (
            <Tiles label="Waiting by queue">
              {queues.data.map(({ id, name, waiting, waitingSince }) => (
                <WaitingTile key={id} label={name} to={`/calls?queue=${id}`} waiting={waiting} since={waitingSince} />
              ))}
            </Tiles>
          )}
        </>
      )}
    </Section>
  );
}

const countOf = (agents: readonly Agent[] | undefined, state: AgentState): number | undefined => agents?.filter((agent) => agent.enabled && agent.state === state).length;

interface WaitingTileProps {
  label: string;
  to: string;
  waiting: number | undefined;
  since: string | null;
}

function WaitingTile({ label, to, waiting, since }: WaitingTileProps) {
  const wait = useNow() - (since === null ? Infinity : Date.parse(since));
  return <Tile label={label} to={to} value={waiting} more={waiting !== undefined && (waiting > 0 && since !== null ? `longest ${clockText(wait)}` : 'nobody waits')} alarm={wait >= longWaitMs} />;
}

/** A row of numbers under its name. */
function Tiles({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Box>
      <Typography variant="h2" sx={{ mb: 1, mt: 1 }}>
        {label}
      </Typography>
      <Box component="ul" aria-label={label} sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 165px), 1fr))', m: 0, p: 0, listStyle: 'none' }}>
        {children}
      </Box>
    </Box>
  );
}
