import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { visuallyHidden } from '@mui/utils';
import { useEffect, useState } from 'react';
import { useDevices, useLine, usePicture, useSpeakerBlocked } from '../../line/line-context.js';
import { MuteButton } from '../../calls/mute-button.js';
import { DeviceSelect } from './device-select.js';
import { LevelBar } from './level-bar.js';

/** Hearing and being heard: the microphone with its level, mute, and which devices. */
export function SoundPanel() {
  const { audio, choice } = useLine();
  const { state, muted } = usePicture();
  const { microphones, speakers } = useDevices();
  const blocked = useSpeakerBlocked();
  const [refused, setRefused] = useState<string | null>(null);
  const open = state !== 'offline' && state !== 'failed' && state !== 'leaving' && state !== 'preparing';

  useEffect(() => {
    // Devices have names only once the microphone was allowed; before that a choice would be between blanks.
    void audio.mayOpenUnasked().then((unasked) => (unasked ? audio.devices.refresh() : undefined));
  }, [audio]);

  const choose = async (kind: 'microphone' | 'speaker', id: string | null): Promise<void> => {
    setRefused(null);
    try {
      await audio[kind].choose(id);
      choice.remember(kind, id);
    } catch {
      setRefused(`That ${kind} cannot be used right now. You stay with the one before.`);
    }
  };
  const named = microphones.some(({ label }) => label !== '');

  return (
    <Paper component="section" aria-labelledby="sound-title" variant="outlined" sx={{ p: { xs: 2.5, sm: 3 } }}>
      <Stack spacing={2.5}>
        <Typography id="sound-title" variant="h2">
          Sound
        </Typography>
        <Stack spacing={1}>
          <LevelBar level={audio.meter.level} heard={audio.meter.heard} open={open} muted={muted} />
          <MuteButton disabled={!open} fullWidth />
        </Stack>
        {blocked && (
          <Alert
            severity="warning"
            action={
              <Button color="inherit" size="small" onClick={() => void audio.speaker.unblock()}>
                Let me hear
              </Button>
            }
          >
            The browser holds the sound back until you click.
          </Alert>
        )}
        {named ? (
          <>
            <DeviceSelect label="Microphone" devices={microphones} chosen={audio.microphone.deviceId} onChoose={(id) => void choose('microphone', id)} />
            {audio.speaker.canChoose && <DeviceSelect label="Speaker" devices={speakers} chosen={audio.speaker.deviceId} onChoose={(id) => void choose('speaker', id)} />}
          </>
        ) : (
          <Typography variant="body2" color="textSecondary">
            You can choose microphone and speaker once the browser has allowed the microphone.
          </Typography>
        )}
        <div role="alert" style={refused ? undefined : visuallyHidden}>
          {refused && <Alert severity="error">{refused}</Alert>}
        </div>
      </Stack>
    </Paper>
  );
}
