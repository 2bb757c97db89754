import 'uplot/dist/uPlot.min.css';
import { createLiveStream, createSession } from '@nailup/web';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { App } from './app.js';
import { routes } from './routes.js';
import { createApi } from './shared/api.js';
import { liveTypes } from './shared/live-cache.js';
import { createQueryClient } from './shared/queries.js';

const session = createSession({ app: 'admin' });
const api = createApi(session.fetch);
const stream = createLiveStream({ ticket: api.events.ticket, types: liveTypes });
// The SIP of it is a third of the console's weight, and most who open the console never need it.
const loadEar = async () => (await import('./features/supervision/make-ear.js')).makeEar(window);
const router = createBrowserRouter(routes, { basename: '/admin' });

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App session={session} api={api} stream={stream} queries={createQueryClient()} router={router} loadEar={loadEar} />
  </StrictMode>,
);
