import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import type { SessionUser } from './auth-api.js';
import type { Session, SessionState } from './session.js';

const SessionContext = createContext<Session | null>(null);

/** Gives the page its session and asks the manager once whether somebody is still signed in. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  useEffect(() => {
    if (session.getState().status === 'restoring') void session.restore();
  }, [session]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it.');
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.getState);
}

/** The person signed in. Only inside `SignedInOnly`. */
export function useUser(): SessionUser {
  const state = useSessionState();
  if (state.status !== 'signed-in') throw new Error('useUser needs SignedInOnly above it.');
  return state.user;
}
