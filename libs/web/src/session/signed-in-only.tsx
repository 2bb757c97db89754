import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { ErrorFace } from '../components/error-face.js';
import { Loading } from '../components/loading.js';
import { useSession, useSessionState } from './session-context.js';
import { SignIn } from './sign-in.js';

/** Shows its children to somebody signed in, and the way to sign in to everybody else. `appName`: the console's name as people say it. */
export function SignedInOnly({ appName, children }: { appName: string; children: ReactNode }) {
  const session = useSession();
  const state = useSessionState();
  if (state.status === 'signed-in') return children;
  if (state.status === 'signed-out') return <SignIn appName={appName} />;
  return (
    <Box component="main" sx={{ maxWidth: 480, mx: 'auto', p: 3 }}>
      {state.status === 'restoring' ? <Loading label="Looking whether you are signed in" rows={3} /> : <ErrorFace why={state.why} onRetry={() => void session.restore()} />}
    </Box>
  );
}
