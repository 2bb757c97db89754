import type { Call, CallState, EndReason } from './contract.js';

/** When the state a call is in began, as far as it is known: ISO-8601, or null. */
export function since(call: Call): string | null {
  if (call.stateSince) return call.stateSince;
  switch (call.state) {
    case 'queued':
    case 'dialing':
      return call.startedAt;
    case 'ringing':
      return call.ringingAt ?? call.startedAt;
    case 'answered':
      return call.answeredAt;
    // A hold begins at a moment that only the event tells.
    case 'held':
      return null;
    case 'ended':
      return call.endedAt;
  }
}

/**
 * What TanStack Query calls structural sharing: a list that was read again keeps what the live stream told before, when the manager's list
 * does not say it and the state is still the same.
 */
export function keepSince(before: unknown, now: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(now)) return now;
  const known = new Map((before as Call[]).map((call) => [call.id, call]));
  return (now as Call[]).map((call) => {
    const earlier = known.get(call.id);
    return !call.stateSince && earlier?.stateSince && earlier.state === call.state ? { ...call, stateSince: earlier.stateSince } : call;
  });
}

/** The side of the call that is not the agent: the caller, or the number that was dialled; of a consultation, the colleague who asks. */
export const clientNumber = ({ direction, from, to, purpose }: Call): string =>
  purpose === 'consultation' && to.startsWith('agent:') ? from.replace(/^agent:/, '') : direction === 'inbound' || purpose === 'onward' ? from : to;

/** Those who wait for an agent, in order of arrival. */
export const waitingFirst = (calls: readonly Call[]): Call[] =>
  calls.filter(({ state }) => state === 'queued').sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));

export const isLive = ({ state }: { state: CallState }): boolean => state !== 'ended';

/** How a call ended, in the words of a supervisor. */
export const endReasonNames: Readonly<Record<EndReason, string>> = {
  'caller-hung-up': 'The client hung up',
  'agent-hung-up': 'Hung up by us',
  busy: 'Busy',
  'no-answer': 'No answer',
  cancelled: 'Cancelled before the answer',
  rejected: 'Rejected',
  congestion: 'The network could not connect it',
  'media-server-failed': 'The media server failed',
  abandoned: 'The caller gave up waiting',
  transferred: 'Transferred',
  limit: 'Waited as long as the queue allows',
};

/** A reason without words of its own is shown as the manager names it. */
export const endReasonText = (reason: string): string => endReasonNames[reason as EndReason] ?? reason.replaceAll('-', ' ');
