import type { Settings } from '../../shared/contract.js';
import type { Choice } from './form-radios.js';

export const policies: Readonly<Record<Settings['policy'], Choice>> = {
  'agents-in-call': { name: 'Fewest agents in call', about: 'Counts everybody seated there, whether talking or not. The usual choice.' },
  talking: { name: 'Fewest agents talking', about: 'Counts only seats with a client. For teams where many sit and few talk.' },
  'load-average': { name: 'Lowest load', about: 'Goes by what each machine says of its load. For machines of unlike strength.' },
};

export const parkings: Readonly<Record<Settings['parking'], Choice>> = {
  conference: { name: 'In their conference', about: 'Audio flows all the time. The plainest way, and the dearest for the media servers.' },
  holding: { name: 'At rest', about: 'The microphone rests until a client comes, who brings the agent in at once. An idle agent costs a media server next to nothing.' },
};

export const recordingModes: Readonly<Record<Settings['recording']['mode'], Choice>> = {
  off: { name: 'Not at all', about: 'Nobody can record. What was recorded before is kept until its time has come.' },
  'on-demand': { name: 'When an agent begins it', about: 'Agents begin, pause and end it during the call.' },
  always: { name: 'Every call', about: 'From when client and agent are together. Agents may pause it, as for a card number, and cannot end it.' },
};

/** What each part of the settings is about. */
export const parts = {
  seats: { title: 'Seats', about: 'How agents are spread over the media servers, and where they wait between calls. Holds for seats taken from now on.' },
  work: { title: 'Breaks and wrap-up', about: 'What agents choose from when they pause, and how long they may write after a call.' },
  dispositions: { title: 'Dispositions', about: 'How a call may have ended for the business. Agents choose one of them after each call, in this order.' },
  calls: { title: 'Calls to the outside', about: 'Whether agents may call anybody at all. Callers who come in are not touched by it.' },
  supervision: { title: 'Supervision', about: 'Supervisors can listen to a call, whisper to its agent or barge in. Each time is written down in the ladder of the call, whatever is chosen here.' },
  dialling: { title: 'Dialling', about: 'Whom agents may call, and how often. Whatever is not allowed here is refused by the manager before it costs anything.' },
  recording: { title: 'Recording', about: 'Whether calls are recorded, and how long recordings are kept. Tell your clients: most countries ask for it.' },
} as const;

export const visibility: Readonly<Record<'told' | 'untold', Choice>> = {
  told: { name: 'Agents are told', about: 'The softphone shows that a supervisor listens, can speak to the agent, or is in the call.' },
  untold: { name: 'Agents are not told', about: 'The softphone shows nothing. Ask first whether the law where your agents work allows this.' },
};
