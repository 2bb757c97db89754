import type { ReasonCode } from '@nailup/phone';

/** What a reason means to the agent, and her way on. */
export interface Saying {
  /** Two to five words, as a heading. */
  readonly title: string;
  /** What happened. */
  readonly sentence: string;
  /** What she can do, or what the phone does. */
  readonly wayOn: string;
  /** The button, when it depends on her. */
  readonly button: string;
}

const again = 'Try again';

/** Every reason of the phone in words. The compiler keeps this list whole. */
export const sayings: Readonly<Record<ReasonCode, Saying>> = {
  'permission-denied': {
    title: 'Microphone not allowed',
    sentence: 'The browser does not let this page use the microphone.',
    wayOn: 'Click the icon left of the address, allow the microphone for this page, then try again.',
    button: again,
  },
  'no-device': {
    title: 'No microphone found',
    sentence: 'No microphone is connected to this computer.',
    wayOn: 'Plug in your headset, then try again.',
    button: again,
  },
  'device-busy': {
    title: 'Microphone in use',
    sentence: 'Another program holds your microphone.',
    wayOn: 'Close other programs that use it (a meeting, a recorder) or choose another microphone, then try again.',
    button: again,
  },
  'insecure-page': {
    title: 'Page is not secure',
    sentence: 'Browsers give the microphone to secure pages only.',
    wayOn: 'Open this page with https:// or on localhost. Ask your administrator for the right address.',
    button: again,
  },
  'manager-away': {
    title: 'Manager does not answer',
    sentence: 'Nailup’s manager cannot be reached.',
    wayOn: 'Check your network. We keep trying.',
    button: again,
  },
  'signed-out': {
    title: 'Signed out',
    sentence: 'Your sign-in has ended.',
    wayOn: 'Sign in again; you come back to your seat.',
    button: again,
  },
  'agent-disabled': {
    title: 'No seat for this account',
    sentence: 'Your account may not take a seat right now.',
    wayOn: 'Ask your supervisor to enable it, then try again.',
    button: again,
  },
  'request-refused': {
    title: 'That did not work',
    sentence: 'Something went wrong that this page cannot mend.',
    wayOn: 'Try again. If it stays, reload the page and tell your administrator.',
    button: again,
  },
  'pool-full': {
    title: 'Every seat is taken',
    sentence: 'All media servers are full.',
    wayOn: 'We keep trying; a seat opens when a colleague leaves.',
    button: again,
  },
  'no-server': {
    title: 'No media server available',
    sentence: 'No media server can take you right now.',
    wayOn: 'We keep trying. If it lasts, tell your supervisor.',
    button: again,
  },
  'websocket-refused': {
    title: 'Media server not reached',
    sentence: 'The media server did not answer.',
    wayOn: 'We reported it and take another one.',
    button: again,
  },
  'socket-lost': {
    title: 'Connection lost',
    sentence: 'The connection to your media server broke.',
    wayOn: 'We are bringing you back to your seat.',
    button: again,
  },
  'sip-rejected': {
    title: 'Media server refused',
    sentence: 'The media server did not accept your call.',
    wayOn: 'We reported it and take another one.',
    button: again,
  },
  'ice-failed': {
    title: 'No audio path',
    sentence: 'Audio cannot get through to the media server.',
    wayOn: 'We are looking for another way. If it lasts, your network may block audio (UDP).',
    button: again,
  },
  'media-failed': {
    title: 'Audio did not start',
    sentence: 'The media server was reached, but no audio came up.',
    wayOn: 'We reported it and take another one.',
    button: again,
  },
  'leg-ended': {
    title: 'Line was cut',
    sentence: 'The media server ended your line.',
    wayOn: 'We are bringing you back to your seat.',
    button: again,
  },
  'seat-ended': {
    title: 'Your seat was ended',
    sentence: 'Somebody with the right to do so ended your seat.',
    wayOn: 'Ask your supervisor if you did not expect it. You can go online again.',
    button: 'Go online',
  },
  'seat-taken-elsewhere': {
    title: 'Active in another window',
    sentence: 'You went online in another tab or browser, and your seat is there now.',
    wayOn: 'Go on there, or bring the seat back to this window.',
    button: 'Take it back',
  },
};
