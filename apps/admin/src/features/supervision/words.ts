import type { ReasonCode } from '@nailup/phone';
import type { SupervisionMode } from '../../shared/contract.js';

export const modes: readonly SupervisionMode[] = ['listen', 'whisper', 'barge'];

/** What each mode is called, while it lasts, and who hears whom in it. */
export const modeWords: Readonly<Record<SupervisionMode, { verb: string; doing: string; heard: (agent: string) => string }>> = {
  listen: { verb: 'Listen', doing: 'Listening to', heard: () => 'Nobody hears you: your microphone is closed' },
  whisper: { verb: 'Whisper', doing: 'Whispering to', heard: (agent) => `${agent} hears you, the client does not` },
  barge: { verb: 'Barge', doing: 'In the call of', heard: (agent) => `${agent} and the client hear you` },
};

const ends: Readonly<Record<string, string>> = {
  'call-ended': 'The call is over.',
  moved: 'The agent was moved or does not have the call any more. Choose the call again to go on.',
  replaced: 'You supervise another call, or in another window.',
  stopped: 'It was stopped in another window.',
  'media-server-failed': 'The media server of the agent failed.',
  'not-allowed': 'You may not supervise calls any more.',
  'never-joined': 'The media server was not reached in time. Try again.',
};

/** Why a supervision ended, by the manager's word. */
export const endWords = (reason: string): string => ends[reason] ?? 'The line was cut.';

const refusals: Readonly<Partial<Record<ReasonCode, string>>> = {
  'permission-denied': 'The browser does not allow the microphone. Allow it beside the address of this page, then try again.',
  'no-device': 'No microphone is plugged in.',
  'device-busy': 'Another program holds the microphone.',
  'insecure-page': 'This page is not served by https, so the browser gives it no microphone.',
};

/** Why there is no microphone. */
export const refusalWords = (reason: ReasonCode): string => refusals[reason] ?? 'The microphone could not be opened.';

const faults: Readonly<Partial<Record<ReasonCode, string>>> = {
  'websocket-refused': 'The media server of the agent cannot be reached from here. Is a firewall in between?',
  'socket-lost': 'The line to the media server was lost.',
  'sip-rejected': 'The media server did not take the line. Try again.',
  'ice-failed': 'No way for audio to the media server was found.',
  'media-failed': 'The audio with the media server did not begin.',
};

/** Why the line did not come up, or fell. */
export const faultWords = (reason: ReasonCode): string => faults[reason] ?? 'The line to the media server failed. Try again.';
