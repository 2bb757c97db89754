import { LiveProvider, NailupTheme, SessionProvider, SignedInOnly, useUser, type LiveStream, type Session } from '@nailup/web';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { RouterProvider, type DataRouter } from 'react-router';
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
}

/** The console with everything it stands on handed in. */
export function App({ session, api, stream, queries, router }: AppProps) {
  return (
    <NailupTheme>
      <SessionProvider session={session}>
        <SignedInOnly appName="Nailup console">
          <Staff queries={queries}>
            <ApiProvider api={api}>
              <QueryClientProvider client={queries}>
                <LiveProvider stream={stream}>
                  <LiveCache />
                  <RouterProvider router={router} />
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
