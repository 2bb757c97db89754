import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, useRef, useState } from 'react';

/** Text to take away: shown whole, selected by a click, copied by the button. `Copied` is said aloud. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const labelId = useId();
  const box = useRef<HTMLPreElement>(null);
  const [said, setSaid] = useState('');

  const select = (): void => {
    if (box.current) window.getSelection()?.selectAllChildren(box.current);
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      // Pages that came by plain http have no clipboard; the selection is one key away from it.
      select();
      setSaid('Selected: press Ctrl+C');
    }
  };

  return (
    <Box>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'center', mb: 0.5 }}>
        <Typography variant="body2" id={labelId} sx={{ fontWeight: 600, flex: 1 }}>
          {label}
        </Typography>
        <Typography variant="body2" role="status" color="textSecondary">
          {said}
        </Typography>
        <Button size="small" variant="outlined" onClick={() => void copy()} aria-describedby={labelId}>
          Copy
        </Button>
      </Stack>
      <Box
        component="pre"
        ref={box}
        tabIndex={0}
        role="group"
        aria-labelledby={labelId}
        onClick={select}
        sx={{ m: 0, p: 1.25, borderRadius: 1, bgcolor: 'var(--nailup-sunken)', fontSize: '0.8125rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      >
        {text}
      </Box>
    </Box>
  );
}
