import type { ProblemCode } from '@nailup/api-client';
import type { Saying } from './sentences.js';

const say = (sentence: string, wayOn: string): Saying => ({ sentence, wayOn });

/** What the manager's refusals about calls mean to who is on the telephone, or watches who is. */
export const callSayings: Readonly<Partial<Record<ProblemCode, Saying>>> = {
  'CALL.NOT_FOUND': { sentence: 'This call does not exist, or not any more.', wayOn: 'Look at the list of calls.' },
  'CALL.ENDED': { sentence: 'This call has already ended.', wayOn: 'Nothing more can be done with it.' },
  'CALL.WRONG_STATE': { sentence: 'The call has changed in the meantime.', wayOn: 'Look at how it stands now, then try again.' },
  'CALL.NO_SEAT': { sentence: 'There is no seat to call from.', wayOn: 'Go online first, then call again.' },
  'CALL.AGENT_BUSY': { sentence: 'There is a call already.', wayOn: 'End it first, then call again.' },
  'CALL.DIALLING_OFF': { sentence: 'Calls to the outside are switched off.', wayOn: 'Ask an administrator when they are allowed again.' },
  'CALL.NUMBER_NOT_ALLOWED': { sentence: 'This number may not be called.', wayOn: 'Check it, or ask an administrator to allow it.' },
  'CALL.UNKNOWN_DISPOSITION': { sentence: 'This outcome is not offered any more.', wayOn: 'Reload the page and choose another one.' },
  'CALL.TOO_MANY': { sentence: 'That is more calls in a minute than allowed.', wayOn: 'Wait a moment, then call again.' },
  'CALL.NO_PROXY': { sentence: 'Calls cannot leave this system yet.', wayOn: 'Tell your administrator: no SIP proxy is set up.' },
  'SUPERVISION.OWN_CALL': { sentence: 'This is your own call.', wayOn: 'Choose the call of another agent.' },
  'CALL.MEDIA_SERVER_AWAY': { sentence: 'The media server does not answer.', wayOn: 'Nothing was changed. Try again in a moment.' },
  'RECORDING.NOT_FOUND': say('This recording does not exist, or not any more.', 'It may have been removed.'),
  'RECORDING.SWITCHED_OFF': say('Calls are not recorded here.', 'An administrator can allow it in the settings.'),
  'RECORDING.ALWAYS_ON': say('Every call is recorded here.', 'Pause the recording instead, or ask a supervisor to stop it.'),
  'RECORDING.RUNNING': say('The call is being recorded already.', 'Nothing more is needed.'),
  'RECORDING.WRONG_STATE': say('The recording has changed in the meantime.', 'Look at how it stands now, then try again.'),
  'RECORDING.NOT_STORED': say('The recording is not here yet.', 'Its media server hands it over soon. Try again in a moment.'),
  'RECORDING.FILE_AWAY': say('This manager does not have the file.', 'Tell your administrator: the managers do not share their recordings.'),
  'RECORDING.NOT_CONFIRMED': say('The media server did not confirm it.', 'Take what you see for what holds, and try again.'),
};
