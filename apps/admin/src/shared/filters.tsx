import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';

export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <Stack direction="row" role="search" aria-label="Filters" sx={{ flexWrap: 'wrap', columnGap: 1, rowGap: 1.5 }}>
      {children}
    </Stack>
  );
}

interface FilterTextProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function FilterText({ label, value, onChange, width = 280, hint }: FilterTextProps & { width?: number; hint?: string | undefined }) {
  return <TextField type="search" label={label} value={value} onChange={(event) => onChange(event.target.value)} helperText={hint} sx={{ width }} />;
}

/** A day of the person's own calendar, `2026-11-26`. */
export function FilterDay({ label, value, onChange }: FilterTextProps) {
  return <TextField type="date" label={label} value={value} onChange={(event) => onChange(event.target.value)} sx={{ width: 150 }} slotProps={{ inputLabel: { shrink: true } }} />;
}

interface FilterChoiceProps extends FilterTextProps {
  /** Word on screen by value; "Any" is added. */
  choices: Readonly<Record<string, string>>;
}

export function FilterChoice({ label, value, choices, onChange }: FilterChoiceProps) {
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      sx={{ width: 160 }}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value="">Any</MenuItem>
      {/* The address may name what is not in the list (yet, or any more): it filters all the same. */}
      {value !== '' && !(value in choices) && <MenuItem value={value}>By the address</MenuItem>}
      {Object.entries(choices).map(([choice, word]) => (
        <MenuItem key={choice} value={choice}>
          {word}
        </MenuItem>
      ))}
    </TextField>
  );
}
