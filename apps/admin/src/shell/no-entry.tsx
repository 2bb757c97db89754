import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import { EmptyFace, useSession, useUser } from '@nailup/web';

/** For an agent who came to the wrong door. */
export function NoEntry() {
  const session = useSession();
  const { displayName } = useUser();
  return (
    <Box component="main" sx={{ maxWidth: 560, mx: 'auto', pt: 6 }}>
      <EmptyFace
        title="This console is for supervisors and administrators"
        action={
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button variant="contained" href="/softphone/">
              Open the softphone
            </Button>
            <Button onClick={() => void session.signOut()}>Sign in as someone else</Button>
          </Box>
        }
      >
        You are signed in as {displayName}. Your place is the softphone.
      </EmptyFace>
    </Box>
  );
}
