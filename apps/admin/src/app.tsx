import { LiveProvider, NailupTheme, SessionProvider, SignedInOnly, useUser, type LiveStream, type Session } from '@nailup/web';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { RouterProvider, type DataRouter } from 'react-router';
import { SupervisionProvider } from './features/supervision/supervision-context.js';
import type { ConsoleEar } from './features/supervision/supervising.js';
import { NoEntry } from './shell/no-entry.js';
import { ApiProvider } from './shared/api-context.js';
import type { Api } from './shared/api.js';
import { LiveCache } from './shared/live-cache.js';

interface AppProps {
  session: Session;
  api: Api;
  stream: LiveStream;
  queries: QueryClient;
  router: DataRouter;
  /** The sound of this page, made when somebody first supervises a call. */
  loadEar: () => Promise<ConsoleEar>;
}

/** The console with everything it stands on handed in. */
export function App({ session, api, stream, queries, router, loadEar }: AppProps) {
  return (
    <NailupTheme>
      <SessionProvider session={session}>
        <SignedInOnly appName="Nailup console">
          <Staff queries={queries}>
            <ApiProvider api={api}>
              <QueryClientProvider client={queries}>
                <LiveProvider stream={stream}>
                  <LiveCache />
                  <SupervisionProvider loadEar={loadEar}>
                    <RouterProvider router={router} />
                  </SupervisionProvider>
                </LiveProvider>
              </QueryClientProvider>
            </ApiProvider>
          </Staff>
        </SignedInOnly>
      </SessionProvider>
    </NailupTheme>
  );
}

/** Lets supervisors and administrators in, and leaves nothing of one person's reading for the next. */
function Staff({ queries, children }: { queries: QueryClient; children: React.ReactNode }) {
  const { role } = useUser();
  useEffect(() => () => queries.clear(), [queries]);
  return role === 'agent' ? <NoEntry /> : children;
}
