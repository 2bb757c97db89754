import type { Call, CallState, EndReason } from './contract.js';

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
