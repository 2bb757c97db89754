import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Heard } from '@nailup/phone';
import { useEffect, useRef, useState } from 'react';
import { Ear, levelWord, type Hearing } from './hearing.js';

interface LevelBarProps {
  /** Reads the present level, 0 to 1. */
  level: () => number;
  /** Reads what the microphone gave lately. */
  heard: () => Heard;
  open: boolean;
  muted: boolean;
}

/** Looks at the microphone so often: what one look holds reaches further back than this. Milliseconds. */
const lookMs = 250;

/** Words and numbers change every so many looks. */
const looksPerWord = 4;

/** How loud the microphone hears. The bar is drawn with every frame past React; words change once a second at most. */
export function LevelBar({ level, heard, open, muted }: LevelBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const [told, setTold] = useState<Hearing | null>(null);

  useEffect(() => {
    if (!open) return;
    let frame = 0;
    const draw = (): void => {
      if (bar.current) bar.current.style.transform = `scaleX(${level()})`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [level, open]);

  // A muted line sends zeros by our own hand, so what was heard before and after is not one silence.
  useEffect(() => {
    if (!open || muted) return;
    const ear = new Ear();
    let looks = 0;
    const timer = setInterval(() => {
      const hearing = ear.hear(heard(), performance.now());
      looks += 1;
      if (looks % looksPerWord === 0) setTold(hearing);
    }, lookMs);
    return () => {
      clearInterval(timer);
      setTold(null);
    };
  }, [heard, open, muted]);

  const word = !open ? 'The microphone is closed' : muted ? 'Muted: callers do not hear you' : told ? levelWord(told) : '';
  return (
    <Stack spacing={0.5}>
      <Box
        role="meter"
        aria-label="Microphone level"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((told?.peak ?? 0) * 100)}
        aria-valuetext={word || 'Listening'}
        sx={{ height: 12, borderRadius: 6, overflow: 'hidden', bgcolor: 'var(--nailup-sunken)', border: 1, borderColor: 'var(--nailup-edge)' }}
      >
        {open && <Box ref={bar} sx={{ height: '100%', transformOrigin: 'left', transform: 'scaleX(0)', bgcolor: muted ? 'text.secondary' : 'success.main' }} />}
      </Box>
      <Typography variant="body2" color={muted || told?.dead ? 'error' : 'textSecondary'} sx={{ minHeight: '2.9em' }}>
        {word}
      </Typography>
    </Stack>
  );
}
