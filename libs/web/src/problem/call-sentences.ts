import type { ProblemCode } from '@nailup/api-client';
import type { Saying } from './sentences.js';

const say = (sentence: string, wayOn: string): Saying => ({ sentence, wayOn });

/** What the manager's refusals about calls, queues and numbers mean. */
export const callSayings: Readonly<Partial<Record<ProblemCode, Saying>>> = {
  'CALL.NOT_FOUND': say('This call does not exist, or is not yours to see.', 'Go back to the list.'),
  'CALL.ENDED': say('The call has ended.', 'Nothing can be done with it any more.'),
  'CALL.WRONG_STATE': say('The call is not in a state for this.', 'Look at its present state, then decide again.'),
  'CALL.NO_SEAT': say('The agent is not online with audio.', 'Go online first, then call again.'),
  'CALL.AGENT_BUSY': say('The agent is on a call.', 'Wait until that call has ended.'),
  'CALL.DIALLING_OFF': say('Calls to the outside are switched off.', 'An administrator can allow them again in the settings.'),
  'CALL.NUMBER_NOT_ALLOWED': say('This number may not be called.', 'The settings name the countries and numbers that may be called.'),
  'CALL.UNKNOWN_DISPOSITION': say('There is no such disposition any more.', 'Choose another one.'),
  'CALL.TOO_MANY': say('Too many calls were begun in a minute.', 'Wait a moment, then call again.'),
  'CALL.NO_PROXY': say('No call can leave: the managers know no SIP proxy.', 'Tell your administrator.'),
  'CALL.MEDIA_SERVER_AWAY': say('The media server does not answer; the call was not placed.', 'Try again in a moment.'),
  'QUEUE.NOT_FOUND': say('This queue does not exist, or not any more.', 'Go back to the list.'),
  'QUEUE.NAME_TAKEN': say('Another queue has this name.', 'Choose another one.'),
  'QUEUE.IN_USE': say('The queue is in use.', 'Send its numbers elsewhere and wait until nobody waits in it.'),
  'NUMBER.NOT_FOUND': say('This number does not exist, or not any more.', 'Go back to the list.'),
  'NUMBER.TAKEN': say('This number is in the list already.', 'Change where it leads instead.'),
};
