import Alert from '@mui/material/Alert';
import type { PhonePicture } from '@nailup/phone';
import { useNow } from '@nailup/web';
import { sayings } from './sentences.js';

/** How long the phone mentions that it changed servers by itself. Milliseconds. */
const movedForMs = 60_000;

/** Things a seated agent should know that do not keep her from talking. */
export function Notices({ picture }: { picture: PhonePicture }) {
  const { state, manager, microphone, moved } = picture;
  const now = useNow(5_000);
  if (state !== 'ready') return null;
  return (
    <>
      {microphone && (
        <Alert severity="error" variant="outlined">
          <strong>Callers cannot hear you.</strong> {sayings[microphone].sentence} Plug one in or choose another; you keep your seat.
        </Alert>
      )}
      {manager === 'away' && (
        <Alert severity="warning" variant="outlined">
          <strong>The manager does not answer.</strong> You can keep talking; your line does not need it.
        </Alert>
      )}
      {manager === 'signed-out' && (
        <Alert severity="warning" variant="outlined">
          <strong>Your sign-in has ended.</strong> Sign in again to keep your seat.
        </Alert>
      )}
      {moved && now - moved.at < movedForMs && (
        <Alert severity="info" variant="outlined">
          {moved.from} failed. You were moved to {moved.to}.
        </Alert>
      )}
    </>
  );
}
