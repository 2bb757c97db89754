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
const router = createBrowserRouter(routes, { basename: '/admin' });

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App session={session} api={api} stream={stream} queries={createQueryClient()} router={router} />
  </StrictMode>,
);
