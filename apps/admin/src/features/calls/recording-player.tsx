import PlayArrow from '@mui/icons-material/PlayArrow';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { ErrorFace, explain, type Explanation } from '@nailup/web';
import { useEffect, useState } from 'react';
import { useApi } from '../../shared/api-context.js';

/** Fetches the sound when somebody wants to hear it, not before: that is written down as an access. */
export function RecordingPlayer({ id }: { id: string }) {
  const api = useApi();
  const [address, setAddress] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [why, setWhy] = useState<Explanation | null>(null);

  useEffect(() => {
    // The browser keeps the sound in memory for as long as its address is valid.
    return address === null ? undefined : () => URL.revokeObjectURL(address);
  }, [address]);

  const fetchSound = async (): Promise<void> => {
    setPending(true);
    setWhy(null);
    try {
      setAddress(URL.createObjectURL(await api.recordings.sound(id)));
    } catch (error) {
      setWhy(explain(error));
    }
    setPending(false);
  };

  if (address !== null) {
    return (
      <Box sx={{ mt: 1 }}>
        {/* There are no captions of a telephone call. */}
        <audio controls autoPlay src={address} aria-label="Recording of the call" style={{ width: '100%' }} />
      </Box>
    );
  }
  return (
    <Box sx={{ mt: 1 }}>
      <Button size="small" variant="outlined" startIcon={<PlayArrow />} loading={pending} loadingPosition="start" onClick={() => void fetchSound()}>
        Listen
      </Button>
      {why && <ErrorFace why={why} onRetry={() => void fetchSound()} />}
    </Box>
  );
}
