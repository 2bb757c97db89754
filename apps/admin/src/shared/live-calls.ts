import type { LiveEvent } from '@nailup/web';
import type { QueryClient } from '@tanstack/react-query';
import { isLive } from './calls.js';
import type { Call, CallState } from './contract.js';
import { keys } from './queries.js';

export const callTypes = ['call.queued', 'call.dialing', 'call.ringing', 'call.answered', 'call.held', 'call.resumed', 'call.transferred', 'call.consultation', 'call.ended', 'call.supervision'] as const;

export const recordingTypes = ['recording.started', 'recording.paused', 'recording.resumed', 'recording.stopped', 'recording.stored', 'recording.failed'] as const;

/** The state a call is in after an event; a transfer changes who talks, not whether. */
const states: Readonly<Record<string, CallState>> = {
  'call.queued': 'queued',
  'call.dialing': 'dialing',
  'call.ringing': 'ringing',
  'call.answered': 'answered',
  'call.held': 'held',
  'call.resumed': 'answered',
  'call.ended': 'ended',
};

/** Puts a call known to the list into the state the event tells. What else changed with it (agent, media server) only the list says. */
export function applyCall(cache: QueryClient, { type, subject, at }: LiveEvent): void {
  const state = states[type];
  if (!state) return;
  cache.setQueryData<Call[]>(keys.liveCalls, (calls) => {
    if (!calls?.some(({ id }) => id === subject)) return undefined;
    return calls.map((call) => (call.id === subject && call.state !== state ? { ...call, state, stateSince: at } : call)).filter(isLive);
  });
}

const crowd = 200;

/** Milliseconds to gather changes before the calls are read again: a page of calls costs the manager nothing, twenty pages do. */
export const callGatherMs = (cache: QueryClient): number => ((cache.getQueryData<Call[]>(keys.liveCalls)?.length ?? 0) > crowd ? 5_000 : 700);
