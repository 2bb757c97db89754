import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { Mark } from '../components/mark.js';
import { ThemeSwitch } from '../theme/theme-switch.js';
import { useSession, useSessionState } from './session-context.js';
import { signInFailure, type SignInFailure } from './sign-in-failure.js';

const whyHere = {
  ended: 'Your session has ended. Sign in to go on.',
  'someone-else': 'Someone else signed in to this console in this browser. Sign in to go on as yourself.',
} as const;

/** The door of a console: user name and password. `appName` is shown as the heading. */
export function SignIn({ appName }: { appName: string }) {
  const session = useSession();
  const state = useSessionState();
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [pending, setPending] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const [secondsLeft, waitFor] = useWait();
  const notice = state.status === 'signed-out' && (state.reason === 'ended' || state.reason === 'someone-else') ? whyHere[state.reason] : null;

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (pending || secondsLeft > 0) return;
    const form = new FormData(event.currentTarget);
    setPending(true);
    setFailure(null);
    try {
      await session.signIn(String(form.get('username')).trim(), String(form.get('password')));
    } catch (error) {
      const why = signInFailure(error, Date.now());
      setFailure(why);
      waitFor(why.waitSeconds);
      setPending(false);
      password.current?.select();
    }
  };

  const watchCapsLock = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <Box component="main" sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', p: 2, position: 'relative' }}>
      <Box sx={{ position: 'absolute', top: 12, right: 12 }}>
        <ThemeSwitch />
      </Box>
      <Paper variant="outlined" sx={{ width: '100%', maxWidth: 380, p: { xs: 3, sm: 4 } }}>
        <Stack component="form" spacing={2.5} onSubmit={(event) => void submit(event)} noValidate>
          <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
            <Mark />
            <Box>
              <Typography variant="h1">{appName}</Typography>
              <Typography variant="body2" color="textSecondary">
                Sign in with your Nailup account
              </Typography>
            </Box>
          </Stack>
          {notice && !failure && <Alert severity="info">{notice}</Alert>}
          <TextField label="User name" name="username" autoComplete="username" autoFocus required slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }} />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            inputRef={password}
            onKeyUp={watchCapsLock}
            onKeyDown={watchCapsLock}
            onBlur={() => setCapsLock(false)}
            helperText={capsLock ? 'Caps Lock is on' : ' '}
            slotProps={{ formHelperText: { role: 'status' } }}
          />
          {/* Always in the page, so that what appears in it is read aloud. */}
          <Box role="alert">
            {failure && (
              <Alert severity={failure.severity} role="presentation">
                {failure.sentence}
                {secondsLeft > 0 && <span aria-hidden> {waitText(secondsLeft)}</span>}
              </Alert>
            )}
          </Box>
          <Button type="submit" variant="contained" size="large" disabled={secondsLeft > 0} loading={pending}>
            Sign in
          </Button>
        </Stack>
      </Paper>
    </Box>
  );
}

const waitText = (seconds: number): string => (seconds < 90 ? `Try again in ${seconds} s.` : `Try again in ${Math.ceil(seconds / 60)} min.`);

/** Seconds left of the wait a failure asks for. */
function useWait(): [number, (seconds: number) => void] {
  const [wait, setWait] = useState({ left: 0, endsAt: 0 });
  const running = wait.left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setWait(({ endsAt }) => ({ endsAt, left: Math.max(0, Math.ceil((endsAt - Date.now()) / 1000)) })), 500);
    return () => clearInterval(timer);
  }, [running]);
  return [wait.left, (seconds) => setWait({ left: seconds, endsAt: Date.now() + seconds * 1000 })];
}
