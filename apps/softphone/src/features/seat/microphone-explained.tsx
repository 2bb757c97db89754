import MicNone from '@mui/icons-material/MicNone';
import Alert from '@mui/material/Alert';
import { useEffect, useState } from 'react';
import { useLine } from '../../line/line-context.js';

/** Says what the browser is going to ask and why, before it asks. Not shown to whom it will not ask. */
export function MicrophoneExplained() {
  const { audio } = useLine();
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    let here = true;
    void audio.mayOpenUnasked().then((unasked) => here && setAsks(!unasked));
    return () => void (here = false);
  }, [audio]);
  if (!asks) return null;
  return (
    <Alert severity="info" icon={<MicNone />} variant="outlined">
      Your browser will ask for the <strong>microphone</strong>. Choose <strong>Allow</strong>: without it callers cannot hear you. It is open only while you are online.
    </Alert>
  );
}
