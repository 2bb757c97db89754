import { useLiveEvents, useResync, type LiveEvent } from '@nailup/web';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Agent, AgentState, Health, MediaServer, Mode, Utilisation } from './contract.js';
import { applyCall, callGatherMs, callTypes, recordingTypes } from './live-calls.js';
import { keys } from './queries.js';

export const liveTypes = [
  'placement.reserved',
  'placement.connected',
  'placement.lost',
  'placement.released',
  'placement.expired',
  'media-server.health',
  'media-server.utilisation',
  'media-server.mode',
  'agent.state',
  'settings.changed',
  'queue.changed',
  'number.changed',
  ...callTypes,
  ...recordingTypes,
] as const;

// A shift of a thousand agents is a thousand events in a second; a list is read again once for all of them.
const gatherMs = 700;
// The history may be many pages long by now, and nobody watches it by the second.
const historyGatherMs = 3_000;

/** Keeps what the console has read equal to the manager's event log. Shows nothing. */
export function LiveCache() {
  const cache = useQueryClient();
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const readAgainSoon = (key: readonly string[], afterMs = gatherMs): void => {
    const name = key.join();
    if (waiting.current.has(name)) return;
    waiting.current.set(
      name,
      setTimeout(() => {
        waiting.current.delete(name);
        void cache.invalidateQueries({ queryKey: key });
      }, afterMs),
    );
  };

  useEffect(() => {
    const timers = waiting.current;
    return () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    };
  }, []);

  useLiveEvents((event) => {
    if (event.type.startsWith('placement.')) {
      readAgainSoon(keys.agents);
      readAgainSoon(keys.placements);
    } else if (event.type.startsWith('call.')) {
      applyCall(cache, event);
      readAgainSoon(keys.calls, callGatherMs(cache));
      readAgainSoon(keys.queues, callGatherMs(cache));
      readAgainSoon(keys.callHistory, historyGatherMs);
    } else if (event.type.startsWith('recording.')) {
      readAgainSoon(keys.recordings);
      readAgainSoon(keys.calls, callGatherMs(cache));
    } else if (event.type === 'settings.changed') readAgainSoon(keys.settings);
    else if (event.type === 'queue.changed') readAgainSoon(keys.queues);
    else if (event.type === 'number.changed') readAgainSoon(keys.numbers);
    else if (event.type === 'agent.state') {
      if (!applyAgentState(cache, event)) readAgainSoon(keys.agents);
    } else if (!applyToMediaServer(cache, event)) readAgainSoon(keys.mediaServers);
  });
  useResync(() => void cache.invalidateQueries());
  return null;
}

/** True when the event was enough to bring the list up to date. */
function applyToMediaServer(cache: QueryClient, { type, subject, at, data }: LiveEvent): boolean {
  const change = mediaServerChange(type, data);
  const servers = cache.getQueryData<MediaServer[]>(keys.mediaServers);
  if (!change || !servers?.some(({ id }) => id === subject)) return false;
  cache.setQueryData<MediaServer[]>(keys.mediaServers, (list) =>
    list?.map((server) =>
      server.id === subject
        ? {
            ...server,
            ...change,
            utilisation: { ...server.utilisation, ...change.utilisation },
            // A healthy server tells its utilisation itself, so hearing of it means it was seen; of another the manager tells what it holds.
            lastSeenAt: type === 'media-server.utilisation' && server.health === 'healthy' ? at : server.lastSeenAt,
          }
        : server,
    ),
  );
  return true;
}

function mediaServerChange(type: string, data: Record<string, unknown>): Partial<MediaServer> | null {
  if (type === 'media-server.utilisation' && typeof data.agentsInCall === 'number') {
    const { agentsInCall, reserved, talking, capacity, ratio } = data as unknown as Utilisation;
    return { utilisation: { agentsInCall, reserved, talking, capacity, ratio } };
  }
  if (type === 'media-server.health' && typeof data.health === 'string') {
    return { health: data.health as Health, healthReason: typeof data.healthReason === 'string' ? data.healthReason : null };
  }
  if (type === 'media-server.mode' && typeof data.mode === 'string' && data.deleted !== true) {
    return { mode: data.mode as Mode, drainDeadlineAt: typeof data.drainDeadlineAt === 'string' ? data.drainDeadlineAt : null, ...(data.mode === 'draining' ? {} : { drain: null }) };
  }
  return null;
}

function applyAgentState(cache: QueryClient, { subject, at, data }: LiveEvent): boolean {
  const agents = cache.getQueryData<Agent[]>(keys.agents);
  // Somebody new, renamed or deleted: the list itself has changed.
  if (typeof data.state !== 'string' || data.deleted === true || !agents?.some(({ id }) => id === subject)) return false;
  const enabled = typeof data.enabled === 'boolean' ? { enabled: data.enabled } : {};
  const state = {
    state: data.state as AgentState,
    stateReason: typeof data.reason === 'string' ? data.reason : null,
    stateSince: typeof data.stateSince === 'string' ? data.stateSince : at,
    stateSetBy: typeof data.stateSetBy === 'string' ? (data.stateSetBy as Agent['stateSetBy']) : 'system',
    wrapUpUntil: typeof data.wrapUpUntil === 'string' ? data.wrapUpUntil : null,
  };
  cache.setQueryData<Agent[]>(keys.agents, (list) => list?.map((agent) => (agent.id === subject ? { ...agent, ...enabled, ...state } : agent)));
  return true;
}
