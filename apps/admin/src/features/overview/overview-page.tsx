import Stack from '@mui/material/Stack';
import { useNow } from '@nailup/web';
import { waitingFirst } from '../../shared/calls.js';
import type { Agent, AgentState, Call, CallState, Health, MediaServer } from '../../shared/contract.js';
import { clockText } from '../../shared/duration.js';
import { Section } from '../../shared/page.js';
import { useAgents, useFreshness, useLiveCalls, useMediaServers, useQueues } from '../../shared/queries.js';
import { agentStateNames, healthNames } from '../../shared/states.js';
import { Group } from './group.js';
import { Tile } from './tile.js';

const agentStates: AgentState[] = ['ready', 'on-call', 'wrap-up', 'paused', 'offline'];
const stateWords: Readonly<Partial<Record<AgentState, string>>> = { ready: 'free for a call', 'wrap-up': 'writing after a call' };
const healths: Health[] = ['healthy', 'suspect', 'down', 'unknown'];

// A wait this long turns the tile.
const longWaitMs = 60_000;

/** The pool at a glance: who waits, who can take a call, what is up. Each part stands on its own: one that cannot be read takes no other along. */
export function OverviewPage() {
  const calls = useLiveCalls();
  const agents = useAgents();
  const queues = useQueues();
  const servers = useMediaServers();
  const live = [useFreshness(calls), useFreshness(agents), useFreshness(queues), useFreshness(servers)];
  return (
    // What is old or cannot be read says so itself; up here it is only said that all of it is live.
    <Section title="Overview" freshness={live.every((one) => one.live) ? live[0] : undefined}>
      <Stack spacing={1.5}>
        <Group label="Calls" query={calls}>
          {(all) => (
            <>
              <WaitingTile label="Callers waiting" to="/calls?state=queued" waiting={inState(all, 'queued')} since={waitingFirst(all)[0]?.startedAt ?? null} />
              <Tile label="Calls up" to="/calls" value={inState(all, 'answered') + inState(all, 'held')} more={`${inState(all, 'held')} on hold · ${inState(all, 'dialing') + inState(all, 'ringing')} ringing`} />
            </>
          )}
        </Group>
        <Group label="Agents" query={agents} empty="No agents yet. An administrator adds them under Agents.">
          {(all) => agentStates.map((state) => <Tile key={state} label={agentStateNames[state]} to={`/agents?state=${state}`} value={countOf(all, state)} more={stateWords[state]} />)}
        </Group>
        <Group label="Waiting by queue" query={queues} empty="No queues yet. A queue holds callers until an agent is free.">
          {(all) => all.map(({ id, name, waiting, waitingSince }) => <WaitingTile key={id} label={name} to={`/calls?queue=${id}`} waiting={waiting} since={waitingSince} />)}
        </Group>
        <Group label="Media servers" query={servers} empty="No media servers yet. Enrol one under Media servers: until then nobody can go online.">
          {(all) => healths.map((health) => <HealthTile key={health} health={health} servers={all} />)}
        </Group>
      </Stack>
    </Section>
  );
}

const inState = (calls: readonly Call[], wanted: CallState): number => calls.filter(({ state }) => state === wanted).length;
const countOf = (agents: readonly Agent[], state: AgentState): number => agents.filter((agent) => agent.enabled && agent.state === state).length;

interface WaitingTileProps {
  label: string;
  to: string;
  waiting: number;
  since: string | null;
}

function WaitingTile({ label, to, waiting, since }: WaitingTileProps) {
  const wait = useNow() - (since === null ? Infinity : Date.parse(since));
  return <Tile label={label} to={to} value={waiting} more={waiting > 0 && since !== null ? `longest ${clockText(wait)}` : 'nobody waits'} alarm={wait >= longWaitMs} />;
}

/** How many are in this health, and what the operator wants of them. One that is switched off alarms nobody. */
function HealthTile({ health, servers }: { health: Health; servers: readonly MediaServer[] }) {
  const found = servers.filter((server) => server.health === health);
  const wanted = found.filter(({ mode }) => mode !== 'disabled');
  const draining = found.filter(({ mode }) => mode === 'draining').length;
  const off = found.length - wanted.length;
  const agents = found.reduce((sum, { utilisation }) => sum + utilisation.agentsInCall, 0);
  const more = [agents > 0 ? `${agents} ${agents === 1 ? 'agent' : 'agents'}` : '', draining > 0 ? `${draining} draining` : '', off > 0 ? `${off} disabled` : ''].filter(Boolean).join(' · ');
  return <Tile label={healthNames[health]} to={`/media-servers?health=${health}`} value={found.length} more={more} alarm={health !== 'healthy' && wanted.length > 0} />;
}
