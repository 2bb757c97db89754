import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { levelWord, Silence } from './silence.js';

interface LevelBarProps {
  /** Reads the present level, 0 to 1. */
  level: () => number;
  open: boolean;
  muted: boolean;
}

/** How loud the microphone hears. The bar is drawn with every frame past React; words change once a second at most. */
export function LevelBar({ level, open, muted }: LevelBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const [word, setWord] = useState('');
  const [percent, setPercent] = useState(0);

  useEffect(() => {
    if (!open) return;
    const silence = new Silence();
    let frame = 0;
    const draw = (): void => {
      if (bar.current) bar.current.style.transform = `scaleX(${level()})`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    const timer = setInterval(() => {
      const now = level();
      setPercent(Math.round(now * 100));
      setWord(levelWord(now, silence.lasts(now)));
    }, 1_000);
    return () => {
      cancelAnimationFrame(frame);
      clearInterval(timer);
    };
  }, [level, open]);

  const told = !open ? 'The microphone is closed' : muted ? 'Muted' : word;
  return (
    <Stack spacing={0.5}>
      <Box
        role="meter"
        aria-label="Microphone level"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={open ? percent : 0}
        aria-valuetext={told || 'Listening'}
        sx={{ height: 12, borderRadius: 6, overflow: 'hidden', bgcolor: 'var(--nailup-sunken)', border: 1, borderColor: 'var(--nailup-edge)' }}
      >
        {open && <Box ref={bar} sx={{ height: '100%', transformOrigin: 'left', transform: 'scaleX(0)', bgcolor: muted ? 'text.secondary' : 'success.main' }} />}
      </Box>
      <Typography variant="body2" color={word === levelWord(0, true) && open && !muted ? 'error' : 'textSecondary'} sx={{ minHeight: '1.4em' }}>
        {told}
      </Typography>
    </Stack>
  );
}
