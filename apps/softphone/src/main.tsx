import { createLiveStream, createSession } from '@nailup/web';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { callEvents } from './calls/call-events.js';
import { dutyEvents, restTicket } from './line/duty.js';
import { makeLine } from './line/make-line.js';

/** Timers of a hidden page are slowed down; a worker's are not. Without workers the page's own timers must do. */
function timerWorker(): Worker | null {
  try {
    return new Worker(new URL('./clock.worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}

const session = createSession({ app: 'softphone' });
const line = makeLine(window, session, timerWorker());
const stream = createLiveStream({ ticket: restTicket(session.fetch, location.origin), types: [...dutyEvents, ...callEvents] });

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App session={session} line={line} stream={stream} />
  </StrictMode>,
);
